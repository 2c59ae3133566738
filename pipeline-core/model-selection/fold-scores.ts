// One fold fitted and scored, and what a series of folds needs: the shared inside of crossValidate and learningCurve.

import { PipelineError } from '../core/errors.ts';
import { isFrame } from '../estimator/frames.ts';
import { takeRows, toMatrix, toTarget } from '../estimator/input.ts';
import { type FitOptions, type MatrixLike, mayMiss } from '../estimator/model.ts';
import { kFold, type Split } from '../estimator/split.ts';
import { square } from '../math/deterministic-math.ts';
import { mae, r2, rmse } from '../metrics/metrics.ts';
import { fromDanfo } from '../table/danfo.ts';

/** Inputs that can be cut to some of their rows: a matrix, plain rows of numbers, or a Table. */
export type Rows = MatrixLike | { take(rows: ArrayLike<number>): unknown };

/** A regressor, or a pipeline of transforms and a regressor. */
export interface Fittable<X> {
  fit(x: X, y: ArrayLike<number>, options?: FitOptions): unknown;
  predict(x: X, options?: FitOptions): ArrayLike<number>;
}

export type Measure = (yTrue: ArrayLike<number>, yPred: ArrayLike<number>) => number;

export const DEFAULT_MEASURES: Readonly<Record<string, Measure>> = { rmse, mae, r2 };

export interface FoldJob<X> {
  readonly build: () => Fittable<X>;
  readonly take: (rows: ArrayLike<number>) => X;
  readonly y: ArrayLike<number>;
  readonly split: Split;
  readonly measures: Readonly<Record<string, Measure>>;
  readonly options: FitOptions;
}

export interface Scored {
  readonly predicted: ArrayLike<number>;
  readonly scores: Record<string, number>;
}

/** Fits on the split's training rows and measures there and on its test rows. */
export function fitAndScore<X>(job: FoldJob<X>): { test: Scored; train: Scored } {
  const { build, take, y, split, measures, options } = job;
  if (options.shouldStop?.() === true) throw new PipelineError('stopped', 'The cross-validation was stopped.');
  const model = build();
  const trainX = take(split.train);
  const trainY = Float64Array.from(split.train, (row) => y[row]!);
  const testY = Float64Array.from(split.test, (row) => y[row]!);
  model.fit(trainX, trainY, options);
  // Of progress the fit tells; that somebody wants to stop is heard here too.
  const stop = options.shouldStop === undefined ? {} : { shouldStop: options.shouldStop };
  const onTrain = model.predict(trainX, stop);
  const onTest = model.predict(take(split.test), stop);
  return {
    test: { predicted: onTest, scores: measureAll(measures, testY, onTest) },
    train: { predicted: onTrain, scores: measureAll(measures, trainY, onTrain) },
  };
}

/** Splits as given, or that many seeded, shuffled folds. */
export function splitsOf(folds: readonly Split[] | number | undefined, rows: number, seed = 0): readonly Split[] {
  if (typeof folds === 'object') return folds;
  return kFold(rows, { nSplits: folds ?? 5, shuffle: true, randomState: seed });
}

/** Cuts `x` to rows. @param model whether values may be missing, it says. Throws PipelineError 'length-mismatch', 'not-finite', 'not-a-matrix', 'not-a-target'. */
export function rowTaker<X extends Rows>(model: object, x: X, y: ArrayLike<number>): (rows: ArrayLike<number>) => X {
  if (typeof x === 'object' && x !== null && 'take' in x && typeof x.take === 'function') {
    const { rowCount } = x as { readonly rowCount?: number };
    toTarget(y, rowCount ?? y.length);
    return (wanted) => (x as { take(rows: ArrayLike<number>): unknown }).take(wanted) as X;
  }
  // Words need the steps of a pipeline, which choose columns by name.
  const words = isFrame(x) && x.values.some((row) => row.some((cell) => typeof cell === 'string'));
  if (words) return rowTaker(model, fromDanfo(x) as unknown as X, y);
  if (isRowsOfCells(x)) {
    toTarget(y, x.length);
    return (wanted) => Array.from(wanted, (i) => x[i]!) as unknown as X;
  }
  const matrix = toMatrix(x as MatrixLike, mayMiss(model));
  toTarget(y, matrix.rows);
  // A baseline looks at no input: the folds of a large table are not copied for it.
  if ('usesInputs' in model && model.usesInputs === false) {
    return (wanted) =>
      ({ data: new Float64Array(wanted.length), rows: wanted.length, cols: 1, names: [] }) as unknown as X;
  }
  return (wanted) => takeRows(matrix, wanted) as unknown as X;
}

// Plain rows that hold words: for boosting and for steps.
function isRowsOfCells(x: unknown): x is readonly (readonly unknown[])[] {
  return Array.isArray(x) && x.some((row) => Array.isArray(row) && row.some((cell) => typeof cell === 'string'));
}

export function measureAll(
  measures: Readonly<Record<string, Measure>>,
  actual: ArrayLike<number>,
  predicted: ArrayLike<number>,
): Record<string, number> {
  return Object.fromEntries(Object.entries(measures).map(([name, measure]) => [name, measure(actual, predicted)]));
}

export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Standard deviation with n - 1; 0 for a single value. */
export function spreadOf(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const mean = meanOf(values);
  return Math.sqrt(values.reduce((sum, value) => sum + square(value - mean), 0) / (values.length - 1));
}
