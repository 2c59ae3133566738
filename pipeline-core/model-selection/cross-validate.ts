// Honest scores: every row is predicted by a model that has not seen it.
// Invariant: whatever `build` makes is fitted anew on each fold's training rows, transforms included, so nothing leaks.

import type { Predictions } from '../core/report.ts';
import { isClassifier } from '../estimator/classifier.ts';
import { type Vector, vectorOf } from '../estimator/frames.ts';
import type { FitOptions } from '../estimator/model.ts';
import { demandFunction, demandKnown } from '../estimator/params.ts';
import { partOfProgress, risingProgress } from '../estimator/progress.ts';
import type { Split } from '../estimator/split.ts';
import {
  type ClassCrossValidateJob,
  type ClassCrossValidation,
  crossValidateClasses,
} from './cross-validate-classes.ts';
import {
  DEFAULT_MEASURES,
  type Fittable,
  fitAndScore,
  type Measure,
  meanOf,
  measureAll,
  type Rows,
  rowTaker,
  splitsOf,
  spreadOf,
} from './fold-scores.ts';
import { inRowOrder } from './out-of-fold.ts';

export type { Fittable, Measure, Rows } from './fold-scores.ts';

export interface CrossValidateJob<X extends Rows> extends FitOptions {
  /** A new, unfitted model at each call. */
  readonly build: () => Fittable<NoInfer<X>>;
  readonly x: X;
  readonly y: Vector;
  /** Splits, or a number of shuffled folds; default 5. */
  readonly folds?: readonly Split[] | number;
  /** Seed of the folds where `folds` is a number; default 0. */
  readonly seed?: number;
  /** Default rmse, mae, r2. */
  readonly measures?: Readonly<Record<string, Measure>>;
}

export interface FoldScore {
  readonly fold: number;
  readonly trainRows: number;
  readonly testRows: number;
  readonly scores: Readonly<Record<string, number>>;
  /** On the rows it was fitted on: far better than `scores` means over-fitting. */
  readonly trainScores: Readonly<Record<string, number>>;
}

export interface CrossValidation {
  readonly folds: readonly FoldScore[];
  /** Mean over the folds. */
  readonly mean: Readonly<Record<string, number>>;
  /** Standard deviation over the folds (n - 1). */
  readonly spread: Readonly<Record<string, number>>;
  /** Measured once on all out-of-fold predictions: the session's metric. */
  readonly pooled: Readonly<Record<string, number>>;
  /** Mean over the folds on training rows. */
  readonly train: Readonly<Record<string, number>>;
  /** Out-of-fold predictions by row number (from 0), then fold. */
  readonly predictions: Predictions;
}

/**
 * Of a classifier: probabilities by fold, measured by log loss and accuracy unless `measures` say otherwise.
 * Throws PipelineError 'length-mismatch', 'too-few-rows', 'stopped' or what the model throws.
 */
export function crossValidate<X extends Rows>(job: ClassCrossValidateJob<X>): ClassCrossValidation;
export function crossValidate<X extends Rows>(job: CrossValidateJob<X>): CrossValidation;
export function crossValidate<X extends Rows>(
  job: CrossValidateJob<X> | ClassCrossValidateJob<X>,
): CrossValidation | ClassCrossValidation {
  demandKnown('crossValidate', job, ['build', 'x', 'y', 'folds', 'seed', 'measures', 'onProgress', 'shouldStop']);
  demandFunction('build', job.build, '() => new Ridge()');
  if (isClassifier(job.build())) return crossValidateClasses(job as ClassCrossValidateJob<X>);
  return crossValidateNumbers(job as CrossValidateJob<X>);
}

function crossValidateNumbers<X extends Rows>(job: CrossValidateJob<X>): CrossValidation {
  const { build, measures = DEFAULT_MEASURES } = job;
  const y = vectorOf(job.y);
  const take = rowTaker(job.build(), job.x, y);
  const splits = splitsOf(job.folds, y.length, job.seed);
  const progress = risingProgress(job);
  const answers: ArrayLike<number>[] = [];
  const folds = splits.map((split, fold) => {
    const options = partOfProgress(progress, fold, splits.length);
    const { test, train } = fitAndScore({ build, take, y, split, measures, options });
    answers.push(test.predicted);
    progress.onProgress?.((fold + 1) / splits.length);
    const rows = { trainRows: split.train.length, testRows: split.test.length };
    return { fold, ...rows, scores: test.scores, trainScores: train.scores };
  });
  const { row, fold, from } = inRowOrder(
    splits.map(({ test }) => test),
    y.length,
  );
  const predicted = answers.flatMap((own) => Array.from(own));
  const predictions = {
    row,
    fold,
    actual: row.map((own) => y[own]!),
    predicted: Array.from(from, (k) => predicted[k]!),
  };
  const scores = folds.map((fold) => fold.scores);
  return {
    folds,
    mean: overFolds(scores, meanOf),
    spread: overFolds(scores, spreadOf),
    pooled: measureAll(measures, predictions.actual, predictions.predicted),
    train: overFolds(
      folds.map((fold) => fold.trainScores),
      meanOf,
    ),
    predictions,
  };
}

function overFolds(
  scores: readonly Readonly<Record<string, number>>[],
  summary: (values: readonly number[]) => number,
): Record<string, number> {
  const names = Object.keys(scores[0] ?? {});
  return Object.fromEntries(names.map((name) => [name, summary(scores.map((fold) => fold[name]!))]));
}
