// What a page says that has stopped: in a file of its own, since it is also needed where the strings have not arrived.
import type { pageFailed as en } from '../en/page-failed.ts';
import type { Translated } from '../types.ts';

export const pageFailed: Translated<typeof en> = {
  head: 'Cette page s’est arrêtée à cause d’une erreur.',
  body: 'Rien de la session n’est perdu. Votre vote, vos suggestions et le code sont sur le serveur.',
  reload: 'Recharger la page',
};
