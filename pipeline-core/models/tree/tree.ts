// A fitted regression tree as four flat arrays in preorder: the left child of node k is always k + 1.
// Shared by decision tree, forests and boosting, and read by tree SHAP.

import type { Matrix } from '../../estimator/model.ts';
import type { Progress } from '../../estimator/progress.ts';

export interface Tree {
  /** Column asked at a node; -1 at a leaf. */
  readonly feature: Int32Array;
  /** At a node the threshold (`value <= threshold` goes left), at a leaf the answer. */
  readonly at: Float64Array;
  /** Right child of a node; 0 at a leaf. */
  readonly right: Int32Array;
  /** Weight of the training rows that passed here (bootstrap repeats counted). */
  readonly cover: Float64Array;
  /** Per node, 1: a missing value goes left. Absent: it goes where more training rows went. */
  readonly missing?: Uint8Array;
  /** Per node that asks for a category: by its code, 1: goes left. null at all others; absent: there are none. */
  readonly sets?: readonly (Uint8Array | null)[];
}

/** The sum of trees that a tree model is: `base + scale * sum of answers`. */
export interface TreeEnsemble {
  readonly trees: readonly Tree[];
  /** Target units. */
  readonly base: number;
  readonly scale: number;
}

/** Whether a value goes left at a node. */
export function goesLeft({ at, right, cover, missing, sets }: Tree, k: number, value: number): boolean {
  if (Number.isNaN(value)) return missing === undefined ? cover[k + 1]! > cover[right[k]!]! : missing[k] === 1;
  const set = sets?.[k] ?? null;
  return set === null ? value <= at[k]! : set[value] === 1;
}

interface RowRange {
  readonly from: number;
  readonly to: number;
}

/** Adds the answers of one tree to the sums of some rows. */
function addAnswers(tree: Tree, { data, cols }: Matrix, { from, to }: RowRange, sums: Float64Array): void {
  const { feature, at, right } = tree;
  const root = feature[0]!;
  for (let i = from; i < to; i++) {
    const offset = i * cols;
    let k = 0;
    for (let f = root; f >= 0; f = feature[k]!) k = data[offset + f]! <= at[k]! ? k + 1 : right[k]!;
    sums[i]! += at[k]!;
  }
}

/** The same of rows or a tree that know missing values or categories. */
function addOpenAnswers(tree: Tree, { data, cols }: Matrix, { from, to }: RowRange, sums: Float64Array): void {
  const { feature, at, right } = tree;
  for (let i = from; i < to; i++) {
    const offset = i * cols;
    let k = 0;
    for (let f = feature[0]!; f >= 0; f = feature[k]!) {
      k = goesLeft(tree, k, data[offset + f]!) ? k + 1 : right[k]!;
    }
    sums[i]! += at[k]!;
  }
}

/** Rows that all trees answer before the next ones are looked at, so that they stay in the cache. */
const BLOCK = 256;

/** Answers of the whole ensemble, one a row. */
export function ensembleAnswers({ trees, base, scale }: TreeEnsemble, x: Matrix, progress?: Progress): Float64Array {
  const sums = new Float64Array(x.rows);
  const holes = hasMissing(x);
  for (let from = 0; from < x.rows; from += BLOCK) {
    const to = Math.min(from + BLOCK, x.rows);
    for (const tree of trees) {
      const add = holes || tree.sets !== undefined ? addOpenAnswers : addAnswers;
      add(tree, x, { from, to }, sums);
    }
    progress?.at((trees.length * to) / x.rows);
  }
  if (x.rows === 0) progress?.at(trees.length);
  for (let i = 0; i < x.rows; i++) sums[i] = base + scale * sums[i]!;
  return sums;
}

/** Adds `scale` times the answer of one tree to the sum of each row. @param job `holes`: hasMissing(x) */
export function addTree(
  {
    tree,
    scale,
    x,
    holes,
  }: { readonly tree: Tree; readonly scale: number; readonly x: Matrix; readonly holes: boolean },
  sums: Float64Array,
): void {
  const answers = new Float64Array(x.rows);
  const add = holes || tree.sets !== undefined ? addOpenAnswers : addAnswers;
  add(tree, x, { from: 0, to: x.rows }, answers);
  for (let i = 0; i < sums.length; i++) sums[i]! += scale * answers[i]!;
}

export function hasMissing({ data }: Matrix): boolean {
  for (let k = 0; k < data.length; k++) if (Number.isNaN(data[k]!)) return true;
  return false;
}

/** Depth of the deepest leaf; 0 for a single leaf. */
export function treeDepth(tree: Tree): number {
  const depth = new Int32Array(tree.feature.length);
  let deepest = 0;
  for (let k = 0; k < depth.length; k++) {
    if (tree.feature[k]! < 0) continue;
    const below = depth[k]! + 1;
    depth[k + 1] = below;
    depth[tree.right[k]!] = below;
    deepest = Math.max(deepest, below);
  }
  return deepest;
}
