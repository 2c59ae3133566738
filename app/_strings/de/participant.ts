// The participant's page: tabs, display name, hands.
import type { participant as en } from '../en/participant.ts';
import { isolate } from '../isolate.ts';
import type { Translated } from '../types.ts';
import { many } from './many.ts';

export const participant: Translated<typeof en> = {
  tour: {
    head: 'Rundgang durch den Code',
    place: (n: number, of: number) => `${n} von ${of}`,
    lines: (file: string, from: number, to: number) =>
      from === to ? `${file}, Zeile ${from}` : `${file}, Zeilen ${from}–${to}`,
    next: 'Nächste Stelle',
    show: (n: number) => `Stelle ${n} zeigen`,
    go: 'Zeigen',
  },
  tabs: {
    now: 'Jetzt',
    suggestions: 'Vorschläge',
    data: 'Daten',
    code: 'Code',
    results: 'Resultate',
    label: 'Ansichten der Session',
  },
  actions: {
    suggest: 'Vorschlagen',
    hand: 'Hand heben',
    handDown: 'Hand senken',
    handUp: (place: number) => `Hand oben, Nr. ${place}`,
  },
  now: {
    drivesNow: (displayName: string) => `${isolate(displayName)} ist Driver`,
    noDriver: 'Zurzeit ist niemand Driver',
    youDrive: 'Sie sind Driver',
    toEditor: 'Editor öffnen',
    paramsHint:
      'Antippen sendet einen Vorschlag. Alle stimmen ab, und eine Vorschau zeigt, wie sich der Score ändern würde.',
    yours: 'Ihr letzter Vorschlag',
    results: 'Resultate',
    newQuestion: 'Neue Frage',
  },
  topBar: {
    online: (n: number) => `${many(n, 'Person', 'Personen')} online`,
    rename: (displayName: string) => `Sie sind ${displayName}: Namen ändern`,
    renameHead: 'Ihr Name',
    held: (name: string) => `«${isolate(name)}» wartet auf die Moderation. Bis dahin sieht ihn sonst niemand.`,
    credit: 'Unter meinem eigenen Namen nennen',
    creditHint: 'Steht bei Ihren Vorschlägen und im exportierten Repository. Sonst gilt Ihr Name hier.',
    creditAs: 'Nennen als',
    creditPlace: 'Ada Lovelace',
    keys: 'Tastenkürzel (?)',
    notices: 'Meldungen',
    openNotices: (unread: number) => (unread === 0 ? 'Meldungen' : `Meldungen, ${unread} neu`),
  },
  marks: { facilitator: 'Moderation', driver: 'Driver' },
};
