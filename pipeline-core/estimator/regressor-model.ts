// The base of all regression models: parameters, and the score that scikit-learn's have.

import { Estimator } from './estimator.ts';
import type { Vector } from './frames.ts';
import { toTarget } from './input.ts';
import type { FitOptions, MatrixLike, ModelJson, Regressor } from './model.ts';
import { r2Of } from './scores.ts';
import { weightsOf } from './weights.ts';

export abstract class RegressorModel<P extends object> extends Estimator<P> implements Regressor {
  /** Whether a row may have values missing. */
  readonly takesMissing: boolean = false;

  abstract fit(x: MatrixLike, y: Vector, options?: FitOptions): this;
  abstract predict(x: MatrixLike, options?: FitOptions): Float64Array;
  abstract toJSON(): ModelJson;

  /** R2 of its predictions. Throws as `predict`. */
  score(x: MatrixLike, y: Vector, options?: Pick<FitOptions, 'sampleWeight'>): number {
    const predicted = this.predict(x);
    return r2Of(toTarget(y, predicted.length), predicted, weightsOf(options, predicted.length));
  }
}
