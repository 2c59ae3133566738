// Keyboard shortcuts.
import type { keys as en } from '../en/keys.ts';
import type { Translated } from '../types.ts';

export const keys: Translated<typeof en> = {
  head: 'Tastenkürzel',
  help: 'Diese Liste zeigen',
  saved: 'Nichts zu tun: Änderungen werden laufend gespeichert',
  run: 'Pipeline laufen lassen',
  apply: 'Den angehefteten Vorschlag anwenden, sonst den beliebtesten mit Patch',
  applyTyping: 'Dasselbe, auch während des Tippens',
  leave: 'Den Editor verlassen',
  palette: 'Alle Befehle des Editors',
  freeze: 'Neue Vorschläge anhalten oder wieder zulassen',
  timer: 'Fünf Minuten stellen, wenn kein Timer läuft',
  timerRuns: 'Der Timer läuft schon. Schalten Sie ihn zuerst aus.',
  ignored: {
    typing: (key: string) =>
      `Taste «${key}» ignoriert: Sie haben gerade getippt. Drücken Sie sie in zwei Sekunden noch einmal.`,
    focus: (key: string) =>
      `Taste «${key}» ignoriert: Der Fokus war eben noch in einem Textfeld. Drücken Sie sie in zwei Sekunden noch einmal.`,
    offline: (key: string) => `Taste «${key}» ignoriert: Die Verbindung ist unterbrochen oder langsam.`,
  },
};
