// Columns cut into at most 255 bins, row after row, each value by the place of its bin among those of all columns, so that
// a histogram adds it up without a look at its column: what histogram boosting runs on.
// Cuts as in scikit-learn: between all distinct values where they are few, else at percentiles. Missing values have a bin
// of their own behind the others, and of categories each is one.

import type { ColumnLevels } from '../../estimator/input.ts';
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
  /** Per column, 1: its last bin is that of missing values. */
  readonly missing: Uint8Array;
  /** Per column, 1: its bins are categories, in no order. */
  readonly categories: Uint8Array;
  /** Per column, 1: either of both. */
  readonly open: Uint8Array;
}

/** @param maxBins 2..255 @param levels of columns of categories: how many each has */
export function binColumns(x: Matrix, maxBins: number, levels: ColumnLevels | null = null): Bins {
  const { rows, cols } = x;
  const thresholds: Float64Array[] = [];
  const missing = new Uint8Array(cols);
  const categories = new Uint8Array(cols);
  const offsets = new Int32Array(cols + 1);
  const column = new Float64Array(rows);
  for (let j = 0; j < cols; j++) {
    for (let i = 0; i < rows; i++) column[i] = x.data[i * cols + j]!;
    // NaN is sorted behind all numbers.
    const sorted = column.sort();
    let known = rows;
    while (known > 0 && Number.isNaN(sorted[known - 1]!)) known--;
    if (known < rows) missing[j] = 1;
    const own = levels?.[j] ?? null;
    if (own !== null) categories[j] = 1;
    const cuts = own === null ? cutsOf(sorted.subarray(0, known), maxBins) : new Float64Array(0);
    thresholds.push(cuts);
    offsets[j + 1] = offsets[j]! + (own?.length ?? cuts.length + 1) + missing[j]!;
  }
  const codes: BinCodes = offsets[cols]! <= 65_536 ? new Uint16Array(rows * cols) : new Int32Array(rows * cols);
  const byColumn = codes.slice();
  for (let j = 0; j < cols; j++) {
    const cuts = thresholds[j]!;
    const offset = offsets[j]!;
    const start = j * rows;
    for (let i = 0; i < rows; i++) {
      const value = x.data[i * cols + j]!;
      const rank = categories[j] === 1 ? value : rankOf(value, cuts);
      const place = Number.isNaN(value) ? offsets[j + 1]! - 1 : offset + rank;
      codes[i * cols + j] = place;
      byColumn[start + i] = place;
    }
  }
  const open = missing.map((one, j) => one | categories[j]!);
  return { rows, cols, codes, byColumn, thresholds, offsets, missing, categories, open };
}

/** @param sorted ascending, without NaN */
function cutsOf(sorted: Float64Array, maxBins: number): Float64Array {
  const distinct = fewOf(sorted, maxBins);
  if (distinct !== null) {
    const cuts = new Float64Array(Math.max(0, distinct.length - 1));
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
