// What the app finds out about a run by itself: where its predictions are wrong, and what its model goes by.
import type { explain as en } from '../../en/more/explain.ts';
import type { Translated } from '../../types.ts';
import { many, plural } from '../many.ts';

export const explain: Translated<typeof en> = {
  explain: {
    loading: 'Chargement …',
    none: 'Ce run n’a pas écrit de prédictions à examiner.',
    sizes: 'Taille des erreurs',
    sizesHint: (n: number, rmse: string, bias: string, unit: string) =>
      `${many(n, 'ligne', 'lignes')} que le modèle n’avait pas ${plural(n, 'vue', 'vues')}. Erreur typique (RMSE) ${`${rmse} ${unit}`.trimEnd()} ; en moyenne ${`${bias} ${unit}`.trimEnd()}. Choisissez un point ou une barre pour voir ses lignes.`,
    scatter: 'Prédit et réel',
    actual: 'Réel',
    predictedAxis: 'Prédit',
    histogram: 'À quel point les prédictions se trompent',
    difference: 'Prédit moins réel',
    between: (from: string, to: string) => `Lignes avec une erreur de ${from} à ${to}`,
    worst: 'Plus grandes erreurs',
    worstHint: 'Ouvrez une ligne pour voir ses valeurs. Qu’ont ces lignes en commun ?',
    noRows: 'Aucune des lignes dessinées n’en fait partie.',
    row: (n: number) => `Ligne ${n}`,
    predicted: (predicted: string, actual: string, unit: string) =>
      `prédit ${predicted}, réel ${actual} ${unit}`.trimEnd(),
    notPredicted: 'non prédite par ce run',
    suggestRow: 'Suggérer quelque chose sur cette ligne',
    aboutRow: (row: number, predicted: string, actual: string) =>
      `La ligne ${row} est prédite à ${predicted}, mais vaut ${actual}. Idée : `,
    groups: 'Erreur par groupe',
    groupsHint:
      'Les colonnes avec les plus grandes différences d’abord ; choisissez une barre pour voir ses lignes. Le trait sur une barre est l’intervalle à 95 %, la ligne pointillée l’erreur de toutes les lignes. Un groupe est coloré si son intervalle ne contient pas cette erreur.',
    group: 'Groupe',
    rows: 'Lignes',
    error: 'Erreur (RMSE)',
    errorRate: 'Part de classes fausses',
    allRows: (value: string) => `Toutes les lignes : ${value}`,
    apart: {
      above: 'au-dessus de l’erreur de toutes les lignes',
      below: 'au-dessous de l’erreur de toutes les lignes',
    },
    worstOf: (column: string, group: string, n: number) =>
      `${column} : ${group}, plus grandes erreurs parmi ${many(n, 'ligne', 'lignes')}`,
    suggestGroup: 'Suggérer quelque chose sur ce groupe',
    aboutGroup: (column: string, group: string, error: string, all: string) =>
      `L’erreur pour ${column} ${group} est de ${error}, pour toutes les lignes de ${all}. Idée : `,
    more: (n: number) => `Voir ${many(n, 'autre colonne', 'autres colonnes')}`,
    fewer: 'Voir moins',
    confusion: 'Quelles classes sont confondues',
    classesHint: (n: number, percent: string) =>
      `${many(n, 'ligne', 'lignes')} que le modèle n’avait pas ${plural(n, 'vue', 'vues')} ; ${percent} % ont reçu la mauvaise classe.`,
    predictedClass: 'Classe prédite',
    actualClass: 'Classe réelle',
    calibration: 'Peut-on croire les probabilités ?',
    calibrationNote:
      'Dix parts d’à peu près autant de lignes, avec des intervalles à 95 %. Sur la ligne pointillée, une probabilité se réalise aussi souvent qu’elle le dit.',
    probability: 'Probabilité prédite',
    cameTrue: 'Part qui s’est réalisée',
    roc: 'Courbe ROC',
    rocNote: 'La ligne pointillée correspond au hasard.',
    auc: (label: string, area: string) => `${label} : aire ${area}`,
    falsePositives: 'Part des autres prises pour la classe (taux de faux positifs)',
    found: 'Part de la classe retrouvée (rappel)',
    precisionRecall: 'Précision et rappel',
    precision: 'Part de justes parmi celles prises pour la classe (précision)',
    positives: (label: string, n: number) => `${label} : ${many(n, 'ligne', 'lignes')}`,
    importance: 'Sur quoi le modèle s’appuie',
    importanceHint: (rows: number, measure: string, error: string, unit: string) =>
      `De combien l’erreur (${measure}) augmente quand une colonne est mélangée (importance par permutation). Mesuré sur ${many(rows, 'ligne', 'lignes')} qui ont servi à ajuster le modèle, où elle est de ${`${error} ${unit}`.trimEnd()} ; les colonnes qui se répètent partagent leur importance. Choisissez une barre pour voir comment la prédiction en dépend.`,
    importanceNote: (repeats: number) =>
      `Moyenne de ${many(repeats, 'mélange', 'mélanges')} chacune, avec des intervalles à 95 %.`,
    rise: 'Hausse de l’erreur (RMSE)',
    riseOfLoss: 'Hausse de la log loss',
    logLoss: 'la log loss',
    probabilityOf: (label: string) => `Probabilité de « ${label} »`,
    column: 'Colonne',
    sampledRows: (rows: number, of: number) => `Mesuré sur ${rows} lignes sur ${of}, tirées au hasard.`,
    firstColumns: (shown: number, all: number) => `Les ${shown} premières colonnes sur ${all} sont affichées.`,
    unusedColumns: (n: number) =>
      `${many(n, 'autre colonne', 'autres colonnes')} : ${plural(n, 'inutilisée', 'inutilisées')} par le modèle.`,
    suggestColumn: 'Suggérer quelque chose sur cette colonne',
    aboutColumn: (column: string, rise: string) =>
      `Le modèle s’appuie sur ${column} : sans elle, l’erreur augmenterait de ${rise}. Idée : `,
    dependenceHead: 'Comment la prédiction dépend d’une colonne',
    dependenceHint:
      'Ce que le modèle répond quand une colonne change et que les autres restent. En noir : la moyenne ; traits fins : des lignes isolées. Des traits qui se croisent montrent que la réponse dépend aussi d’autres colonnes.',
    dependence: (column: string) => `Prédiction selon ${column}`,
    dependenceNote: (rows: number) =>
      `Moyenne sur ${many(rows, 'ligne', 'lignes')}, ${plural(rows, 'tirée', 'tirées')} au hasard.`,
    quartiles: 'Le trait sur une barre contient la moitié centrale des lignes.',
    notYet: 'Pas encore calculé.',
    noModel: 'Seul un run réussi a un modèle à expliquer.',
    notExplained: 'Le modèle de ce run n’a pas été expliqué : un run plus récent est passé avant.',
    begin: 'Expliquer ce modèle',
    waiting: 'Attend qu’aucun run n’ait besoin de la machine …',
    working: 'Interrogation du modèle …',
    faults: {
      time: () => 'Le modèle répond lentement : le temps était écoulé avant que tout soit connu.',
      memory: () => 'Le modèle a utilisé trop de mémoire avant que tout soit connu.',
      refused: (message: string) => `Le modèle ne répond pas : ${message}`,
      ended: () => 'Le modèle a mis fin à son processus avant que tout soit connu.',
      no_rows: () => 'Il n’y a pas de lignes sur lesquelles interroger le modèle.',
    },
    curve: 'Plus de lignes aideraient-elles ?',
    curveHint:
      'Le score de ce code sur des parties de la table tirées au hasard, des petites à la table entière, chacune avec sa propre validation croisée. Si la ligne des lignes jamais vues s’améliore encore à la fin, plus de lignes aideraient. Un grand écart entre les lignes signifie du surapprentissage.',
    curveRows: 'Lignes de la table',
    curveUnseen: 'lignes que le modèle n’avait pas vues',
    curveSeen: 'lignes qui ont servi à l’ajuster',
    curveSamples: (points: string) =>
      `Les bandes vont du plus bas au plus haut score des parties d’une même taille : ${points}.`,
    curveSize: (rows: number, samples: number) =>
      `${many(samples, 'partie', 'parties')} de ${many(rows, 'ligne', 'lignes')}`,
    curveFailed: (n: number) => `${many(n, 'partie n’a', 'parties n’ont')} donné aucun score.`,
    beginCurve: 'Calculer la courbe d’apprentissage',
    curveWorking: 'Le code s’exécute sur des parties de la table …',
    curveRefused: (message: string) => `Le code n’a donné de score sur aucune partie de la table : ${message}`,
    pushes: 'Ce qui a déplacé cette prédiction',
    askPushes: 'Qu’est-ce qui a déplacé cette prédiction ?',
    asking: 'Interrogation du modèle …',
    push: 'Déplacement de la prédiction',
    pushesSum: (base: string, answer: string, rows: number) =>
      `Les déplacements mènent de ${base}, la prédiction moyenne de ${many(rows, 'ligne', 'lignes')}, à ${answer} (valeurs de Shapley).`,
    pushesExact: 'Sur toutes les combinaisons de colonnes : rien n’a été tiré au hasard.',
    pushesDrawn: (orders: number) =>
      `À partir de ${orders} ordres des colonnes tirés au hasard, avec des intervalles à 95 %.`,
    otherColumns: (n: number) => many(n, 'autre colonne', 'autres colonnes'),
  },
};
