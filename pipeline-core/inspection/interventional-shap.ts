// Shapley values against background rows: what a column adds when the columns not yet known are those of a background row
// (interventional TreeSHAP). A path that needs columns of both rows shares its leaf's answer out by the orders in which
// columns could have come to be known.
// Source: Lundberg et al. 2020, "From local explanations to global understanding with explainable AI for trees", algorithm 3.

import { goesLeft, type Tree } from '../models/tree/tree.ts';

export interface BackgroundWalk {
  /** Adds the value of each column of `row` against `other` to `out`. Cost: nodes of the tree that either row could reach. */
  explain(tree: Tree, row: Float64Array, other: Float64Array, out: Float64Array): void;
}

/** @param cols of the rows */
export function createBackgroundWalk(cols: number): BackgroundWalk {
  // 0: not asked yet, 1: answered as the row, 2: answered as the background row.
  const taken = new Uint8Array(cols);
  const own: number[] = [];
  const others: number[] = [];

  const enter = (tree: Tree, node: number, row: Float64Array, other: Float64Array, out: Float64Array): void => {
    const asked = tree.feature[node]!;
    if (asked < 0) {
      const [u, v] = [own.length, others.length];
      const answer = tree.at[node]!;
      if (u > 0) for (const j of own) out[j]! += answer * shareOf(u - 1, v);
      if (v > 0) for (const j of others) out[j]! -= answer * shareOf(u, v - 1);
      return;
    }
    const [left, right] = [node + 1, tree.right[node]!];
    const forRow = goesLeft(tree, node, row[asked]!) ? left : right;
    const forOther = goesLeft(tree, node, other[asked]!) ? left : right;
    if (forRow === forOther || taken[asked] !== 0) {
      enter(tree, taken[asked] === 2 ? forOther : forRow, row, other, out);
      return;
    }
    taken[asked] = 1;
    own.push(asked);
    enter(tree, forRow, row, other, out);
    own.pop();
    taken[asked] = 2;
    others.push(asked);
    enter(tree, forOther, row, other, out);
    others.pop();
    taken[asked] = 0;
  };

  return {
    explain(tree, row, other, out) {
      enter(tree, 0, row, other, out);
    },
  };
}

/** a! b! / (a + b + 1)!: of all orders, the share in which these a come before one more, and these b after it. */
function shareOf(a: number, b: number): number {
  let share = 1 / (a + b + 1);
  for (let k = 1; k <= b; k++) share *= k / (a + k);
  return share;
}
