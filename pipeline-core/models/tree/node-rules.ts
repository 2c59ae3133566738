// When a node may be split and where exactly: what depth-first and best-first growing share.

import type { NodeSplit } from './split.ts';

export interface GrowParams {
  /** null: no limit. */
  readonly maxDepth: number | null;
  readonly minSamplesSplit: number;
  readonly minSamplesLeaf: number;
  /** Columns drawn at a node, 1..cols. */
  readonly maxFeatures: number;
  /** true: one random cut a column (extra trees); false: the best. */
  readonly randomCuts: boolean;
  /** null: no limit, depth first; else best leaf first. */
  readonly maxLeafNodes: number | null;
  readonly minImpurityDecrease: number;
}

export function sameTarget(row: Int32Array, y: Float64Array, { lo, hi }: NodeSplit): boolean {
  const first = y[row[lo]!]!;
  for (let k = lo + 1; k < hi; k++) if (y[row[k]!]! !== first) return false;
  return true;
}

/** What the split found in `node` takes off the mean impurity of all rows, of weight `total`. */
export function decreaseOf({ gain, whole }: NodeSplit, total: number): number {
  return (gain - whole) / total + Number.EPSILON;
}

export function between(values: Float64Array, below: number, above: number): number {
  const lower = values[below]!;
  const middle = lower / 2 + values[above]! / 2;
  // Neighbouring floats have no middle: their mean may round up to the upper one.
  return middle < values[above]! ? middle : lower;
}
