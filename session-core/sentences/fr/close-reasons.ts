// Why a socket was closed, in French: for screens.
import type { CloseReasons } from '../close-reasons.ts';

export const closeReasons: CloseReasons = {
  forbidden: 'L’animation vous a retiré·e de cette session.',
  notFound: 'Cette session n’existe pas (ou plus).',
  tooLarge: 'Cette modification dépasse la taille permise de l’espace de travail ; ouvrez un nouveau document.',
  ended: 'Cette session est terminée. Merci d’y avoir participé.',
  replaced: 'Le texte est entre-temps dans un nouveau document ; ouvrez-en un nouveau.',
  tooManyPieces: 'Cette modification a trop de morceaux ; ouvrez un nouveau document.',
  tooManyTabs: 'Vous avez ouvert cette session dans trop d’onglets ; celui-ci a été fermé.',
  restart: 'Le serveur redémarre ; reconnectez-vous.',
  unreadable: 'Un message n’a pas pu être lu.',
  reload: 'La session est rechargée ; reconnectez-vous.',
  tooManyViewers: 'Trop de personnes regardent sans avoir rejoint la session ; rejoignez-la ou réessayez plus tard.',
};
