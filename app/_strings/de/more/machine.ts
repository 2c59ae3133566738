// "Let the machine try": the search for better parameters.
import type { machine as en } from '../../en/more/machine.ts';
import type { Translated } from '../../types.ts';
import { many } from '../many.ts';

export const machine: Translated<typeof en> = {
  head: 'Die Maschine probieren lassen',
  hint: 'Sie lässt den jetzigen Code zwischen Ihren Läufen mit anderen Werten von params.yaml laufen und ändert den Code nie. Was sie findet, lässt sich vorschlagen.',
  start: (seconds: number) => `${seconds} s lang probieren`,
  stop: 'Stoppen',
  progress: 'Vergangene Zeit der Suche',
  running: (seconds: number) => `Probiert Parameter aus, noch ${seconds} s`,
  trials: (n: number) => `${many(n, 'Lauf', 'Läufe')} probiert`,
  none: 'Bisher nichts Besseres gefunden.',
  nothing: 'Nichts Besseres gefunden.',
  best: 'Bestes der Maschine',
  chart: 'Maschine',
  outdated: 'Für eine frühere Aufgabe oder Bewertung: nicht mit dem jetzigen Score vergleichbar.',
  change: (key: string, before: string, after: string) => `${key}: ${before} → ${after}`,
  more: (n: number) => `${n} weitere`,
  suggest: 'Diese Änderung vorschlagen',
  sent: 'Vorgeschlagen',
  suggestion: (changes: string, value: string) => `Die Maschine hat ${value} gefunden, mit ${changes}`,
  ended: {
    budget: 'Die Zeit ist um.',
    stopped: 'Gestoppt.',
    exhausted: 'Keine einzelne Änderung verbessert ihn mehr.',
    failed: 'Der jetzige Code hat keinen Score, der sich verbessern liesse. Bringen Sie zuerst seinen Lauf in Ordnung.',
    interrupted: 'Der Server wurde neu gestartet.',
  },
};
