// The data: what each column holds, its rows, and suggestions about them.
import type { data as en } from '../../en/more/data.ts';
import { isolate } from '../../isolate.ts';
import type { Translated } from '../../types.ts';
import { many } from '../many.ts';

export const data: Translated<typeof en> = {
  data: {
    head: 'Regarder les données',
    loading: 'Chargement …',
    hint: (rows: string, columns: string, share: number) =>
      `${rows} × ${columns}. ${share} % des lignes en plus sont mises de côté, et personne ne les voit.`,
    rows: (n: number) => many(n, 'ligne', 'lignes'),
    columns: (n: number) => many(n, 'colonne', 'colonnes'),
    noMissing: 'Aucune valeur ne manque.',
    missing: (values: number, columns: number) =>
      `${many(values, 'valeur manque', 'valeurs manquent')}, dans ${many(columns, 'colonne', 'colonnes')}.`,
    target: (name: string, what: string) => `À prédire : ${name}, ${what}.`,
    mean: (value: string) => `en moyenne ${value}`,
    find: 'Chercher une colonne',
    none: 'Aucune colonne ne porte ce nom.',
    order: 'Ordre',
    orders: {
      table: 'Comme dans la table',
      relation: 'Les plus liées à la cible',
      missing: 'Le plus de valeurs manquantes',
    },
    role: { input: '', target: 'à prédire', forbidden: 'pas une entrée' },
    forbidden:
      'Aucune entrée d’un modèle ne peut venir de cette colonne : elle fait partie de la cible, ou n’est connue qu’après.',
    explains: (share: string) => `explique ${share}`,
    someMissing: (n: number) => many(n, 'manquante', 'manquantes'),
    constant: 'identique à toutes les lignes',
    open: (label: string) => `Ouvrir ${label}`,
    all: 'Toutes les colonnes',
    previous: 'Colonne précédente',
    next: 'Colonne suivante',
    place: (at: number, of: number) => `${at} sur ${of}`,
    meanOf: (target: string) => `Moyenne de ${target}`,
    shareOf: (target: string) => `Part de ${target}`,
    facts: {
      type: 'Type',
      distinct: 'Valeurs différentes',
      missing: 'Manquantes',
      range: 'Étendue',
      mean: 'Moyenne',
      median: 'Médiane',
      deviation: 'Écart type',
      explained: (target: string) => `Part de ${target} expliquée par elle seule`,
      correlation: (target: string) => `Corrélation avec ${target}`,
    },
    explainedHint:
      'À elle seule, par une droite ou par groupes, selon ce qui explique le plus. Avec d’autres, un modèle peut mieux l’utiliser.',
    types: {
      integer: 'nombre entier',
      number: 'nombre',
      ordinal: 'niveaux ordonnés',
      binary: 'l’un de deux',
      nominal: 'catégorie',
      text: 'texte',
    },
    sensitive: 'sensible',
    values: 'Valeurs',
    valuesHint: 'Choisissez-en une pour voir ses lignes.',
    value: 'Valeur',
    missingValue: 'manque',
    others: (n: number) => many(n, 'autre valeur', 'autres valeurs'),
    rowsOf: (label: string, value: string) => `${label} : ${value}`,
    row: (n: number) => `Ligne ${n}`,
    moreRows: (n: number) => `Voir d’autres lignes (encore ${n})`,
    noRows: 'Aucune ligne.',
    byNumber: 'Ligne par numéro',
    byNumberHint: (last: number) => `De 0 à ${last}, comme dans predictions.csv et dans le code`,
    showRow: 'Voir la ligne',
    odd: 'Lignes inhabituelles',
    oddHint: 'Loin des autres pour plusieurs nombres. Des erreurs, ou les lignes les plus intéressantes ?',
    oddNone: 'Aucune ligne n’est loin des autres.',
    because: (column: string, value: string, median: string) => `${isolate(column)} vaut ${value} (médiane ${median})`,
    double: 'Lignes en double',
    doubleNone: 'Aucune ligne n’en répète une autre.',
    doubleHint: (n: number) =>
      `${many(n, 'ligne en répète une autre', 'lignes en répètent une autre')} dans toutes les colonnes.`,
    repeats: (of: number) => `répète la ligne ${of}`,
    use: 'Suggérer d’utiliser cette colonne',
    drop: 'Suggérer de l’écarter',
    used: 'Le modèle utilise cette colonne.',
    notUsed: 'Le modèle n’utilise pas cette colonne.',
    startUsing: (name: string) => `Utiliser la colonne ${name} : `,
    suggestColumn: 'Suggérer autre chose à son sujet',
    aboutColumn: (label: string, name: string) => `${named(label, name)}. Idée : `,
    suggestRows: 'Suggérer quelque chose sur ces lignes',
    aboutRows: (label: string, value: string, n: number, what: string, all: string) =>
      `${label} ${value} (${many(n, 'ligne', 'lignes')}) : ${what} ; toutes les lignes : ${all}. Idée : `,
    suggestRow: 'Suggérer quelque chose sur cette ligne',
    aboutRow: (row: number, what: string) => `Ligne ${row} (${what}). Idée : `,
    project: 'Afficher au projecteur',
    column: 'Colonne au projecteur',
    scene: 'Les données',
    table: (rows: string, columns: string) => `${rows} × ${columns}`,
  },
};

/** Both, unless they are the same. */
function named(label: string, name: string): string {
  return label === name ? name : `${label} (${name})`;
}
