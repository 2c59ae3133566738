// Actual values and predictions side by side: checked once, the same way, by every measure.

import { PipelineError } from '../core/errors.ts';
import { type Vector, vectorOf } from '../estimator/frames.ts';

export interface Pairs {
  readonly n: number;
  readonly actual: ArrayLike<number>;
  readonly predicted: ArrayLike<number>;
}

/** The pairs, each side a list or a danfojs Series. Throws PipelineError 'length-mismatch', 'empty' or 'not-finite'. */
export function demandPairs(actualGiven: Vector, predictedGiven: Vector): Pairs {
  const yTrue = vectorOf(actualGiven);
  const yPred = vectorOf(predictedGiven);
  const n = yTrue?.length;
  if (typeof n !== 'number' || typeof yPred?.length !== 'number') {
    const missing = typeof n !== 'number' ? 'actual values' : 'predictions';
    throw new PipelineError('not-a-list', `The ${missing} must be a list of numbers, one a row, but there is none.`);
  }
  if (n !== yPred.length) {
    const message = `There are ${n} actual values but ${yPred.length} predictions: they must be as many.`;
    throw new PipelineError('length-mismatch', message, { actual: n, predicted: yPred.length });
  }
  if (n === 0) throw new PipelineError('empty', 'There is nothing to measure: both lists are empty.');
  for (let i = 0; i < n; i++) {
    if (!Number.isFinite(yTrue[i]) || !Number.isFinite(yPred[i])) {
      const message = `Row ${i + 1} has actual ${written(yTrue[i])} and predicted ${written(yPred[i])}: both must be finite numbers.`;
      throw new PipelineError('not-finite', message, { row: i + 1 });
    }
  }
  return { n, actual: yTrue, predicted: yPred };
}

/** The text '1' does not look like the number 1, nor a list of one like what is in it. */
const written = (value: unknown): string =>
  typeof value === 'string' || Array.isArray(value) ? JSON.stringify(value).slice(0, 60) : String(value);
