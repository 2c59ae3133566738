// danfojs frames and Series, and Tables, as inputs. They are known by their shape alone: nothing of them is imported here.
// Invariant: a frame meets the same checks as rows, a Series the same as a list: nothing missing or in words gets through.

import { PipelineError } from '../core/errors.ts';

/** What of a danfojs DataFrame is read: names of columns, and one array a row. */
export interface FrameLike {
  readonly columns: readonly string[];
  readonly values: readonly (readonly unknown[])[];
}

/** What of a danfojs Series is read. */
export interface SeriesLike {
  readonly values: readonly unknown[];
  readonly index: readonly (string | number)[];
  readonly dtypes: readonly string[];
}

/** What of a Table of numbers is read. */
export interface NumberTable {
  readonly rowCount: number;
  readonly names: readonly string[];
  /** Throws PipelineError 'wrong-kind' for a column of words. */
  numbers(name: string): Float64Array;
  cells(name: string): readonly unknown[];
  take(rows: ArrayLike<number>): NumberTable;
}

/** One number a row: a list, a typed array, a danfojs Series, or a frame or Table of a single column. */
export type Vector = ArrayLike<number> | SeriesLike | NumberTable;

// `in` first: a frame answers with a sentence where a column is read that it lacks.
export function isFrame(value: unknown): value is FrameLike {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  if (!('columns' in value) || !('values' in value) || isSeries(value)) return false;
  return Array.isArray(value.columns) && Array.isArray(value.values);
}

export function isTable(value: unknown): value is NumberTable {
  return typeof value === 'object' && value !== null && 'rowCount' in value && 'numbers' in value;
}

export function isSeries(value: unknown): value is SeriesLike {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return '$isSeries' in value && value.$isSeries === true && 'values' in value && Array.isArray(value.values);
}

/**
 * The values of a Series, or of a frame or Table with a single column; anything else as it is, for the checks that follow.
 * Throws PipelineError 'not-a-vector' for several columns, naming them.
 */
export function vectorOf(given: Vector): ArrayLike<number> {
  if (isSeries(given)) return given.values as readonly number[];
  const table = isTable(given);
  if (!table && !isFrame(given)) return given as ArrayLike<number>;
  const names = table ? given.names : (given as FrameLike).columns;
  if (names.length === 1) {
    return (table ? given.cells(names[0]!) : (given as FrameLike).values.map((row) => row[0])) as number[];
  }
  const some = names.slice(0, 8).join(', ') + (names.length > 8 ? ' …' : '');
  const choose = table ? `table.numbers('${names[0] ?? 'name'}')` : `frame.column('${names[0] ?? 'name'}')`;
  const message = `One number a row is needed, but this is a ${table ? 'Table' : 'frame'} of ${names.length} columns (${some}): choose one, ${choose}.`;
  throw new PipelineError('not-a-vector', message, { columns: names.length });
}
