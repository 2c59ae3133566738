// Runs beside each other: the table of all runs, and two of them compared.
import type { experiments as en } from '../../en/more/experiments.ts';
import { isolate } from '../../isolate.ts';
import type { Translated } from '../../types.ts';
import { many } from '../many.ts';

export const experiments: Translated<typeof en> = {
  experiments: {
    head: 'Tabelle der Läufe',
    hint: 'Parameter, Scores und Befunde aller Läufe. Wählen Sie zwei, um sie zu vergleichen.',
    empty: 'Jeder Lauf wird hier eine Zeile.',
    find: 'Lauf suchen',
    findHint: 'Ein Vorschlag, ein Name, ein Parameter oder ein Befund',
    none: 'Kein Lauf passt.',
    unchanged: 'Auch Spalten zeigen, die sich nie geändert haben',
    sort: 'Sortieren nach',
    sortBy: (column: string, down: boolean) => `${column}, ${down ? 'absteigend' : 'aufsteigend'}`,
    csv: 'Als CSV herunterladen',
    columns: {
      run: 'Lauf',
      result: 'Ergebnis',
      by: 'Von',
      suggestion: 'Vorschlag',
      change: 'Änderung',
      low: 'Änderung, 95 % ab',
      high: 'Änderung, 95 % bis',
      findings: 'Befunde',
      duration: 'Dauer (s)',
      at: 'Zeit',
    },
    pick: (n: number) => `Lauf #${n} vergleichen`,
    pairStart: 'Zwei Läufe vergleichen',
    pairStop: 'Auswahl beenden',
    pairHint: (left: number) => (left === 2 ? 'Wählen Sie zwei Läufe.' : 'Wählen Sie noch einen Lauf.'),
    pairGo: (before: number, after: number) => `#${before} mit #${after} vergleichen`,
  },
  compare: {
    title: 'Zwei Läufe vergleichen',
    head: (before: string, after: string) => `${isolate(before)} und ${isolate(after)}`,
    missing: 'Einen dieser Läufe gibt es nicht, oder nur wer ihn gemacht hat, darf ihn sehen.',
    unchosen: 'Noch gibt es keine zwei Läufe zum Vergleichen.',
    swap: 'Die beiden tauschen',
    back: 'Zurück zur Session',
    project: 'Auf dem Beamer zeigen',
    before: 'Vorher',
    after: 'Nachher',
    private: 'Private Vorschau',
    preview: 'Vorschau',
    verdict: 'Unterschied',
    noVerdict: 'Es gibt kein Urteil: Einer der beiden zählt nicht.',
    notDone: 'Einer der beiden hat kein Ergebnis.',
    interval: ([low, high]: readonly [string, string], unit: string, rows: number | undefined) =>
      `95-%-Intervall ${`${low} bis ${high} ${unit}`.trimEnd()}${rows === undefined ? '' : `, gepaart über ${many(rows, 'Zeile', 'Zeilen')}`}`,
    metrics: 'Metriken',
    metric: 'Metrik',
    change: 'Änderung',
    params: 'Verschiedene Parameter',
    noParams: 'params.yaml hat in beiden dieselben Werte.',
    param: 'Parameter',
    code: 'Codeänderungen',
    noCode: 'Der Code ist in beiden derselbe.',
    groups: 'Fehler nach Gruppe',
    groupsHint: (measure: string) =>
      `${measure} vorher und nachher, mit dem 95-%-Intervall der Änderung; Spalten mit der deutlichsten Änderung zuerst. Farbig sind nur Änderungen, deren Intervall die Null nicht enthält.`,
    noErrors:
      'Die beiden haben nicht dieselben Zeilen in denselben Folds vorhergesagt; ihre Fehler lassen sich nicht Zeile für Zeile vergleichen.',
    measure: { rmse: (unit: string) => `RMSE in ${unit}`, 'error-rate': () => 'Anteil falscher Antworten' },
    group: 'Gruppe',
    rows: 'Zeilen',
    clear: { better: 'kleinerer Fehler', worse: 'grösserer Fehler', noise: 'im Rauschen' },
    rowsHead: 'Am stärksten veränderte Zeilen',
    rowsHint: (n: number, smaller: number, larger: number) =>
      `Von ${many(n, 'Zeile', 'Zeilen')} ist der Fehler bei ${smaller} kleiner und bei ${larger} grösser.`,
    rowsOpen: 'Öffnen Sie eine Zeile, um ihre Werte zu sehen.',
    improved: 'Verbessert',
    worsened: 'Verschlechtert',
    noRows: 'Keine Zeile.',
    was: (actual: string, before: string, after: string) =>
      `tatsächlich ${actual}; vorhergesagt ${before}, dann ${after}`,
    charts: 'Diagramme nebeneinander',
    noCharts: 'Keiner der Läufe hat ein Diagramm geschrieben.',
    noChart: 'Dieser Lauf hat dieses Diagramm nicht geschrieben.',
  },
};
