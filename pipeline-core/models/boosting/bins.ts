// Columns cut into at most 255 bins, a byte a value, row after row: what histogram boosting runs on.
// Cuts as in scikit-learn: between all distinct values where they are few, else at percentiles.

import type { Matrix } from '../../estimator/model.ts';
import { distinctValues, rankOf } from '../tree/codes.ts';

export interface Bins {
  readonly rows: number;
  readonly cols: number;
  /** Row-major, rows x cols: the bin of each value in its column. */
  readonly codes: Uint8Array;
  /** thresholds[j][b]: values of bin b are <= this, those of b + 1 above it. */
  readonly thresholds: readonly Float64Array[];
  /** Where each column's bins begin among all bins; one entry more than columns. */
  readonly offsets: Int32Array;
}

/** @param maxBins 2..255 */
export function binColumns(x: Matrix, maxBins: number): Bins {
  const { rows, cols } = x;
  const codes = new Uint8Array(rows * cols);
  const thresholds: Float64Array[] = [];
  const offsets = new Int32Array(cols + 1);
  const column = new Float64Array(rows);
  for (let j = 0; j < cols; j++) {
    for (let i = 0; i < rows; i++) column[i] = x.data[i * cols + j]!;
    const cuts = cutsOf(column, maxBins);
    for (let i = 0; i < rows; i++) codes[i * cols + j] = rankOf(column[i]!, cuts);
    thresholds.push(cuts);
    offsets[j + 1] = offsets[j]! + cuts.length + 1;
  }
  return { rows, cols, codes, thresholds, offsets };
}

function cutsOf(column: Float64Array, maxBins: number): Float64Array {
  const distinct = distinctValues(column);
  if (distinct.length <= maxBins) {
    const cuts = new Float64Array(distinct.length - 1);
    for (let k = 0; k < cuts.length; k++) cuts[k] = middle(distinct[k]!, distinct[k + 1]!);
    return cuts;
  }
  const sorted = column.slice().sort();
  const cuts = new Float64Array(maxBins - 1);
  for (let k = 1; k < maxBins; k++) {
    // Rounded as numpy's percentiles are: whether a place falls on a row decides between that row and a middle.
    const place = (sorted.length - 1) * ((k * (100 / maxBins)) / 100);
    cuts[k - 1] = middle(sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!);
  }
  return cuts;
}

function middle(lower: number, upper: number): number {
  const value = lower / 2 + upper / 2;
  return value < upper ? value : lower;
}
