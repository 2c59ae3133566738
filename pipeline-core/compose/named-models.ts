// What models made of models share: names and weights checked, inputs that may still hold words passed on as they are, and
// each model fitted in turn.

import { PipelineError } from '../core/errors.ts';
import type { LabelVector } from '../estimator/classifier.ts';
import type { Part, Tunable } from '../estimator/estimator.ts';
import { isFrame, isTable, type Vector } from '../estimator/frames.ts';
import { type FittedColumns, predictionInput, takeRows, toMatrix } from '../estimator/input.ts';
import { type FitOptions, type Matrix, type MatrixLike, mayMiss } from '../estimator/model.ts';
import { demandNumber, describe, refuse } from '../estimator/params.ts';
import { partOfProgress, risingProgress } from '../estimator/progress.ts';
import { fromFrame } from '../preprocessing/transformer.ts';

interface Learner {
  fit(x: MatrixLike, y: never, options?: FitOptions): unknown;
  predict(x: MatrixLike, options?: FitOptions): unknown;
}

/** Name and model, in order. */
export type Named<M> = readonly (readonly [name: string, model: M])[];

/** Throws PipelineError 'bad-param'. */
export function demandModels(estimators: Named<Learner>): void {
  const example = "a list such as [['ridge', new Ridge()]]";
  if (!Array.isArray(estimators) || estimators.length === 0) refuse('estimators', describe(estimators), example);
  const names = estimators.map(([name]) => name);
  if (new Set(names).size !== names.length) refuse('estimators', names, 'models of different names');
  for (const entry of estimators) {
    if (typeof (entry[1] as Partial<Learner> | undefined)?.fit === 'function') continue;
    refuse('estimators', `${String(entry[0])}: ${describe(entry[1])}`, example);
  }
}

/** Throws PipelineError 'bad-param'. */
export function demandWeights(weights: readonly number[] | null, count: number): void {
  if (weights === null) return;
  if (weights.length !== count) refuse('weights', weights, `a list of ${count} numbers`);
  for (const weight of weights) demandNumber('weights', weight, 0);
  if (weights.every((weight) => weight === 0)) refuse('weights', weights, 'above 0 for at least one model');
}

/** The models that have parameters: some that participants wrote have none. */
export function partsOf(estimators: Named<object>): readonly Part[] {
  return estimators.flatMap(([name, model]) =>
    'getParams' in model ? [[name, model as unknown as Tunable] as const] : [],
  );
}

export interface AnyRows {
  readonly x: MatrixLike;
  readonly rows: number;
  readonly columns: FittedColumns;
}

/**
 * A matrix, checked; or a Table or frame that may hold words, for Pipelines and boosting. Throws PipelineError 'empty'.
 * @param models values may be missing where all of them take that
 */
export function anyRows(given: MatrixLike, models: Named<object>): AnyRows {
  const words = isFrame(given) && given.values.some((row) => row.some((cell) => typeof cell === 'string'));
  const x = words ? (fromFrame(given) as unknown as MatrixLike) : given;
  if (isTable(x)) {
    if (x.rowCount === 0) throw new PipelineError('empty', 'There are no rows to fit a model on.');
    return { x, rows: x.rowCount, columns: { cols: x.names.length, names: [...x.names] } };
  }
  const matrix = toMatrix(
    x,
    models.every(([, model]) => mayMiss(model)),
  );
  if (matrix.rows === 0) throw new PipelineError('empty', 'There are no rows to fit a model on.');
  if (matrix.cols === 0) throw new PipelineError('empty', 'There are no columns to fit a model on: switch one on.');
  return { x: matrix, rows: matrix.rows, columns: { cols: matrix.cols, names: matrix.names } };
}

/** Rows to predict, as `anyRows`; the models inside look at the columns of a Table. Throws as predictionInput. */
export function anyQuestion(
  kind: string,
  given: MatrixLike,
  fitted: FittedColumns | null,
): Pick<AnyRows, 'x' | 'rows'> {
  if (fitted === null) predictionInput(kind, [], fitted);
  const words = isFrame(given) && given.values.some((row) => row.some((cell) => typeof cell === 'string'));
  const x = words ? (fromFrame(given) as unknown as MatrixLike) : given;
  if (isTable(x)) return { x, rows: x.rowCount };
  const matrix = predictionInput(kind, x, fitted, true);
  return { x: matrix, rows: matrix.rows };
}

export function takeAny({ x }: Pick<AnyRows, 'x'>, rows: ArrayLike<number>): MatrixLike {
  return isTable(x) ? x.take(rows) : takeRows(x as Matrix, rows);
}

export interface InTurn {
  readonly x: MatrixLike;
  readonly y: Vector | LabelVector;
  readonly weight: Float64Array | null;
}

/** Fits the models one after another; progress and stopping inside each. Throws PipelineError 'stopped'. */
export function fitInTurn(models: readonly Learner[], { x, y, weight }: InTurn, options?: FitOptions): void {
  const progress = risingProgress(options);
  for (const [k, model] of models.entries()) {
    const part = partOfProgress(progress, k, models.length);
    model.fit(x, y as never, weight === null ? part : { ...part, sampleWeight: weight });
    progress.onProgress?.((k + 1) / models.length);
    if (progress.shouldStop?.() === true) throw new PipelineError('stopped', 'The work was stopped before its end.');
  }
}

/** A new one with the same parameters. Throws PipelineError 'no-clone'. */
export function cloneOf<M extends object>(name: string, model: M): M {
  if ('clone' in model && typeof model.clone === 'function') return model.clone() as M;
  const message = `The model "${name}" has no clone(): it must return a new, unfitted one of the same parameters.`;
  throw new PipelineError('no-clone', message, { model: name });
}
