// A fitted regression tree as four flat arrays in preorder: the left child of node k is always k + 1.
// Shared by decision tree, forests and boosting, and read by tree SHAP.

import { PipelineError } from '../../core/errors.ts';
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
}

/** The sum of trees that a tree model is: `base + scale * sum of answers`. */
export interface TreeEnsemble {
  readonly trees: readonly Tree[];
  /** Target units. */
  readonly base: number;
  readonly scale: number;
}

/** Answer of one tree for the row that starts at `offset` of row-major `data`. */
function treeAnswer(tree: Tree, data: Float64Array, offset: number): number {
  const { feature, at, right } = tree;
  let k = 0;
  let f = feature[0]!;
  while (f >= 0) {
    k = data[offset + f]! <= at[k]! ? k + 1 : right[k]!;
    f = feature[k]!;
  }
  return at[k]!;
}

/** Rows that all trees answer before the next ones are looked at, so that they stay in the cache. */
const BLOCK = 256;

/** Answers of the whole ensemble, one a row. */
export function ensembleAnswers({ trees, base, scale }: TreeEnsemble, x: Matrix, progress?: Progress): Float64Array {
  const sums = new Float64Array(x.rows);
  for (let from = 0; from < x.rows; from += BLOCK) {
    const to = Math.min(from + BLOCK, x.rows);
    for (const tree of trees) {
      for (let i = from; i < to; i++) sums[i]! += treeAnswer(tree, x.data, i * x.cols);
    }
    progress?.at((trees.length * to) / x.rows);
  }
  if (x.rows === 0) progress?.at(trees.length);
  for (let i = 0; i < x.rows; i++) sums[i] = base + scale * sums[i]!;
  return sums;
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

/** A tree as JSON keeps it. */
export interface TreeJson {
  readonly feature: readonly number[];
  readonly at: readonly number[];
  readonly right: readonly number[];
  readonly cover: readonly number[];
}

export function treeToJson(tree: Tree): TreeJson {
  return { feature: [...tree.feature], at: [...tree.at], right: [...tree.right], cover: [...tree.cover] };
}

/** Throws PipelineError 'bad-model' where following the arrays could leave them or never end. */
export function treeFromJson(json: TreeJson): Tree {
  const tree = {
    feature: Int32Array.from(json.feature),
    at: Float64Array.from(json.at),
    right: Int32Array.from(json.right),
    cover: Float64Array.from(json.cover),
  };
  const size = tree.feature.length;
  let sound = size > 0 && tree.at.length === size && tree.right.length === size && tree.cover.length === size;
  for (let k = 0; sound && k < size; k++) {
    sound = Number.isFinite(tree.at[k]!) && (tree.feature[k]! < 0 || (tree.right[k]! > k + 1 && tree.right[k]! < size));
  }
  if (!sound) throw new PipelineError('bad-model', 'A tree of this saved model is damaged: save the model again.');
  return tree;
}
