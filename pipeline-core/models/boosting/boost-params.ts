// Parameters that boosting of numbers and of classes share, in scikit-learn's words.

import { demandNumber, demandWhole, demandWholeOrNull, refuse } from '../../estimator/params.ts';
import { type CategoricalFeatures, checkCategoricalFeatures } from './category-columns.ts';

export interface BoostParams {
  /** Share of each tree's answer that is used, above 0. */
  readonly learningRate: number;
  /** Number of trees (of several classes: a class); at most, where it stops early. */
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
  /** Columns of categories, by name or by number from 0; 'from_dtype': those that hold words; null: none. */
  readonly categoricalFeatures: CategoricalFeatures;
  /** Stop once held-out rows gain nothing more; 'auto': above 10 000 rows. */
  readonly earlyStopping: boolean | 'auto';
  /** Share of the rows held out for that, or a number of rows; null: watch the training rows themselves. */
  readonly validationFraction: number | null;
  /** Trees in a row without a gain before it stops. */
  readonly nIterNoChange: number;
  /** What counts as a gain: the mean loss (of the squared error: half of it) falls by more than this. */
  readonly tol: number;
  /** Seed of the rows held out; without early stopping there is no chance in this model. */
  readonly randomState: number;
}

export const BOOST_DEFAULTS: BoostParams = {
  learningRate: 0.1,
  maxIter: 100,
  maxLeafNodes: 31,
  maxDepth: null,
  minSamplesLeaf: 20,
  l2Regularization: 0,
  maxBins: 255,
  categoricalFeatures: 'from_dtype',
  earlyStopping: 'auto',
  validationFraction: 0.1,
  nIterNoChange: 10,
  tol: 1e-7,
  randomState: 0,
};

/** Throws PipelineError 'bad-param'. */
export function checkBoostParams(params: BoostParams): void {
  const { learningRate, maxBins, earlyStopping, validationFraction } = params;
  demandNumber('learningRate', learningRate, 0);
  if (learningRate === 0) refuse('learningRate', learningRate, 'above 0');
  demandWhole('maxIter', params.maxIter, 1);
  demandWholeOrNull('maxLeafNodes', params.maxLeafNodes, 2);
  demandWholeOrNull('maxDepth', params.maxDepth, 1);
  demandWhole('minSamplesLeaf', params.minSamplesLeaf, 1);
  demandNumber('l2Regularization', params.l2Regularization, 0);
  demandWhole('maxBins', maxBins, 2);
  if (maxBins > 255) refuse('maxBins', maxBins, 'a whole number from 2 to 255');
  checkCategoricalFeatures(params.categoricalFeatures);
  if (earlyStopping !== 'auto' && typeof earlyStopping !== 'boolean') {
    refuse('earlyStopping', earlyStopping, "true, false or 'auto'");
  }
  if (validationFraction !== null) demandNumber('validationFraction', validationFraction, 0);
  if (validationFraction === 0) refuse('validationFraction', validationFraction, 'above 0, or null');
  demandWhole('nIterNoChange', params.nIterNoChange, 1);
  demandNumber('tol', params.tol, 0);
  demandWhole('randomState', params.randomState, 0);
}
