// Columns cut into at most 255 bins, row after row, each value by the place of its bin among those of all columns, so that
// a histogram adds it up without a look at its column: what histogram boosting runs on.
// Cuts as in scikit-learn: between all distinct values where they are few, else at percentiles. Missing values have a bin
// of their own behind the others, and of categories each is one.

import { eachColumn } from '../../estimator/by-column.ts';
import type { ColumnLevels } from '../../estimator/input.ts';
import type { Matrix } from '../../estimator/model.ts';
import { fewDistinct } from '../tree/codes.ts';
import { ranksOf } from '../tree/ranks.ts';

export type BinCodes = Uint16Array | Int32Array;

export interface Bins {
  readonly rows: number;
  readonly cols: number;
  /** Row-major, rows x cols: where the bin of each value is among all bins. */
  readonly codes: BinCodes;
  /** Where it is among the bins of its column, column after column: what rows are divided by. */
  readonly byColumn: Uint8Array;
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

/** @param maxBins 2..255 @param levels of columns of categories: how many each has @param chosen rows; null: all */
export function binColumns(
  x: Matrix,
  maxBins: number,
  levels: ColumnLevels | null = null,
  chosen: Int32Array | null = null,
): Bins {
  const { cols } = x;
  const rows = chosen?.length ?? x.rows;
  const thresholds: Float64Array[] = [];
  const missing = new Uint8Array(cols);
  const categories = new Uint8Array(cols);
  const offsets = new Int32Array(cols + 1);
  // 255 bins and one of missing values.
  const byColumn = new Uint8Array(rows * cols);
  const bin = (column: Float64Array, j: number): void => {
    const ranks = byColumn.subarray(j * rows, (j + 1) * rows);
    const own = levels?.[j] ?? null;
    if (own !== null) categories[j] = 1;
    const cuts = own === null ? cutsOf(column, maxBins) : new Float64Array(0);
    thresholds.push(cuts);
    const known = own?.length ?? cuts.length + 1;
    if (own === null) ranksOf(column, cuts, ranks);
    for (let i = 0; i < rows; i++) {
      if (own !== null) ranks[i] = column[i]!;
      if (!Number.isNaN(column[i]!)) continue;
      ranks[i] = known;
      missing[j] = 1;
    }
    offsets[j + 1] = offsets[j]! + known + missing[j]!;
  };
  eachColumn(x, bin, chosen);
  const codes = placesOf(byColumn, offsets, rows);
  const open = missing.map((one, j) => one | categories[j]!);
  return { rows, cols, codes, byColumn, thresholds, offsets, missing, categories, open };
}

/** Rows whose places stay in the cache while those of one column after the other are written. */
const BLOCK = 64;

function placesOf(byColumn: Uint8Array, offsets: Int32Array, rows: number): BinCodes {
  const cols = offsets.length - 1;
  const codes: BinCodes = offsets[cols]! <= 65_536 ? new Uint16Array(rows * cols) : new Int32Array(rows * cols);
  for (let from = 0; from < rows; from += BLOCK) {
    const to = Math.min(from + BLOCK, rows);
    for (let j = 0; j < cols; j++) {
      const offset = offsets[j]!;
      const start = j * rows;
      for (let i = from; i < to; i++) codes[i * cols + j] = offset + byColumn[start + i]!;
    }
  }
  return codes;
}

function cutsOf(column: Float64Array, maxBins: number): Float64Array {
  const distinct = fewDistinct(column, maxBins);
  if (distinct !== null) {
    const cuts = new Float64Array(Math.max(0, distinct.length - 1));
    for (let k = 0; k < cuts.length; k++) cuts[k] = middle(distinct[k]!, distinct[k + 1]!);
    return cuts;
  }
  // NaN is sorted behind all numbers.
  const sorted = column.slice().sort();
  let known = sorted.length;
  while (Number.isNaN(sorted[known - 1]!)) known--;
  const cuts = new Float64Array(maxBins - 1);
  for (let k = 1; k < maxBins; k++) {
    // Rounded as numpy's percentiles are: whether a place falls on a row decides between that row and a middle.
    const place = (known - 1) * ((k * (100 / maxBins)) / 100);
    cuts[k - 1] = middle(sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!);
  }
  return cuts;
}

function middle(lower: number, upper: number): number {
  const value = lower / 2 + upper / 2;
  return value < upper ? value : lower;
}
