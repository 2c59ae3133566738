// Every text on the screens in German (Swiss spelling, "Sie"), one file per topic, as in English.

import type { Strings } from '../types.ts';
import { agenda } from './agenda.ts';
import { charts } from './charts.ts';
import { data } from './data.ts';
import { driver } from './driver.ts';
import { entry } from './entry.ts';
import { experiments } from './experiments.ts';
import { explain } from './explain.ts';
import { files } from './files.ts';
import { host } from './host.ts';
import { machine } from './machine.ts';
import { notices } from './notices.ts';
import { ownTable } from './own-table.ts';
import { pageFailed } from './page-failed.ts';
import { participant } from './participant.ts';
import { poll } from './poll.ts';
import { projector } from './projector.ts';
import { closeReasons, fileNameReason, httpErrors, rejections } from './rejections.ts';
import { activities, reports } from './reports.ts';
import { runs } from './runs.ts';
import { scratch } from './scratch.ts';
import { checks, suggestions } from './suggestions.ts';
import { replay, summary } from './summary.ts';

export const de: Strings = {
  lang: 'de',
  locale: 'de-CH',
  product: 'Crowd Programming',
  skip: 'Zum Inhalt springen',
  loading: 'Wird geladen …',
  onDemand: {
    failed:
      'Dieser Teil der Seite konnte nicht geladen werden. Prüfen Sie das Netz; wenn es dabei bleibt, laden Sie die Seite neu.',
    again: 'Erneut versuchen',
  },
  pageFailed,
  notFound: {
    head: 'Unter dieser Adresse gibt es keine Seite',
    body: 'Vielleicht ist der Link unvollständig, oder die Session wurde gelöscht. Mit einem Code kommen Sie von der Startseite aus in eine Session.',
    home: 'Zur Startseite',
  },
  http: {
    unreached: 'Der Server ist gerade nicht erreichbar; prüfen Sie das Netz und versuchen Sie es erneut.',
    unreadable: 'Diese Seite ist älter als der Server und kann seine Antwort nicht lesen: Laden Sie die Seite neu.',
    unknown: (status: number) => `Der Server hat mit ${status} geantwortet; versuchen Sie es gleich noch einmal.`,
  },
  languages: { label: 'Sprache' },
  close: 'Schliessen',
  cancel: 'Abbrechen',
  you: 'Sie',
  someone: 'jemand, der nicht mehr dabei ist',
  ...entry,
  ownTable,
  ...notices,
  ...participant,
  ...suggestions,
  ...checks,
  ...experiments,
  ...explain,
  ...runs,
  ...charts,
  ...data,
  ...driver,
  ...files,
  ...host,
  machine,
  ...agenda,
  ...poll,
  ...projector,
  ...summary,
  ...replay,
  ...scratch,
  closeReasons,
  fileNameReason,
  httpErrors,
  rejections,
  activities,
  reports,
};
