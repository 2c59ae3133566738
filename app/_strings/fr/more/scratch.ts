// What one person tries for themselves: expressions over a table, and private previews.
import type { scratch as en } from '../../en/more/scratch.ts';
import type { Translated } from '../../types.ts';
import { many } from '../many.ts';

export const scratch: Translated<typeof en> = {
  scratch: {
    head: 'Interroger la table',
    hint: 'Interrogez la table avec une expression. Vous seul·e voyez la réponse.',
    table: 'La table, nommée df',
    code: 'Une expression',
    placeholder: "df.groupby(['…']).mean()",
    go: 'Évaluer',
    busy: 'Évaluation …',
    completions: 'Complétions',
    kept: 'Expressions précédentes',
    forget: 'Tout oublier',
    chart: 'Voir le graphique',
    values: 'Table entière',
    rows: (shown: number, total: number) =>
      shown < total ? `Les ${shown} premières de ${many(total, 'ligne', 'lignes')}` : many(total, 'ligne', 'lignes'),
    columns: (shown: number, total: number) => `Les ${shown} premières colonnes sur ${total}`,
    noRows: 'Aucune ligne.',
    line: (n: number) => `Ligne ${n} :`,
    limits: {
      time: 'L’évaluation a dépassé 3 secondes et a été interrompue.',
      memory: 'L’évaluation a utilisé trop de mémoire et a été interrompue.',
      ended: 'L’expression a mis fin à son processus. Rien d’autre n’est touché.',
      busy: 'Les runs passent d’abord et beaucoup d’expressions attendent : réessayez dans un instant.',
      gone: 'Cette table n’est plus conservée : relancez le pipeline.',
      unreadable: 'Cette valeur ne peut pas être affichée : demandez une table, une colonne ou un nombre.',
    },
    suggest: 'Le suggérer aux autres',
    lookAt: (code: string, result: string) => `À voir : ${code} donne ${result}`,
    rowCount: 'Lignes',
  },
  ownPreviews: {
    head: 'Vos aperçus privés',
    hint: 'Personne d’autre ne les voit tant que vous n’en envoyez pas un comme suggestion.',
    name: (at: string, result: string) => `Aperçu de ${at} : ${result}`,
    parts: 'Parties de l’aperçu',
    stages: 'Étapes',
    log: 'Journal',
    charts: 'Graphiques',
    code: 'Modifications',
    compare: (n: number) => `Comparer avec le run #${n}`,
    sent: 'Envoyé comme suggestion.',
    sentence: 'Qu’est-ce qui change, et pourquoi ?',
    send: 'Envoyer comme suggestion',
  },
};
