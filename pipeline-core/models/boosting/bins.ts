// Columns cut into at most 255 bins, row after row, each value by the place of its bin among those of all columns, so that
// a histogram adds it up without a look at its column: what histogram boosting runs on.
// Cuts as in scikit-learn: between all distinct values where they are few, else at percentiles.

import type { Matrix } from '../../estimator/model.ts';
import { rankOf } from '../tree/codes.ts';

export type BinCodes = Uint16Array | Int32Array;

export interface Bins {
  readonly rows: number;
  readonly cols: number;
  /** Row-major, rows x cols: where the bin of each value is among all bins. */
  readonly codes: BinCodes;
  /** The same, column after column: what rows are divided by. */
  readonly byColumn: BinCodes;
  /** thresholds[j][b]: values of bin b are <= this, those of b + 1 above it. */
  readonly thresholds: readonly Float64Array[];
  /** Where each column's bins begin among all bins; one entry more than columns. */
  readonly offsets: Int32Array;
}

/** @param maxBins 2..255 */
export function binColumns(x: Matrix, maxBins: number): Bins {
  const { rows, cols } = x;
  const thresholds: Float64Array[] = [];
  const offsets = new Int32Array(cols + 1);
  const column = new Float64Array(rows);
  for (let j = 0; j < cols; j++) {
    for (let i = 0; i < rows; i++) column[i] = x.data[i * cols + j]!;
    const cuts = cutsOf(column, maxBins);
    thresholds.push(cuts);
    offsets[j + 1] = offsets[j]! + cuts.length + 1;
  }
  const codes: BinCodes = offsets[cols]! <= 65_536 ? new Uint16Array(rows * cols) : new Int32Array(rows * cols);
  const byColumn = codes.slice();
  for (let j = 0; j < cols; j++) {
    const cuts = thresholds[j]!;
    const offset = offsets[j]!;
    const start = j * rows;
    for (let i = 0; i < rows; i++) {
      const place = offset + rankOf(x.data[i * cols + j]!, cuts);
      codes[i * cols + j] = place;
      byColumn[start + i] = place;
    }
  }
  return { rows, cols, codes, byColumn, thresholds, offsets };
}

function cutsOf(column: Float64Array, maxBins: number): Float64Array {
  const sorted = column.slice().sort();
  const distinct = fewOf(sorted, maxBins);
  if (distinct !== null) {
    const cuts = new Float64Array(distinct.length - 1);
    for (let k = 0; k < cuts.length; k++) cuts[k] = middle(distinct[k]!, distinct[k + 1]!);
    return cuts;
  }
  const cuts = new Float64Array(maxBins - 1);
  for (let k = 1; k < maxBins; k++) {
    // Rounded as numpy's percentiles are: whether a place falls on a row decides between that row and a middle.
    const place = (sorted.length - 1) * ((k * (100 / maxBins)) / 100);
    cuts[k - 1] = middle(sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!);
  }
  return cuts;
}

/** The distinct values of an ascending list; null where they are more than `most`. */
function fewOf(sorted: Float64Array, most: number): Float64Array | null {
  const found = new Float64Array(most);
  let count = 0;
  for (let i = 0; i < sorted.length; i++) {
    if (i > 0 && sorted[i] === sorted[i - 1]) continue;
    if (count === most) return null;
    // + 0 makes -0 into 0.
    found[count++] = sorted[i]! + 0;
  }
  return found.slice(0, count);
}

function middle(lower: number, upper: number): number {
  const value = lower / 2 + upper / 2;
  return value < upper ? value : lower;
}
