// The replay of a session.

import type { replay as en } from '../en/replay.ts';
import { isolate } from '../isolate.ts';
import type { Translated } from '../types.ts';
import { many } from './many.ts';

export const replay: Translated<typeof en> = {
  replay: {
    title: 'Wiedergabe',
    link: 'Wiedergabe ansehen',
    hint: 'Der Code, die Vorschläge und der Score, wie sie kamen; 45 Minuten vergehen in einer. Zu sehen ist, was öffentlich ist.',
    back: 'Zur Zusammenfassung',
    none: 'Es ist noch nichts geschehen, was wiedergegeben werden könnte.',
    failed: 'Die Wiedergabe konnte nicht geladen werden.',
    play: 'Abspielen',
    pause: 'Anhalten',
    again: 'Noch einmal abspielen',
    previous: 'Voriges Ereignis',
    next: 'Nächstes Ereignis',
    seek: 'Zeit',
    speed: 'Tempo',
    times: (speed: number) => `${speed}×`,
    time: (minutes: number, of: number) => `Minute ${minutes} von ${of}`,
    code: 'Der Code',
    file: 'Datei',
    changed: (path: string) => `${path} geändert`,
    score: 'Wertung',
    noScore: 'Noch kein Score',
    best: (text: string) => `bisher am besten ${text}`,
    scoreAt: (run: number, score: string) => `Lauf #${run}: ${score}`,
    running: (run: number) => `Lauf #${run} ist im Gang`,
    failedRun: (run: number) => `Lauf #${run} ist fehlgeschlagen`,
    suggestions: 'Vorschläge',
    noSuggestions: 'Noch kein Vorschlag',
    votes: (n: number) => many(n, 'Stimme', 'Stimmen'),
    applied: 'angewendet',
    by: (credit: string) => `von ${isolate(credit)}`,
    why: {
      start: 'Der Anfang',
      patch: 'Ein Vorschlag wird angewendet',
      either: 'Ein Vorschlag wird angewendet oder zurückgenommen',
      undone: 'Ein Vorschlag wird zurückgenommen',
      restore: 'Zurück zu einer früheren Revision',
      checkpoint: 'Ein Checkpoint wird geladen',
      typed: 'Der Driver tippt',
    },
    keys: 'Die Leertaste spielt ab und hält an, die Pfeiltasten gehen von Ereignis zu Ereignis, + und − ändern das Tempo.',
  },
};
