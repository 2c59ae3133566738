// The measures that tasks are scored by, over answers as runs keep them: the score of all rows, of any draw of them, and
// what each row adds where the score is a mean over rows.
// Invariant: of all rows the same numbers as the measures of metrics.ts and classification.ts; where a measure has no
// value (one class only, no probabilities) it is NaN, never a guess.
import type { Answers, ClassificationMeasure, RegressionMeasure, ScoreMeasure } from '../core/task.ts';
import { r2Of } from '../estimator/scores.ts';
import { log, square } from '../math/deterministic-math.ts';

/** Answers beside what came true; of a classification, `actual` is the index of the class. */
export interface ScoredAnswers extends Answers {
  readonly actual: readonly number[];
}

export const REGRESSION_MEASURES = [
  'rmse',
  'mae',
  'medianAbsoluteError',
  'r2',
] as const satisfies readonly RegressionMeasure[];
export const CLASSIFICATION_MEASURES = [
  'logLoss',
  'brier',
  'accuracy',
  'balancedAccuracy',
  'f1',
  'rocAuc',
] as const satisfies readonly ClassificationMeasure[];

/** Whether a larger score is the better one. */
export function directionOf(measure: ScoreMeasure): 'lower' | 'higher' {
  switch (measure) {
    case 'rmse':
    case 'mae':
    case 'medianAbsoluteError':
    case 'logLoss':
    case 'brier':
      return 'lower';
    default:
      return 'higher';
  }
}

export interface RowMeans {
  /** What each row adds: its loss, or for `accuracy` whether it is right. */
  readonly values: Float64Array;
  /** The score from the mean of the values. */
  readonly finish: (mean: number) => number;
}

const asIs = (mean: number): number => mean;

/** null where the score is no mean over rows. */
export function rowMeans(measure: ScoreMeasure, { actual, predicted, probabilities }: ScoredAnswers): RowMeans | null {
  const each = (value: (i: number) => number) => Float64Array.from(actual, (_, i) => value(i));
  switch (measure) {
    case 'rmse':
      return { values: each((i) => square(predicted[i]! - actual[i]!)), finish: Math.sqrt };
    case 'mae':
      return { values: each((i) => Math.abs(predicted[i]! - actual[i]!)), finish: asIs };
    case 'logLoss':
      return { values: each((i) => classLoss(probabilities?.[i], actual[i]!)), finish: asIs };
    case 'brier':
      return { values: each((i) => brierOf(probabilities?.[i], actual[i]!)), finish: asIs };
    case 'accuracy':
      return { values: each((i) => (predicted[i] === actual[i] ? 1 : 0)), finish: asIs };
    case 'medianAbsoluteError':
    case 'r2':
    case 'balancedAccuracy':
    case 'f1':
    case 'rocAuc':
      return null;
  }
}

/** -log of the probability given to what came true, kept off 0 and 1 as scikit-learn does. */
export function classLoss(shares: readonly number[] | undefined, actual: number): number {
  if (shares === undefined) return Number.NaN;
  const clipped = (share: number): number => Math.min(Math.max(share, Number.EPSILON), 1 - Number.EPSILON);
  const total = shares.reduce((sum, share) => sum + clipped(share), 0);
  return -log(clipped(shares[actual] ?? Number.NaN) / total);
}

/** Of two classes the squared error of the second's probability, of several summed over the classes (Brier 1950). */
function brierOf(shares: readonly number[] | undefined, actual: number): number {
  if (shares === undefined) return Number.NaN;
  const sum = shares.reduce((all, share, k) => all + square(share - (actual === k ? 1 : 0)), 0);
  return shares.length === 2 ? sum / 2 : sum;
}

/** The score of all rows; NaN where it has none. */
export function taskScore(measure: ScoreMeasure, answers: ScoredAnswers): number {
  const n = answers.actual.length;
  if (n === 0) return Number.NaN;
  const means = rowMeans(measure, answers);
  if (means !== null) return means.finish(means.values.reduce((sum, value) => sum + value, 0) / n);
  return weightedScore(measure, answers)(new Float64Array(n).fill(1));
}

/** The score in which each row counts as often as its weight says: worked out once for many draws of the same rows. */
export function weightedScore(measure: ScoreMeasure, answers: ScoredAnswers): (weight: Float64Array) => number {
  const { actual, predicted } = answers;
  switch (measure) {
    case 'medianAbsoluteError':
      return weightedMedian(actual.map((value, i) => Math.abs(predicted[i]! - value)));
    case 'r2':
      return (weight) => (actual.length < 2 ? Number.NaN : r2Of(actual, predicted, weight));
    case 'balancedAccuracy':
    case 'f1':
      return fromCounts(measure, answers);
    case 'rocAuc':
      return areaUnderCurve(answers);
    default: {
      const { values, finish } = rowMeans(measure, answers)!;
      return (weight) => {
        let [sum, total] = [0, 0];
        for (let i = 0; i < values.length; i++) {
          sum += weight[i]! * values[i]!;
          total += weight[i]!;
        }
        return finish(sum / total);
      };
    }
  }
}

/** Weights are whole numbers. Of an even number the middle of the two middle ones. */
function weightedMedian(errors: readonly number[]): (weight: Float64Array) => number {
  const order = [...errors.keys()].sort((a, b) => errors[a]! - errors[b]!);
  return (weight) => {
    const total = weight.reduce((sum, own) => sum + own, 0);
    const [first, second] = [Math.floor((total - 1) / 2), Math.ceil((total - 1) / 2)];
    let passed = 0;
    let low = Number.NaN;
    for (const i of order) {
      passed += weight[i]!;
      if (Number.isNaN(low) && passed > first) low = errors[i]!;
      if (passed > second) return (low + errors[i]!) / 2;
    }
    return Number.NaN;
  };
}

/** From how many rows of each class were taken for which. Of two classes f1 is that of the second. */
function fromCounts(
  measure: 'balancedAccuracy' | 'f1',
  { actual, predicted, probabilities }: ScoredAnswers,
): (weight: Float64Array) => number {
  const k = classCount({ actual, predicted, probabilities: probabilities ?? [] });
  return (weight) => {
    const [right, taken, of] = [new Float64Array(k), new Float64Array(k), new Float64Array(k)];
    for (let i = 0; i < actual.length; i++) {
      const [own, said] = [actual[i]!, predicted[i]!];
      of[own]! += weight[i]!;
      taken[said]! += weight[i]!;
      if (own === said) right[own]! += weight[i]!;
    }
    const f1Of = (at: number): number => (of[at]! + taken[at]! === 0 ? 0 : (2 * right[at]!) / (of[at]! + taken[at]!));
    if (measure === 'f1' && k === 2) return f1Of(1);
    const present = [...of.keys()].filter((at) => of[at]! > 0 || (measure === 'f1' && taken[at]! > 0));
    const figureOf = measure === 'f1' ? f1Of : (at: number): number => right[at]! / of[at]!;
    return present.reduce((sum, at) => sum + figureOf(at), 0) / present.length;
  };
}

function classCount({ actual, predicted, probabilities = [] }: ScoredAnswers): number {
  const shares = probabilities[0]?.length;
  return shares ?? actual.reduce((most, own, i) => Math.max(most, own + 1, predicted[i]! + 1), 2);
}

/**
 * The chance that a row of a class is given more of it than a row of another; ties count half. Of two classes that of the
 * second, of several the mean over the classes that are there. NaN where all rows are of one class.
 */
function areaUnderCurve({ actual, probabilities }: ScoredAnswers): (weight: Float64Array) => number {
  if (probabilities === undefined) return () => Number.NaN;
  const classes = probabilities[0]?.length ?? 0;
  const judged = classes === 2 ? [1] : Array.from({ length: classes }, (_, k) => k);
  const areas = judged.map((k) => {
    const order = [...actual.keys()].sort((a, b) => probabilities[a]![k]! - probabilities[b]![k]!);
    return (weight: Float64Array): number => {
      let [pairs, below, positives] = [0, 0, 0];
      for (let start = 0; start < order.length; ) {
        const share = probabilities[order[start]!]![k]!;
        let [tied, others] = [0, 0];
        for (; start < order.length && probabilities[order[start]!]![k] === share; start++) {
          const row = order[start]!;
          if (actual[row] === k) tied += weight[row]!;
          else others += weight[row]!;
        }
        pairs += tied * (below + others / 2);
        below += others;
        positives += tied;
      }
      return pairs / (positives * below);
    };
  });
  return (weight) => {
    const values = areas.map((area) => area(weight)).filter(Number.isFinite);
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  };
}
