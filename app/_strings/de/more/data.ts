// The data: what each column holds, its rows, and suggestions about them.
import type { data as en } from '../../en/more/data.ts';
import { isolate } from '../../isolate.ts';
import type { Translated } from '../../types.ts';
import { many } from '../many.ts';

export const data: Translated<typeof en> = {
  data: {
    head: 'Die Daten ansehen',
    loading: 'Wird geladen …',
    hint: (rows: string, columns: string, share: number) =>
      `${rows} × ${columns}. Weitere ${share} % der Zeilen sind zurückgehalten, und niemand sieht sie.`,
    rows: (n: number) => many(n, 'Zeile', 'Zeilen'),
    columns: (n: number) => many(n, 'Spalte', 'Spalten'),
    noMissing: 'Es fehlen keine Werte.',
    missing: (values: number, columns: number) =>
      `${many(values, 'Wert fehlt', 'Werte fehlen')}, in ${many(columns, 'Spalte', 'Spalten')}.`,
    target: (name: string, what: string) => `Vorherzusagen: ${name}, ${what}.`,
    mean: (value: string) => `im Mittel ${value}`,
    find: 'Spalte suchen',
    none: 'Keine Spalte heisst so.',
    order: 'Reihenfolge',
    orders: {
      table: 'Wie in der Tabelle',
      relation: 'Nach Zusammenhang mit dem Ziel',
      missing: 'Nach fehlenden Werten',
    },
    role: { input: '', target: 'vorherzusagen', forbidden: 'keine Eingabe' },
    forbidden:
      'Aus dieser Spalte darf keine Eingabe eines Modells stammen: Sie ist Teil des Ziels oder erst danach bekannt.',
    explains: (share: string) => `erklärt ${share}`,
    someMissing: (n: number) => many(n, 'fehlt', 'fehlen'),
    constant: 'in allen Zeilen gleich',
    open: (label: string) => `${label} öffnen`,
    all: 'Alle Spalten',
    previous: 'Vorige Spalte',
    next: 'Nächste Spalte',
    place: (at: number, of: number) => `${at} von ${of}`,
    meanOf: (target: string) => `Mittel von ${target}`,
    shareOf: (target: string) => `Anteil von ${target}`,
    facts: {
      type: 'Typ',
      distinct: 'Verschiedene Werte',
      missing: 'Fehlend',
      range: 'Bereich',
      mean: 'Mittelwert',
      median: 'Median',
      deviation: 'Standardabweichung',
      explained: (target: string) => `Von ${target} erklärt sie allein`,
      correlation: (target: string) => `Korrelation mit ${target}`,
    },
    explainedHint:
      'Allein, als Gerade oder nach Gruppen, je nachdem, was mehr erklärt. Zusammen mit anderen kann ein Modell mehr aus einer Spalte machen.',
    types: {
      integer: 'ganze Zahl',
      number: 'Zahl',
      ordinal: 'geordnete Stufen',
      binary: 'eins von zweien',
      nominal: 'Kategorie',
      text: 'Text',
    },
    sensitive: 'sensibel',
    values: 'Werte',
    valuesHint: 'Wählen Sie einen, um seine Zeilen zu sehen.',
    value: 'Wert',
    missingValue: 'fehlt',
    others: (n: number) => many(n, 'anderer Wert', 'andere Werte'),
    rowsOf: (label: string, value: string) => `${label}: ${value}`,
    row: (n: number) => `Zeile ${n}`,
    moreRows: (n: number) => `Mehr Zeilen zeigen (noch ${n})`,
    noRows: 'Keine Zeilen.',
    byNumber: 'Zeile nach Nummer',
    byNumberHint: (last: number) => `0 bis ${last}, wie in predictions.csv und im Code`,
    showRow: 'Zeile zeigen',
    odd: 'Ungewöhnliche Zeilen',
    oddHint: 'In mehreren Zahlen weit weg von den übrigen. Fehler, oder gerade die interessantesten?',
    oddNone: 'Keine Zeile liegt weit weg von den übrigen.',
    because: (column: string, value: string, median: string) => `${isolate(column)} ist ${value} (Median ${median})`,
    double: 'Doppelte Zeilen',
    doubleNone: 'Keine Zeile wiederholt eine andere.',
    doubleHint: (n: number) => `${many(n, 'Zeile wiederholt', 'Zeilen wiederholen')} in allen Spalten eine frühere.`,
    repeats: (of: number) => `wiederholt Zeile ${of}`,
    use: 'Diese Spalte vorschlagen',
    drop: 'Vorschlagen, sie wegzulassen',
    used: 'Das Modell verwendet diese Spalte.',
    notUsed: 'Das Modell verwendet diese Spalte nicht.',
    startUsing: (name: string) => `Die Spalte ${name} verwenden: `,
    suggestColumn: 'Etwas anderes dazu vorschlagen',
    aboutColumn: (label: string, name: string) => `${named(label, name)}. Idee: `,
    suggestRows: 'Etwas zu diesen Zeilen vorschlagen',
    aboutRows: (label: string, value: string, n: number, what: string, all: string) =>
      `${label} ${value} (${many(n, 'Zeile', 'Zeilen')}): ${what}; alle Zeilen: ${all}. Idee: `,
    suggestRow: 'Etwas zu dieser Zeile vorschlagen',
    aboutRow: (row: number, what: string) => `Zeile ${row} (${what}). Idee: `,
    project: 'Auf dem Beamer zeigen',
    column: 'Spalte auf dem Beamer',
    scene: 'Die Daten',
    table: (rows: string, columns: string) => `${rows} × ${columns}`,
  },
};

/** Both, unless they are the same. */
function named(label: string, name: string): string {
  return label === name ? name : `${label} (${name})`;
}
