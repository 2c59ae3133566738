// One column of a table: numbers in a Float64Array, few words as codes into levels, or text.
// Invariant: a missing value is NaN among numbers, code -1 among categories, null in text, and null wherever a cell is read.
import { PipelineError } from '../core/errors.ts';

export type ColumnKind = 'number' | 'category' | 'text';

/** A cell as people read it; null is a missing value. */
export type Cell = number | string | null;

export interface NumberColumn {
  readonly kind: 'number';
  readonly name: string;
  readonly values: Float64Array;
}

export interface CategoryColumn {
  readonly kind: 'category';
  readonly name: string;
  /** Index into `levels` a row, -1 for missing. */
  readonly codes: Int32Array;
  readonly levels: readonly string[];
}

export interface TextColumn {
  readonly kind: 'text';
  readonly name: string;
  readonly values: readonly (string | null)[];
}

export type Column = NumberColumn | CategoryColumn | TextColumn;

/** Words of at most this many different values are a category, more are text. */
export const MOST_LEVELS = 20;

/**
 * A column from cells. Without `kind`: all numbers (booleans count as 1 and 0) make a number column; words with at
 * most 20 different values a category with its levels sorted; other words text. Undefined, null and NaN are missing.
 * Throws PipelineError 'mixed-column' where numbers and words are mixed, 'not-a-number' where `kind` is number.
 */
export function columnOf(name: string, cells: ArrayLike<unknown>, kind?: ColumnKind): Column {
  const found = kind ?? kindOf(name, cells);
  if (found === 'number') return { kind: 'number', name, values: numbersOf(name, cells) };
  const words = Array.from({ length: cells.length }, (_, row) => wordOf(cells[row]));
  return found === 'category' ? categoryColumn(name, words) : { kind: 'text', name, values: words };
}

/**
 * A category column. `levels` fixes their order (default: those found, sorted by code unit).
 * Throws PipelineError 'unknown-level' for a word outside given levels, naming row and column.
 */
export function categoryColumn(
  name: string,
  words: readonly (string | null)[],
  levels?: readonly string[],
): CategoryColumn {
  const order = levels ?? [...new Set(words.filter((word) => word !== null))].sort();
  const codeOf = new Map(order.map((level, code) => [level, code]));
  const codes = new Int32Array(words.length);
  words.forEach((word, row) => {
    const code = word === null ? -1 : codeOf.get(word);
    if (code === undefined) {
      const message = `Row ${row + 1}, column "${name}": "${word}" is none of its levels (${order.join(', ')}).`;
      throw new PipelineError('unknown-level', message, { row: row + 1, column: name, value: word ?? '' });
    }
    codes[row] = code;
  });
  return { kind: 'category', name, codes, levels: order };
}

export function lengthOf(column: Column): number {
  return column.kind === 'category' ? column.codes.length : column.values.length;
}

/** The cell in `row` (from 0). */
export function cellOf(column: Column, row: number): Cell {
  switch (column.kind) {
    case 'number': {
      const value = column.values[row]!;
      return Number.isNaN(value) ? null : value;
    }
    case 'category':
      return column.levels[column.codes[row]!] ?? null;
    case 'text':
      return column.values[row] ?? null;
  }
}

/** A new column of the given rows in the given order; a category keeps all its levels. */
export function takeCells(column: Column, rows: ArrayLike<number>): Column {
  switch (column.kind) {
    case 'number': {
      const values = new Float64Array(rows.length);
      for (let i = 0; i < rows.length; i++) values[i] = column.values[rows[i]!]!;
      return { ...column, values };
    }
    case 'category': {
      const codes = new Int32Array(rows.length);
      for (let i = 0; i < rows.length; i++) codes[i] = column.codes[rows[i]!]!;
      return { ...column, codes };
    }
    case 'text':
      return { ...column, values: Array.from({ length: rows.length }, (_, i) => column.values[rows[i]!] ?? null) };
  }
}

function isMissing(cell: unknown): boolean {
  return cell === null || cell === undefined || (typeof cell === 'number' && Number.isNaN(cell));
}

function wordOf(cell: unknown): string | null {
  return isMissing(cell) ? null : String(cell);
}

function kindOf(name: string, cells: ArrayLike<unknown>): ColumnKind {
  if (cells instanceof Float64Array) return 'number';
  const words = new Set<string>();
  let numberAt = -1;
  let wordAt = -1;
  for (let row = 0; row < cells.length; row++) {
    const cell = cells[row];
    if (isMissing(cell)) continue;
    if (typeof cell === 'number' || typeof cell === 'boolean') numberAt = row;
    else {
      wordAt = row;
      if (words.size <= MOST_LEVELS) words.add(String(cell));
    }
    if (numberAt >= 0 && wordAt >= 0) {
      const message = `Column "${name}" mixes numbers and words: row ${numberAt + 1} holds ${String(cells[numberAt])}, row ${wordAt + 1} holds "${String(cells[wordAt])}". Make them one kind, or say which kind it is.`;
      throw new PipelineError('mixed-column', message, { column: name, row: Math.max(numberAt, wordAt) + 1 });
    }
  }
  if (wordAt < 0) return 'number';
  return words.size <= MOST_LEVELS ? 'category' : 'text';
}

function numbersOf(name: string, cells: ArrayLike<unknown>): Float64Array {
  if (cells instanceof Float64Array) return cells.slice();
  const values = new Float64Array(cells.length);
  for (let row = 0; row < cells.length; row++) {
    const cell = cells[row];
    if (isMissing(cell)) values[row] = Number.NaN;
    else if (typeof cell === 'number' || typeof cell === 'boolean') values[row] = Number(cell);
    else {
      const message = `Row ${row + 1}, column "${name}": "${String(cell)}" is not a number.`;
      throw new PipelineError('not-a-number', message, { row: row + 1, column: name, value: String(cell) });
    }
  }
  return values;
}
