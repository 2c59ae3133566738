// Linear algebra for the linear models: Gram matrix and Cholesky where the system is positive definite, Householder
// QR where it may not be (one-hot columns add up to one, so the plain least squares of this table never is).
// Law: fixed order of operations, so the same bits everywhere.
// Source: Golub & Van Loan, Matrix Computations, 4th ed., 4.2 (Cholesky), 5.2 and 5.4 (QR with pivoting), 5.5 (rank).
// RUNS IN browser | server | child | isolate

import { square } from '../elementary.ts';

/** X'X of row-major `data` (rows x cols) as a full symmetric cols x cols matrix. */
export function gramMatrix(data: Float64Array, rows: number, cols: number): Float64Array {
  const gram = new Float64Array(cols * cols);
  let i = 0;
  // Four rows at a time: a quarter of the loads and stores of the result.
  for (; i + 3 < rows; i += 4) {
    const r0 = i * cols;
    const r1 = r0 + cols;
    const r2 = r1 + cols;
    const r3 = r2 + cols;
    for (let a = 0; a < cols; a++) {
      const a0 = data[r0 + a]!;
      const a1 = data[r1 + a]!;
      const a2 = data[r2 + a]!;
      const a3 = data[r3 + a]!;
      const at = a * cols;
      for (let b = a; b < cols; b++) {
        gram[at + b]! += a0 * data[r0 + b]! + a1 * data[r1 + b]! + a2 * data[r2 + b]! + a3 * data[r3 + b]!;
      }
    }
  }
  for (; i < rows; i++) {
    for (let a = 0; a < cols; a++) {
      const left = data[i * cols + a]!;
      for (let b = a; b < cols; b++) gram[a * cols + b]! += left * data[i * cols + b]!;
    }
  }
  for (let a = 0; a < cols; a++) for (let b = 0; b < a; b++) gram[a * cols + b] = gram[b * cols + a]!;
  return gram;
}

/** X'y of row-major `data`. */
export function crossProduct(data: Float64Array, y: Float64Array, cols: number): Float64Array {
  const product = new Float64Array(cols);
  for (let i = 0; i < y.length; i++) {
    const yi = y[i]!;
    const at = i * cols;
    for (let j = 0; j < cols; j++) product[j]! += data[at + j]! * yi;
  }
  return product;
}

/** Lower factor L of `matrix + ridge * I = L L'`, row-major, or null where that is not positive definite. */
export function cholesky(matrix: Float64Array, size: number, ridge: number): Float64Array | null {
  const lower = new Float64Array(size * size);
  let largest = 0;
  for (let i = 0; i < size; i++) largest = Math.max(largest, matrix[i * size + i]! + ridge);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * size + j]! + (i === j ? ridge : 0);
      for (let k = 0; k < j; k++) sum -= lower[i * size + k]! * lower[j * size + k]!;
      if (i === j) {
        if (!(sum > largest * size * Number.EPSILON)) return null;
        lower[i * size + i] = Math.sqrt(sum);
      } else {
        lower[i * size + j] = sum / lower[j * size + j]!;
      }
    }
  }
  return lower;
}

/** Solves L z = b in place. */
export function forwardSolve(lower: Float64Array, b: Float64Array): void {
  const size = b.length;
  for (let i = 0; i < size; i++) {
    let sum = b[i]!;
    for (let k = 0; k < i; k++) sum -= lower[i * size + k]! * b[k]!;
    b[i] = sum / lower[i * size + i]!;
  }
}

/** Solves L' z = b in place. */
export function backwardSolve(lower: Float64Array, b: Float64Array): void {
  const size = b.length;
  for (let i = size - 1; i >= 0; i--) {
    let sum = b[i]!;
    for (let k = i + 1; k < size; k++) sum -= lower[k * size + i]! * b[k]!;
    b[i] = sum / lower[i * size + i]!;
  }
}

/**
 * The shortest of all w that minimise |X w - y|: unique even where columns depend on each other.
 * @param data row-major, rows x cols; left as it is
 */
export function leastSquares(data: Float64Array, y: Float64Array, cols: number): Float64Array {
  const rows = y.length;
  const byColumn = new Float64Array(data.length);
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) byColumn[j * rows + i] = data[i * cols + j]!;
  const first = factor(byColumn, rows, cols);
  const target = y.slice();
  for (let k = 0; k < first.rank; k++) reflect(first, k, target, 0);

  const { rank, order } = first;
  // R' of the leading rows, cols x rank, by column: its own QR gives the shortest solution of R w = Q'y.
  const transposed = new Float64Array(cols * rank);
  for (let k = 0; k < rank; k++) {
    transposed[k * cols + k] = first.diagonal[k]!;
    for (let j = k + 1; j < cols; j++) transposed[k * cols + j] = byColumn[j * rows + k]!;
  }
  const second = factor(transposed, cols, rank, false);
  const w = new Float64Array(cols);
  for (let k = 0; k < rank; k++) {
    let sum = target[k]!;
    for (let m = 0; m < k; m++) sum -= transposed[k * cols + m]! * w[m]!;
    w[k] = sum / second.diagonal[k]!;
  }
  for (let k = rank - 1; k >= 0; k--) reflect(second, k, w, 0);
  const solution = new Float64Array(cols);
  for (let j = 0; j < cols; j++) solution[order[j]!] = w[j]!;
  return solution;
}

interface Factors {
  /** By column: above the diagonal R, from the diagonal on the vectors of the reflections. */
  readonly a: Float64Array;
  readonly rows: number;
  readonly diagonal: Float64Array;
  /** 2 / v'v of each reflection; 0 for none. */
  readonly scale: Float64Array;
  /** order[k] is the column that stands at place k. */
  readonly order: Int32Array;
  readonly rank: number;
}

function factor(a: Float64Array, rows: number, cols: number, pivot = true): Factors {
  const steps = Math.min(rows, cols);
  const order = Int32Array.from({ length: cols }, (_, j) => j);
  const diagonal = new Float64Array(steps);
  const scale = new Float64Array(steps);
  const factors = { a, rows, diagonal, scale, order, rank: steps };
  for (let k = 0; k < steps; k++) {
    if (pivot) bringLongestTo(k, factors, cols);
    const start = k * rows;
    let sum = 0;
    for (let i = k; i < rows; i++) sum += square(a[start + i]!);
    const length = Math.sqrt(sum);
    // What is left is rounding of columns already spanned: their directions carry no information.
    if (pivot && length <= Math.abs(diagonal[0]!) * Math.max(rows, cols) * Number.EPSILON) {
      return { ...factors, rank: k };
    }
    const head = a[start + k]!;
    diagonal[k] = head > 0 ? -length : length;
    a[start + k] = head - diagonal[k]!;
    scale[k] = length === 0 ? 0 : 2 / (sum - head * head + square(a[start + k]!));
    for (let j = k + 1; j < cols; j++) reflect(factors, k, a, j * rows);
  }
  return factors;
}

function reflect({ a, rows, scale }: Factors, k: number, vector: Float64Array, at: number): void {
  const start = k * rows;
  let dot = 0;
  for (let i = k; i < rows; i++) dot += a[start + i]! * vector[at + i]!;
  dot *= scale[k]!;
  for (let i = k; i < rows; i++) vector[at + i]! -= dot * a[start + i]!;
}

function bringLongestTo(k: number, { a, rows, order }: Factors, cols: number): void {
  let best = k;
  let longest = -1;
  for (let j = k; j < cols; j++) {
    let sum = 0;
    for (let i = k; i < rows; i++) sum += square(a[j * rows + i]!);
    if (sum > longest) {
      longest = sum;
      best = j;
    }
  }
  if (best === k) return;
  for (let i = 0; i < rows; i++) {
    const kept = a[k * rows + i]!;
    a[k * rows + i] = a[best * rows + i]!;
    a[best * rows + i] = kept;
  }
  const kept = order[k]!;
  order[k] = order[best]!;
  order[best] = kept;
}
