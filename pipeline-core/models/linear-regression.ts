// Ordinary least squares. Where columns depend on each other (all levels of a one-hot column) the shortest weights are
// taken, as scikit-learn does.

import type { Vector } from '../estimator/frames.ts';
import { trainingSet } from '../estimator/input.ts';
import type { FitOptions, MatrixLike, ModelJson } from '../estimator/model.ts';
import { demandBoolean, resolveParams } from '../estimator/params.ts';
import { centre, interceptOf, LinearModel } from './linear-model.ts';
import { solvePenalised } from './normal-equations.ts';

export interface LinearRegressionParams {
  readonly fitIntercept: boolean;
}

const DEFAULTS: LinearRegressionParams = { fitIntercept: true };

/** Minimises |y - Xw - b|^2. */
export class LinearRegression extends LinearModel<LinearRegressionParams> {
  readonly kind = 'LinearRegression';
  readonly params: LinearRegressionParams;

  constructor(params: Partial<LinearRegressionParams> = {}) {
    super();
    this.params = resolveParams(this.kind, DEFAULTS, params);
    demandBoolean('fitIntercept', this.params.fitIntercept);
  }

  fit(x: MatrixLike, y: Vector, options?: FitOptions): this {
    const set = trainingSet(x, y, options);
    const centred = centre(set.x, set.y, this.params.fitIntercept, set.weight);
    const coef = solvePenalised(centred, 0);
    return this.settle(set.x, { coef, intercept: interceptOf(coef, centred) });
  }

  static fromJSON(json: ModelJson): LinearRegression {
    return new LinearRegression(json.params).restore(json);
  }
}
