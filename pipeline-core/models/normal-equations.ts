// The linear systems (X'X + alpha I) w = X'y of ridge and, where its columns are independent enough, of plain least
// squares: by Cholesky on the Gram matrix, a fraction of the cost of QR, with the digits that X'X loses brought back.

import { leastSquares, lowerFactor } from './least-squares.ts';
import type { Centred } from './linear-model.ts';
import { backwardSolve, cholesky, crossProduct, forwardSolve, gramMatrix, outerGram } from './solve.ts';

export interface Penalised {
  /** L of X'X + alpha I = L L', row-major. */
  readonly lower: Float64Array;
  readonly coef: Float64Array;
}

/** The shortest w that minimises |y - Xw|^2 + alpha |w|^2. */
export function solvePenalised(centred: Centred, alpha: number): Float64Array {
  const { data, y, xMean } = centred;
  const cols = xMean.length;
  if (alpha > 0 && cols > y.length) return solveByRows(centred, alpha);
  const lower = cholesky(gramMatrix(data, y.length, cols), cols, alpha);
  return lower === null ? leastSquares(data, y, cols, alpha) : solveFactored(lower, centred, alpha);
}

// More columns than rows: w = X'a with (XX' + alpha I) a = y, a system of as many rows (Saunders, Gammerman & Vovk 1998),
// with one step towards its own residual's zero.
function solveByRows({ data, y, xMean }: Centred, alpha: number): Float64Array {
  const [rows, cols] = [y.length, xMean.length];
  const lower = cholesky(outerGram(data, rows, cols), rows, alpha);
  if (lower === null) return leastSquares(data, y, cols, alpha);
  const a = y.slice();
  forwardSolve(lower, a);
  backwardSolve(lower, a);
  const w = crossProduct(data, a, cols);
  const step = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    let sum = y[i]! - alpha * a[i]!;
    for (let j = 0; j < cols; j++) sum -= data[i * cols + j]! * w[j]!;
    step[i] = sum;
  }
  forwardSolve(lower, step);
  backwardSolve(lower, step);
  const more = crossProduct(data, step, cols);
  for (let j = 0; j < cols; j++) w[j]! += more[j]!;
  return w;
}

/** The same with its factor. @param gram X'X @param alpha above 0, so that there is one however columns depend on each other */
export function factorPenalised(gram: Float64Array, centred: Centred, alpha: number): Penalised {
  const { data, y, xMean } = centred;
  const cols = xMean.length;
  const lower = cholesky(gram, cols, alpha);
  if (lower !== null) return { lower, coef: solveFactored(lower, centred, alpha) };
  return { lower: lowerFactor(data, cols, alpha), coef: leastSquares(data, y, cols, alpha) };
}

// X'X squares the condition of the data; one step towards the residual's own zero mends that (corrected seminormal
// equations, Bjorck 1987).
function solveFactored(lower: Float64Array, { data, y, xMean }: Centred, alpha: number): Float64Array {
  const cols = xMean.length;
  const coef = crossProduct(data, y, cols);
  forwardSolve(lower, coef);
  backwardSolve(lower, coef);
  const residual = new Float64Array(y.length);
  for (let i = 0; i < y.length; i++) {
    const at = i * cols;
    let sum = y[i]!;
    for (let j = 0; j < cols; j++) sum -= data[at + j]! * coef[j]!;
    residual[i] = sum;
  }
  const step = crossProduct(data, residual, cols);
  for (let j = 0; j < cols; j++) step[j]! -= alpha * coef[j]!;
  forwardSolve(lower, step);
  backwardSolve(lower, step);
  for (let j = 0; j < cols; j++) coef[j]! += step[j]!;
  return coef;
}
