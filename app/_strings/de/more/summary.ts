// The summary page of a session, and its replay.
import type { summary as en, replay as enReplay } from '../../en/more/summary.ts';
import { isolate } from '../../isolate.ts';
import type { Translated } from '../../types.ts';
import { many, plural } from '../many.ts';

export const summary: Translated<typeof en> = {
  summary: {
    title: 'Zusammenfassung',
    print: 'Drucken oder als PDF sichern',
    back: 'Zurück zur Session',
    counts: 'In Zahlen',
    people: 'Personen waren dabei',
    suggestions: 'Vorschläge',
    votes: 'Stimmen',
    applied: 'angewendet',
    runs: 'Läufe',
    way: 'Wie sich der Score verändert hat',
    none: 'Noch hat kein Lauf ein Ergebnis. Hier stehen dann der Score und was ihn verändert hat.',
    run: 'Lauf',
    what: 'Was geändert wurde',
    change: 'Gegenüber dem Lauf davor',
    start: 'Der Anfang',
    byHand: 'Vom Driver geändert',
    by: (credit: string) => `von ${isolate(credit)}`,
    someone: 'von jemandem aus der Session',
    contributors: 'Mitwirkende',
    contributorsHint: 'Wer unter dem eigenen Namen genannt werden wollte.',
    contribution: (applied: number, votes: number) => `${applied} angewendet, ${many(votes, 'Stimme', 'Stimmen')}`,
    unnamed: (n: number) =>
      `${many(n, 'weitere Person', 'weitere Personen')} mit angewendeten Vorschlägen ${plural(n, 'wollte', 'wollten')} nicht genannt werden.`,
    nobody: 'Niemand wollte genannt werden.',
    more: 'Den Code mitnehmen',
  },
};

export const replay: Translated<typeof enReplay> = {
  replay: {
    title: 'Wiedergabe',
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
    score: 'Score',
    noScore: 'Noch kein Score',
    best: (text: string) => `bisher am besten ${text}`,
    scoreAt: (run: number, score: string) => `Lauf #${run}: ${score}`,
    running: (run: number) => `Lauf #${run} ist unterwegs`,
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
