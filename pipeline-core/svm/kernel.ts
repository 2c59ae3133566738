// How alike two rows are, for kernel machines. Parameters as scikit-learn's SVC and SVR.

import type { Matrix } from '../estimator/model.ts';
import { demandNumber, demandOneOf, demandWhole, refuse } from '../estimator/params.ts';
import { exp, square } from '../math/deterministic-math.ts';

export interface KernelParams {
  /** 'rbf' exp(-gamma |a - b|^2), 'linear' a.b, 'poly' (gamma a.b + coef0)^degree. */
  readonly kernel: 'rbf' | 'linear' | 'poly';
  /** 'scale': 1 / (columns x variance of all cells), 'auto': 1 / columns, or a number above 0. */
  readonly gamma: 'scale' | 'auto' | number;
  readonly degree: number;
  readonly coef0: number;
  /** How much rows count against smoothness, above 0: larger follows the rows more closely. */
  readonly C: number;
  /** What may be left of the optimality conditions. */
  readonly tol: number;
  /** At most so many steps; -1: no limit. */
  readonly maxIter: number;
}

export const KERNEL_DEFAULTS: KernelParams = {
  kernel: 'rbf',
  gamma: 'scale',
  degree: 3,
  coef0: 0,
  C: 1,
  tol: 1e-3,
  maxIter: -1,
};

/** Throws PipelineError 'bad-param'. */
export function checkKernel({ kernel, gamma, degree, coef0, C, tol, maxIter }: KernelParams): void {
  demandOneOf('kernel', kernel, ['rbf', 'linear', 'poly']);
  if (gamma !== 'scale' && gamma !== 'auto') demandNumber('gamma', gamma, 0);
  if (gamma === 0) refuse('gamma', gamma, "'scale', 'auto' or a number above 0");
  demandWhole('degree', degree, 1);
  demandNumber('coef0', coef0, -Number.MAX_VALUE);
  demandNumber('C', C, 0);
  if (C === 0) refuse('C', C, 'above 0');
  demandNumber('tol', tol, 0);
  if (tol === 0) refuse('tol', tol, 'above 0');
  demandWhole('maxIter', maxIter, -1);
}

/** Likeness of rows `i` of a and `k` of b. */
export type Kernel = (a: Float64Array, i: number, b: Float64Array, k: number) => number;

export function kernelOf(params: KernelParams, gamma: number, cols: number): Kernel {
  const dot: Kernel = (a, i, b, k) => {
    let sum = 0;
    for (let j = 0; j < cols; j++) sum += a[i * cols + j]! * b[k * cols + j]!;
    return sum;
  };
  if (params.kernel === 'linear') return dot;
  if (params.kernel === 'poly') {
    return (a, i, b, k) => {
      const base = gamma * dot(a, i, b, k) + params.coef0;
      let value = 1;
      for (let d = 0; d < params.degree; d++) value *= base;
      return value;
    };
  }
  return (a, i, b, k) => {
    let sum = 0;
    for (let j = 0; j < cols; j++) {
      const gap = a[i * cols + j]! - b[k * cols + j]!;
      sum += gap * gap;
    }
    return exp(-gamma * sum);
  };
}

export function gammaOf({ gamma }: KernelParams, { data, cols }: Matrix): number {
  if (typeof gamma === 'number') return gamma;
  if (gamma === 'auto') return 1 / cols;
  const mean = data.reduce((sum, value) => sum + value, 0) / data.length;
  const variance = data.reduce((sum, value) => sum + square(value - mean), 0) / data.length;
  return variance === 0 ? 1 : 1 / (cols * variance);
}

/** Rows of likenesses among the rows of one matrix, the last used kept: some 100 MB at most. */
export function likenessRows(kernel: Kernel, data: Float64Array, rows: number): (i: number) => Float64Array {
  const most = Math.max(2, Math.floor(12_500_000 / Math.max(1, rows)));
  const kept = new Map<number, Float64Array>();
  return (i) => {
    const known = kept.get(i);
    if (known !== undefined) {
      kept.delete(i);
      kept.set(i, known);
      return known;
    }
    const own = new Float64Array(rows);
    for (let k = 0; k < rows; k++) own[k] = kernel(data, i, data, k);
    if (kept.size >= most) kept.delete(kept.keys().next().value!);
    kept.set(i, own);
    return own;
  };
}
