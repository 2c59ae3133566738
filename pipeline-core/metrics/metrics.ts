// Measures of a regression: how far predictions lie from what came true, in the unit of the target.
// Definitions and edge cases as in scikit-learn 1.2; where it answers NaN, this throws with a sentence.

import { PipelineError } from '../core/errors.ts';
import type { Vector } from '../estimator/frames.ts';
import type { FitOptions } from '../estimator/model.ts';
import { r2Of } from '../estimator/scores.ts';
import { weightsOf } from '../estimator/weights.ts';
import { square } from '../math/deterministic-math.ts';
import { weightedQuantile } from '../math/distribution.ts';
import { demandPairs } from './check-pairs.ts';

/** `sampleWeight`: how much each row counts. */
export type MeasureOptions = Pick<FitOptions, 'sampleWeight'>;

/** Root mean squared error, in the target's unit; lower is better. Throws PipelineError 'empty' | 'length-mismatch' | 'not-finite'. */
export function rmse(yTrue: Vector, yPred: Vector, options?: MeasureOptions): number {
  return Math.sqrt(meanSquaredError(yTrue, yPred, options));
}

/** Mean squared error, in the square of the target's unit. */
export function meanSquaredError(yTrue: Vector, yPred: Vector, options?: MeasureOptions): number {
  const { n, actual, predicted } = demandPairs(yTrue, yPred);
  return meanOf(n, weightsOf(options, n, 'meanSquaredError'), (i) => square(actual[i]! - predicted[i]!));
}

/** Mean absolute error, in the target's unit; lower is better. */
export function mae(yTrue: Vector, yPred: Vector, options?: MeasureOptions): number {
  const { n, actual, predicted } = demandPairs(yTrue, yPred);
  return meanOf(n, weightsOf(options, n, 'mae'), (i) => Math.abs(actual[i]! - predicted[i]!));
}

/** Median absolute error: half of the rows are closer than this. An even count takes the middle of the two middle ones. */
export function medianAbsoluteError(yTrue: Vector, yPred: Vector, options?: MeasureOptions): number {
  const { n, actual, predicted } = demandPairs(yTrue, yPred);
  const errors = new Float64Array(n);
  for (let i = 0; i < n; i++) errors[i] = Math.abs(actual[i]! - predicted[i]!);
  const weight = weightsOf(options, n, 'medianAbsoluteError');
  if (weight !== null) return weightedQuantile(errors, weight, 0.5);
  errors.sort();
  const middle = n >> 1;
  return n % 2 === 1 ? errors[middle]! : (errors[middle - 1]! + errors[middle]!) / 2;
}

/**
 * Coefficient of determination: 1 is perfect, 0 as good as the mean, below 0 worse than the mean.
 * A constant target gives 1 where every prediction is right and else 0. One row has no spread: PipelineError 'too-few-rows'.
 */
export function r2(yTrue: Vector, yPred: Vector, options?: MeasureOptions): number {
  const { n, actual, predicted } = demandPairs(yTrue, yPred);
  if (n < 2) throw new PipelineError('too-few-rows', 'R2 compares with the spread of the target: it needs two rows.');
  return r2Of(actual, predicted, weightsOf(options, n, 'r2'));
}

function meanOf(rows: number, weight: Float64Array | null, error: (row: number) => number): number {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < rows; i++) {
    const w = weight === null ? 1 : weight[i]!;
    sum += w * error(i);
    total += w;
  }
  return sum / total;
}
