// What is known about a row, and how a table becomes numbers.
// Training, scoring and serving all come through here: change an encoding once, and all three agree.
// It goes column by column: an object for each row of a long table would take longer than many a model.
import {
  categoryColumn,
  columnOf,
  type Matrix,
  matrixFromColumns,
  Table,
  type Column as TableColumn,
} from 'pipeline-core';

// The table, as schema.yaml of the course describes it.
/** What may be known: a number, a text, or one of these words ('' is an empty cell). What the task forbids is not in here. */
export const facts = {
  area: 'number', // Area
  town: ['other', 'Ada', 'Bel'], // Town
  notes: 'text', // Notes
} as const satisfies Facts;

/** The median of each column of numbers that has empty cells: an empty one counts as it, and a feature says that it was empty. */
const medians: Readonly<Record<string, number>> = {
  area: 54,
};

/** What we predict. */
export const targetName = 'price';
export const target = (table: Table): Float64Array => table.numbers('price');
// The end of the table.

type Facts = Readonly<Record<string, 'number' | 'text' | readonly string[]>>;
export type Column = keyof typeof facts;
type Cell<C extends Column> = (typeof facts)[C] extends readonly (infer Word)[]
  ? Word
  : (typeof facts)[C] extends 'number'
    ? number | null
    : string;

/** A row by its columns. Only those switched on in params.yaml are there; a number is null where its cell is empty. */
export type Item = { readonly [C in Column]?: Cell<C> };
export type Row = Readonly<Record<string, string | number | null>>;

/** Features of your own, a line each, such as `'area per room': ({ area, rooms }) => Number(area) / Number(rooms),`. */
const ownFeatures: Readonly<Record<string, (item: Item) => number>> = {};

/** How the model sees a table: feature by feature, a number for each row. */
export function features(table: Table): Map<string, ArrayLike<number>> {
  const x = new Map<string, ArrayLike<number>>();
  for (const [column, kind] of Object.entries<Facts[string]>(facts)) {
    if (!table.has(column)) continue;
    if (kind === 'number') {
      const values = table.numbers(column);
      const median = medians[column];
      x.set(column, median === undefined ? values : values.map((value) => (Number.isNaN(value) ? median : value)));
      if (median === undefined) continue;
      const isEmpty = values.map((value) => (Number.isNaN(value) ? 1 : 0));
      x.set(`${column} is empty`, isEmpty);
    } else if (kind === 'text') {
      // All that is taken from a text so far. What does it say? Add a feature such as whether it holds a certain word.
      const lengths = table.words(column).map((text) => text.length);
      x.set(`length of ${column}`, lengths);
    } else {
      // One column of 0 and 1 for each word but the first: that one is "all of them 0".
      const { codes } = table.category(column);
      for (let code = 1; code < kind.length; code++) {
        const isWord = codes.map((own) => (own === code ? 1 : 0));
        x.set(`${column}=${kind[code]}`, isWord);
      }
    }
  }
  const own = Object.entries(ownFeatures);
  const items = own.length > 0 ? (table.rows() as Item[]) : [];
  for (const [name, feature] of own) x.set(name, items.map(feature));
  return x;
}

/**
 * One row of numbers per item, as every model of pipeline-core takes them.
 * For items that a model has not seen, `names` are the features it learned from.
 */
export function toMatrix(table: Table, names?: readonly string[]): Matrix {
  return matrixFromColumns(features(table), names);
}

/** Rows that a form or a program asks about, as a table cut to the columns asked for and checked. */
export function fromRows(rows: readonly Row[], columns: readonly Column[]): Table {
  const cellsOf = (column: Column) => rows.map((row) => (row[column] === '' ? null : row[column]));
  const typeOf = (column: Column) => (kindOf(column) === 'number' ? 'number' : 'text');
  return parse(new Table(columns.map((column) => columnOf(column, cellsOf(column), typeOf(column)))), columns);
}

/** A table cut to the columns asked for and checked against the facts. */
export function parse(table: Table, columns: readonly Column[]): Table {
  return new Table(
    columns.map((column) => checked(table, column)),
    table.rowCount,
  );
}

function checked(table: Table, name: Column): TableColumn {
  const kind = kindOf(name);
  if (kind === 'number') {
    const found = table.column(name);
    // Of anything else than numbers the first cell that is none is named.
    const column = found.kind === 'number' ? found : columnOf(name, table.cells(name), 'number');
    const mayBeEmpty = medians[name] !== undefined || column.kind !== 'number';
    const empty = mayBeEmpty ? -1 : column.values.findIndex(Number.isNaN);
    if (empty === -1) return column;
    throw new Error(`Row ${empty + 1}, column "${name}": the cell is empty, but must hold a number.`);
  }
  const words = table.words(name);
  if (kind === 'text') return { kind, name, values: words };
  const known = new Set(kind);
  // Others are too rare in the table to learn from, where there is a word for them.
  return categoryColumn(
    name,
    known.has('other') ? words.map((word) => (known.has(word) ? word : 'other')) : words,
    kind,
  );
}

/** The prepared table taken apart: what the model sees of each row of the raw table, and what is to be predicted. */
export function fromTable(table: Table) {
  const columns = table.names.filter(isColumn);
  return {
    columns,
    rows: table.numbers('row'),
    x: toMatrix(parse(table, columns)),
    targets: target(table),
  };
}

const kindOf = (column: Column): Facts[string] => facts[column];
export const isColumn = (name: string): name is Column => Object.hasOwn(facts, name);
