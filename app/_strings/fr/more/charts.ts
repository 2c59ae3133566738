// Charts: their controls, what is read out, and what a reader must know about them.
import type { charts as en } from '../../en/more/charts.ts';
import type { Translated } from '../../types.ts';
import { many } from '../many.ts';

export const charts: Translated<typeof en> = {
  chart: {
    head: 'Graphiques',
    none: 'Les graphiques définis dans dvc.yaml apparaissent ici après un run.',
    table: 'Voir la table',
    picture: 'Voir le graphique',
    shares: 'Voir les parts',
    counts: 'Voir les effectifs',
    download: (format: string) => `Télécharger en ${format}`,
    downloadFailed: 'Ce navigateur n’a pas pu créer l’image. La table et le CSV contiennent les valeurs.',
    more: (n: number) => `et ${many(n, 'autre ligne', 'autres lignes')}`,
    n: (n: number) => `n = ${n}`,
    spoken: (title: string, marks: number) =>
      `${title} : graphique de ${many(marks, 'élément', 'éléments')} ; la table donne les chiffres`,
    keys: 'Les flèches du clavier parcourent les valeurs.',
    keysOpen: 'Les flèches du clavier parcourent les valeurs, Entrée en ouvre une.',
    count: 'Lignes',
    meaning: 'Signification',
    rowName: (row: number | string) => `ligne ${row}`,
    sampled: (shown: number, all: number) =>
      `${shown} points sur ${all} sont dessinés, répartis régulièrement dans le fichier.`,
    sampledRows: (shown: number, all: number) =>
      `À partir de ${shown} lignes sur ${all}, réparties régulièrement dans le fichier.`,
    sampledBars: (shown: number, all: number) => `Les ${shown} premières barres sur ${all} sont dessinées.`,
    noLabel: (key: string, column: string) =>
      `dvc.yaml n’a pas de ${key} pour ce graphique : l’axe porte le nom de la colonne, « ${column} », sans unité.`,
    noUnit: (key: string) =>
      `${key} n’indique pas d’unité : écrivez-la entre parenthèses, par exemple « Âge (années) ».`,
    noTitle: 'dvc.yaml n’a pas de titre pour ce graphique : le nom du fichier est affiché.',
    undrawable: 'Ces colonnes ne peuvent pas être dessinées comme dvc.yaml le demande. Valeurs du fichier :',
  },
};
