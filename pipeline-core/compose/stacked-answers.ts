// What both stacks share: the answers of their models as columns, for rows seen and unseen, and their saved form.

import { PipelineError } from '../core/errors.ts';
import { type Classifier, type ClassLabel, isClassifier } from '../estimator/classifier.ts';
import { type FittedColumns, toMatrix } from '../estimator/input.ts';
import type { FitOptions, Matrix, MatrixLike, ModelJson, Regressor } from '../estimator/model.ts';
import { demandBoolean, demandWhole, refuse } from '../estimator/params.ts';
import { partOfProgress, risingProgress } from '../estimator/progress.ts';
import { foldOf, type Split } from '../estimator/split.ts';
import { type AnyRows, cloneOf, demandModels, type Named, takeAny } from './named-models.ts';

/** Of numbers or of classes. */
export interface StackParams {
  readonly estimators: Named<Regressor | Classifier>;
  readonly finalEstimator: Regressor | Classifier;
  readonly cv: number | readonly Split[];
  readonly passthrough: boolean;
}

export interface StackState {
  readonly cols: number | null;
  readonly classes: readonly ClassLabel[] | null;
  readonly models: readonly { readonly name: string; readonly model: ModelJson }[];
  readonly last: ModelJson;
}

export function stackJson(
  kind: string,
  { estimators, finalEstimator, cv, passthrough }: StackParams,
  columns: FittedColumns | null,
  classes: readonly ClassLabel[] | null,
): ModelJson {
  const models = estimators.map(([name, model]) => ({ name, model: model.toJSON() }));
  const state: StackState = { cols: columns?.cols ?? null, classes, models, last: finalEstimator.toJSON() };
  // Splits of the rows of one fit say nothing about those of the next.
  const params = { passthrough, ...(typeof cv === 'number' ? { cv } : {}) };
  return { kind, version: 1, params, names: columns?.names ?? [], state };
}

export function checkStacking({ estimators, finalEstimator, cv, passthrough }: StackParams): void {
  demandModels(estimators);
  demandModels([['finalEstimator', finalEstimator]]);
  demandBoolean('passthrough', passthrough);
  if (typeof cv === 'number') demandWhole('cv', cv, 2);
  else if (!Array.isArray(cv)) refuse('cv', cv, 'a number of folds or a list of splits');
}

interface StackJob {
  readonly given: AnyRows;
  readonly y: Float64Array | readonly ClassLabel[];
  readonly weight: Float64Array | null;
  readonly splits: readonly Split[];
}

/** Fits a copy a fold for the answers, and the models themselves on all rows. @param classes 1 for numbers */
export function unseenAnswers(params: StackParams, job: StackJob, classes: number, options?: FitOptions): Matrix {
  const { given, y, weight, splits } = job;
  foldOf(splits, given.rows);
  const progress = risingProgress(options);
  const steps = params.estimators.length * (splits.length + 1);
  let done = 0;
  const width = classes > 2 ? classes : 1;
  const cols = params.estimators.length * width;
  const data = new Float64Array(given.rows * cols);
  params.estimators.forEach(([name, model], m) => {
    const fitOn = (one: Regressor | Classifier, rows: ArrayLike<number> | null): void => {
      const part = partOfProgress(progress, done, steps);
      const own = weight && (rows === null ? weight : Float64Array.from(rows, (i) => weight[i]!));
      const target = rows === null ? y : Array.from(rows, (i) => y[i]!);
      const x = rows === null ? given.x : takeAny(given, rows);
      one.fit(x, target as never, own === null ? part : { ...part, sampleWeight: own });
      done++;
      progress.onProgress?.(done / steps);
      if (progress.shouldStop?.() === true) throw new PipelineError('stopped', 'The work was stopped before its end.');
    };
    for (const { train, test } of splits) {
      const copy = cloneOf(name, model);
      fitOn(copy, train);
      const own = answersOfOne(name, copy, takeAny(given, test), classes);
      test.forEach((row, i) => {
        for (let w = 0; w < width; w++) data[row * cols + m * width + w] = own[i * width + w]!;
      });
    }
    fitOn(model, null);
  });
  return withColumns(params, { data, rows: given.rows, cols, names: answerNames(params, width) }, given.x);
}

export function answersOf(
  params: StackParams,
  asked: Pick<AnyRows, 'x' | 'rows'>,
  classes: number,
  options?: FitOptions,
): Matrix {
  const width = classes > 2 ? classes : 1;
  const cols = params.estimators.length * width;
  const data = new Float64Array(asked.rows * cols);
  const progress = risingProgress(options);
  params.estimators.forEach(([name, model], m) => {
    const part = partOfProgress(progress, m, params.estimators.length);
    const own = answersOfOne(name, model, asked.x, classes, part);
    progress.onProgress?.((m + 1) / params.estimators.length);
    for (let i = 0; i < asked.rows; i++) {
      for (let w = 0; w < width; w++) data[i * cols + m * width + w] = own[i * width + w]!;
    }
  });
  return withColumns(params, { data, rows: asked.rows, cols, names: answerNames(params, width) }, asked.x);
}

// Numbers; or of two classes the second's probability, of several all of them.
function answersOfOne(
  name: string,
  model: Regressor | Classifier,
  x: MatrixLike,
  classes: number,
  options?: FitOptions,
): ArrayLike<number> {
  if (!isClassifier(model)) return model.predict(x, options);
  const { data, cols } = model.probabilities(x, options);
  if (cols !== classes) {
    const message = `The model "${name}" was fitted on rows of ${cols} of the ${classes} classes: use fewer folds (cv), so that each holds all classes.`;
    throw new PipelineError('missing-class', message, { model: name });
  }
  return classes > 2 ? data : data.filter((_, k) => k % 2 === 1);
}

function answerNames({ estimators }: StackParams, width: number): string[] {
  return estimators.flatMap(([name]) =>
    width === 1 ? [name] : Array.from({ length: width }, (_, w) => `${name}${w}`),
  );
}

function withColumns({ passthrough }: StackParams, answers: Matrix, x: MatrixLike): Matrix {
  if (!passthrough) return answers;
  // The last model looks for itself whether values are missing.
  const columns = toMatrix(x, true);
  const cols = answers.cols + columns.cols;
  const data = new Float64Array(answers.rows * cols);
  for (let i = 0; i < answers.rows; i++) {
    data.set(answers.data.subarray(i * answers.cols, (i + 1) * answers.cols), i * cols);
    data.set(columns.data.subarray(i * columns.cols, (i + 1) * columns.cols), i * cols + answers.cols);
  }
  const names = Array.from({ length: columns.cols }, (_, j) => columns.names[j] ?? `x${j}`);
  return { data, rows: answers.rows, cols, names: [...answers.names, ...names] };
}
