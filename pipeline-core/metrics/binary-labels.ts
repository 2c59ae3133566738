// Truth and prediction as 0 and 1: labels as scikit-learn takes them, or numbers such as grades with the least that passes.
// Invariant: what is neither is refused with the row; a probability or a third class is never rounded away.
import { PipelineError } from '../core/errors.ts';
import { type SeriesLike, type Vector, vectorOf } from '../estimator/frames.ts';
import { demandPairs } from './check-pairs.ts';

export type Labels = ArrayLike<number> | ArrayLike<boolean> | SeriesLike;

/** What to do where rows do not count alike. */
export const INSTEAD_OF_WEIGHTS =
  'rows count alike here; rmse, mae and r2 take weights, and so do fit and score of a model';

export interface PassOptions {
  /** The values are numbers such as grades, and this is the least that passes. Without it they must be 0 and 1. */
  readonly pass?: number;
}

/** Truth as 0 and 1 beside scores. Throws as rocAuc. */
export function labelsWithScores(yTrue: Labels, scored: Vector, { pass }: PassOptions) {
  const { predicted: score } = demandPairs(numbersOf(yTrue), scored);
  return { actual: labelsOf(numbersOf(yTrue), pass, 'actual'), score };
}

interface LabelPairs {
  readonly actual: Uint8Array;
  readonly predicted: Uint8Array;
}

export function labelPairs(yTrue: Labels, yPred: Labels, pass: number | undefined): LabelPairs {
  const actual = numbersOf(yTrue);
  const predicted = numbersOf(yPred);
  demandPairs(actual, predicted);
  return { actual: labelsOf(actual, pass, 'actual'), predicted: labelsOf(predicted, pass, 'predicted') };
}

export function labelsOf(values: Float64Array, pass: number | undefined, side: 'actual' | 'predicted'): Uint8Array {
  if (pass !== undefined) {
    if (!Number.isFinite(pass)) {
      throw new PipelineError('bad-param', `pass must be a finite number, but it is ${pass}.`, { param: 'pass' });
    }
    if (pass > 1 && isMixed(values)) {
      const message = `The ${side} values are 0 and 1 already: leave out pass (${pass}), or give the numbers it applies to.`;
      throw new PipelineError('not-labels', message, { side });
    }
    return Uint8Array.from(values, (value) => (value >= pass ? 1 : 0));
  }
  const row = values.findIndex((value) => value !== 0 && value !== 1);
  if (row === -1) return Uint8Array.from(values);
  const value = values[row]!;
  const remedy =
    value > 0 && value < 1
      ? 'For probabilities choose a threshold first: p.map((one) => (one >= 0.5 ? 1 : 0)).'
      : 'For numbers such as grades say which value passes: { pass: 10 }. Several classes are given by name: labels.map(String).';
  const message = `Row ${row + 1} of the ${side} values is ${value}: labels must be 0 or 1, or false or true. ${remedy}`;
  throw new PipelineError('not-labels', message, { side, row: row + 1 });
}

/** Both labels and nothing else. */
function isMixed(values: Float64Array): boolean {
  return values.includes(0) && values.includes(1) && values.every((value) => value === 0 || value === 1);
}

export function truthWithProbability(yTrue: Labels, given: Vector, { pass }: PassOptions) {
  const { n, predicted: probability } = demandPairs(numbersOf(yTrue), given);
  for (let i = 0; i < n; i++) {
    const p = probability[i]!;
    if (p < 0 || p > 1) {
      const message = `Row ${i + 1} has the probability ${p}: it must lie between 0 and 1. For predicted grades use passProbability first.`;
      throw new PipelineError('not-a-probability', message, { row: i + 1 });
    }
  }
  return { actual: labelsOf(numbersOf(yTrue), pass, 'actual'), probability };
}

export function numbersOf(values: Labels): Float64Array {
  const list = vectorOf((values ?? []) as Vector) as ArrayLike<number | boolean | null>;
  // null is missing, not 0.
  return Float64Array.from(list, (value) => (value === null ? Number.NaN : Number(value)));
}
