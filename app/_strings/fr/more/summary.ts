// The summary page of a session, and its replay.
import type { summary as en, replay as enReplay } from '../../en/more/summary.ts';
import { isolate } from '../../isolate.ts';
import type { Translated } from '../../types.ts';
import { many } from '../many.ts';

export const summary: Translated<typeof en> = {
  summary: {
    title: 'Résumé',
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
    contribution: (applied: number, votes: number) =>
      `${many(applied, 'appliquée', 'appliquées')}, ${many(votes, 'vote', 'votes')}`,
    unnamed: (n: number) =>
      `${many(n, 'autre personne dont une suggestion a été appliquée n’a', 'autres personnes dont une suggestion a été appliquée n’ont')} pas demandé à être ${n < 2 ? 'citée' : 'citées'}.`,
    nobody: 'Personne n’a demandé à être cité.',
    more: 'Emporter le code',
  },
};

export const replay: Translated<typeof enReplay> = {
  replay: {
    title: 'Relecture',
    hint: 'Le code, les suggestions et le score tels qu’ils sont venus ; 45 minutes passent en une. On y voit ce qui est public.',
    back: 'Au résumé',
    none: 'Rien ne s’est encore passé qui puisse être relu.',
    failed: 'La relecture n’a pas pu être chargée.',
    play: 'Lire',
    pause: 'Mettre en pause',
    again: 'Relire',
    previous: 'Moment précédent',
    next: 'Moment suivant',
    seek: 'Temps',
    speed: 'Vitesse',
    times: (speed: number) => `${speed}×`,
    time: (minutes: number, of: number) => `minute ${minutes} sur ${of}`,
    code: 'Le code',
    file: 'Fichier',
    changed: (path: string) => `${path} modifié`,
    score: 'Le score',
    noScore: 'Pas encore de score',
    best: (text: string) => `le meilleur jusqu’ici ${text}`,
    scoreAt: (run: number, score: string) => `run #${run} : ${score}`,
    running: (run: number) => `Run #${run} en cours`,
    failedRun: (run: number) => `Échec du run #${run}`,
    suggestions: 'Les suggestions',
    noSuggestions: 'Pas encore de suggestion',
    votes: (n: number) => many(n, 'vote', 'votes'),
    applied: 'appliquée',
    by: (credit: string) => `de ${isolate(credit)}`,
    why: {
      start: 'Le début',
      patch: 'Une suggestion est appliquée',
      either: 'Une suggestion est appliquée ou retirée',
      undone: 'Une suggestion est retirée',
      restore: 'Retour à une révision antérieure',
      checkpoint: 'Un checkpoint est chargé',
      typed: 'La personne qui pilote écrit',
    },
    keys: 'La barre d’espace lit et met en pause, les flèches vont de moment en moment, + et − changent la vitesse.',
  },
};
