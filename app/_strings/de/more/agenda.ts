// The agenda panel of the facilitator; the steps themselves are the course's.
import type { agenda as en } from '../../en/more/agenda.ts';
import type { Translated } from '../../types.ts';
import { many } from '../many.ts';

export const agenda: Translated<typeof en> = {
  agenda: {
    head: 'Ablauf',
    none: 'Diese Session hat noch keinen Ablauf.',
    step: (n: number, of: number) => `Schritt ${n} von ${of}`,
    minutes: (n: number) => `${n} min`,
    ask: 'Fragen',
    askAll: 'Alle fragen',
    askAllHint: 'Stellt die Frage auf allen Seiten und auf dem Beamer',
    now: 'jetzt',
    done: 'erledigt',
    skipped: 'ausgelassen',
    next: (title: string) => `Als Nächstes: ${title}`,
    begin: (title: string) => `Beginnen: ${title}`,
    back: 'Zurück',
    over: 'Das war der letzte Schritt.',
    all: 'Alle Schritte',
    others: 'Weitere Checkpoints',
    show: (scene: string) => `${scene} auf dem Beamer zeigen`,
    loadNamed: (title: string) => `${title} laden`,
    load: 'Laden',
    loadHead: (name: string) => `${name} laden?`,
    loadHint:
      'Dieser Checkpoint ersetzt den gemeinsamen Code. Der Code aller früheren Läufe bleibt erhalten; über einen Lauf kommen Sie zu ihm zurück.',
    doneWhen: {
      run: 'Erledigt, wenn ein Lauf gelingt',
      score: (value: string) => `Erledigt, wenn ein Lauf ${value} erreicht`,
      file: (path: string) => `Erledigt, wenn sich ${path} ändert`,
      hand: 'Erledigt, wenn Sie weitergehen',
    },
    isDone: 'Erledigt',
    tick: (title: string) => `«${title}» ist erledigt`,
    edit: 'Bearbeiten',
    editHead: 'Ablauf bearbeiten',
    length: 'Dauer',
    lengthHint: 'Schritte mit demselben Namen behalten, was sie erreicht haben.',
    choose: (minutes: number) => `${minutes} Minuten`,
    title: (n: number) => `Titel von Schritt ${n}`,
    minutesOf: (n: number) => `Minuten von Schritt ${n}`,
    up: (title: string) => `«${title}» nach oben`,
    down: (title: string) => `«${title}» nach unten`,
    skip: 'Auslassen',
    add: 'Schritt hinzufügen',
    newTitle: 'Titel des neuen Schritts',
    newMinutes: 'Minuten des neuen Schritts',
    undo: 'Letzte Änderung zurücknehmen',
    total: (left: number, all: number) => `noch ${many(left, 'Minute', 'Minuten')} von ${all}`,
  },
};
