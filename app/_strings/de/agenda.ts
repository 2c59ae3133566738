// The agenda panel of the facilitator; the steps themselves are the course's.
import type { agenda as en } from '../en/agenda.ts';
import type { Translated } from '../types.ts';

export const agenda: Translated<typeof en> = {
  agenda: {
    head: 'Ablauf',
    none: 'Dieser Kurs hat keinen Ablauf.',
    step: (n: number, of: number) => `Schritt ${n} von ${of}`,
    minutes: (n: number) => `etwa ${n} min`,
    ask: 'Fragen',
    now: 'jetzt',
    next: (title: string) => `Als Nächstes: ${title}`,
    back: 'Zurück',
    all: 'Alle Schritte',
    others: 'Weitere Checkpoints',
    show: (scene: string) => `${scene} auf dem Beamer zeigen`,
    loadNamed: (title: string) => `${title} laden`,
    load: 'Laden',
    loadHead: (name: string) => `${name} laden?`,
    loadHint:
      'Dieser Checkpoint ersetzt den gemeinsamen Code. Der Code aller früheren Läufe bleibt erhalten; über einen Lauf kommen Sie zu ihm zurück.',
  },
};
