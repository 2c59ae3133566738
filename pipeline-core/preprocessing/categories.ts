// The values a column of words can take, learned once or given, and the code of each.

import { nearNames, PipelineError } from '../core/errors.ts';
import type { Cell } from '../table/column.ts';
import type { CellColumns } from './transformer.ts';

/** 'auto' learns the values of the training rows, sorted; else one list a column, in the order of the columns. */
export type Categories = 'auto' | readonly (readonly Cell[])[];

/** One list of values a column: numbers ascending, then words by code unit, then missing (null). */
export function learnCategories(input: CellColumns, categories: Categories): Cell[][] {
  if (categories !== 'auto') {
    if (categories.length === input.names.length) return categories.map((list) => [...list]);
    const message = `There are ${categories.length} lists of categories for ${input.names.length} columns (${input.names.join(', ')}).`;
    throw new PipelineError('bad-param', message, { param: 'categories' });
  }
  return input.names.map((_, j) => categoriesOf(input, j));
}

/** The values of one column, in the same order. */
export function categoriesOf(input: CellColumns, column: number): Cell[] {
  const seen = new Set<Cell>();
  const words = input.category(column);
  if (words === null) for (let row = 0; row < input.rows; row++) seen.add(input.cell(row, column));
  // A category may keep levels that these rows do not hold.
  else for (const code of new Set(words.codes)) seen.add(words.levels[code] ?? null);
  return [...seen].sort(inOrder);
}

/** The codes of one column, -1 for a value outside its categories. */
export function codesOf(input: CellColumns, column: number, categories: readonly Cell[]): Int32Array {
  const code = new Map(categories.map((value, i) => [value, i]));
  const words = input.category(column);
  if (words !== null) {
    const own = Int32Array.from(words.levels, (level) => code.get(level) ?? -1);
    const missing = code.get(null) ?? -1;
    return words.codes.map((level) => (level < 0 ? missing : own[level]!));
  }
  return Int32Array.from({ length: input.rows }, (_, row) => code.get(input.cell(row, column)) ?? -1);
}

/** The error for a value that was not there at fit, with near ones. */
export function unknownCategory(
  input: CellColumns,
  at: { row: number; column: number },
  known: readonly Cell[],
): PipelineError {
  const value = input.cell(at.row, at.column);
  const words = known.map((own) => (own === null ? 'missing' : String(own)));
  const near = nearNames(String(value), words);
  const hint = near.length > 0 ? ` Did you mean "${near[0]}"?` : '';
  const shown = value === null ? 'the value is missing, which' : `"${value}"`;
  const message = `Row ${at.row + 1}, column "${input.names[at.column]}": ${shown} was not among the values at fit (${words.join(', ')}).${hint}`;
  return new PipelineError('unknown-category', message, { row: at.row + 1, column: input.names[at.column]! });
}

function inOrder(a: Cell, b: Cell): number {
  const rank = (value: Cell) => (value === null ? 2 : typeof value === 'string' ? 1 : 0);
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  return a === b ? 0 : a! < b! ? -1 : 1;
}
