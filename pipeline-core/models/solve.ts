// Linear algebra for the penalised linear models: Gram matrix and Cholesky, where the system is positive definite.
// Invariant: fixed order of operations, so the same bits everywhere.
// Source: Golub & Van Loan, Matrix Computations, 4th ed., 4.2 (Cholesky).

const LEAST_LEFT = 1e-8;

/** X'X of row-major `data` (rows x cols) as a full symmetric cols x cols matrix. */
export function gramMatrix(data: Float64Array, rows: number, cols: number): Float64Array {
  const gram = new Float64Array(cols * cols);
  const whole = rows - (rows % 4);
  for (let i = 0; i < whole; i += 4) addFourRows(gram, data, i * cols, cols);
  for (let i = whole; i < rows; i++) {
    for (let a = 0; a < cols; a++) {
      const left = data[i * cols + a]!;
      for (let b = a; b < cols; b++) gram[a * cols + b]! += left * data[i * cols + b]!;
    }
  }
  for (let a = 0; a < cols; a++) for (let b = 0; b < a; b++) gram[a * cols + b] = gram[b * cols + a]!;
  return gram;
}

// Four rows and two columns of the result at a time: each number loaded serves two products or four.
function addFourRows(gram: Float64Array, data: Float64Array, r0: number, cols: number): void {
  const r1 = r0 + cols;
  const r2 = r1 + cols;
  const r3 = r2 + cols;
  for (let a = 0; a < cols; a += 2) {
    // A last single column is paired with itself, where nobody looks.
    const next = a + 1 < cols ? a + 1 : a;
    const a0 = data[r0 + a]!;
    const a1 = data[r1 + a]!;
    const a2 = data[r2 + a]!;
    const a3 = data[r3 + a]!;
    const n0 = data[r0 + next]!;
    const n1 = data[r1 + next]!;
    const n2 = data[r2 + next]!;
    const n3 = data[r3 + next]!;
    const at = a * cols;
    gram[at + a]! += a0 * a0 + a1 * a1 + a2 * a2 + a3 * a3;
    const below = at + cols;
    for (let b = a + 1; b < cols; b++) {
      const b0 = data[r0 + b]!;
      const b1 = data[r1 + b]!;
      const b2 = data[r2 + b]!;
      const b3 = data[r3 + b]!;
      gram[at + b]! += a0 * b0 + a1 * b1 + a2 * b2 + a3 * b3;
      gram[below + b]! += n0 * b0 + n1 * b1 + n2 * b2 + n3 * b3;
    }
  }
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

/**
 * Lower factor L of `matrix + ridge * I = L L'`, row-major, or null where so little of a column is left beside those
 * before it that half of its digits would be rounding.
 */
export function cholesky(matrix: Float64Array, size: number, ridge: number): Float64Array | null {
  const lower = new Float64Array(size * size);
  for (let top = 0; top < size; top += 4) {
    // Four rows side by side: each number of a row above serves four sums that do not wait for each other.
    if (top + 4 <= size) fillFourRows(lower, matrix, size, top);
    for (let i = top; i < Math.min(top + 4, size); i++) {
      for (let j = top + 4 <= size ? top : 0; j <= i; j++) {
        let sum = matrix[i * size + j]! + (i === j ? ridge : 0);
        const whole = sum;
        for (let k = 0; k < j; k++) sum -= lower[i * size + k]! * lower[j * size + k]!;
        if (i === j) {
          if (!(sum > whole * LEAST_LEFT)) return null;
          lower[i * size + i] = Math.sqrt(sum);
        } else {
          lower[i * size + j] = sum / lower[j * size + j]!;
        }
      }
    }
  }
  return lower;
}

// Columns 0..top of the rows top..top + 4, in the order of operations of a single row.
function fillFourRows(lower: Float64Array, matrix: Float64Array, size: number, top: number): void {
  const r0 = top * size;
  const r1 = r0 + size;
  const r2 = r1 + size;
  const r3 = r2 + size;
  for (let j = 0; j < top; j++) {
    const above = j * size;
    let s0 = matrix[r0 + j]!;
    let s1 = matrix[r1 + j]!;
    let s2 = matrix[r2 + j]!;
    let s3 = matrix[r3 + j]!;
    for (let k = 0; k < j; k++) {
      const value = lower[above + k]!;
      s0 -= lower[r0 + k]! * value;
      s1 -= lower[r1 + k]! * value;
      s2 -= lower[r2 + k]! * value;
      s3 -= lower[r3 + k]! * value;
    }
    const diagonal = lower[above + j]!;
    lower[r0 + j] = s0 / diagonal;
    lower[r1 + j] = s1 / diagonal;
    lower[r2 + j] = s2 / diagonal;
    lower[r3 + j] = s3 / diagonal;
  }
}

/** XX' of row-major `data` as a full symmetric rows x rows matrix: for more columns than rows. */
export function outerGram(data: Float64Array, rows: number, cols: number): Float64Array {
  const gram = new Float64Array(rows * rows);
  for (let a = 0; a < rows; a += 3) {
    for (let b = 0; b <= a + 2 && b < rows; b += 4) fillOuterBlock(gram, data, { rows, cols, a, b });
  }
  for (let a = 0; a < rows; a++) for (let b = a + 1; b < rows; b++) gram[a * rows + b] = gram[b * rows + a]!;
  return gram;
}

interface OuterBlock {
  readonly rows: number;
  readonly cols: number;
  readonly a: number;
  readonly b: number;
}

// Three rows times four: twelve sums that do not wait for each other, as many as fit into the registers beside what they are
// made of. Beyond the last row the last one is taken again.
function fillOuterBlock(gram: Float64Array, data: Float64Array, { rows, cols, a, b }: OuterBlock): void {
  const last = rows - 1;
  const p = a * cols;
  const q = Math.min(a + 1, last) * cols;
  const s = Math.min(a + 2, last) * cols;
  const r0 = b * cols;
  const r1 = Math.min(b + 1, last) * cols;
  const r2 = Math.min(b + 2, last) * cols;
  const r3 = Math.min(b + 3, last) * cols;
  let p0 = 0;
  let p1 = 0;
  let p2 = 0;
  let p3 = 0;
  let q0 = 0;
  let q1 = 0;
  let q2 = 0;
  let q3 = 0;
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (let j = 0; j < cols; j++) {
    const d0 = data[r0 + j]!;
    const d1 = data[r1 + j]!;
    const d2 = data[r2 + j]!;
    const d3 = data[r3 + j]!;
    const x = data[p + j]!;
    p0 += x * d0;
    p1 += x * d1;
    p2 += x * d2;
    p3 += x * d3;
    const y = data[q + j]!;
    q0 += y * d0;
    q1 += y * d1;
    q2 += y * d2;
    q3 += y * d3;
    const z = data[s + j]!;
    s0 += z * d0;
    s1 += z * d1;
    s2 += z * d2;
    s3 += z * d3;
  }
  const sums = [p0, p1, p2, p3, q0, q1, q2, q3, s0, s1, s2, s3];
  for (let k = 0; k < sums.length; k++) {
    const row = a + (k >> 2);
    const column = b + (k & 3);
    if (row < rows && column < rows) gram[row * rows + column] = sums[k]!;
  }
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
