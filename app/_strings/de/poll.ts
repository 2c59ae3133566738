// Questions of the facilitators to everybody; the pace, guesses of the score.
import type { poll as en } from '../en/poll.ts';
import type { Translated } from '../types.ts';
import { many } from './many.ts';

export const poll: Translated<typeof en> = {
  poll: {
    head: 'Frage an alle',
    ask: 'Alle fragen',
    question: 'Frage',
    kind: 'Antworten',
    choose: 'Zur Auswahl',
    words: 'In eigenen Worten',
    choice: (n: number) => `Antwort ${n}`,
    add: 'Antwort hinzufügen',
    remove: (n: number) => `Antwort ${n} entfernen`,
    open: 'Jetzt fragen',
    hint: 'Sie erscheint bei allen unter «Jetzt». Eine neue Frage schliesst die vorige.',
    show: 'Auf dem Beamer zeigen',
    close: 'Frage schliessen',
    closed: 'Geschlossen',
    answer: 'Ihre Antwort',
    answerHint: 'Ein paar Worte. Niemand sieht, wer was gesagt hat.',
    send: 'Senden',
    change: 'Ändern',
    yours: 'Ihre Antwort:',
    held: 'Nur Sie sehen sie: Die Moderation entscheidet, ob sie gezeigt wird.',
    takeBack: 'Zurücknehmen',
    count: (n: number) => (n === 0 ? 'Noch keine Antworten' : many(n, 'Antwort', 'Antworten')),
    of: (n: number, percent: number) => `${n} (${percent} %)`,
    hide: (text: string) => `«${text}» verbergen`,
    showAnswer: (text: string) => `«${text}» zeigen`,
    hidden: 'verborgen',
    earlier: 'Frühere Fragen',
    none: 'Noch wurde nichts gefragt.',
    waiting: 'Antworten Sie am Handy oder Laptop unter «Jetzt».',
    answered: 'Was alle geantwortet haben',
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
};
