// Least squares by Householder QR, block of rows after block of rows, so that what is worked on stays in the cache and
// the precision of the data is kept (normal equations would square its condition).
// Invariant: which columns depend on others is decided on columns of like length, so that units do not matter; among the
// solutions the shortest is taken, in the units given. Fixed order of operations: the same bits everywhere.
// Source: Golub & Van Loan, Matrix Computations, 4th ed., 5.2 and 5.4 (QR with pivoting), 5.5 (rank), 6.5 (by blocks).

import { square } from '../math/deterministic-math.ts';

/** Rows taken in at once. */
const BLOCK = 256;

/**
 * The shortest of all w that minimise |X w - y|^2 + ridge |w|^2: unique even where columns depend on each other.
 * @param data row-major, rows x cols; left as it is
 */
export function leastSquares(data: Float64Array, y: Float64Array, cols: number, ridge = 0): Float64Array {
  const unit = unitsOf(data, cols, ridge);
  const { r, target } = triangleOf(data, y, { cols, unit, ridge });
  const factors = pivotedFactor(r, cols, rankTolerance(y.length, cols));
  for (let k = 0; k < factors.rank; k++) reflect(factors, k, target, 0);
  const w = factors.rank === cols ? fullSolution(factors, target) : shortestSolution(factors, target, unit);
  const solution = new Float64Array(cols);
  for (let k = 0; k < cols; k++) solution[factors.order[k]!] = w[k]!;
  if (factors.rank === cols) for (let j = 0; j < cols; j++) solution[j]! *= unit[j]!;
  return solution;
}

/** The lower triangular L with L L' = X'X + ridge I, row-major, found without forming X'X. */
export function lowerFactor(data: Float64Array, cols: number, ridge: number): Float64Array {
  const unit = unitsOf(data, cols, ridge);
  const { r } = triangleOf(data, new Float64Array(data.length / cols), { cols, unit, ridge });
  const lower = new Float64Array(cols * cols);
  for (let j = 0; j < cols; j++) {
    for (let k = 0; k <= j; k++) lower[j * cols + k] = (Math.sign(r[k * cols + k]!) * r[j * cols + k]!) / unit[j]!;
  }
  return lower;
}

// A power of two that brings each column to a length of about one: exact to multiply with.
function unitsOf(data: Float64Array, cols: number, ridge: number): Float64Array {
  const largest = new Float64Array(cols).fill(Math.sqrt(ridge));
  for (let at = 0; at < data.length; at += cols) {
    for (let j = 0; j < cols; j++) largest[j] = Math.max(largest[j]!, Math.abs(data[at + j]!));
  }
  return largest.map((value) => {
    let unit = 1;
    while (value * unit >= 2) unit /= 2;
    while (value > 0 && value * unit < 1) unit *= 2;
    return unit;
  });
}

// What is left of a column by rounding alone, as a share of its length.
function rankTolerance(rows: number, cols: number): number {
  return 8 * (cols + Math.sqrt(rows)) * Number.EPSILON;
}

interface Triangle {
  /** cols x cols, by column: R of X = Q R. */
  readonly r: Float64Array;
  /** The first cols entries of Q'y. */
  readonly target: Float64Array;
}

interface Shape {
  readonly cols: number;
  readonly unit: Float64Array;
  readonly ridge: number;
}

function triangleOf(data: Float64Array, y: Float64Array, { cols, unit, ridge }: Shape): Triangle {
  const rows = y.length;
  // Column after column, the target last: the triangle so far above, the next block of rows below it.
  const height = cols + BLOCK;
  const a = new Float64Array(height * (cols + 1));
  for (let from = 0; from < rows; from += BLOCK) {
    const count = Math.min(BLOCK, rows - from);
    for (let j = 0; j < cols; j++) {
      const column = j * height + cols;
      const factor = unit[j]!;
      for (let i = 0; i < count; i++) a[column + i] = data[(from + i) * cols + j]! * factor;
    }
    for (let i = 0; i < count; i++) a[cols * height + cols + i] = y[from + i]!;
    absorb(a, { cols, height, count });
  }
  // The price as rows of its own, last: small rows below large ones keep their digits, the other way round they do not.
  for (let from = 0; ridge > 0 && from < cols; from += BLOCK) {
    const count = Math.min(BLOCK, cols - from);
    for (let j = 0; j <= cols; j++) a.fill(0, j * height + cols, j * height + cols + count);
    for (let i = 0; i < count; i++) a[(from + i) * height + cols + i] = Math.sqrt(ridge) * unit[from + i]!;
    absorb(a, { cols, height, count });
  }
  const r = new Float64Array(cols * cols);
  for (let j = 0; j < cols; j++) r.set(a.subarray(j * height, j * height + j + 1), j * cols);
  return { r, target: a.slice(cols * height, cols * height + cols) };
}

interface Block {
  readonly cols: number;
  readonly height: number;
  /** Rows in the block. */
  readonly count: number;
}

// Reflects the block's rows into the triangle: reflection k has its head in row k and the rest in the block.
function absorb(a: Float64Array, { cols, height, count }: Block): void {
  for (let k = 0; k < cols; k++) {
    const start = k * height + cols;
    let rest = 0;
    for (let i = 0; i < count; i++) rest += square(a[start + i]!);
    if (rest === 0) continue;
    const old = a[k * height + k]!;
    const length = Math.sqrt(old * old + rest);
    const diagonal = old > 0 ? -length : length;
    const head = old - diagonal;
    const scale = 2 / (head * head + rest);
    a[k * height + k] = diagonal;
    for (let j = k + 1; j <= cols; j++) {
      const column = j * height + cols;
      const at = j * height + k;
      const factor = (dot(a, start, column, count) + head * a[at]!) * scale;
      a[at]! -= factor * head;
      for (let i = 0; i < count; i++) a[column + i]! -= factor * a[start + i]!;
    }
  }
}

// Four sums that do not wait for each other.
function dot(a: Float64Array, left: number, right: number, count: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let i = 0;
  for (; i + 3 < count; i += 4) {
    s0 += a[left + i]! * a[right + i]!;
    s1 += a[left + i + 1]! * a[right + i + 1]!;
    s2 += a[left + i + 2]! * a[right + i + 2]!;
    s3 += a[left + i + 3]! * a[right + i + 3]!;
  }
  for (; i < count; i++) s0 += a[left + i]! * a[right + i]!;
  return s0 + s1 + (s2 + s3);
}

interface Factors {
  /** By column: above the diagonal R, from the diagonal on the vectors of the reflections. */
  readonly a: Float64Array;
  readonly rows: number;
  readonly diagonal: Float64Array;
  /** 2 / v'v of each reflection; 0 for none. */
  readonly scale: Float64Array;
  /** order[k] is the column at place k. */
  readonly order: Int32Array;
  readonly rank: number;
}

/** @param a size x size by column; changed. Ends where what is left is below `tolerance` of the longest column. */
function pivotedFactor(a: Float64Array, size: number, tolerance: number): Factors {
  const order = Int32Array.from({ length: size }, (_, j) => j);
  const diagonal = new Float64Array(size);
  const scale = new Float64Array(size);
  const factors = { a, rows: size, diagonal, scale, order, rank: size };
  for (let k = 0; k < size; k++) {
    bringLongestTo(k, factors, size);
    if (!reflection(factors, k, tolerance * Math.abs(diagonal[0]!))) return { ...factors, rank: k };
    for (let j = k + 1; j < size; j++) reflect(factors, k, a, j * size);
  }
  return factors;
}

// Turns column k below the diagonal into the vector of its reflection; false where it is not longer than `least`.
function reflection({ a, rows, diagonal, scale }: Factors, k: number, least: number): boolean {
  const start = k * rows;
  const sum = squaresBelow(a, start, k, rows);
  const length = Math.sqrt(sum);
  if (length <= least) return false;
  const head = a[start + k]!;
  diagonal[k] = head > 0 ? -length : length;
  a[start + k] = head - diagonal[k]!;
  scale[k] = 2 / (sum - head * head + square(a[start + k]!));
  return true;
}

function reflect({ a, rows, scale }: Factors, k: number, vector: Float64Array, at: number): void {
  const start = k * rows;
  let sum = 0;
  for (let i = k; i < rows; i++) sum += a[start + i]! * vector[at + i]!;
  sum *= scale[k]!;
  for (let i = k; i < rows; i++) vector[at + i]! -= sum * a[start + i]!;
}

function squaresBelow(a: Float64Array, start: number, from: number, rows: number): number {
  let sum = 0;
  for (let i = from; i < rows; i++) sum += square(a[start + i]!);
  return sum;
}

function bringLongestTo(k: number, { a, rows, order }: Factors, cols: number): void {
  let best = k;
  let longest = -1;
  for (let j = k; j < cols; j++) {
    const sum = squaresBelow(a, j * rows, k, rows);
    if (sum > longest) {
      longest = sum;
      best = j;
    }
  }
  if (best === k) return;
  const kept = a.slice(k * rows, (k + 1) * rows);
  a.copyWithin(k * rows, best * rows, (best + 1) * rows);
  a.set(kept, best * rows);
  const column = order[k]!;
  order[k] = order[best]!;
  order[best] = column;
}

// R w = Q'y, in the pivoted order and the units of the factored columns.
function fullSolution({ a, rows, diagonal }: Factors, target: Float64Array): Float64Array {
  const w = target.slice();
  for (let k = rows - 1; k >= 0; k--) {
    for (let j = k + 1; j < rows; j++) w[k]! -= a[j * rows + k]! * w[j]!;
    w[k]! /= diagonal[k]!;
  }
  return w;
}

// The leading rows of R, in the units of the data, as columns: their own QR gives the shortest solution of R w = Q'y.
function shortestSolution(first: Factors, target: Float64Array, unit: Float64Array): Float64Array {
  const { rank, order, rows: cols } = first;
  const transposed = new Float64Array(cols * rank);
  for (let k = 0; k < rank; k++) {
    transposed[k * cols + k] = first.diagonal[k]! / unit[order[k]!]!;
    for (let j = k + 1; j < cols; j++) transposed[k * cols + j] = first.a[j * cols + k]! / unit[order[j]!]!;
  }
  const [diagonal, scale] = [new Float64Array(rank), new Float64Array(rank)];
  const second = { a: transposed, rows: cols, diagonal, scale, order, rank };
  for (let k = 0; k < rank; k++) {
    reflection(second, k, 0);
    for (let j = k + 1; j < rank; j++) reflect(second, k, transposed, j * cols);
  }
  const w = new Float64Array(cols);
  for (let k = 0; k < rank; k++) {
    let sum = target[k]!;
    for (let m = 0; m < k; m++) sum -= transposed[k * cols + m]! * w[m]!;
    w[k] = sum / diagonal[k]!;
  }
  for (let k = rank - 1; k >= 0; k--) reflect(second, k, w, 0);
  return w;
}
