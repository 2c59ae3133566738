// What one person tries for themselves: expressions over a table, and private previews.
import type { scratch as en } from '../../en/more/scratch.ts';
import type { Translated } from '../../types.ts';
import { many } from '../many.ts';

export const scratch: Translated<typeof en> = {
  scratch: {
    head: 'Tabelle abfragen',
    hint: 'Fragen Sie die Tabelle mit einem Ausdruck. Nur Sie sehen die Antwort.',
    table: 'Tabelle, als df',
    code: 'Ausdruck',
    placeholder: "df.groupby(['…']).mean()",
    go: 'Auswerten',
    busy: 'Wird ausgewertet …',
    completions: 'Ergänzungen',
    kept: 'Frühere Ausdrücke',
    forget: 'Alle vergessen',
    chart: 'Als Diagramm',
    values: 'Ganze Tabelle',
    rows: (shown: number, total: number) =>
      shown < total ? `Die ersten ${shown} von ${many(total, 'Zeile', 'Zeilen')}` : many(total, 'Zeile', 'Zeilen'),
    columns: (shown: number, total: number) => `Die ersten ${shown} von ${total} Spalten`,
    noRows: 'Keine Zeile.',
    line: (n: number) => `Zeile ${n}:`,
    limits: {
      time: 'Es dauerte länger als 3 Sekunden und wurde gestoppt.',
      memory: 'Es brauchte zu viel Speicher und wurde gestoppt.',
      ended: 'Es hat seinen Prozess beendet. Sonst ist nichts betroffen.',
      busy: 'Die Läufe gehen vor, und viele Ausdrücke warten: Versuchen Sie es gleich noch einmal.',
      gone: 'Diese Tabelle ist nicht mehr da: Lassen Sie die Pipeline noch einmal laufen.',
      unreadable: 'Dieser Wert lässt sich nicht zeigen: Fragen Sie nach einer Tabelle, einer Spalte oder einer Zahl.',
    },
    suggest: 'Anderen vorschlagen',
    lookAt: (code: string, result: string) => `Schauen Sie: ${code} ergibt ${result}`,
    rowCount: 'Zeilen',
  },
  ownPreviews: {
    head: 'Ihre privaten Vorschauen',
    hint: 'Sonst sieht sie niemand, bis Sie eine als Vorschlag senden.',
    name: (at: string, result: string) => `Vorschau von ${at}: ${result}`,
    parts: 'Teile der Vorschau',
    stages: 'Stages',
    log: 'Log',
    charts: 'Diagramme',
    code: 'Codeänderungen',
    compare: (n: number) => `Mit Lauf #${n} vergleichen`,
    sent: 'Als Vorschlag gesendet.',
    sentence: 'Was ändert sich, und warum?',
    send: 'Als Vorschlag senden',
  },
};
