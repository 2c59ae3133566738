// danfojs frames and Series as inputs. They are known by their shape alone: nothing of danfojs is imported here.
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

/** One number a row: a list, a typed array, or a danfojs Series. */
export type Vector = ArrayLike<number> | SeriesLike;

// `in` first: a frame answers with a sentence where a column is read that it lacks.
export function isFrame(value: unknown): value is FrameLike {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  if (!('columns' in value) || !('values' in value) || isSeries(value)) return false;
  return Array.isArray(value.columns) && Array.isArray(value.values);
}

export function isSeries(value: unknown): value is SeriesLike {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return '$isSeries' in value && value.$isSeries === true && 'values' in value && Array.isArray(value.values);
}

/**
 * The values of a Series, or of a frame with a single column; anything else as it is, for the checks that follow.
 * Throws PipelineError 'not-a-vector' for a frame of several columns, naming them.
 */
export function vectorOf(given: Vector): ArrayLike<number> {
  if (isSeries(given)) return given.values as readonly number[];
  if (!isFrame(given)) return given as ArrayLike<number>;
  if (given.columns.length === 1) return given.values.map((row) => row[0]) as number[];
  const some = given.columns.slice(0, 8).join(', ') + (given.columns.length > 8 ? ' …' : '');
  const message = `One number a row is needed, but this is a frame of ${given.columns.length} columns (${some}): choose one, frame.column('${given.columns[0] ?? 'name'}').`;
  throw new PipelineError('not-a-vector', message, { columns: given.columns.length });
}
