// Questions of the facilitators to everybody.
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
    newOne: 'Neue Frage',
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
};
