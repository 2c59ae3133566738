// What a threshold on a score makes of two classes, for every threshold at once. Points as scikit-learn's.

import { PipelineError } from '../core/errors.ts';
import type { Vector } from '../estimator/frames.ts';
import { refuseWeights } from '../estimator/weights.ts';
import { INSTEAD_OF_WEIGHTS, type Labels, labelsWithScores, type PassOptions } from './binary-labels.ts';

/** From the strictest threshold to the loosest. */
export interface RocCurve {
  /** Share of the negative rows taken for positive. */
  readonly fpr: readonly number[];
  /** Share of the positive rows found. */
  readonly tpr: readonly number[];
  /** A row is taken for positive from this score on; the first is Infinity: nobody is. */
  readonly thresholds: readonly number[];
}

/** Every distinct score is a point. Throws PipelineError 'one-class' where only one class is there. */
export function rocCurve(yTrue: Labels, scored: Vector, options: PassOptions = {}): RocCurve {
  refuseWeights('rocCurve', options, INSTEAD_OF_WEIGHTS, ['pass']);
  const steps = stepsOf(yTrue, scored, options);
  const { positives, negatives } = steps.at(-1)!;
  if (positives === 0 || negatives === 0) {
    throw new PipelineError('one-class', 'A ROC curve needs rows of both classes, but all rows are of one.');
  }
  return {
    fpr: [0, ...steps.map((step) => step.negatives / negatives)],
    tpr: [0, ...steps.map((step) => step.positives / positives)],
    thresholds: [Infinity, ...steps.map((step) => step.threshold)],
  };
}

/** From the loosest threshold to the strictest. */
export interface PrecisionRecallCurve {
  /** One more than thresholds: it ends at 1. */
  readonly precision: readonly number[];
  /** One more than thresholds: it ends at 0. */
  readonly recall: readonly number[];
  readonly thresholds: readonly number[];
}

/** Throws PipelineError 'one-class' where no row is positive. */
export function precisionRecallCurve(yTrue: Labels, scored: Vector, options: PassOptions = {}): PrecisionRecallCurve {
  refuseWeights('precisionRecallCurve', options, INSTEAD_OF_WEIGHTS, ['pass']);
  const steps = stepsOf(yTrue, scored, options);
  const { positives } = steps.at(-1)!;
  if (positives === 0) throw new PipelineError('one-class', 'A precision-recall curve needs positive rows: none is.');
  const upwards = [...steps].reverse();
  return {
    precision: [...upwards.map((step) => step.positives / (step.positives + step.negatives)), 1],
    recall: [...upwards.map((step) => step.positives / positives), 0],
    thresholds: upwards.map((step) => step.threshold),
  };
}

interface Step {
  readonly threshold: number;
  /** Rows of each kind with at least that score. */
  readonly positives: number;
  readonly negatives: number;
}

function stepsOf(yTrue: Labels, scored: Vector, options: PassOptions): Step[] {
  const { actual, score } = labelsWithScores(yTrue, scored, options);
  const order = Array.from({ length: actual.length }, (_, i) => i).sort((a, b) => score[b]! - score[a]! || a - b);
  const steps: Step[] = [];
  let positives = 0;
  order.forEach((i, k) => {
    positives += actual[i]!;
    if (k + 1 < order.length && score[order[k + 1]!] === score[i]) return;
    steps.push({ threshold: score[i]!, positives, negatives: k + 1 - positives });
  });
  return steps;
}
