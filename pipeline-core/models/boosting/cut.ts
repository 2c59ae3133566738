// What a cut of a node is, and what all who look for one share.

/**
 * Two numbers a bin, the sum of the residuals and the count of rows, beside each other so that they share a cache line;
 * where second derivatives differ from row to row three, their sum in the middle.
 */
export type Histogram = Float64Array;

export interface Cut {
  feature: number;
  bin: number;
  gain: number;
  /** Sum of the residuals, and of the second derivatives, that would go left. */
  leftSum: number;
  leftCurve: number;
  /** Of a column with missing values: whether they go left. */
  missingLeft: boolean;
  /** Of categories, 1: goes left; null of numbers, where the bins up to `bin` do. */
  set: Uint8Array | null;
}

export interface NodeTotals {
  readonly sum: number;
  /** Sum of the second derivatives. */
  readonly curve: number;
  /** What the node would answer as a leaf; 0 at the root. */
  readonly value: number;
  readonly count: number;
}

export interface CutLimits {
  readonly minSamplesLeaf: number;
  readonly l2Regularization: number;
}

/** A side of fewer second derivatives than this is not cut off: its rows are certain already. */
export const LEAST_CURVE = 1e-3;

/** What a leaf answers: a Newton step. Never divided by nothing. */
export function leafValue(sum: number, curve: number, l2Regularization: number): number {
  return sum / (curve + l2Regularization + 1e-15);
}
