// Columns as ranks of their distinct values: what exact tree growing runs on. Few distinct values (the usual case of
// this table) take a byte each.
// Invariant: nothing is rounded; a threshold between two codes is a threshold between two real values.

import { eachColumn } from '../../estimator/by-column.ts';
import type { Matrix } from '../../estimator/model.ts';
import { ranksOf } from './ranks.ts';

export type CodeColumn = Uint8Array | Int32Array;

export interface Codes {
  readonly rows: number;
  readonly cols: number;
  /** columns[j][i]: rank of row i's value among the distinct values of column j. */
  readonly columns: readonly CodeColumn[];
  /** values[j]: the distinct values of column j, ascending. */
  readonly values: readonly Float64Array[];
}

/** Cost: rows x cols x log(distinct values). */
export function encodeColumns(x: Matrix): Codes {
  const columns: CodeColumn[] = [];
  const values: Float64Array[] = [];
  eachColumn(x, (column) => {
    const distinct = distinctValues(column);
    const codes = distinct.length <= 256 ? new Uint8Array(x.rows) : new Int32Array(x.rows);
    ranksOf(column, distinct, codes);
    columns.push(codes);
    values.push(distinct);
  });
  return { rows: x.rows, cols: x.cols, columns, values };
}

/** The distinct values, ascending. */
export function distinctValues(column: Float64Array): Float64Array {
  return fewDistinct(column, 256) ?? manyDistinct(column);
}

/**
 * The distinct values, ascending, without NaN; null where they are more than `most`. Sorting costs rows x log(rows); most
 * columns hold a handful of values, found by looking each up.
 */
export function fewDistinct(column: Float64Array, most: number): Float64Array | null {
  const found = new Float64Array(most);
  let count = 0;
  let at = 0;
  for (let i = 0; i < column.length; i++) {
    const value = column[i]!;
    // Often the value of the row before.
    if (count > 0 && found[at] === value) continue;
    if (Number.isNaN(value)) continue;
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (found[middle]! < value) low = middle + 1;
      else high = middle;
    }
    at = low;
    if (low < count && found[low] === value) continue;
    if (count === most) return null;
    found.copyWithin(low + 1, low, count);
    // + 0 makes -0 into 0.
    found[low] = value + 0;
    count++;
  }
  return found.slice(0, count);
}

function manyDistinct(column: Float64Array): Float64Array {
  const sorted = column.slice().sort();
  let count = 0;
  for (let i = 0; i < sorted.length; i++) {
    if (i === 0 || sorted[i] !== sorted[count - 1]) sorted[count++] = sorted[i]! + 0;
  }
  return sorted.slice(0, count);
}
