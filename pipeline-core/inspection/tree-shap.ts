// How each column moved each single prediction away from the mean: Shapley values of tree models, by following the
// training rows down the branches not taken (path-dependent TreeSHAP), or against background rows (interventional).
// Invariant: base + the values of a row add up to its prediction.
// Source of the values: Lundberg, Erion & Lee 2018, "Consistent individualized feature attribution for tree ensembles";
// of the way to them: shap-walk.ts.

import { PipelineError } from '../core/errors.ts';
import type { ClassLabel } from '../estimator/classifier.ts';
import type { FittedColumns } from '../estimator/input.ts';
import type { FitOptions, Matrix, MatrixLike, Regressor } from '../estimator/model.ts';
import { trackProgress } from '../estimator/progress.ts';
import type { Tree, TreeEnsemble } from '../models/tree/tree.ts';
import { ensembleAnswers, treeDepth } from '../models/tree/tree.ts';
import type { TreeRegressor } from '../models/tree/tree-model.ts';
import { createBackgroundWalk } from './interventional-shap.ts';
import { createShapWalk } from './shap-walk.ts';

export interface TreeShapOptions extends FitOptions {
  /** Unit of the target, for the axis. */
  readonly unit?: string;
  /** Of a classifier: the class whose share is explained (boosting: its log odds or score). Default: the second of two. */
  readonly label?: ClassLabel;
  /** Rows to explain against: columns not yet known are theirs, and all explanations start at the mean of their answers. */
  readonly background?: MatrixLike;
}

/** A classifier made of trees. */
export interface TreeClassifier {
  readonly kind: string;
  readonly classes: readonly ClassLabel[];
  ensembleOf(label?: ClassLabel): TreeEnsemble & FittedColumns;
  inputOf(x: MatrixLike): Matrix;
}

export interface ShapSummary {
  readonly column: string;
  /** Mean of |value| over the rows: how much the column moves predictions. */
  readonly meanAbsolute: number;
}

export interface TreeShap {
  readonly columns: readonly string[];
  /** The model's mean answer over its training rows, where all explanations start. */
  readonly base: number;
  /** One array a row, one value a column, in the target's unit. */
  readonly values: readonly (readonly number[])[];
  /** base + values, one a row. */
  readonly predicted: readonly number[];
  /** Largest first. */
  readonly summary: readonly ShapSummary[];
  readonly xLabel: string;
  readonly unit: string;
}

/**
 * For decision tree, forests and boosting. With a background the cost is that of each pair of rows: some hundred will do.
 * Cost without: rows x trees x nodes x depth: milliseconds a row for a hundred full trees.
 * Throws PipelineError 'not-fitted' | 'other-columns' | 'not-finite' | 'stopped'.
 */
export function treeShap(
  model: TreeRegressor | TreeClassifier,
  x: MatrixLike,
  options: TreeShapOptions = {},
): TreeShap {
  const ensemble = explained(model, options.label);
  const matrix = model.inputOf(x);
  const { rows } = matrix;
  const { cols, trees, scale } = ensemble;
  const columns = Array.from({ length: cols }, (_, j) => ensemble.names[j] ?? matrix.names[j] ?? `column ${j + 1}`);
  const sums = new Float64Array(rows * cols);
  const deepest = trees.reduce((most, tree) => Math.max(most, treeDepth(tree)), 0);
  const walk = createShapWalk(deepest, cols);
  const background = options.background && model.inputOf(options.background);
  if (background?.rows === 0) throw new PipelineError('empty', 'The background has no rows to explain against.');
  const progress = trackProgress(options, trees.length);
  let base = 0;
  if (background !== undefined) {
    const pairs = createBackgroundWalk(cols);
    const others = Array.from({ length: background.rows }, (_, b) =>
      background.data.subarray(b * cols, (b + 1) * cols),
    );
    for (const [t, tree] of trees.entries()) {
      for (let i = 0; i < rows; i++) {
        const row = matrix.data.subarray(i * cols, (i + 1) * cols);
        for (const other of others) pairs.explain(tree, row, other, sums.subarray(i * cols));
      }
      progress.at(t + 1);
    }
    for (let k = 0; k < sums.length; k++) sums[k]! /= background.rows;
    const answers = ensembleAnswers({ trees, base: 0, scale: 1 }, background);
    base = answers.reduce((sum, answer) => sum + answer, 0) / background.rows;
  }
  for (const [t, tree] of background === undefined ? trees.entries() : []) {
    base += meanAnswer(tree);
    for (let i = 0; i < rows; i++) {
      walk.explain(tree, matrix.data.subarray(i * cols, (i + 1) * cols), sums.subarray(i * cols));
      // Within a tree too: one tree over many rows may take long.
      if (i % 64 === 63) progress.at(t + (i + 1) / rows);
    }
    progress.at(t + 1);
  }
  base = ensemble.base + scale * base;
  const values = Array.from({ length: rows }, (_, i) =>
    Array.from({ length: cols }, (_, j) => scale * sums[i * cols + j]! + 0),
  );
  const summary = columns
    .map((column, j) => ({ column, meanAbsolute: rows === 0 ? 0 : meanAbsolute(values, j) }))
    .sort((a, b) => b.meanAbsolute - a.meanAbsolute || (a.column < b.column ? -1 : 1));
  const predicted = values.map((row) => row.reduce((sum, value) => sum + value, base));
  return { columns, base, values, predicted, summary, xLabel: 'Push on the prediction', unit: options.unit ?? '' };
}

function explained(model: TreeRegressor | TreeClassifier, label: ClassLabel | undefined): TreeEnsemble & FittedColumns {
  if (typeof (model as Partial<TreeRegressor> | null)?.ensemble === 'function')
    return (model as TreeRegressor).ensemble();
  if (typeof (model as Partial<TreeClassifier> | null)?.ensembleOf !== 'function') throw notATree(model as Regressor);
  const { classes, kind } = model as TreeClassifier;
  if (label === undefined && classes.length > 2) {
    const message = `${kind} tells ${classes.length} classes apart: say which one treeShap explains, { label: ${JSON.stringify(classes[0])} }.`;
    throw new PipelineError('bad-param', message, { param: 'label' });
  }
  return (model as TreeClassifier).ensembleOf(label);
}

function notATree(model: Regressor): PipelineError {
  const kind = (model as Partial<Regressor> | null)?.kind ?? 'this';
  const hint =
    kind === 'Pipeline'
      ? 'give it the model of the Pipeline and the rows as that sees them: treeShap(pipeline.model, pipeline.transform(rows))'
      : 'ask permutationImportance or partialDependence about other models';
  return new PipelineError('not-a-tree', `treeShap explains trees, forests and boosting, not ${kind}: ${hint}.`);
}

function meanAbsolute(values: readonly (readonly number[])[], j: number): number {
  return values.reduce((sum, row) => sum + Math.abs(row[j]!), 0) / values.length;
}

function meanAnswer({ feature, at, cover }: Tree): number {
  let sum = 0;
  for (let k = 0; k < feature.length; k++) if (feature[k]! < 0) sum += cover[k]! * at[k]!;
  return sum / cover[0]!;
}
