// Histogram gradient boosting for squared error (Friedman 2001; histograms as in LightGBM, Ke et al. 2017): each small
// tree corrects what those before it left over.
// Deviations from scikit-learn: no early stopping (there it begins above 10 000 rows), no missing values.
// RUNS IN browser | server | child | isolate

import { binColumns } from './boosting/bins.ts';
import { createBoostGrower } from './boosting/grow.ts';
import { trainingSet } from './input.ts';
import type { FitOptions, MatrixLike, ModelJson } from './model.ts';
import { demandNumber, demandWhole, demandWholeOrNull, refuse, resolveParams } from './params.ts';
import { trackProgress } from './progress.ts';
import type { Tree } from './tree/tree.ts';
import { TreeModel } from './tree/tree-model.ts';

export interface HistGradientBoostingParams {
  /** Share of each tree's answer that is used, above 0. */
  readonly learningRate: number;
  /** Number of trees. */
  readonly maxIter: number;
  /** null: no limit. */
  readonly maxLeafNodes: number | null;
  /** null: no limit. */
  readonly maxDepth: number | null;
  readonly minSamplesLeaf: number;
  /** Added to the row count below each leaf's mean: pulls small leaves to 0. */
  readonly l2Regularization: number;
  /** 2..255 */
  readonly maxBins: number;
  /** Accepted so that all models read alike; there is no chance in this one. */
  readonly randomState: number;
}

const DEFAULTS: HistGradientBoostingParams = {
  learningRate: 0.1,
  maxIter: 100,
  maxLeafNodes: 31,
  maxDepth: null,
  minSamplesLeaf: 20,
  l2Regularization: 0,
  maxBins: 255,
  randomState: 0,
};

export class HistGradientBoostingRegressor extends TreeModel<HistGradientBoostingParams> {
  readonly kind = 'HistGradientBoostingRegressor';
  readonly params: HistGradientBoostingParams;

  /** Defaults as scikit-learn's. Throws PipelineError 'unknown-param' | 'bad-param'. */
  constructor(params: Partial<HistGradientBoostingParams> = {}) {
    super();
    this.params = resolveParams(this.kind, DEFAULTS, params);
    const { learningRate, maxBins } = this.params;
    demandNumber('learningRate', learningRate, 0);
    if (learningRate === 0) refuse('learningRate', learningRate, 'above 0');
    demandWhole('maxIter', this.params.maxIter, 1);
    demandWholeOrNull('maxLeafNodes', this.params.maxLeafNodes, 2);
    demandWholeOrNull('maxDepth', this.params.maxDepth, 1);
    demandWhole('minSamplesLeaf', this.params.minSamplesLeaf, 1);
    demandNumber('l2Regularization', this.params.l2Regularization, 0);
    demandWhole('maxBins', maxBins, 2);
    if (maxBins > 255) refuse('maxBins', maxBins, 'a whole number from 2 to 255');
  }

  /** Progress and stopping between trees. */
  fit(x: MatrixLike, y: ArrayLike<number>, options?: FitOptions): this {
    const set = trainingSet(x, y);
    const { learningRate, maxIter, maxBins } = this.params;
    const { rows } = set.x;
    const grower = createBoostGrower(binColumns(set.x, maxBins), this.params);
    const progress = trackProgress(options, maxIter);
    let base = 0;
    for (let i = 0; i < rows; i++) base += set.y[i]!;
    base /= rows;
    const prediction = new Float64Array(rows).fill(base);
    // Single precision halves what the histograms read and is what scikit-learn keeps, so both cut alike.
    const residual = new Float32Array(rows);
    const trees: Tree[] = [];
    for (let t = 0; t < maxIter; t++) {
      for (let i = 0; i < rows; i++) residual[i] = set.y[i]! - prediction[i]!;
      trees.push(grower.grow(residual, prediction, learningRate));
      progress.at(t + 1);
    }
    return this.settle(set.x, { trees, base, scale: learningRate });
  }

  static fromJSON(json: ModelJson): HistGradientBoostingRegressor {
    return new HistGradientBoostingRegressor(json.params).restore(json);
  }
}
