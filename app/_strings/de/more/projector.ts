// The projector view.
import type { projector as en } from '../../en/more/projector.ts';
import type { Translated } from '../../types.ts';

export const projector: Translated<typeof en> = {
  projector: {
    title: 'Beamer-Ansicht',
    scene: 'Beamer',
    scenes: {
      join: 'Beitreten',
      code: 'Code',
      pipeline: 'Pipeline',
      results: 'Resultate',
      queue: 'Vorschläge',
      reveal: 'Auflösung',
      compare: 'Vergleich',
      data: 'Daten',
      poll: 'Frage',
    },
    theme: 'Hell oder dunkel',
    full: 'Vollbild',
    scan: 'Scannen Sie den QR-Code mit dem Handy',
    or: 'oder öffnen Sie',
    code: 'und geben Sie ein',
    queue: 'Beliebteste Vorschläge',
    empty: 'Noch keine Vorschläge. Treten Sie bei und senden Sie den ersten.',
  },
  reveal: {
    head: 'Den Hold-out-Score zeigen?',
    hint: 'Auf jedem Beamer zählt es von fünf herunter, dann erscheint der Score des letzten Laufs; danach stehen alle Läufe unter Resultate. Zeigen Sie ihn einmal, am Schluss: An einen Score, auf den man beim Auswählen der Modelle schaut, passt man sich an.',
    go: 'Countdown starten',
    title: 'Der Hold-out-Score',
    once: 'Zeilen, die kein Modell und niemand hier gesehen hat',
    of: (run: number) => `Hold-out-Score von Lauf #${run}`,
    promised: 'Versprochen von der Kreuzvalidierung',
    interval: '95-%-Intervall des Gewinns',
    soon: 'Der Hold-out-Score erscheint gleich auf dem Beamer …',
  },
};
