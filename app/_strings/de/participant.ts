// The participant's page: tabs, display name, hands, pace, guesses, activity.
import type { participant as en } from '../en/participant.ts';
import { isolate } from '../isolate.ts';
import type { Translated } from '../types.ts';
import { many } from './many.ts';

export const participant: Translated<typeof en> = {
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
      'Ein Tippen sendet einen Vorschlag. Alle stimmen ab, und eine Vorschau zeigt, wie sich der Score ändern würde.',
    yours: 'Ihr letzter Vorschlag',
    results: 'Resultate',
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
  },
  pulse: {
    head: 'Wie ist das Tempo?',
    fast: 'Zu schnell',
    lost: 'Abgehängt',
    fine: 'Gut so',
    none: 'Keine Antworten in der letzten Minute',
    of: (n: number) => many(n, 'Antwort', 'Antworten'),
  },
  guess: {
    head: 'Den nächsten Score schätzen',
    label: (metric: string) => `Was wird ${metric} sein?`,
    set: 'Schätzen',
    yours: (value: string) => `Ihre Schätzung: ${value}. Bis der Lauf startet, können Sie sie ändern.`,
    count: (n: number) => (n === 0 ? 'Noch keine Schätzungen' : `bisher ${many(n, 'Schätzung', 'Schätzungen')}`),
    closest: 'Am nächsten dran',
    invalid: (example: string) => `Geben Sie eine Zahl ein, etwa ${example}`,
    outside: (least: string, most: string) =>
      most === ''
        ? `Geben Sie eine Zahl ab ${least} ein`
        : least === ''
          ? `Geben Sie eine Zahl bis ${most} ein`
          : `Geben Sie eine Zahl von ${least} bis ${most} ein`,
  },
  marks: { facilitator: 'Moderation', driver: 'Driver' },
  activity: { head: 'Aktivität', empty: 'Noch keine Aktivität.', more: 'Mehr zeigen' },
};
