// Histogram gradient boosting (Friedman 2001; histograms as in LightGBM, Ke et al. 2017): each small tree corrects what
// those before it left over, of numbers by one of several losses, of classes by the log loss.

import { PipelineError } from '../core/errors.ts';
import type { ClassLabel, LabelVector, ProbabilityRow } from '../estimator/classifier.ts';
import type { Vector } from '../estimator/frames.ts';
import { trainingSet } from '../estimator/input.ts';
import {
  type ClassWeight,
  checkClassWeight,
  classTrainingSet,
  classWeighted,
  demandSeveralClasses,
} from '../estimator/labels.ts';
import type { FitOptions, Matrix, MatrixLike, ModelJson } from '../estimator/model.ts';
import { demandNumber, demandOneOf, refuse, resolveParams } from '../estimator/params.ts';
import { exp } from '../math/deterministic-math.ts';
import type { TransformInput } from '../preprocessing/transformer.ts';
import { boost } from './boosting/boost.ts';
import { BOOST_DEFAULTS, type BoostParams, checkBoostParams } from './boosting/boost-params.ts';
import { applyInput, learnInput } from './boosting/category-columns.ts';
import { BINARY_LOSS, classesLoss, type RegressionLoss, regressionLoss } from './boosting/losses.ts';
import { noImportances } from './tree/importances.ts';
import { TreeClassifierModel } from './tree/tree-classifier.ts';
import { TreeModel } from './tree/tree-model.ts';

export interface HistGradientBoostingParams extends BoostParams {
  /** What is made small: the squared or absolute error, the error at `quantile`, or for counts 'poisson'. */
  readonly loss: RegressionLoss;
  /** Of loss 'quantile': the share of rows that should lie below the answer, above 0 and below 1. */
  readonly quantile: number | null;
}

const DEFAULTS: HistGradientBoostingParams = { loss: 'squared_error', quantile: null, ...BOOST_DEFAULTS };

export class HistGradientBoostingRegressor extends TreeModel<HistGradientBoostingParams> {
  readonly kind = 'HistGradientBoostingRegressor';
  override readonly takesMissing = true;
  readonly params: HistGradientBoostingParams;

  /** Defaults as scikit-learn's. Throws PipelineError 'unknown-param' | 'bad-param'. */
  constructor(params: Partial<HistGradientBoostingParams> = {}) {
    super();
    this.params = resolveParams(this.kind, DEFAULTS, params);
    checkBoostParams(this.params);
    const { loss, quantile } = this.params;
    demandOneOf('loss', loss, ['squared_error', 'absolute_error', 'quantile', 'poisson']);
    if (loss !== 'quantile') return;
    demandNumber('quantile', quantile, 0);
    if (!(quantile! > 0 && quantile! < 1)) refuse('quantile', quantile, 'a share above 0 and below 1');
  }

  /** How many trees were grown; below `maxIter` where it stopped early. */
  get nIter(): number {
    return this.ensemble().trees.length;
  }

  /** Throws PipelineError 'no-importances': boosting keeps no impurities. */
  override get featureImportances(): never {
    return noImportances(this.kind);
  }

  /**
   * Takes missing values, and words as categories. Progress and stopping between trees.
   * Throws also PipelineError 'bad-target' for counts below 0 with loss 'poisson', 'too-many-categories'.
   */
  fit(given: TransformInput, y: Vector, options?: FitOptions): this {
    const { x, levels } = learnInput(given, this.params.categoricalFeatures, this.params.maxBins);
    const set = trainingSet(x, y, options, true);
    if (this.params.loss === 'poisson') demandCounts(set.y);
    const loss = regressionLoss(this.params.loss, this.params.quantile ?? 0.5);
    const [ensemble] = boost({ ...set, levels, loss, params: this.params, stratify: false, options });
    return this.settle(set.x, ensemble!, levels);
  }

  override predict(x: TransformInput, options?: FitOptions): Float64Array {
    return super.predict(x as MatrixLike, options);
  }

  override inputOf(x: TransformInput): Matrix {
    return applyInput(this.kind, x, this.columns);
  }

  protected override answerOf(sums: Float64Array): Float64Array {
    return this.params.loss === 'poisson' ? sums.map(exp) : sums;
  }

  static fromJSON(json: ModelJson): HistGradientBoostingRegressor {
    return new HistGradientBoostingRegressor(json.params).restore(json);
  }
}

export interface HistGradientBoostingClassifierParams extends BoostParams {
  readonly classWeight: ClassWeight;
}

const CLASS_DEFAULTS: HistGradientBoostingClassifierParams = { ...BOOST_DEFAULTS, classWeight: null };

/** Makes the log loss small: one tree a round for two classes, one a class for several. */
export class HistGradientBoostingClassifier extends TreeClassifierModel<HistGradientBoostingClassifierParams> {
  readonly kind = 'HistGradientBoostingClassifier';
  override readonly takesMissing = true;
  readonly params: HistGradientBoostingClassifierParams;
  protected readonly link = 'logit';

  constructor(params: Partial<HistGradientBoostingClassifierParams> = {}) {
    super();
    this.params = resolveParams(this.kind, CLASS_DEFAULTS, params);
    checkBoostParams(this.params);
    checkClassWeight(this.params.classWeight);
  }

  /** How many rounds there were; below `maxIter` where it stopped early. */
  get nIter(): number {
    return this.ensembleOf(this.classes[1]!).trees.length;
  }

  /** As the regressor's. Throws also PipelineError 'one-class'. */
  fit(given: TransformInput, y: LabelVector, options?: FitOptions): this {
    const { x, levels } = learnInput(given, this.params.categoricalFeatures, this.params.maxBins);
    const set = classTrainingSet(x, y, options, true);
    demandSeveralClasses(this.kind, set.classes);
    const loss = set.classes.length === 2 ? BINARY_LOSS : classesLoss(set.classes.length);
    const weight = classWeighted(set, this.params.classWeight);
    const target = Float64Array.from(set.codes);
    const ensembles = boost({ x, levels, y: target, weight, loss, params: this.params, stratify: true, options });
    return this.settle(x, set.classes, ensembles, levels);
  }

  override predict(x: TransformInput, options?: FitOptions): ClassLabel[] {
    return super.predict(x as MatrixLike, options);
  }

  override predictProba(x: TransformInput, options?: FitOptions): ProbabilityRow[] {
    return super.predictProba(x as MatrixLike, options);
  }

  override inputOf(x: TransformInput): Matrix {
    return applyInput(this.kind, x, this.known);
  }

  static fromJSON(json: ModelJson): HistGradientBoostingClassifier {
    return new HistGradientBoostingClassifier(json.params).restore(json);
  }
}

function demandCounts(y: Float64Array): void {
  const row = y.findIndex((value) => value < 0);
  if (row < 0 && y.some((value) => value > 0)) return;
  const what = row < 0 ? 'All targets are 0' : `The target of row ${row + 1} is ${y[row]}`;
  const message = `${what}: loss 'poisson' is for counts of at least 0, of which some are above 0.`;
  throw new PipelineError('bad-target', message, { row: row + 1 });
}
