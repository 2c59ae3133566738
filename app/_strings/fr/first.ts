// What a phone says before any tab or dialog is opened, in French: it comes with the page. All else is in `soon.ts` and `more`.
import type { FirstStrings } from '../types.ts';
import { driver } from './driver.ts';
import { entry } from './entry.ts';
import { pageFailed } from './page-failed.ts';
import { participant } from './participant.ts';
import { reports } from './reports.ts';
import { runs } from './runs.ts';
import { suggestions } from './suggestions.ts';

export const first: FirstStrings = {
  lang: 'fr',
  locale: 'fr-CH',
  decimalMark: ',',
  product: 'Crowd Programming',
  loading: 'Chargement …',
  onDemand: {
    failed:
      'Cette partie de la page n’a pas pu être chargée. Vérifiez le réseau ; si le problème persiste, rechargez la page.',
    again: 'Réessayer',
  },
  pageFailed,
  http: {
    unreached: 'Le serveur est injoignable pour le moment ; vérifiez le réseau et réessayez.',
    unreadable: 'Cette page est plus ancienne que le serveur et ne peut pas lire sa réponse : rechargez la page.',
    unknown: (status: number) => `Le serveur a répondu ${status} ; réessayez dans un instant.`,
  },
  languages: { label: 'Langue' },
  close: 'Fermer',
  someone: 'quelqu’un qui est parti',
  ...entry,
  ...participant,
  ...suggestions,
  ...runs,
  ...driver,
  reports,
};
