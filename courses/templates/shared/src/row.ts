// What is known about a row, and how a row becomes numbers.
// Training, scoring and serving all come through here: change an encoding once, and all three agree.
import { type Matrix, matrixFromItems } from 'pipeline-core';

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
export const target = (row: Row): number => Number(row['price']);
// The end of the table.

type Facts = Readonly<Record<string, 'number' | 'text' | readonly string[]>>;
export type Column = keyof typeof facts;
type Cell<C extends Column> = (typeof facts)[C] extends readonly (infer Word)[]
  ? Word
  : (typeof facts)[C] extends 'number'
    ? number | null
    : string;

/** Only the columns switched on in params.yaml are there; a number is null where its cell is empty. */
export type Item = { readonly [C in Column]?: Cell<C> };
export type Row = Readonly<Record<string, string | number | null>>;
export type Features = Record<string, number>;

/** Each column with what its features need: looked up once, and not again for each row. */
const encodings = Object.entries(facts as Facts).map(([column, kind]) => ({
  column: column as Column,
  kind,
  /** Of a column of numbers that has empty cells. */
  median: medians[column],
  isEmpty: `${column} is empty`,
  lengthOf: `length of ${column}`,
  /** A feature for each word but the first. */
  words: typeof kind === 'string' ? [] : kind.slice(1).map((word) => ({ name: `${column}=${word}`, word })),
}));
const encodingOf = new Map(encodings.map((encoding) => [encoding.column as string, encoding]));

/**
 * How the model sees an item: only by columns that are switched on in params.yaml. Add features before `return`.
 * `x` may be one record that is filled anew for each item: large tables would not fit into the memory otherwise.
 */
export function features(item: Item, x: Features = {}): Features {
  for (const { column, kind, median, isEmpty, lengthOf, words } of encodings) {
    const cell: string | number | null | undefined = item[column];
    if (cell === undefined) continue;
    if (kind === 'number') {
      x[column] = Number(cell ?? median);
      if (median !== undefined) x[isEmpty] = cell === null ? 1 : 0;
    } else if (kind === 'text') {
      // All that is taken from a text so far. What does it say? Add a feature such as whether it holds a certain word.
      x[lengthOf] = String(cell).length;
    } else {
      // One column of 0 and 1 for each word but the first: that one is "all of them 0".
      for (const { name, word } of words) x[name] = cell === word ? 1 : 0;
    }
  }
  return x;
}

/**
 * One row of numbers per item, as every model of pipeline-core takes them: a feature that an item lacks is 0.
 * For items that a model has not seen, `names` are the features it learned from.
 */
export function toMatrix(items: readonly Item[], names?: readonly string[]): Matrix {
  return matrixFromItems(items, features, names);
}

/** A row of a table or of a form, cut to the columns asked for and checked against the facts. */
export function parse(row: Row, columns: readonly Column[]): Item {
  const item: Record<string, string | number | null> = {};
  for (const column of columns) item[column] = checked(column, row[column]);
  return item as Item;
}

function checked(column: Column, cell: string | number | null | undefined): string | number | null {
  const { kind, median } = encodingOf.get(column)!;
  if (kind === 'text') return String(cell ?? '');
  if (kind !== 'number') {
    const word = String(cell ?? '');
    if (kind.includes(word)) return word;
    // Too rare in the table to learn from.
    if (kind.includes('other')) return 'other';
    throw new Error(`${column} is "${word}", but must be ${kind.join(' or ')}.`);
  }
  if (Number.isFinite(cell)) return cell!;
  if ((cell ?? '') === '' && median !== undefined) return null;
  throw new Error(`${column} is "${cell ?? ''}", but must be a number.`);
}

/** The prepared table taken apart: what the model sees of each row of the raw table, and what is to be predicted. */
export function fromTable(table: readonly Row[]) {
  const columns = Object.keys(table[0] ?? {}).filter(isColumn);
  return {
    columns,
    rows: table.map((row) => Number(row['row'])),
    // Item by item: those of a large table would take up memory that a model needs.
    x: matrixFromItems(table, (row, x) => features(parse(row, columns), x)),
    targets: table.map(target),
  };
}

export const isColumn = (name: string): name is Column => Object.hasOwn(facts, name);
