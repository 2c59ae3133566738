// Pass / fail as a predicted grade tells it: the probability that the true grade reaches the pass mark, and all measures
// of it in one report.

import { PipelineError } from '../core/errors.ts';
import { type Vector, vectorOf } from '../estimator/frames.ts';
import { exp } from '../math/deterministic-math.ts';
import { type CalibrationCurve, calibrationCurve } from './calibration.ts';
import {
  accuracy,
  balancedAccuracy,
  brier,
  type ConfusionMatrix,
  confusionMatrix,
  f1,
  logLoss,
  precision,
  recall,
  rocAuc,
} from './classification.ts';
import { rmse } from './metrics.ts';

export interface PassProbabilityOptions {
  /** The least grade that passes; default 10. */
  readonly pass?: number;
  /** Standard deviation of the prediction error in grade points, above 0: the RMSE of out-of-fold predictions. */
  readonly spread: number;
}

/** P(grade >= pass) for each predicted grade, taking errors as normal with the given spread. */
export function passProbability(predicted: Vector, options: PassProbabilityOptions): Float64Array {
  const { pass = 10, spread } = options;
  if (!(spread > 0 && spread < Infinity)) {
    throw new PipelineError('bad-param', `spread must be a number above 0, but it is ${spread}.`, { param: 'spread' });
  }
  return Float64Array.from(vectorOf(predicted), (grade) => normalCdf((grade - pass) / spread));
}

export interface PassFailReport {
  readonly pass: number;
  readonly rows: number;
  /** Share who passed. */
  readonly passRate: number;
  readonly confusion: ConfusionMatrix;
  readonly accuracy: number;
  readonly balancedAccuracy: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** null where all passed or all failed. */
  readonly rocAuc: number | null;
  readonly logLoss: number;
  readonly brier: number;
  readonly calibration: CalibrationCurve;
}

/**
 * Everything about pass / fail from actual and (out-of-fold) predicted grades.
 * The spread of the probabilities is the RMSE of the same predictions unless given.
 */
export function passFailReport(
  actual: Vector,
  predicted: Vector,
  options: { readonly pass?: number; readonly spread?: number } = {},
): PassFailReport {
  const pass = options.pass ?? 10;
  const measured = rmse(actual, predicted);
  // Predictions without any error have no spread to speak of; any tiny one makes them certain.
  const spread = options.spread ?? (measured > 0 ? measured : Number.EPSILON);
  const truth = Uint8Array.from(vectorOf(actual), (grade) => (grade >= pass ? 1 : 0));
  const labels = Uint8Array.from(vectorOf(predicted), (grade) => (grade >= pass ? 1 : 0));
  const probability = passProbability(predicted, { pass, spread });
  const passes = truth.reduce((sum, label) => sum + label, 0);
  return {
    pass,
    rows: truth.length,
    passRate: passes / truth.length,
    confusion: confusionMatrix(truth, labels),
    accuracy: accuracy(truth, labels),
    balancedAccuracy: balancedAccuracy(truth, labels),
    precision: precision(truth, labels),
    recall: recall(truth, labels),
    f1: f1(truth, labels),
    rocAuc: passes === 0 || passes === truth.length ? null : rocAuc(truth, predicted),
    logLoss: logLoss(truth, probability),
    brier: brier(truth, probability),
    calibration: calibrationCurve(truth, probability),
  };
}

/**
 * Standard normal distribution function, relative error below 1e-13.
 * Abramowitz & Stegun 26.2.11 (series) inside 3, 26.2.14 (continued fraction) beyond.
 */
export function normalCdf(z: number): number {
  const size = Math.abs(z);
  if (size > 38.5) return z < 0 ? 0 : 1;
  const density = exp(-0.5 * size * size) / Math.sqrt(2 * Math.PI);
  let upper: number;
  if (size < 3) {
    let term = size;
    let sum = size;
    for (let k = 3; term > sum * 1e-17; k += 2) {
      term *= (size * size) / k;
      sum += term;
    }
    upper = 0.5 - density * sum;
  } else {
    let fraction = 0;
    for (let k = 100; k > 0; k--) fraction = k / (size + fraction);
    upper = density / (size + fraction);
  }
  return z < 0 ? upper : 1 - upper;
}
