// Grows one tree of histogram boosting, best leaf first, on the residuals that are left.

import { flatten } from '../tree/flatten.ts';
import type { Tree } from '../tree/tree.ts';
import type { Bins } from './bins.ts';
import { type Cut, type CutLimits, type Histogram, LEAST_CURVE, leafValue } from './cut.ts';
import {
  bestCurvedCut,
  bestCut,
  countsOf,
  createHistogramPool,
  fillCurvedHistogram,
  fillHistogram,
  fillSums,
  subtractHistogram,
} from './histogram.ts';

export interface BoostGrowParams extends CutLimits {
  /** null: no limit. */
  readonly maxLeafNodes: number | null;
  /** null: no limit. */
  readonly maxDepth: number | null;
}

interface Leaf extends Cut {
  readonly lo: number;
  readonly hi: number;
  readonly depth: number;
  readonly sum: number;
  readonly curve: number;
  readonly value: number;
  readonly count: number;
  histogram: Histogram | null;
  left: Leaf | null;
  right: Leaf | null;
}

export interface BoostGrower {
  /** One tree on what is left; adds `rate` times its answers to `prediction` (one a row). */
  grow(left: Left, prediction: Float64Array, rate: number): Tree;
}

/** What is left to learn. */
export interface Left {
  /** First derivatives of the loss, the other way round: of the squared error what is left over. One a row. */
  readonly residual: Float32Array;
  /** Second derivatives; null: 1 for every row. */
  readonly curvature: Float32Array | null;
  /** What a leaf of these rows answers, where that is no Newton step. */
  readonly leaf?: (rows: Int32Array) => number;
}

/** @param curved whether second derivatives will come */
export function createBoostGrower(bins: Bins, params: BoostGrowParams, curved: boolean): BoostGrower {
  const { rows, cols, byColumn, thresholds } = bins;
  const { minSamplesLeaf, l2Regularization } = params;
  const maxLeaves = params.maxLeafNodes ?? Infinity;
  const maxDepth = params.maxDepth ?? Infinity;
  const pool = createHistogramPool(bins.offsets[cols]!, curved);
  const row = new Int32Array(rows);
  const spare = new Int32Array(rows);

  // Of the root all rows are counted, for every tree: how many each bin has is counted once.
  let counted: Histogram | null = null;
  const fillRoot = (histogram: Histogram, work: Left): void => {
    if (work.curvature !== null) fill(histogram, work, 0, rows);
    else if (counted !== null) fillSums(histogram, counted, bins, work.residual);
    else {
      fill(histogram, work, 0, rows);
      counted = countsOf(histogram);
    }
  };

  const anyOpen = bins.open.includes(1);
  // A column of which no value was missing sends one where more rows went.
  const missingLeft = ({ feature, missingLeft: own, left, right }: Leaf): boolean =>
    bins.missing[feature] === 1 ? own : left!.count > right!.count;

  const createLeaf = (lo: number, hi: number, depth: number, sum: number, curve: number): Leaf => {
    const count = hi - lo;
    // The root is never a leaf that is better left alone.
    const value = depth === 0 ? 0 : leafValue(sum, curve, l2Regularization);
    const cut: Cut = { feature: -1, bin: 0, gain: 0, leftSum: 0, leftCurve: 0, missingLeft: false, set: null };
    return { lo, hi, depth, sum, curve, value, count, histogram: null, left: null, right: null, ...cut };
  };

  const fill = (histogram: Histogram, { residual, curvature }: Left, lo: number, hi: number): void => {
    if (curvature === null) fillHistogram(histogram, bins, residual, { row, lo, hi });
    else fillCurvedHistogram(histogram, bins, { residual, curvature }, { row, lo, hi });
  };

  const mayGrow = (leaf: Leaf): boolean => leaf.depth < maxDepth && leaf.count >= 2 * minSamplesLeaf;

  const weigh = (leaf: Leaf): void => {
    const { sum, curve, value, count } = leaf;
    const best = curved ? bestCurvedCut : bestCut;
    best(leaf, bins, leaf.histogram!, { sum, curve, value, count, minSamplesLeaf, l2Regularization });
    if (leaf.feature < 0) release(leaf);
  };

  const release = (leaf: Leaf): void => {
    if (leaf.histogram !== null) pool.give(leaf.histogram);
    leaf.histogram = null;
  };

  const divideOpen = ({ lo, hi, feature, bin, missingLeft, set }: Leaf): number => {
    const count = bins.offsets[feature + 1]! - bins.offsets[feature]!;
    const left = set ?? new Uint8Array(count).fill(1, 0, bin + 1);
    if (missingLeft) left[left.length - 1] = 1;
    const start = feature * rows;
    let [front, back] = [lo, 0];
    for (let k = lo; k < hi; k++) {
      const i = row[k]!;
      if (left[byColumn[start + i]!] === 1) row[front++] = i;
      else spare[back++] = i;
    }
    row.set(spare.subarray(0, back), front);
    return front;
  };

  // Stable, so that sums are taken in the same order in every leaf.
  const divide = (leaf: Leaf): number => {
    const { lo, hi, feature, bin } = leaf;
    if (bins.open[feature] === 1) return divideOpen(leaf);
    const start = feature * rows;
    let front = lo;
    let back = 0;
    for (let k = lo; k < hi; k++) {
      const i = row[k]!;
      if (byColumn[start + i]! <= bin) row[front++] = i;
      else spare[back++] = i;
    }
    for (let k = 0; k < back; k++) row[front + k] = spare[k]!;
    return front;
  };

  const splitLeaf = (leaf: Leaf, work: Left, last: boolean): void => {
    const middle = divide(leaf);
    const leftCurve = curved ? leaf.leftCurve : middle - leaf.lo;
    const rightCurve = curved ? leaf.curve - leaf.leftCurve : leaf.hi - middle;
    const left = createLeaf(leaf.lo, middle, leaf.depth + 1, leaf.leftSum, leftCurve);
    const right = createLeaf(middle, leaf.hi, leaf.depth + 1, leaf.sum - leaf.leftSum, rightCurve);
    leaf.left = left;
    leaf.right = right;
    const leftGrows = !last && mayGrow(left);
    const rightGrows = !last && mayGrow(right);
    if (leftGrows || rightGrows) {
      const small = left.count < right.count ? left : right;
      const large = small === left ? right : left;
      small.histogram = pool.take();
      fill(small.histogram, work, small.lo, small.hi);
      if (mayGrow(large)) {
        subtractHistogram(leaf.histogram!, small.histogram);
        large.histogram = leaf.histogram;
        leaf.histogram = null;
        weigh(large);
      }
      if (mayGrow(small)) weigh(small);
      else release(small);
    }
    release(leaf);
  };

  return {
    grow(work, prediction, rate) {
      const { residual, curvature } = work;
      let sum = 0;
      let curve = curvature === null ? rows : 0;
      for (let i = 0; i < rows; i++) {
        row[i] = i;
        sum += residual[i]!;
        if (curvature !== null) curve += curvature[i]!;
      }
      const root = createLeaf(0, rows, 0, sum, curve);
      if (mayGrow(root) && curve >= LEAST_CURVE) {
        root.histogram = pool.take();
        fillRoot(root.histogram, work);
        weigh(root);
      }
      const open: Leaf[] = root.feature < 0 ? [] : [root];
      let leaves = 1;
      while (open.length > 0 && leaves < maxLeaves) {
        let best = 0;
        for (let k = 1; k < open.length; k++) if (open[k]!.gain > open[best]!.gain) best = k;
        const leaf = open[best]!;
        open[best] = open[open.length - 1]!;
        open.pop();
        leaves++;
        splitLeaf(leaf, work, leaves >= maxLeaves);
        if (leaf.left!.feature >= 0) open.push(leaf.left!);
        if (leaf.right!.feature >= 0) open.push(leaf.right!);
      }
      for (const leaf of open) release(leaf);
      return flatten<Leaf>(root, {
        cover: (leaf) => leaf.count,
        // Behind the last cut: all known values against the missing ones.
        threshold: (leaf) => thresholds[leaf.feature]![leaf.bin] ?? Number.MAX_VALUE,
        ...(anyOpen ? { missing: missingLeft, set: ({ set }) => set } : {}),
        answer: (leaf) => {
          // A root that nothing parts answers 0, as in scikit-learn: all rows together gain nothing more.
          const answer = work.leaf?.(row.subarray(leaf.lo, leaf.hi)) ?? leaf.value;
          for (let k = leaf.lo; k < leaf.hi; k++) prediction[row[k]!]! += rate * answer;
          return answer;
        },
      });
    },
  };
}
