// Grows one tree of histogram boosting, best leaf first, on the residuals that are left.

import { flatten } from '../tree/flatten.ts';
import type { Tree } from '../tree/tree.ts';
import type { Bins } from './bins.ts';
import {
  bestCut,
  type Cut,
  type CutLimits,
  createHistogramPool,
  fillHistogram,
  type Histogram,
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
  readonly count: number;
  histogram: Histogram | null;
  left: Leaf | null;
  right: Leaf | null;
}

export interface BoostGrower {
  /** One tree on `residual`; adds `rate` times its answers to `prediction` (both one a row). */
  grow(residual: Float32Array, prediction: Float64Array, rate: number): Tree;
}

export function createBoostGrower(bins: Bins, params: BoostGrowParams): BoostGrower {
  const { rows, cols, codes, thresholds } = bins;
  const { minSamplesLeaf, l2Regularization } = params;
  const maxLeaves = params.maxLeafNodes ?? Infinity;
  const maxDepth = params.maxDepth ?? Infinity;
  const pool = createHistogramPool(bins.offsets[cols]!);
  const row = new Int32Array(rows);
  const spare = new Int32Array(rows);

  const createLeaf = (lo: number, hi: number, depth: number, sum: number): Leaf => {
    const count = hi - lo;
    const cut: Cut = { feature: -1, bin: 0, gain: 0, leftSum: 0 };
    return { lo, hi, depth, sum, count, histogram: null, left: null, right: null, ...cut };
  };

  const mayGrow = (leaf: Leaf): boolean => leaf.depth < maxDepth && leaf.count >= 2 * minSamplesLeaf;

  const weigh = (leaf: Leaf): void => {
    const { sum, count } = leaf;
    bestCut(leaf, bins, leaf.histogram!, { sum, count, minSamplesLeaf, l2Regularization });
    if (leaf.feature < 0) release(leaf);
  };

  const release = (leaf: Leaf): void => {
    if (leaf.histogram !== null) pool.give(leaf.histogram);
    leaf.histogram = null;
  };

  // Stable, so that sums are taken in the same order in every leaf.
  const divide = ({ lo, hi, feature, bin }: Leaf): number => {
    let front = lo;
    let back = 0;
    for (let k = lo; k < hi; k++) {
      const i = row[k]!;
      if (codes[i * cols + feature]! <= bin) row[front++] = i;
      else spare[back++] = i;
    }
    for (let k = 0; k < back; k++) row[front + k] = spare[k]!;
    return front;
  };

  const splitLeaf = (leaf: Leaf, residual: Float32Array, last: boolean): void => {
    const middle = divide(leaf);
    const left = createLeaf(leaf.lo, middle, leaf.depth + 1, leaf.leftSum);
    const right = createLeaf(middle, leaf.hi, leaf.depth + 1, leaf.sum - leaf.leftSum);
    leaf.left = left;
    leaf.right = right;
    const leftGrows = !last && mayGrow(left);
    const rightGrows = !last && mayGrow(right);
    if (leftGrows || rightGrows) {
      const small = left.count < right.count ? left : right;
      const large = small === left ? right : left;
      small.histogram = pool.take();
      fillHistogram(small.histogram, bins, residual, { row, lo: small.lo, hi: small.hi });
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
    grow(residual, prediction, rate) {
      let sum = 0;
      for (let i = 0; i < rows; i++) {
        row[i] = i;
        sum += residual[i]!;
      }
      const root = createLeaf(0, rows, 0, sum);
      if (mayGrow(root)) {
        root.histogram = pool.take();
        fillHistogram(root.histogram, bins, residual, { row, lo: 0, hi: rows });
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
        splitLeaf(leaf, residual, leaves >= maxLeaves);
        if (leaf.left!.feature >= 0) open.push(leaf.left!);
        if (leaf.right!.feature >= 0) open.push(leaf.right!);
      }
      for (const leaf of open) release(leaf);
      return flatten<Leaf>(root, {
        cover: (leaf) => leaf.count,
        threshold: (leaf) => thresholds[leaf.feature]![leaf.bin]!,
        answer: (leaf) => {
          const answer = leaf.sum / (leaf.count + l2Regularization);
          for (let k = leaf.lo; k < leaf.hi; k++) prediction[row[k]!]! += rate * answer;
          return answer;
        },
      });
    },
  };
}
