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
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
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
