// The projector view.
import type { projector as en } from '../../en/more/projector.ts';
import type { Translated } from '../../types.ts';

export const projector: Translated<typeof en> = {
  projector: {
    title: 'Vue du projecteur',
    scene: 'Projecteur',
    scenes: {
      join: 'Rejoindre',
      code: 'Code',
      pipeline: 'Pipeline',
      results: 'Résultats',
      queue: 'Suggestions',
      reveal: 'Révélation',
      compare: 'Comparaison',
      data: 'Données',
      poll: 'Question',
    },
    theme: 'Clair ou sombre',
    full: 'Plein écran',
    scan: 'Scannez le code QR avec votre téléphone',
    or: 'ou ouvrez',
    code: 'et entrez',
    queue: 'Suggestions en tête',
    empty: 'Pas encore de suggestions. Rejoignez la session et envoyez la première.',
  },
  reveal: {
    head: 'Révéler le score hold-out ?',
    hint: 'Chaque projecteur compte à rebours depuis cinq, puis affiche le score du dernier run ; tous les runs sont ensuite dans les résultats. Révélez-le une fois, à la fin : un score que l’on regarde en choisissant des modèles mène au surapprentissage.',
    go: 'Lancer le compte à rebours',
    title: 'Le score hold-out',
    once: 'Des lignes qu’aucun modèle ni personne ici n’a vues',
    of: (run: number) => `Score hold-out du run #${run}`,
    promised: 'Promis par la validation croisée',
    interval: 'Intervalle à 95 % du gain',
    soon: 'Le score hold-out va être révélé au projecteur …',
  },
};
