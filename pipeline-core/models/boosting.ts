// Histogram gradient boosting for squared error (Friedman 2001; histograms as in LightGBM, Ke et al. 2017): each small
// tree corrects what those before it left over.
// Deviation from scikit-learn: no missing values.

import type { Vector } from '../estimator/frames.ts';
import { type TrainingSet, takeRows, trainingSet } from '../estimator/input.ts';
import type { FitOptions, MatrixLike, ModelJson } from '../estimator/model.ts';
import { demandNumber, demandWhole, demandWholeOrNull, refuse, resolveParams } from '../estimator/params.ts';
import { trackProgress } from '../estimator/progress.ts';
import { trainTestSplit } from '../estimator/split.ts';
import { square } from '../math/deterministic-math.ts';
import { binColumns } from './boosting/bins.ts';
import { createBoostGrower } from './boosting/grow.ts';
import { ensembleAnswers, type Tree } from './tree/tree.ts';
import { TreeModel } from './tree/tree-model.ts';

export interface HistGradientBoostingParams {
  /** Share of each tree's answer that is used, above 0. */
  readonly learningRate: number;
  /** Number of trees; at most, where it stops early. */
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
  /** Stop once held-out rows gain nothing more; 'auto': above 10 000 rows. */
  readonly earlyStopping: boolean | 'auto';
  /** Share of the rows held out for that, or a number of rows; null: watch the training rows themselves. */
  readonly validationFraction: number | null;
  /** Trees in a row without a gain before it stops. */
  readonly nIterNoChange: number;
  /** What counts as a gain: half the mean squared error falls by more than this. */
  readonly tol: number;
  /** Seed of the rows held out; without early stopping there is no chance in this model. */
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
  earlyStopping: 'auto',
  validationFraction: 0.1,
  nIterNoChange: 10,
  tol: 1e-7,
  randomState: 0,
};

/** Rows above which 'auto' stops early. */
const MANY_ROWS = 10_000;

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
    const { earlyStopping, validationFraction } = this.params;
    if (earlyStopping !== 'auto' && typeof earlyStopping !== 'boolean') {
      refuse('earlyStopping', earlyStopping, "true, false or 'auto'");
    }
    if (validationFraction !== null) demandNumber('validationFraction', validationFraction, 0);
    if (validationFraction === 0) refuse('validationFraction', validationFraction, 'above 0, or null');
    demandWhole('nIterNoChange', this.params.nIterNoChange, 1);
    demandNumber('tol', this.params.tol, 0);
    demandWhole('randomState', this.params.randomState, 0);
  }

  /** How many trees were grown; below `maxIter` where it stopped early. */
  get nIter(): number {
    return this.ensemble().trees.length;
  }

  /** Progress and stopping between trees. */
  fit(x: MatrixLike, y: Vector, options?: FitOptions): this {
    const set = trainingSet(x, y);
    const { learningRate, maxIter } = this.params;
    const early = this.stopsEarly(set.x.rows);
    const { train, held } = early ? this.parted(set) : { train: set, held: null };
    const booster = createBooster(train, this.params);
    held?.prediction.fill(booster.base);
    const watch = early ? createWatch(this.params, held ?? { y: train.y, prediction: booster.prediction }) : null;
    watch?.look();
    const progress = trackProgress(options, maxIter);
    const trees: Tree[] = [];
    while (trees.length < maxIter) {
      const tree = booster.grow();
      trees.push(tree);
      if (held !== null) {
        addAnswers(held.prediction, ensembleAnswers({ trees: [tree], base: 0, scale: learningRate }, held.x));
      }
      if (watch?.look() === true) break;
      progress.at(trees.length);
    }
    if (trees.length < maxIter) progress.at(maxIter);
    return this.settle(set.x, { trees, base: booster.base, scale: learningRate });
  }

  private stopsEarly(rows: number): boolean {
    const { earlyStopping } = this.params;
    return earlyStopping === 'auto' ? rows > MANY_ROWS : earlyStopping;
  }

  private parted({ x, y }: TrainingSet): { train: TrainingSet; held: HeldOut | null } {
    const { validationFraction, randomState } = this.params;
    if (validationFraction === null) return { train: { x, y }, held: null };
    const { train, test } = trainTestSplit(x.rows, { testSize: validationFraction, randomState });
    const part = (rows: Int32Array): TrainingSet => ({
      x: takeRows(x, rows),
      y: Float64Array.from(rows, (i) => y[i]!),
    });
    return { train: part(train), held: { ...part(test), prediction: new Float64Array(test.length) } };
  }

  static fromJSON(json: ModelJson): HistGradientBoostingRegressor {
    return new HistGradientBoostingRegressor(json.params).restore(json);
  }
}

interface Watched {
  readonly y: Float64Array;
  readonly prediction: Float64Array;
}

type HeldOut = TrainingSet & Watched;

interface Booster {
  /** The mean, where all begins. */
  readonly base: number;
  /** Of the training rows so far; `grow` adds to it. */
  readonly prediction: Float64Array;
  grow(): Tree;
}

function createBooster({ x, y }: TrainingSet, params: HistGradientBoostingParams): Booster {
  const { rows } = x;
  const grower = createBoostGrower(binColumns(x, params.maxBins), params);
  let base = 0;
  for (let i = 0; i < rows; i++) base += y[i]!;
  base /= rows;
  const prediction = new Float64Array(rows).fill(base);
  // Single precision halves what the histograms read and is what scikit-learn keeps, so both cut alike.
  const residual = new Float32Array(rows);
  return {
    base,
    prediction,
    grow() {
      for (let i = 0; i < rows; i++) residual[i] = y[i]! - prediction[i]!;
      return grower.grow(residual, prediction, params.learningRate);
    },
  };
}

// Looks at the loss after each tree; true once none of the last `nIterNoChange` is better than the one before them.
function createWatch(
  { nIterNoChange, tol }: HistGradientBoostingParams,
  { y, prediction }: Watched,
): { look(): boolean } {
  const losses: number[] = [];
  return {
    look() {
      let sum = 0;
      for (let i = 0; i < y.length; i++) sum += square(y[i]! - prediction[i]!);
      losses.push(sum / (2 * y.length));
      if (losses.length <= nIterNoChange) return false;
      const [reference, ...recent] = losses.slice(-nIterNoChange - 1);
      return recent.every((loss) => loss >= reference! - tol);
    },
  };
}

function addAnswers(prediction: Float64Array, answers: Float64Array): void {
  for (let i = 0; i < prediction.length; i++) prediction[i]! += answers[i]!;
}
