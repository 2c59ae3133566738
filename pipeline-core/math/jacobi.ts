// Singular values and directions by one-sided Jacobi rotations: to the last digits also of small ones, which X'X would lose.
// Invariant: fixed order of rotations, so the same bits everywhere. Source: Demmel & Veselic 1992; Golub & Van Loan 8.6.3.

import { square } from './deterministic-math.ts';

const MOST_SWEEPS = 60;

export interface Directions {
  /** Descending. */
  readonly values: Float64Array;
  /** Row k: the unit vector that belongs to value k; together an orthonormal basis. */
  readonly vectors: Float64Array[];
}

/** Of a matrix A given by its rows (each of length `size`, changed): the values and vectors of A'A, as roots. */
export function singularDirections(rows: readonly Float64Array[], size: number): Directions {
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    let turned = false;
    for (let p = 0; p < rows.length; p++) {
      for (let q = p + 1; q < rows.length; q++) turned = rotate(rows[p]!, rows[q]!) || turned;
    }
    if (!turned) break;
  }
  const found = rows
    .map((row) => ({ row, value: Math.sqrt(row.reduce((sum, x) => sum + square(x), 0)) }))
    .sort((a, b) => b.value - a.value);
  const least = (found[0]?.value ?? 0) * Number.EPSILON * size;
  const vectors: Float64Array[] = [];
  const values = new Float64Array(found.length);
  found.forEach(({ row, value }, k) => {
    if (value > least) vectors.push(row.map((x) => x / value));
    else vectors.push(beside(vectors, size));
    values[k] = value > least ? value : 0;
  });
  return { values, vectors };
}

// Makes two rows orthogonal; false where they are.
function rotate(a: Float64Array, b: Float64Array): boolean {
  let alpha = 0;
  let beta = 0;
  let gamma = 0;
  for (let k = 0; k < a.length; k++) {
    alpha += a[k]! * a[k]!;
    beta += b[k]! * b[k]!;
    gamma += a[k]! * b[k]!;
  }
  if (!(Math.abs(gamma) > 1e-15 * Math.sqrt(alpha * beta)) || alpha === 0 || beta === 0) return false;
  const zeta = (beta - alpha) / (2 * gamma);
  const t = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
  const c = 1 / Math.sqrt(1 + t * t);
  const s = c * t;
  for (let k = 0; k < a.length; k++) {
    const x = a[k]!;
    const y = b[k]!;
    a[k] = c * x - s * y;
    b[k] = s * x + c * y;
  }
  return true;
}

// A unit vector at right angles to those there are: what is left of a unit vector, the first that is left enough of.
function beside(vectors: readonly Float64Array[], size: number): Float64Array {
  for (let j = 0; j < size; j++) {
    const out = new Float64Array(size);
    out[j] = 1;
    // Twice is enough (Kahan).
    for (let round = 0; round < 2; round++) {
      for (const vector of vectors) {
        const share = vector.reduce((sum, x, k) => sum + x * out[k]!, 0);
        for (let k = 0; k < size; k++) out[k]! -= share * vector[k]!;
      }
    }
    const length = Math.sqrt(out.reduce((sum, x) => sum + square(x), 0));
    if (length > 0.5 / Math.sqrt(size)) return out.map((x) => x / length);
  }
  return new Float64Array(size);
}
