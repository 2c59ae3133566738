// The replay of a session.

import type { replay as en } from '../en/replay.ts';
import { isolate } from '../isolate.ts';
import type { Translated } from '../types.ts';
import { many } from './many.ts';

export const replay: Translated<typeof en> = {
  replay: {
    title: 'Relecture',
    link: 'Voir la relecture',
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
    scoreAt: (run: number, score: string) => `run n° ${run} : ${score}`,
    running: (run: number) => `Run n° ${run} en cours`,
    failedRun: (run: number) => `Run n° ${run} échoué`,
    suggestions: 'Les suggestions',
    noSuggestions: 'Pas encore de suggestion',
    votes: (n: number) => many(n, 'voix', 'voix'),
    applied: 'appliquée',
    by: (credit: string) => `par ${isolate(credit)}`,
    why: {
      start: 'Le début',
      patch: 'Une suggestion est appliquée',
      either: 'Une suggestion est appliquée ou retirée',
      undone: 'Une suggestion est retirée',
      restore: 'Retour à une révision antérieure',
      checkpoint: 'Un checkpoint est chargé',
      typed: 'Le driver tape',
    },
    keys: 'La barre d’espace lit et met en pause, les flèches vont de moment en moment, + et − changent la vitesse.',
  },
};
