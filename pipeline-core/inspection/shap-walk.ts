// The Shapley values of one tree and one row, in one walk over its nodes.
// A leaf's share of the game "which columns are known" is a product over the columns on its path: one (0 or 1: does the
// row agree?) where known, zero (the share of training rows that agree) where not. The Shapley value of column i is the
// integral over t from 0 to 1 of answer * (one_i - zero_i) * product over j != i of (zero_j (1 - t) + one_j t)
// (Owen 1972, multilinear extension). It is a polynomial of t, so a few Gauss-Legendre points integrate it exactly, and
// sums over all leaves below a node can be carried up (the idea of Linear TreeSHAP, Yu et al. 2022): cost nodes x depth
// a row, where following each leaf costs leaves x depth^2.

import { cosOfHalfTurn } from '../math/deterministic-math.ts';
import { goesLeft, type Tree } from '../models/tree/tree.ts';

export interface ShapWalk {
  /** Adds the value of each column of `row` to `out`. */
  explain(tree: Tree, row: Float64Array, out: Float64Array): void;
}

/** @param depth of the deepest tree; @param cols of its rows */
export function createShapWalk(depth: number, cols: number): ShapWalk {
  // The product has as many factors as different columns on a path, less one.
  const points = gaussLegendre(Math.max(1, Math.ceil(Math.min(depth, cols) / 2)));
  const { at: t, weight } = points;
  const size = t.length;
  const zero = new Float64Array(cols);
  const one = new Float64Array(cols);
  // Per level: the product of the factors on the way down, and the sum over leaves on the way up.
  const product = new Float64Array((depth + 1) * size);
  const below = new Float64Array((depth + 1) * size);

  const enter = (tree: Tree, node: number, level: number, row: Float64Array, out: Float64Array): void => {
    const base = level * size;
    const asked = tree.feature[node]!;
    if (asked < 0) {
      const answer = tree.at[node]!;
      for (let s = 0; s < size; s++) below[base + s] = answer * product[base + s]!;
      return;
    }
    const left = node + 1;
    const right = tree.right[node]!;
    const hot = goesLeft(tree, node, row[asked]!) ? left : right;
    const oldZero = zero[asked]!;
    const oldOne = one[asked]!;
    below.fill(0, base, base + size);
    for (let side = 0; side < 2; side++) {
      const child = side === 0 ? left : right;
      const newZero = (oldZero * tree.cover[child]!) / tree.cover[node]!;
      const newOne = child === hot ? oldOne : 0;
      const next = base + size;
      for (let s = 0; s < size; s++) {
        const factor = newZero * (1 - t[s]!) + newOne * t[s]!;
        product[next + s] = (product[base + s]! * factor) / (oldZero * (1 - t[s]!) + oldOne * t[s]!);
      }
      zero[asked] = newZero;
      one[asked] = newOne;
      enter(tree, child, level + 1, row, out);
      // What an earlier question about this column will add for these leaves is taken off: this answer replaces it.
      let value = 0;
      for (let s = 0; s < size; s++) {
        const added = (newOne - newZero) / (newZero * (1 - t[s]!) + newOne * t[s]!);
        const replaced = (oldOne - oldZero) / (oldZero * (1 - t[s]!) + oldOne * t[s]!);
        value += weight[s]! * below[next + s]! * (added - replaced);
        below[base + s]! += below[next + s]!;
      }
      out[asked]! += value;
    }
    zero[asked] = oldZero;
    one[asked] = oldOne;
  };

  return {
    explain(tree, row, out) {
      zero.fill(1);
      one.fill(1);
      product.fill(1, 0, size);
      enter(tree, 0, 0, row, out);
    },
  };
}

interface Quadrature {
  /** Points inside 0..1. */
  readonly at: Float64Array;
  /** They add up to 1. */
  readonly weight: Float64Array;
}

/** Exact for polynomials up to degree 2 n - 1. Roots of the Legendre polynomial by Newton's method (Press et al., 4.6). */
function gaussLegendre(n: number): Quadrature {
  const at = new Float64Array(n);
  const weight = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    let x = cosOfHalfTurn((Math.PI * (k + 0.75)) / (n + 0.5));
    let slope = 0;
    for (let round = 0; round < 100; round++) {
      let value = x;
      let before = 1;
      for (let m = 2; m <= n; m++) {
        const next = ((2 * m - 1) * x * value - (m - 1) * before) / m;
        before = value;
        value = next;
      }
      slope = (n * (x * value - before)) / (x * x - 1);
      const step = value / slope;
      x -= step;
      if (Math.abs(step) < 1e-15) break;
    }
    at[k] = (1 - x) / 2;
    weight[k] = 1 / ((1 - x * x) * slope * slope);
  }
  return { at, weight };
}
