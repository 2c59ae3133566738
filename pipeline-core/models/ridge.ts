// Ridge regression (Hoerl & Kennard 1970): least squares with a price on large weights, and its version that chooses
// the price by leave-one-out cross-validation.

import type { Vector } from '../estimator/frames.ts';
import { trainingSet } from '../estimator/input.ts';
import type { FitOptions, MatrixLike, ModelJson } from '../estimator/model.ts';
import { demandBoolean, demandNumber, refuse, resolveParams } from '../estimator/params.ts';
import { trackProgress } from '../estimator/progress.ts';
import { refuseWeights } from '../estimator/weights.ts';
import { square } from '../math/deterministic-math.ts';
import { type Centred, centre, interceptOf, LinearModel } from './linear-model.ts';
import { factorPenalised, solvePenalised } from './normal-equations.ts';
import { gramMatrix } from './solve.ts';

export interface RidgeParams {
  /** Price of |w|^2, in squared target units; 0 is ordinary least squares. */
  readonly alpha: number;
  readonly fitIntercept: boolean;
}

const DEFAULTS: RidgeParams = { alpha: 1, fitIntercept: true };

/** Minimises |y - Xw - b|^2 + alpha |w|^2. */
export class Ridge extends LinearModel<RidgeParams> {
  readonly kind = 'Ridge';
  readonly params: RidgeParams;

  constructor(params: Partial<RidgeParams> = {}) {
    super();
    this.params = resolveParams(this.kind, DEFAULTS, params);
    demandNumber('alpha', this.params.alpha, 0);
    demandBoolean('fitIntercept', this.params.fitIntercept);
  }

  fit(x: MatrixLike, y: Vector, options?: FitOptions): this {
    const set = trainingSet(x, y, options);
    const centred = centre(set.x, set.y, this.params.fitIntercept, set.weight);
    const coef = solvePenalised(centred, this.params.alpha);
    return this.settle(set.x, { coef, intercept: interceptOf(coef, centred) });
  }

  static fromJSON(json: ModelJson): Ridge {
    return new Ridge(json.params).restore(json);
  }
}

export interface RidgeCVParams {
  /** Prices to try; the first of the best wins. */
  readonly alphas: readonly number[];
  readonly fitIntercept: boolean;
}

const CV_DEFAULTS: RidgeCVParams = { alphas: [0.1, 1, 10], fitIntercept: true };

/** Ridge with the alpha of the smallest mean squared leave-one-out error (exact, by the hat matrix). */
export class RidgeCV extends LinearModel<RidgeCVParams> {
  readonly kind = 'RidgeCV';
  readonly params: RidgeCVParams;

  constructor(params: Partial<RidgeCVParams> = {}) {
    super();
    this.params = resolveParams(this.kind, CV_DEFAULTS, params);
    const { alphas } = this.params;
    if (!Array.isArray(alphas) || alphas.length === 0) refuse('alphas', alphas, 'a list of numbers above 0');
    for (const alpha of alphas) if (!(alpha > 0 && alpha < Infinity)) refuse('alphas', alphas, 'numbers above 0');
    demandBoolean('fitIntercept', this.params.fitIntercept);
  }

  /** The alpha chosen by `fit`; null before it. */
  get alpha(): number | null {
    return this.state?.alpha ?? null;
  }

  fit(x: MatrixLike, y: Vector, options?: FitOptions): this {
    refuseWeights(this.kind, options, 'choose alpha by GridSearchCV or by hand and give the weights to Ridge');
    const set = trainingSet(x, y);
    const { cols, rows } = set.x;
    const centred = centre(set.x, set.y, this.params.fitIntercept);
    const gram = gramMatrix(centred.data, rows, cols);
    const progress = trackProgress(options, this.params.alphas.length);
    let best: { alpha: number; coef: Float64Array; error: number } | null = null;
    for (const [k, alpha] of this.params.alphas.entries()) {
      const { lower, coef } = factorPenalised(gram, centred, alpha);
      const meanLeverage = this.params.fitIntercept ? 1 / rows : 0;
      const error = leaveOneOutError(lower, centred, { coef, meanLeverage });
      // Where all answer alike (two rows, say) rounding shall not choose.
      if (best === null || error < best.error * (1 - 1e-10)) best = { alpha, coef, error };
      progress.at(k + 1);
    }
    const { alpha, coef } = best!;
    return this.settle(set.x, { coef, intercept: interceptOf(coef, centred), alpha });
  }

  static fromJSON(json: ModelJson): RidgeCV {
    return new RidgeCV(json.params).restore(json);
  }
}

interface Candidate {
  readonly coef: Float64Array;
  /** What the intercept adds to each row's leverage. */
  readonly meanLeverage: number;
}

// A row's error without itself is its residual / (1 - leverage): Golub, Heath & Wahba 1979.
function leaveOneOutError(lower: Float64Array, { data, y }: Centred, { coef, meanLeverage }: Candidate): number {
  const cols = coef.length;
  // By column, so that each step of the substitution is many sums that do not wait for each other.
  const upper = new Float64Array(cols * cols);
  for (let j = 0; j < cols; j++) for (let k = 0; k <= j; k++) upper[k * cols + j] = lower[j * cols + k]!;
  const z = new Float64Array(cols);
  let total = 0;
  for (let i = 0; i < y.length; i++) {
    let residual = y[i]!;
    for (let j = 0; j < cols; j++) {
      const value = data[i * cols + j]!;
      z[j] = value;
      residual -= value * coef[j]!;
    }
    let leverage = meanLeverage;
    for (let k = 0; k < cols; k++) {
      const value = z[k]! / upper[k * cols + k]!;
      leverage += value * value;
      for (let j = k + 1; j < cols; j++) z[j]! -= upper[k * cols + j]! * value;
    }
    total += square(residual / (1 - leverage));
  }
  return total / y.length;
}
