// Honest scores of classifiers: every row gets its probabilities from a model that has not seen it.
// Invariant: probabilities have the order of `classes`; a class that a fold's training rows lack gets 0 there.

import { PipelineError } from '../core/errors.ts';
import type { Predictions } from '../core/report.ts';
import { type Classifier, type ClassLabel, type LabelVector, largestOf } from '../estimator/classifier.ts';
import { classesOf, codesOfLabels, labelList } from '../estimator/labels.ts';
import type { FitOptions, Matrix } from '../estimator/model.ts';
import { partOfProgress, risingProgress } from '../estimator/progress.ts';
import { kFold, type Split } from '../estimator/split.ts';
import { accuracy, logLoss } from '../metrics/classification.ts';
import { meanOf, type Rows, rowTaker, spreadOf } from './fold-scores.ts';
import { inRowOrder } from './out-of-fold.ts';

/** @param probabilities a column a class @param predicted the most probable class of each row */
export type ClassMeasure = (
  yTrue: readonly ClassLabel[],
  probabilities: Matrix,
  predicted: readonly ClassLabel[],
) => number;

export interface ClassifierLike<X> extends Pick<Classifier, 'classes' | 'predictProba'> {
  fit(x: X, y: LabelVector, options?: FitOptions): unknown;
  probabilities(x: X, options?: FitOptions): Matrix;
}

export interface ClassCrossValidateJob<X extends Rows> extends FitOptions {
  /** A new, unfitted classifier at each call. */
  readonly build: () => ClassifierLike<NoInfer<X>>;
  readonly x: X;
  readonly y: LabelVector;
  /** Splits, or a number of shuffled folds that keep the shares of the classes; default 5. */
  readonly folds?: readonly Split[] | number;
  readonly seed?: number;
  /** Default logLoss, accuracy. */
  readonly measures?: Readonly<Record<string, ClassMeasure>>;
}

export interface ClassFoldScore {
  readonly fold: number;
  readonly trainRows: number;
  readonly testRows: number;
  readonly scores: Readonly<Record<string, number>>;
  /** On the rows it was fitted on: far better than `scores` means over-fitting. */
  readonly trainScores: Readonly<Record<string, number>>;
}

export interface ClassCrossValidation {
  /** Sorted; places and probabilities in `predictions` have their order. */
  readonly classes: readonly ClassLabel[];
  readonly folds: readonly ClassFoldScore[];
  readonly mean: Readonly<Record<string, number>>;
  /** Standard deviation over the folds (n - 1). */
  readonly spread: Readonly<Record<string, number>>;
  /** Measured once on all out-of-fold predictions. */
  readonly pooled: Readonly<Record<string, number>>;
  /** Mean over the folds on training rows. */
  readonly train: Readonly<Record<string, number>>;
  readonly predictions: Predictions;
}

const DEFAULT: Readonly<Record<string, ClassMeasure>> = {
  logLoss: (yTrue, probabilities) => logLoss(yTrue, probabilities),
  accuracy: (yTrue, _, predicted) => accuracy(yTrue.map(String), predicted.map(String)),
};

export function crossValidateClasses<X extends Rows>(job: ClassCrossValidateJob<X>): ClassCrossValidation {
  const { build, measures = DEFAULT } = job;
  const labels = labelList(job.y);
  const classes = classesOf(labels);
  const codes = codesOfLabels(labels, classes);
  const take = rowTaker(job.build(), job.x, Float64Array.from(codes));
  const options = { nSplits: typeof job.folds === 'number' ? job.folds : 5, shuffle: true, randomState: job.seed ?? 0 };
  const splits = typeof job.folds === 'object' ? job.folds : kFold(labels, { ...options, stratify: codes });
  const progress = risingProgress(job);
  const names = classes.map(String);
  const answered: number[][] = [];
  const measure = (rows: readonly number[], shares: readonly (readonly number[])[]): Record<string, number> => {
    const matrix = { data: Float64Array.from(shares.flat()), rows: rows.length, cols: classes.length, names };
    const predicted = Array.from(largestOf(matrix), (k) => classes[k]!);
    const actual = rows.map((row) => labels[row]!);
    return Object.fromEntries(Object.entries(measures).map(([name, own]) => [name, own(actual, matrix, predicted)]));
  };
  const folds = splits.map(({ train, test }, fold) => {
    if (job.shouldStop?.() === true) throw new PipelineError('stopped', 'The cross-validation was stopped.');
    const model = build();
    const own = partOfProgress(progress, fold, splits.length);
    model.fit(
      take(train),
      Array.from(train, (row) => labels[row]!),
      own,
    );
    const place = codesOfLabels(model.classes, classes);
    const sharesOf = (which: Split['test']): number[][] => {
      const { shouldStop } = own;
      const answers = model.probabilities(take(which), shouldStop === undefined ? {} : { shouldStop });
      return Array.from(which, (_, i) => {
        const row = classes.map(() => 0);
        place.forEach((at, k) => {
          row[at] = answers.data[i * answers.cols + k]!;
        });
        return row;
      });
    };
    const shares = sharesOf(test);
    const trainScores = measure([...train], sharesOf(train));
    for (const own of shares) answered.push(own);
    progress.onProgress?.((fold + 1) / splits.length);
    return {
      fold,
      trainRows: train.length,
      testRows: test.length,
      scores: measure([...test], shares),
      trainScores,
    };
  });
  const order = inRowOrder(
    splits.map(({ test }) => test),
    labels.length,
  );
  const rows = order.row;
  const probabilities = Array.from(order.from, (k) => answered[k]!);
  const best = largestOf({ data: Float64Array.from(probabilities.flat()), rows: rows.length, cols: classes.length });
  const overFolds = (summary: (values: readonly number[]) => number, of: 'scores' | 'trainScores' = 'scores') =>
    Object.fromEntries(Object.keys(measures).map((name) => [name, summary(folds.map((fold) => fold[of][name]!))]));
  return {
    classes,
    folds,
    mean: overFolds(meanOf),
    spread: overFolds(spreadOf),
    pooled: measure(rows, probabilities),
    train: overFolds(meanOf, 'trainScores'),
    predictions: {
      row: rows,
      fold: order.fold,
      actual: rows.map((row) => codes[row]!),
      predicted: [...best],
      probabilities,
    },
  };
}
