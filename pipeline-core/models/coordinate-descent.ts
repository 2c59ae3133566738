// The elastic net's solver: one weight at a time to its own optimum, until the duality gap says how far off the whole can
// be. On the Gram matrix, so that a step costs columns and not rows.
// Source: Friedman, Hastie & Tibshirani 2010 (descent); the gap and the stopping rule as in scikit-learn.

import type { Centred } from './linear-model.ts';
import { crossProduct, gramMatrix } from './solve.ts';

/** |y - Xw|^2 as a quadratic of w. */
export interface Quadratic {
  /** X'X, cols x cols. */
  readonly gram: Float64Array;
  /** X'y. */
  readonly cross: Float64Array;
  /** y'y. */
  readonly square: number;
  readonly rows: number;
}

export function quadraticOf(centred: Centred): Quadratic {
  const rows = centred.y.length;
  const cols = centred.xMean.length;
  let square = 0;
  for (let i = 0; i < rows; i++) square += centred.y[i]! * centred.y[i]!;
  return {
    gram: gramMatrix(centred.data, rows, cols),
    cross: crossProduct(centred.data, centred.y, cols),
    square,
    rows,
  };
}

export interface Penalty {
  readonly alpha: number;
  readonly l1Ratio: number;
}

export interface DescentLimits {
  readonly maxIter: number;
  /** Gap at which to stop, as a share of y'y. */
  readonly tol: number;
}

/**
 * Minimises |y - Xw|^2 / (2 rows) + alpha (l1Ratio |w|_1 + (1 - l1Ratio) |w|^2 / 2).
 * @param w where to start; changed in place. Returns whether the gap was reached within maxIter rounds.
 */
export function descend(problem: Quadratic, penalty: Penalty, w: Float64Array, limits: DescentLimits): boolean {
  const { gram, cross, square, rows } = problem;
  const cols = w.length;
  const lasso = penalty.alpha * penalty.l1Ratio * rows;
  const ridge = penalty.alpha * (1 - penalty.l1Ratio) * rows;
  const image = new Float64Array(cols);
  for (let j = 0; j < cols; j++) if (w[j] !== 0) addColumn(image, gram, j, w[j]!);

  for (let round = 1; round <= limits.maxIter; round++) {
    let largest = 0;
    let largestStep = 0;
    for (let j = 0; j < cols; j++) {
      const diagonal = gram[j * cols + j]!;
      if (diagonal === 0) continue;
      const before = w[j]!;
      const pull = cross[j]! - image[j]! + diagonal * before;
      const after = (Math.sign(pull) * Math.max(Math.abs(pull) - lasso, 0)) / (diagonal + ridge);
      if (after !== before) {
        addColumn(image, gram, j, after - before);
        w[j] = after;
      }
      largestStep = Math.max(largestStep, Math.abs(after - before));
      largest = Math.max(largest, Math.abs(after));
    }
    const settled = largest === 0 || largestStep / largest < limits.tol || round === limits.maxIter;
    if (settled && dualityGap(problem, { w, image, lasso, ridge }) < limits.tol * square) return true;
    // A target without spread has nothing to explain: its gap is 0 and never below a share of 0.
    if (square === 0) return true;
  }
  return false;
}

function addColumn(image: Float64Array, gram: Float64Array, j: number, factor: number): void {
  const cols = image.length;
  const at = j * cols;
  for (let k = 0; k < cols; k++) image[k]! += factor * gram[at + k]!;
}

interface Point {
  readonly w: Float64Array;
  /** X'Xw. */
  readonly image: Float64Array;
  readonly lasso: number;
  readonly ridge: number;
}

function dualityGap({ cross, square }: Quadratic, { w, image, lasso, ridge }: Point): number {
  let dualNorm = 0;
  let crossW = 0;
  let wImage = 0;
  let norm1 = 0;
  let norm2 = 0;
  for (let j = 0; j < w.length; j++) {
    const value = w[j]!;
    dualNorm = Math.max(dualNorm, Math.abs(cross[j]! - image[j]! - ridge * value));
    crossW += value * cross[j]!;
    wImage += value * image[j]!;
    norm1 += Math.abs(value);
    norm2 += value * value;
  }
  const residual = square + wImage - 2 * crossW;
  const scale = dualNorm > lasso ? lasso / dualNorm : 1;
  const energy = dualNorm > lasso ? 0.5 * (residual + residual * scale * scale) : residual;
  return energy + lasso * norm1 - scale * (square - crossW) + 0.5 * ridge * (1 + scale * scale) * norm2;
}
