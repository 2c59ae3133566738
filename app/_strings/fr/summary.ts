// The summary page of a session.
import type { summary as en } from '../en/summary.ts';
import { isolate } from '../isolate.ts';
import type { Translated } from '../types.ts';
import { many } from './many.ts';

export const summary: Translated<typeof en> = {
  summary: {
    title: 'Résumé',
    link: 'Voir le résumé',
    print: 'Imprimer ou enregistrer en PDF',
    back: 'Retour à la session',
    counts: 'En chiffres',
    people: 'personnes ont participé',
    suggestions: 'suggestions',
    votes: 'votes',
    applied: 'appliquées',
    runs: 'runs',
    way: 'Comment le score a évolué',
    none: 'Aucun run n’a encore de résultat. Le score et ce qui l’a changé apparaîtront ici.',
    run: 'Run',
    what: 'Ce qui a changé',
    change: 'Par rapport au run précédent',
    start: 'Le départ',
    byHand: 'Modifié par la personne qui pilote',
    by: (credit: string) => `de ${isolate(credit)}`,
    someone: 'd’une personne de la session',
    contributors: 'Contributions',
    contributorsHint: 'Les personnes qui ont voulu être citées sous leur vrai nom.',
    contribution: (applied: number, votes: number) => `${applied} appliquées, ${many(votes, 'vote', 'votes')}`,
    unnamed: (n: number) =>
      `${many(n, 'autre personne dont une suggestion a été appliquée n’a', 'autres personnes dont une suggestion a été appliquée n’ont')} pas demandé à être ${n < 2 ? 'citée' : 'citées'}.`,
    nobody: 'Personne n’a demandé à être cité.',
    more: 'Emporter le code',
  },
};
