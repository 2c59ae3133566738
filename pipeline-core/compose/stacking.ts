// A model that learns how far to trust other models: it is fitted to what they answer for rows they have not seen
// (Wolpert 1992). Parameters and defaults as scikit-learn's StackingRegressor and StackingClassifier.
// Invariant: the last model only ever sees answers for rows that the first ones were not fitted on.

import { PipelineError } from '../core/errors.ts';
import { type Classifier, type ClassLabel, isClassifier, type LabelVector } from '../estimator/classifier.ts';
import { ClassifierModel } from '../estimator/classifier-model.ts';
import type { Part } from '../estimator/estimator.ts';
import type { Vector } from '../estimator/frames.ts';
import { demandKind, type FittedColumns, toMatrix, toTarget } from '../estimator/input.ts';
import { classesOf, demandSeveralClasses, labelList } from '../estimator/labels.ts';
import type { FitOptions, Matrix, MatrixLike, ModelJson, Regressor } from '../estimator/model.ts';
import { demandBoolean, demandWhole, refuse, resolveParams } from '../estimator/params.ts';
import { partOfProgress, risingProgress } from '../estimator/progress.ts';
import { RegressorModel } from '../estimator/regressor-model.ts';
import { foldOf, kFold, type Split } from '../estimator/split.ts';
import { weightsOf } from '../estimator/weights.ts';
import { LogisticRegression } from '../models/logistic-regression.ts';
import { RidgeCV } from '../models/ridge.ts';
import {
  type AnyRows,
  anyQuestion,
  anyRows,
  cloneOf,
  demandModels,
  type Named,
  partsOf,
  takeAny,
} from './named-models.ts';

interface StackingOptions {
  /** Folds of neighbouring rows (of classes: stratified), or splits that test each row once. */
  readonly cv: number | readonly Split[];
  /** Whether the last model sees the columns too. They must then be numbers. */
  readonly passthrough: boolean;
}

export interface StackingRegressorParams extends StackingOptions {
  /** Name and unfitted model, in order. `fit` fits these very models on all rows, copies of them on each fold. */
  readonly estimators: Named<Regressor>;
  /** Fitted to the answers of the others, a column each. Default RidgeCV. */
  readonly finalEstimator: Regressor;
}

/** A fitted stack of numbers; see the file. */
export class StackingRegressor extends RegressorModel<StackingRegressorParams> {
  readonly kind = 'StackingRegressor';
  readonly params: StackingRegressorParams;
  private columns: FittedColumns | null = null;

  constructor(params: Partial<StackingRegressorParams> = {}) {
    super();
    const defaults = { estimators: [], finalEstimator: new RidgeCV(), cv: 5, passthrough: false };
    this.params = resolveParams<StackingRegressorParams>(this.kind, defaults, params);
    checkStacking(this.params);
  }

  protected override parts(): readonly Part[] {
    const { estimators, finalEstimator } = this.params;
    return partsOf([...estimators, ['finalEstimator', finalEstimator]]);
  }

  /** Weights go to every model; where one takes none, it refuses. */
  fit(x: MatrixLike, y: Vector, options?: FitOptions): this {
    const given = anyRows(x);
    const target = toTarget(y, given.rows);
    const { finalEstimator, cv } = this.params;
    const splits = typeof cv === 'number' ? kFold(given.rows, { nSplits: cv }) : cv;
    const weight = weightsOf(options, given.rows);
    const answers = unseenAnswers(this.params, { given, y: target, weight, splits }, 1, options);
    finalEstimator.fit(answers, target, weight === null ? {} : { sampleWeight: weight });
    this.columns = given.columns;
    return this;
  }

  predict(x: MatrixLike, options?: FitOptions): Float64Array {
    const asked = anyQuestion(this.kind, x, this.columns);
    return this.params.finalEstimator.predict(answersOf(this.params, asked, 1, options));
  }

  /** What the last model sees: the answers of the others, then, where they pass through, the columns. */
  transform(x: MatrixLike): Matrix {
    return answersOf(this.params, anyQuestion(this.kind, x, this.columns), 1);
  }

  toJSON(): ModelJson {
    return stackJson(this.kind, this.params, this.columns, null);
  }

  /** @param load turns each saved model back: regressorFromJSON (which calls this) */
  static fromJSON(json: ModelJson, load: (json: ModelJson) => Regressor): StackingRegressor {
    demandKind(json, 'StackingRegressor');
    const { cols, models, last } = json.state as StackState;
    const estimators = models.map(({ name, model }) => [name, load(model)] as const);
    const stack = new StackingRegressor({ ...json.params, estimators, finalEstimator: load(last) });
    if (cols !== null) stack.columns = { cols, names: json.names };
    return stack;
  }
}

export interface StackingClassifierParams extends StackingOptions {
  /** As StackingRegressor's, of classifiers. */
  readonly estimators: Named<Classifier>;
  /** Fitted to the probabilities that the others give, of two classes the second's. Default LogisticRegression. */
  readonly finalEstimator: Classifier;
}

/** A fitted stack of classifiers; see the file. */
export class StackingClassifier extends ClassifierModel<StackingClassifierParams, null> {
  readonly kind = 'StackingClassifier';
  readonly params: StackingClassifierParams;

  constructor(params: Partial<StackingClassifierParams> = {}) {
    super();
    const defaults = { estimators: [], finalEstimator: new LogisticRegression(), cv: 5, passthrough: false };
    this.params = resolveParams<StackingClassifierParams>(this.kind, defaults, params);
    checkStacking(this.params);
    const { estimators, finalEstimator } = this.params;
    const other = [...estimators, ['finalEstimator', finalEstimator] as const].find(([, m]) => !isClassifier(m));
    if (other !== undefined) refuse('estimators', other[0], 'classifiers only');
  }

  protected override parts(): readonly Part[] {
    const { estimators, finalEstimator } = this.params;
    return partsOf([...estimators, ['finalEstimator', finalEstimator]]);
  }

  /** Throws also PipelineError 'one-class', and 'missing-class' where a fold's training rows lack one. */
  fit(x: MatrixLike, y: LabelVector, options?: FitOptions): this {
    const given = anyRows(x);
    const labels = labelList(y, given.rows);
    const classes = classesOf(labels);
    demandSeveralClasses(this.kind, classes);
    const { finalEstimator, cv } = this.params;
    const splits = typeof cv === 'number' ? kFold(labels, { nSplits: cv, stratify: labels.map(String) }) : cv;
    const weight = weightsOf(options, given.rows);
    const answers = unseenAnswers(this.params, { given, y: labels, weight, splits }, classes.length, options);
    finalEstimator.fit(answers, labels, weight === null ? {} : { sampleWeight: weight });
    this.known = { ...given.columns, classes };
    this.learned = null;
    return this;
  }

  override probabilities(x: MatrixLike, options?: FitOptions): Matrix {
    const asked = anyQuestion(this.kind, x, this.known);
    return this.params.finalEstimator.probabilities(answersOf(this.params, asked, this.known!.classes.length, options));
  }

  override predict(x: MatrixLike, options?: FitOptions): ClassLabel[] {
    const asked = anyQuestion(this.kind, x, this.known);
    return this.params.finalEstimator.predict(answersOf(this.params, asked, this.known!.classes.length, options));
  }

  protected answer(_: null, x: Matrix, options?: FitOptions): Float64Array {
    return this.probabilities(x, options).data;
  }

  override toJSON(): ModelJson {
    return stackJson(this.kind, this.params, this.known, this.known?.classes ?? null);
  }

  protected save(): null {
    return null;
  }

  protected load(): null {
    return null;
  }

  /** @param load turns each saved model back: classifierFromJSON (which calls this) */
  static fromJSON(json: ModelJson, load: (json: ModelJson) => Classifier): StackingClassifier {
    demandKind(json, 'StackingClassifier');
    const { cols, classes, models, last } = json.state as StackState;
    const estimators = models.map(({ name, model }) => [name, load(model)] as const);
    const stack = new StackingClassifier({ ...json.params, estimators, finalEstimator: load(last) });
    if (cols !== null) stack.known = { cols, names: json.names, classes: classes! };
    return stack;
  }
}

type AnyParams = StackingRegressorParams | StackingClassifierParams;

interface StackState {
  readonly cols: number | null;
  readonly classes: readonly ClassLabel[] | null;
  readonly models: readonly { readonly name: string; readonly model: ModelJson }[];
  readonly last: ModelJson;
}

function stackJson(
  kind: string,
  { estimators, finalEstimator, cv, passthrough }: AnyParams,
  columns: FittedColumns | null,
  classes: readonly ClassLabel[] | null,
): ModelJson {
  const models = estimators.map(([name, model]) => ({ name, model: model.toJSON() }));
  const state: StackState = { cols: columns?.cols ?? null, classes, models, last: finalEstimator.toJSON() };
  // Splits of the rows of one fit say nothing about those of the next.
  const params = { passthrough, ...(typeof cv === 'number' ? { cv } : {}) };
  return { kind, version: 1, params, names: columns?.names ?? [], state };
}

function checkStacking({ estimators, finalEstimator, cv, passthrough }: AnyParams): void {
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

// Fits a copy a fold for the answers, and the models themselves on all rows. @param classes 1 for numbers
function unseenAnswers(params: AnyParams, job: StackJob, classes: number, options?: FitOptions): Matrix {
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

function answersOf(
  params: AnyParams,
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

function answerNames({ estimators }: AnyParams, width: number): string[] {
  return estimators.flatMap(([name]) =>
    width === 1 ? [name] : Array.from({ length: width }, (_, w) => `${name}${w}`),
  );
}

function withColumns({ passthrough }: AnyParams, answers: Matrix, x: MatrixLike): Matrix {
  if (!passthrough) return answers;
  const columns = toMatrix(x);
  const cols = answers.cols + columns.cols;
  const data = new Float64Array(answers.rows * cols);
  for (let i = 0; i < answers.rows; i++) {
    data.set(answers.data.subarray(i * answers.cols, (i + 1) * answers.cols), i * cols);
    data.set(columns.data.subarray(i * columns.cols, (i + 1) * columns.cols), i * cols + answers.cols);
  }
  const names = Array.from({ length: columns.cols }, (_, j) => columns.names[j] ?? `x${j}`);
  return { data, rows: answers.rows, cols, names: [...answers.names, ...names] };
}
