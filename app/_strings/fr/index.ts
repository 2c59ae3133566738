// Every text on the screens in French ("vous"), one file per topic, as in English.

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

export const fr: Strings = {
  lang: 'fr',
  locale: 'fr-CH',
  product: 'Crowd Programming',
  skip: 'Aller au contenu',
  loading: 'Chargement …',
  onDemand: {
    failed:
      'Cette partie de la page n’a pas pu être chargée. Vérifiez le réseau ; si le problème persiste, rechargez la page.',
    again: 'Réessayer',
  },
  pageFailed,
  notFound: {
    head: 'Il n’y a pas de page à cette adresse',
    body: 'Le lien est peut-être incomplet, ou la session a été supprimée. Avec un code, vous rejoignez une session depuis la page d’accueil.',
    home: 'Retour à l’accueil',
  },
  http: {
    unreached: 'Le serveur est injoignable pour le moment ; vérifiez le réseau et réessayez.',
    unreadable: 'Cette page est plus ancienne que le serveur et ne peut pas lire sa réponse : rechargez la page.',
    unknown: (status: number) => `Le serveur a répondu ${status} ; réessayez dans un instant.`,
  },
  languages: { label: 'Langue' },
  close: 'Fermer',
  cancel: 'Annuler',
  you: 'vous',
  someone: 'quelqu’un qui est parti',
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
