// What more rows would bring: the score on unseen rows as the training part grows, each size once per fold.

import { PipelineError } from '../core/errors.ts';
import { vectorOf } from '../estimator/frames.ts';
import { demandFunction, demandKnown } from '../estimator/params.ts';
import { partOfProgress, risingProgress } from '../estimator/progress.ts';
import { createRng, permutation } from '../math/rng.ts';
import type { CrossValidateJob } from './cross-validate.ts';
import { DEFAULT_MEASURES, fitAndScore, meanOf, type Rows, rowTaker, splitsOf, spreadOf } from './fold-scores.ts';

export interface LearningCurveJob<X extends Rows> extends Omit<CrossValidateJob<X>, 'measures'> {
  /** Shares of the training rows, above 0 up to 1; default 0.1, 0.25, 0.5, 0.75, 1. */
  readonly sizes?: readonly number[];
  /** Default rmse. */
  readonly measure?: (yTrue: ArrayLike<number>, yPred: ArrayLike<number>) => number;
  /** For the axis: "grade points". */
  readonly unit?: string;
}

export interface LearningPoint {
  /** Training rows, mean over the folds. */
  readonly trainRows: number;
  readonly train: { readonly mean: number; readonly spread: number };
  readonly test: { readonly mean: number; readonly spread: number };
}

export interface LearningCurve {
  readonly points: readonly LearningPoint[];
  readonly xLabel: string;
  readonly yLabel: string;
  readonly unit: string;
}

/** Smaller training parts are the beginnings of one seeded order, so that each holds the one before. Throws as crossValidate. */
export function learningCurve<X extends Rows>(job: LearningCurveJob<X>): LearningCurve {
  demandKnown('learningCurve', job, [
    ...['build', 'x', 'y', 'folds', 'seed', 'sizes', 'measure', 'unit', 'onProgress', 'shouldStop'],
  ]);
  const { build, sizes = [0.1, 0.25, 0.5, 0.75, 1], unit = '' } = job;
  const y = vectorOf(job.y);
  demandFunction('build', build, '() => new Ridge()');
  const wrong = sizes.find((size) => !(size > 0 && size <= 1));
  if (wrong !== undefined || sizes.length === 0) {
    throw new PipelineError('bad-param', `sizes must be shares above 0 up to 1, but there is ${wrong ?? 'none'}.`);
  }
  const measures = { score: job.measure ?? DEFAULT_MEASURES['rmse']! };
  const take = rowTaker(build(), job.x, y);
  const random = createRng(job.seed ?? 0);
  const folds = splitsOf(job.folds, y.length, job.seed).map(({ train, test }, f) => {
    return { train: permutation(train.length, random.fork(f)).map((i) => train[i]!), test };
  });
  const progress = risingProgress(job);
  const points = sizes.map((size, s) => {
    const results = folds.map(({ train, test }, f) => {
      const rows = train.slice(0, Math.max(1, Math.round(size * train.length)));
      const options = partOfProgress(progress, s * folds.length + f, sizes.length * folds.length);
      const split = { train: rows, test };
      const scored = fitAndScore({ build, take, y, split, measures, options });
      progress.onProgress?.((s * folds.length + f + 1) / (sizes.length * folds.length));
      return { rows: rows.length, train: scored.train.scores['score']!, test: scored.test.scores['score']! };
    });
    const summary = (values: number[]): { mean: number; spread: number } => {
      return { mean: meanOf(values), spread: spreadOf(values) };
    };
    return {
      trainRows: meanOf(results.map(({ rows }) => rows)),
      train: summary(results.map(({ train }) => train)),
      test: summary(results.map(({ test }) => test)),
    };
  });
  return { points, xLabel: 'Training rows', yLabel: 'Error on rows seen and unseen', unit };
}
