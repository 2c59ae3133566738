// Choosing a course for a new session, and making one of a table of one's own.
import type { ownTable as en } from '../../en/more/own-table.ts';
import type { Translated } from '../../types.ts';
import { many } from '../many.ts';

export const ownTable: Translated<typeof en> = {
  courses: 'Worum es in der Session geht',
  size: (rows: number, columns: number) => `${many(rows, 'Zeile', 'Zeilen')}, ${many(columns, 'Spalte', 'Spalten')}`,
  own: 'Ihre eigene Tabelle',
  ownHint: 'Eine CSV-Datei: Wählen Sie die Spalte, die vorherzusagen ist, und alle können beginnen.',
  file: 'CSV-Datei wählen oder hierher ziehen',
  limits: 'Höchstens 20 MB, 100’000 Zeilen und 200 Spalten. Sie wird zusammen mit der Session gelöscht.',
  reading: 'Die Tabelle wird gelesen …',
  another: 'Andere Datei wählen',
  tooLarge: (megabytes: number) => `Diese Datei hat ${megabytes} MB: möglich sind höchstens 20 MB.`,
  tooManyRows: 'Diese Tabelle hat mehr als 100’000 Zeilen: Lassen Sie einige weg.',
  tooManyColumns: 'Diese Tabelle hat mehr als 200 Spalten: Lassen Sie einige weg.',
  empty: 'Diese Datei ist leer.',
  head: 'Erste Zeilen',
  columns: 'Spalten',
  rows: (n: number) => many(n, 'Zeile', 'Zeilen'),
  kinds: { number: 'Zahl', words: 'Wörter', text: 'Freitext' },
  date: 'Datum, in Tagen gezählt',
  missing: (n: number) => (n === 0 ? 'keine fehlen' : many(n, 'fehlt', 'fehlen')),
  distinct: (n: number) => many(n, 'verschiedener Wert', 'verschiedene Werte'),
  constant: 'In allen Zeilen gleich: weggelassen',
  odd: (row: number, value: string, count: number) =>
    count === 1
      ? `Zeile ${row}: «${value}» ist keine Zahl und gilt als fehlend.`
      : `Zeile ${row}: «${value}» ist keine Zahl. ${count} solche Zellen gelten als fehlend.`,
  target: 'Was soll vorhergesagt werden?',
  targetNone: 'Spalte wählen',
  isTarget: 'Vorherzusagen',
  forbid: 'Darf keine Eingabe sein',
  because: {
    strong: (percent: number) => `Erklärt allein ${percent} % dessen, was vorherzusagen ist. Ist sie vorher bekannt?`,
    identifier: 'Hat in jeder Zeile einen eigenen Wert: Ein Modell kann sie nur auswendig lernen.',
  },
  kind: 'Art der Vorhersage',
  taskKinds: { regression: 'Eine Zahl', classification: 'Eine Klasse' },
  measure: 'Metrik',
  measures: {
    rmse: 'Typischer Fehler, grosse zählen mehr (RMSE)',
    mae: 'Mittlerer Fehler (MAE)',
    logLoss: 'Wie sicher der richtigen Klasse (Log Loss)',
    accuracy: 'Anteil richtiger Antworten (Accuracy)',
  },
  classes: (names: readonly string[]) => `Klassen: ${names.join(', ')}`,
  leftOut: (missing: number, rare: number) =>
    [
      ...(missing > 0 ? [`${many(missing, 'Zeile', 'Zeilen')} ohne Wert`] : []),
      ...(rare > 0 ? [`${many(rare, 'Zeile', 'Zeilen')} aus Klassen mit weniger als 10 Zeilen`] : []),
    ].join(' und '),
  leaves: 'Weggelassen:',
  group: 'Zeilen, die zusammengehören',
  groupNone: 'Keine Gruppen',
  groupHint:
    'Zum Beispiel mehrere Besuche derselben Person: Wählen Sie die Spalte, die sie benennt. Zeilen einer Gruppe werden zusammen getestet und zurückgehalten, und die Spalte ist keine Eingabe.',
  isGroup: 'Hält Zeilen zusammen',
  unit: 'Einheit',
  unitHint: 'Steht neben dem Score, etwa Franken. Sie darf leer sein.',
  inRepository: 'Die Tabelle in das Repository legen, das exportiert wird',
  inRepositoryHint: 'Nur die sichtbaren Zeilen. Sonst enthält es den Code und die Spalten, aber keine Zeilen.',
  choose: 'Wählen Sie eine Datei und die Spalte, die vorherzusagen ist.',
};
