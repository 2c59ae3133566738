// Charts: their controls, what is read out, and what a reader must know about them.
import type { charts as en } from '../../en/more/charts.ts';
import type { Translated } from '../../types.ts';
import { many } from '../many.ts';

export const charts: Translated<typeof en> = {
  chart: {
    head: 'Diagramme',
    none: 'Die in dvc.yaml definierten Diagramme erscheinen hier nach einem Lauf.',
    table: 'Als Tabelle',
    picture: 'Als Diagramm',
    shares: 'Anteile zeigen',
    counts: 'Anzahlen zeigen',
    download: (format: string) => `Als ${format} herunterladen`,
    downloadFailed: 'Dieser Browser konnte das Bild nicht erstellen. Die Werte stehen in der Tabelle und im CSV.',
    more: (n: number) => `und ${many(n, 'weitere Zeile', 'weitere Zeilen')}`,
    n: (n: number) => `n = ${n}`,
    spoken: (title: string, marks: number) =>
      `${title}: Diagramm mit ${many(marks, 'Element', 'Elementen')}; die Zahlen stehen in der Tabelle`,
    keys: 'Mit den Pfeiltasten gehen Sie durch die Werte.',
    keysOpen: 'Mit den Pfeiltasten gehen Sie durch die Werte, Enter öffnet einen.',
    count: 'Zeilen',
    meaning: 'Bedeutung',
    rowName: (row: number | string) => `Zeile ${row}`,
    sampled: (shown: number, all: number) =>
      `Gezeichnet sind ${shown} von ${all} Punkten, gleichmässig über die Datei verteilt.`,
    sampledRows: (shown: number, all: number) =>
      `Aus ${shown} von ${all} Zeilen, gleichmässig über die Datei verteilt.`,
    sampledBars: (shown: number, all: number) => `Gezeichnet sind die ersten ${shown} von ${all} Balken.`,
    noLabel: (key: string, column: string) =>
      `dvc.yaml hat für dieses Diagramm kein ${key}: Die Achse zeigt den Namen der Spalte, «${column}», ohne Einheit.`,
    noUnit: (key: string) => `${key} nennt keine Einheit: Schreiben Sie sie in Klammern, etwa «Alter (Jahre)».`,
    noTitle: 'dvc.yaml hat für dieses Diagramm keinen Titel: Gezeigt wird der Name der Datei.',
    undrawable: 'Diese Spalten lassen sich nicht so zeichnen, wie dvc.yaml es sagt. Die Datei hat diese Werte:',
  },
};
