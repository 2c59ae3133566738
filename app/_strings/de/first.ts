// What a phone says before any tab or dialog is opened, in German: it comes with the page. All else is in `soon.ts` and `more`.
import type { FirstStrings } from '../types.ts';
import { driver } from './driver.ts';
import { entry } from './entry.ts';
import { pageFailed } from './page-failed.ts';
import { participant } from './participant.ts';
import { reports } from './reports.ts';
import { runs } from './runs.ts';
import { suggestions } from './suggestions.ts';

export const first: FirstStrings = {
  lang: 'de',
  locale: 'de-CH',
  decimalMark: '.',
  product: 'Crowd Programming',
  loading: 'Wird geladen …',
  onDemand: {
    failed:
      'Dieser Teil der Seite konnte nicht geladen werden. Prüfen Sie das Netz; wenn es dabei bleibt, laden Sie die Seite neu.',
    again: 'Erneut versuchen',
  },
  pageFailed,
  http: {
    unreached: 'Der Server ist gerade nicht erreichbar; prüfen Sie das Netz und versuchen Sie es erneut.',
    unreadable: 'Diese Seite ist älter als der Server und kann seine Antwort nicht lesen: Laden Sie die Seite neu.',
    unknown: (status: number) => `Der Server hat mit ${status} geantwortet; versuchen Sie es gleich noch einmal.`,
  },
  languages: { label: 'Sprache' },
  close: 'Schliessen',
  someone: 'jemand, der nicht mehr dabei ist',
  ...entry,
  ...participant,
  ...suggestions,
  ...runs,
  ...driver,
  reports,
};
