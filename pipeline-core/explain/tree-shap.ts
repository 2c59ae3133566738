// How each column moved each single prediction away from the mean: Shapley values of tree models, by following the
// training rows down the branches not taken (path-dependent TreeSHAP).
// Law: base + the values of a row add up to its prediction.
// Source: Lundberg, Erion & Lee 2018, "Consistent individualized feature attribution for tree ensembles", algorithm 2.
// RUNS IN browser | server | child | isolate

import { predictionInput } from '../models/input.ts';
import type { FitOptions, MatrixLike } from '../models/model.ts';
import { trackProgress } from '../models/progress.ts';
import type { Tree } from '../models/tree/tree.ts';
import { treeDepth } from '../models/tree/tree.ts';
import type { TreeRegressor } from '../models/tree/tree-model.ts';
import { createPath, type Path } from './shap-path.ts';

export interface TreeShapOptions extends FitOptions {
  /** Unit of the target, for the axis. */
  readonly unit?: string;
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
 * For decision tree, forests and boosting. Cost: rows x trees x leaves x depth^2, so a full forest is best asked about
 * tens of rows. Throws PipelineError 'not-fitted' | 'other-columns' | 'not-finite' | 'stopped'.
 */
export function treeShap(model: TreeRegressor, x: MatrixLike, options: TreeShapOptions = {}): TreeShap {
  const ensemble = model.ensemble();
  const matrix = predictionInput(model.kind, x, ensemble);
  const { rows } = matrix;
  const { cols, trees, scale } = ensemble;
  const columns = Array.from({ length: cols }, (_, j) => ensemble.names[j] ?? matrix.names[j] ?? `column ${j + 1}`);
  const sums = new Float64Array(rows * cols);
  const deepest = Math.max(...trees.map(treeDepth));
  const path = createPath(deepest + 2);
  const progress = trackProgress(options, trees.length);
  let base = 0;
  for (const [t, tree] of trees.entries()) {
    base += meanAnswer(tree);
    for (let i = 0; i < rows; i++) {
      explainRow(tree, path, { row: matrix.data.subarray(i * cols, (i + 1) * cols), out: sums.subarray(i * cols) });
      // Within a tree too: one tree over many rows may take long.
      if (i % 64 === 63) progress.at(t + (i + 1) / rows);
    }
    progress.at(t + 1);
  }
  base = ensemble.base + scale * base;
  const values = Array.from({ length: rows }, (_, i) =>
    Array.from({ length: cols }, (_, j) => scale * sums[i * cols + j]!),
  );
  const summary = columns
    .map((column, j) => ({ column, meanAbsolute: rows === 0 ? 0 : meanAbsolute(values, j) }))
    .sort((a, b) => b.meanAbsolute - a.meanAbsolute || (a.column < b.column ? -1 : 1));
  const predicted = values.map((row) => row.reduce((sum, value) => sum + value, base));
  return { columns, base, values, predicted, summary, xLabel: 'Push on the prediction', unit: options.unit ?? '' };
}

function meanAbsolute(values: readonly (readonly number[])[], j: number): number {
  return values.reduce((sum, row) => sum + Math.abs(row[j]!), 0) / values.length;
}

function meanAnswer({ feature, at, cover }: Tree): number {
  let sum = 0;
  for (let k = 0; k < feature.length; k++) if (feature[k]! < 0) sum += cover[k]! * at[k]!;
  return sum / cover[0]!;
}

interface RowJob {
  readonly row: Float64Array;
  /** Where the values of this row's columns are added. */
  readonly out: Float64Array;
}

function explainRow(tree: Tree, path: Path, { row, out }: RowJob): void {
  const { feature, at, right, cover } = tree;

  const visit = (node: number, length: number, level: number): void => {
    const asked = feature[node]!;
    if (asked < 0) {
      path.settle(level, length, at[node]!, out);
      return;
    }
    const goesLeft = row[asked]! <= at[node]!;
    const hot = goesLeft ? node + 1 : right[node]!;
    const cold = goesLeft ? right[node]! : node + 1;
    // A column asked again replaces its earlier answer on the path.
    const place = path.find(level, length, asked);
    let zero = 1;
    let one = 1;
    let kept = length;
    if (place >= 0) {
      zero = path.zeroAt(level, place);
      one = path.oneAt(level, place);
      path.unwind(level, length, place);
      kept = length - 1;
    }
    const share = 1 / cover[node]!;
    path.extend(level, kept, { zero: zero * cover[hot]! * share, one, feature: asked });
    visit(hot, kept + 1, level + 1);
    path.extend(level, kept, { zero: zero * cover[cold]! * share, one: 0, feature: asked });
    visit(cold, kept + 1, level + 1);
  };

  path.start();
  visit(0, 1, 0);
}
