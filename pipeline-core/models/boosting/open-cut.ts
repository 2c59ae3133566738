// Cuts of the columns of which some values are missing, or which hold categories: what histogram.ts leaves to this file.
// Missing values go to the side that gains more. Categories are put in the order of their mean and parted as if they were
// numbers (Fisher 1958), from both ends up to the middle; those of few rows always go right.
// Order of operations and limits as in scikit-learn, so that both cut alike.

import type { Bins } from './bins.ts';
import { type Cut, type CutLimits, type Histogram, LEAST_CURVE, leafValue, type NodeTotals } from './cut.ts';

/** Rows (weighed by their second derivatives) below which a category is too small to be parted from others. */
const LEAST_SUPPORT = 10;

interface Reading {
  readonly cut: Cut;
  readonly bins: Bins;
  readonly histogram: Histogram;
  readonly totals: NodeTotals & CutLimits;
  readonly curved: boolean;
}

/** Betters `cut`, whose gain is the best so far, by the column `j` where that gains more. */
export function betterOpenCut(reading: Reading, j: number): void {
  const { bins } = reading;
  if (bins.categories[j] === 1) {
    cutCategories(reading, j);
    return;
  }
  const start = bins.offsets[j]!;
  const known = bins.offsets[j + 1]! - start - 1;
  // Missing values to the right: all known ones may go left together.
  scan(reading, j, { from: start, step: 1, steps: known, side: 'left' });
  scan(reading, j, { from: start + known - 1, step: -1, steps: known - 1, side: 'right' });
}

interface Scan {
  readonly from: number;
  readonly step: 1 | -1;
  readonly steps: number;
  /** The side that grows bin by bin; missing values are on the other one. */
  readonly side: 'left' | 'right';
}

function scan({ cut, bins, histogram, totals, curved }: Reading, j: number, { from, step, steps, side }: Scan): void {
  const near = { sum: 0, curve: 0, count: 0 };
  for (let k = 0, at = from; k < steps; k++, at += step) {
    add(near, histogram, at, curved);
    const far = rest(totals, near);
    if (near.count < totals.minSamplesLeaf) continue;
    if (far.count < totals.minSamplesLeaf) break;
    if (near.curve < LEAST_CURVE) continue;
    if (far.curve < LEAST_CURVE) break;
    const [left, right] = side === 'left' ? [near, far] : [far, near];
    const gain = gainOf(left, right, totals);
    if (!(gain > cut.gain)) continue;
    cut.gain = gain;
    cut.feature = j;
    cut.bin = at - bins.offsets[j]! - (side === 'left' ? 0 : 1);
    cut.leftSum = left.sum;
    cut.leftCurve = left.curve;
    cut.missingLeft = side === 'right';
    cut.set = null;
  }
}

function cutCategories({ cut, bins, histogram, totals, curved }: Reading, j: number): void {
  const start = bins.offsets[j]!;
  const end = bins.offsets[j + 1]!;
  const support = curved ? totals.count / totals.curve : 1;
  const used: { place: number; value: number }[] = [];
  for (let at = start; at < end; at++) {
    const one = { sum: 0, curve: 0, count: 0 };
    add(one, histogram, at, curved);
    if (one.curve * support < LEAST_SUPPORT) continue;
    // As the derivatives are kept, the other way round: the largest mean first.
    used.push({ place: at - start, value: -one.sum / (one.curve + LEAST_SUPPORT) });
  }
  if (used.length <= 1) return;
  used.sort((a, b) => a.value - b.value || a.place - b.place);
  const half = (used.length + 1) >> 1;
  for (const [ordered, steps] of [[used, half] as const, [used.toReversed(), half - 1] as const]) {
    const left = { sum: 0, curve: 0, count: 0 };
    for (let k = 0; k < steps; k++) {
      add(left, histogram, start + ordered[k]!.place, curved);
      const right = rest(totals, left);
      if (left.count < totals.minSamplesLeaf || left.curve < LEAST_CURVE) continue;
      if (right.count < totals.minSamplesLeaf || right.curve < LEAST_CURVE) break;
      const gain = gainOf(left, right, totals);
      if (!(gain > cut.gain)) continue;
      cut.gain = gain;
      cut.feature = j;
      cut.bin = 0;
      cut.leftSum = left.sum;
      cut.leftCurve = left.curve;
      cut.set = new Uint8Array(end - start);
      for (let m = 0; m <= k; m++) cut.set[ordered[m]!.place] = 1;
      cut.missingLeft = bins.missing[j] === 1 && cut.set[end - start - 1] === 1;
    }
  }
}

interface Side {
  sum: number;
  curve: number;
  count: number;
}

function add(side: Side, histogram: Histogram, at: number, curved: boolean): void {
  const width = curved ? 3 : 2;
  const count = histogram[width * at + width - 1]!;
  side.sum += histogram[width * at]!;
  side.curve += curved ? histogram[width * at + 1]! : count;
  side.count += count;
}

function rest({ sum, curve, count }: NodeTotals, side: Side): Side {
  return { sum: sum - side.sum, curve: curve - side.curve, count: count - side.count };
}

function gainOf(left: Side, right: Side, { sum, value, l2Regularization }: NodeTotals & CutLimits): number {
  return (
    left.sum * leafValue(left.sum, left.curve, l2Regularization) -
    sum * value +
    right.sum * leafValue(right.sum, right.curve, l2Regularization)
  );
}
