// Measures by scikit-learn's names for them: higher is better, so that errors come with a minus.

import { nearNames, PipelineError } from '../core/errors.ts';
import { type Classifier, isClassifier, type LabelVector } from '../estimator/classifier.ts';
import type { Vector } from '../estimator/frames.ts';
import type { MatrixLike } from '../estimator/model.ts';
import { balancedAccuracy, f1, logLoss, rocAuc } from '../metrics/classification.ts';
import { mae, meanSquaredError, rmse } from '../metrics/metrics.ts';

/** What is scored: a model or Pipeline that was fitted. */
export interface Scored<X> {
  predict(x: X): unknown;
  score(x: X, y: never): number;
}

export type Scorer<X> = (model: Scored<X>, x: X, y: Vector | LabelVector) => number;

const NUMBERS: Readonly<Record<string, (actual: Vector, predicted: Vector) => number>> = {
  neg_root_mean_squared_error: (actual, predicted) => -rmse(actual, predicted),
  neg_mean_squared_error: (actual, predicted) => -meanSquaredError(actual, predicted),
  neg_mean_absolute_error: (actual, predicted) => -mae(actual, predicted),
};

const CLASSES: Readonly<Record<string, (actual: LabelVector, model: Classifier, x: MatrixLike) => number>> = {
  neg_log_loss: (actual, model, x) => -logLoss(actual, model.probabilities(x)),
  roc_auc: (actual, model, x) => rocAuc(actual, model.probabilities(x)),
  balanced_accuracy: (actual, model, x) => balancedAccuracy(actual, model.predict(x)),
  f1_macro: (actual, model, x) => f1(actual, model.predict(x), { average: 'macro' }),
  f1_weighted: (actual, model, x) => f1(actual, model.predict(x), { average: 'weighted' }),
};

/** null, 'r2' and 'accuracy' are the model's own score. */
export type Scoring<X> = string | Scorer<X> | null;

/** Throws PipelineError 'bad-param' for a name that is not there or that the model has no answers for. */
export function scorerOf<X>(scoring: Scoring<X>, model: object): Scorer<X> {
  if (typeof scoring === 'function') return scoring;
  const classes = isClassifier(model);
  const own = classes ? 'accuracy' : 'r2';
  if (scoring === null || scoring === own) return (scored, x, y) => scored.score(x, y as never);
  const names = [own, ...Object.keys(classes ? CLASSES : NUMBERS)];
  if (!names.includes(scoring)) {
    const near = nearNames(scoring, names);
    const hint = near.length > 0 ? `Did you mean ${near[0]}?` : `It may be ${names.join(', ')}, or a function.`;
    const message = `scoring '${scoring}' is none for ${classes ? 'classes' : 'numbers'}. ${hint}`;
    throw new PipelineError('bad-param', message, { param: 'scoring' });
  }
  if (!classes) return (scored, x, y) => NUMBERS[scoring]!(y as Vector, scored.predict(x) as Float64Array);
  return (scored, x, y) => CLASSES[scoring]!(y as LabelVector, scored as unknown as Classifier, x as MatrixLike);
}
