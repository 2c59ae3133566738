// The summary page of a session.
import type { summary as en } from '../en/summary.ts';
import { isolate } from '../isolate.ts';
import type { Translated } from '../types.ts';
import { many, plural } from './many.ts';

export const summary: Translated<typeof en> = {
  summary: {
    title: 'Zusammenfassung',
    link: 'Zur Zusammenfassung',
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
