// Sums of residuals and counts of rows per bin, of one node: all columns at once, row by row, so that one row's bytes
// and its residual are read once. The larger child of a split is its parent less the smaller child.

import type { Bins } from './bins.ts';
import { type Cut, type CutLimits, type Histogram, LEAST_CURVE, leafValue, type NodeTotals } from './cut.ts';
import { betterOpenCut } from './open-cut.ts';

/** Histograms of one size, lent and given back: no allocation while trees grow. */
export interface HistogramPool {
  take(): Histogram;
  give(histogram: Histogram): void;
}

export function createHistogramPool(size: number, curved: boolean): HistogramPool {
  const free: Histogram[] = [];
  return {
    take: () => free.pop() ?? new Float64Array(size * (curved ? 3 : 2)),
    give: (histogram) => {
      free.push(histogram);
    },
  };
}

export interface RowStretch {
  readonly row: Int32Array;
  readonly lo: number;
  readonly hi: number;
}

/** Fills `histogram` from the residuals of the rows row[lo..hi). */
export function fillHistogram(histogram: Histogram, bins: Bins, residual: Float32Array, rows: RowStretch): void {
  const { codes, cols } = bins;
  const { row, lo, hi } = rows;
  histogram.fill(0);
  for (let k = lo; k < hi; k++) {
    const i = row[k]!;
    const g = residual[i]!;
    const end = (i + 1) * cols;
    for (let c = end - cols; c < end; c++) {
      const at = codes[c]! * 2;
      histogram[at]! += g;
      histogram[at + 1]! += 1;
    }
  }
}

/** The counts of a histogram of sums and counts, with sums of 0. */
export function countsOf(histogram: Histogram): Histogram {
  return histogram.map((value, at) => (at % 2 === 1 ? value : 0));
}

/** The same of all rows, whose counts are known: those of `countsOf`. */
export function fillSums(histogram: Histogram, counts: Histogram, { codes, cols }: Bins, residual: Float32Array): void {
  histogram.set(counts);
  for (let i = 0, c = 0; i < residual.length; i++) {
    const g = residual[i]!;
    for (const end = c + cols; c < end; c++) histogram[codes[c]! * 2]! += g;
  }
}

/** The same with second derivatives. */
export function fillCurvedHistogram(
  histogram: Histogram,
  bins: Bins,
  { residual, curvature }: { readonly residual: Float32Array; readonly curvature: Float32Array },
  rows: RowStretch,
): void {
  const { codes, cols } = bins;
  const { row, lo, hi } = rows;
  histogram.fill(0);
  for (let k = lo; k < hi; k++) {
    const i = row[k]!;
    const g = residual[i]!;
    const h = curvature[i]!;
    const end = (i + 1) * cols;
    for (let c = end - cols; c < end; c++) {
      const at = codes[c]! * 3;
      histogram[at]! += g;
      histogram[at + 1]! += h;
      histogram[at + 2]! += 1;
    }
  }
}

/** Turns the parent's histogram into that of the other child. */
export function subtractHistogram(parent: Histogram, child: Histogram): void {
  for (let at = 0; at < parent.length; at++) parent[at]! -= child[at]!;
}

/**
 * Writes the cut of largest gain into `cut`; feature -1 where none gains.
 * Gain of squared error with price l2 on leaf values: Chen & Guestrin, XGBoost, 2016, eq. 7.
 */
export function bestCut(cut: Cut, bins: Bins, histogram: Histogram, totals: NodeTotals & CutLimits): void {
  const { offsets, cols, open } = bins;
  const { minSamplesLeaf, l2Regularization } = totals;
  // The order of the operations is scikit-learn's: where two columns part the rows alike, both choose the same one.
  const whole = totals.sum * totals.value;
  let best = 0;
  cut.feature = -1;
  for (let j = 0; j < cols; j++) {
    if (open[j] === 1) {
      cut.gain = best;
      betterOpenCut({ cut, bins, histogram, totals, curved: false }, j);
      best = cut.gain;
      continue;
    }
    let leftSum = 0;
    let leftCount = 0;
    const end = offsets[j + 1]! - 1;
    for (let at = offsets[j]!; at < end; at++) {
      if (histogram[2 * at + 1] === 0) continue;
      leftSum += histogram[2 * at]!;
      leftCount += histogram[2 * at + 1]!;
      if (leftCount < minSamplesLeaf) continue;
      const rightCount = totals.count - leftCount;
      if (rightCount < minSamplesLeaf) break;
      const rightSum = totals.sum - leftSum;
      const gain =
        leftSum * leafValue(leftSum, leftCount, l2Regularization) -
        whole +
        rightSum * leafValue(rightSum, rightCount, l2Regularization);
      if (gain > best) {
        best = gain;
        cut.leftSum = leftSum;
        cut.feature = j;
        cut.bin = at - offsets[j]!;
        cut.set = null;
      }
    }
  }
  cut.gain = best;
}

/** As bestCut, where the second derivatives differ from row to row. */
export function bestCurvedCut(cut: Cut, bins: Bins, histogram: Histogram, totals: NodeTotals & CutLimits): void {
  const { offsets, cols, open } = bins;
  const { minSamplesLeaf, l2Regularization } = totals;
  const whole = totals.sum * totals.value;
  let best = 0;
  cut.feature = -1;
  for (let j = 0; j < cols; j++) {
    if (open[j] === 1) {
      cut.gain = best;
      betterOpenCut({ cut, bins, histogram, totals, curved: true }, j);
      best = cut.gain;
      continue;
    }
    let leftSum = 0;
    let leftCurve = 0;
    let leftCount = 0;
    const end = offsets[j + 1]! - 1;
    for (let at = offsets[j]!; at < end; at++) {
      if (histogram[3 * at + 2] === 0) continue;
      leftSum += histogram[3 * at]!;
      leftCurve += histogram[3 * at + 1]!;
      leftCount += histogram[3 * at + 2]!;
      if (leftCount < minSamplesLeaf || leftCurve < LEAST_CURVE) continue;
      const rightCurve = totals.curve - leftCurve;
      if (totals.count - leftCount < minSamplesLeaf || rightCurve < LEAST_CURVE) break;
      const rightSum = totals.sum - leftSum;
      const gain =
        leftSum * leafValue(leftSum, leftCurve, l2Regularization) -
        whole +
        rightSum * leafValue(rightSum, rightCurve, l2Regularization);
      if (gain > best) {
        best = gain;
        cut.leftSum = leftSum;
        cut.leftCurve = leftCurve;
        cut.feature = j;
        cut.bin = at - offsets[j]!;
        cut.set = null;
      }
    }
  }
  cut.gain = best;
}
