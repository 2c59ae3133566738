// Keyboard shortcuts.
import type { keys as en } from '../en/keys.ts';
import type { Translated } from '../types.ts';

export const keys: Translated<typeof en> = {
  head: 'Raccourcis clavier',
  help: 'Afficher cette liste',
  saved: 'Rien à faire : les modifications s’enregistrent toutes seules',
  run: 'Lancer le pipeline',
  apply: 'Appliquer la suggestion épinglée, sinon la première avec un patch',
  applyTyping: 'La même chose, même en écrivant',
  leave: 'Quitter l’éditeur',
  palette: 'Toutes les commandes de l’éditeur',
  freeze: 'Suspendre ou reprendre les nouvelles suggestions',
  timer: 'Lancer un tour de cinq minutes s’il n’y en a pas',
  timerRuns: 'Un tour est déjà en cours. Arrêtez-le d’abord.',
  ignored: {
    typing: (key: string) =>
      `Touche « ${key} » ignorée : vous étiez en train d’écrire. Appuyez de nouveau dans deux secondes.`,
    focus: (key: string) =>
      `Touche « ${key} » ignorée : le curseur vient de quitter un champ de texte. Appuyez de nouveau dans deux secondes.`,
    offline: (key: string) => `Touche « ${key} » ignorée : la connexion est perdue ou lente.`,
  },
};
