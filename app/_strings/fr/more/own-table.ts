// Choosing a course for a new session, and making one of a table of one's own.
import type { ownTable as en } from '../../en/more/own-table.ts';
import type { Translated } from '../../types.ts';
import { many } from '../many.ts';

export const ownTable: Translated<typeof en> = {
  courses: 'Le sujet de la session',
  size: (rows: number, columns: number) => `${many(rows, 'ligne', 'lignes')}, ${many(columns, 'colonne', 'colonnes')}`,
  own: 'Votre propre table',
  ownHint: 'Un fichier CSV : choisissez la colonne à prédire, et tout le monde peut commencer.',
  file: 'Choisissez un fichier CSV ou déposez-le ici',
  limits: 'Au plus 20 Mo, 100 000 lignes et 200 colonnes. Elle est supprimée avec la session.',
  reading: 'Lecture de la table …',
  another: 'Choisir un autre fichier',
  tooLarge: (megabytes: number) => `Ce fichier a ${megabytes} Mo : au plus 20 Mo sont possibles.`,
  tooManyRows: 'Cette table a plus de 100 000 lignes : écartez-en une partie.',
  tooManyColumns: 'Cette table a plus de 200 colonnes : écartez-en une partie.',
  empty: 'Ce fichier est vide.',
  head: 'Premières lignes',
  columns: 'Colonnes',
  rows: (n: number) => many(n, 'ligne', 'lignes'),
  kinds: { number: 'Nombre', words: 'Mots', text: 'Texte' },
  date: 'Date, comptée en jours',
  missing: (n: number) => (n === 0 ? 'aucune manquante' : many(n, 'manquante', 'manquantes')),
  distinct: (n: number) => many(n, 'valeur différente', 'valeurs différentes'),
  constant: 'Identique à chaque ligne : écartée',
  odd: (row: number, value: string, count: number) =>
    count === 1
      ? `Ligne ${row} : « ${value} » n’est pas un nombre et compte comme manquante.`
      : `Ligne ${row} : « ${value} » n’est pas un nombre. ${count} cellules de ce genre comptent comme manquantes.`,
  target: 'Que faut-il prédire ?',
  targetNone: 'Choisir une colonne',
  isTarget: 'À prédire',
  forbid: 'Ne doit pas être une entrée',
  because: {
    strong: (percent: number) => `Explique à elle seule ${percent} % de ce qui est à prédire. Est-elle connue avant ?`,
    identifier: 'A une valeur différente à chaque ligne : un modèle ne peut que l’apprendre par cœur.',
  },
  kind: 'Genre de prédiction',
  taskKinds: { regression: 'Un nombre', classification: 'Une classe' },
  measure: 'Métrique',
  measures: {
    rmse: 'Erreur typique, les grandes comptent plus (RMSE)',
    mae: 'Erreur moyenne (MAE)',
    logLoss: 'Certitude de la bonne classe (log loss)',
    accuracy: 'Part de réponses justes (exactitude)',
  },
  classes: (names: readonly string[]) => `Classes possibles : ${names.join(', ')}`,
  leftOut: (missing: number, rare: number) =>
    [
      ...(missing > 0 ? [`${many(missing, 'ligne', 'lignes')} sans valeur`] : []),
      ...(rare > 0 ? [`${many(rare, 'ligne', 'lignes')} de classes de moins de 10 lignes`] : []),
    ].join(' et '),
  leaves: 'Écarté :',
  group: 'Lignes qui vont ensemble',
  groupNone: 'Aucun groupe',
  groupHint:
    'Par exemple plusieurs visites d’une même personne : choisissez la colonne qui la désigne. Les lignes d’un groupe sont testées et mises de côté ensemble, et la colonne n’est pas une entrée.',
  isGroup: 'Réunit des lignes',
  unit: 'Unité',
  unitHint: 'Affichée à côté du score, par exemple francs. Peut rester vide.',
  inRepository: 'Mettre la table dans le dépôt exporté',
  inRepositoryHint: 'Seulement les lignes visibles. Sinon, le dépôt a le code et les colonnes, mais aucune ligne.',
  choose: 'Choisissez un fichier et la colonne à prédire.',
};
