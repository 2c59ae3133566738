// Elastic net (Zou & Hastie 2005): a price on large weights and on many weights, so that useless columns get exactly 0;
// and its version that finds the price by cross-validation.

import type { Vector } from '../estimator/frames.ts';
import { type TrainingSet, takeRows, trainingSet } from '../estimator/input.ts';
import type { FitOptions, MatrixLike, ModelJson } from '../estimator/model.ts';
import { demandBoolean, demandNumber, demandWhole, refuse, resolveParams } from '../estimator/params.ts';
import { trackProgress } from '../estimator/progress.ts';
import { kFold } from '../estimator/split.ts';
import { refuseWeights } from '../estimator/weights.ts';
import { power } from '../math/deterministic-math.ts';
import { descend, type Quadratic, quadraticOf } from './coordinate-descent.ts';
import { centre, interceptOf, LinearModel } from './linear-model.ts';

interface DescentParams {
  readonly fitIntercept: boolean;
  readonly maxIter: number;
  readonly tol: number;
}

export interface ElasticNetParams extends DescentParams {
  /** Price, above 0. */
  readonly alpha: number;
  /** Share of it on |w|_1, 0..1; the rest is on |w|^2 / 2. */
  readonly l1Ratio: number;
}

const DEFAULTS: ElasticNetParams = { alpha: 1, l1Ratio: 0.5, fitIntercept: true, maxIter: 1000, tol: 1e-4 };

/** Minimises |y - Xw - b|^2 / (2 rows) + alpha (l1Ratio |w|_1 + (1 - l1Ratio) |w|^2 / 2). */
export class ElasticNet extends LinearModel<ElasticNetParams> {
  readonly kind = 'ElasticNet';
  readonly params: ElasticNetParams;

  constructor(params: Partial<ElasticNetParams> = {}) {
    super();
    this.params = resolveParams(this.kind, DEFAULTS, params);
    demandNumber('alpha', this.params.alpha, 0);
    demandShare(this.params.l1Ratio);
    checkDescent(this.params);
  }

  fit(x: MatrixLike, y: Vector, options?: FitOptions): this {
    const set = trainingSet(x, y, options);
    const centred = centre(set.x, set.y, this.params.fitIntercept, shared(set.weight));
    const coef = new Float64Array(set.x.cols);
    const converged = descend(quadraticOf(centred), this.params, coef, this.params);
    return this.settle(set.x, { coef, intercept: interceptOf(coef, centred), converged });
  }

  static fromJSON(json: ModelJson): ElasticNet {
    return new ElasticNet(json.params).restore(json);
  }
}

export interface ElasticNetCVParams extends DescentParams {
  /** One share above 0 up to 1, or several to choose among. */
  readonly l1Ratio: number | readonly number[];
  /** How many prices to try, from the one that leaves no column down to its `eps`-th part. */
  readonly nAlphas: number;
  readonly eps: number;
  /** Folds, of neighbouring rows as in scikit-learn. */
  readonly cv: number;
}

const CV_DEFAULTS: ElasticNetCVParams = {
  l1Ratio: 0.5,
  nAlphas: 100,
  eps: 1e-3,
  cv: 5,
  fitIntercept: true,
  maxIter: 1000,
  tol: 1e-4,
};

/** Elastic net with the price (and share) of the smallest mean squared error over the folds. */
export class ElasticNetCV extends LinearModel<ElasticNetCVParams> {
  readonly kind = 'ElasticNetCV';
  readonly params: ElasticNetCVParams;

  constructor(params: Partial<ElasticNetCVParams> = {}) {
    super();
    this.params = resolveParams(this.kind, CV_DEFAULTS, params);
    const { l1Ratio, eps } = this.params;
    for (const share of sharesOf(l1Ratio)) {
      demandShare(share);
      if (share === 0) refuse('l1Ratio', l1Ratio, 'above 0 (use RidgeCV for 0)');
    }
    demandWhole('nAlphas', this.params.nAlphas, 2);
    demandWhole('cv', this.params.cv, 2);
    if (!(eps > 0 && eps < 1)) refuse('eps', eps, 'between 0 and 1');
    checkDescent(this.params);
  }

  /** The price chosen by `fit`; null before it. */
  get alpha(): number | null {
    return this.state?.alpha ?? null;
  }

  /** The share chosen by `fit`; null before it. */
  get l1Ratio(): number | null {
    return this.state?.l1Ratio ?? null;
  }

  /** Progress and stopping between folds. */
  fit(x: MatrixLike, y: Vector, options?: FitOptions): this {
    refuseWeights(this.kind, options, 'choose alpha by GridSearchCV or by hand and give the weights to ElasticNet');
    const set = trainingSet(x, y);
    const shares = sharesOf(this.params.l1Ratio);
    const centred = centre(set.x, set.y, this.params.fitIntercept);
    const whole = quadraticOf(centred);
    const progress = trackProgress(options, shares.length * this.params.cv);
    let best: { alpha: number; l1Ratio: number; error: number } | null = null;
    for (const [s, l1Ratio] of shares.entries()) {
      const alphas = this.prices(whole, l1Ratio);
      const errors = this.pathErrors(set, { alphas, l1Ratio }, (fold) => progress.at(s * this.params.cv + fold));
      for (const [k, alpha] of alphas.entries()) {
        if (best === null || errors[k]! < best.error) best = { alpha, l1Ratio, error: errors[k]! };
      }
    }
    const { alpha, l1Ratio } = best!;
    const coef = new Float64Array(set.x.cols);
    const converged = descend(whole, { alpha, l1Ratio }, coef, this.params);
    return this.settle(set.x, { coef, intercept: interceptOf(coef, centred), alpha, l1Ratio, converged });
  }

  static fromJSON(json: ModelJson): ElasticNetCV {
    return new ElasticNetCV(json.params).restore(json);
  }

  private prices({ cross, rows }: Quadratic, l1Ratio: number): number[] {
    let top = 0;
    for (const value of cross) top = Math.max(top, Math.abs(value));
    top /= rows * l1Ratio;
    // No column has anything to say: any price gives the mean.
    if (top <= Number.EPSILON) top = Number.EPSILON;
    const { nAlphas, eps } = this.params;
    return Array.from({ length: nAlphas }, (_, k) => top * power(eps, k / (nAlphas - 1)));
  }

  // Mean over folds of the mean squared error at each price; each solution starts from that of the price before.
  private pathErrors(set: TrainingSet, path: Path, onFold: (done: number) => void): Float64Array {
    const { alphas, l1Ratio } = path;
    const folds = kFold(set.x.rows, { nSplits: this.params.cv });
    const errors = new Float64Array(alphas.length);
    for (const [f, { train, test }] of folds.entries()) {
      const y = Float64Array.from(train, (i) => set.y[i]!);
      const centred = centre(takeRows(set.x, train), y, this.params.fitIntercept);
      const problem = quadraticOf(centred);
      const coef = new Float64Array(set.x.cols);
      for (const [k, alpha] of alphas.entries()) {
        descend(problem, { alpha, l1Ratio }, coef, this.params);
        const intercept = interceptOf(coef, centred);
        let sum = 0;
        for (const i of test) {
          let residual = set.y[i]! - intercept;
          for (let j = 0; j < coef.length; j++) residual -= set.x.data[i * coef.length + j]! * coef[j]!;
          sum += residual * residual;
        }
        errors[k]! += sum / test.length / folds.length;
      }
      onFold(f + 1);
    }
    return errors;
  }
}

interface Path {
  readonly alphas: readonly number[];
  readonly l1Ratio: number;
}

function sharesOf(l1Ratio: number | readonly number[]): readonly number[] {
  return typeof l1Ratio === 'number' ? [l1Ratio] : l1Ratio;
}

function demandShare(l1Ratio: number): void {
  demandNumber('l1Ratio', l1Ratio, 0);
  if (l1Ratio > 1) refuse('l1Ratio', l1Ratio, 'from 0 to 1');
}

function checkDescent(params: DescentParams): void {
  demandBoolean('fitIntercept', params.fitIntercept);
  demandWhole('maxIter', params.maxIter, 1);
  demandNumber('tol', params.tol, 0);
}

// The loss is a mean over the rows: weights count by their share.
function shared(weight: Float64Array | null): Float64Array | null {
  if (weight === null) return null;
  const mean = weight.reduce((sum, own) => sum + own, 0) / weight.length;
  return weight.map((own) => own / mean);
}
