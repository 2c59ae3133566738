// A model that learns how far to trust other models: it is fitted to what they answer for rows they have not seen
// (Wolpert 1992). Parameters and defaults as scikit-learn's StackingRegressor and StackingClassifier.
// Invariant: the last model only ever sees answers for rows that the first ones were not fitted on.

import { type Classifier, type ClassLabel, isClassifier, type LabelVector } from '../estimator/classifier.ts';
import { ClassifierModel } from '../estimator/classifier-model.ts';
import type { Part } from '../estimator/estimator.ts';
import type { Vector } from '../estimator/frames.ts';
import { demandKind, type FittedColumns, toTarget } from '../estimator/input.ts';
import { classesOf, demandSeveralClasses, labelList } from '../estimator/labels.ts';
import type { FitOptions, Matrix, MatrixLike, ModelJson, Regressor } from '../estimator/model.ts';
import { refuse, resolveParams } from '../estimator/params.ts';
import { RegressorModel } from '../estimator/regressor-model.ts';
import { kFold, type Split } from '../estimator/split.ts';
import { weightsOf } from '../estimator/weights.ts';
import { LogisticRegression } from '../models/logistic-regression.ts';
import { RidgeCV } from '../models/ridge.ts';
import { anyQuestion, anyRows, type Named, partsOf } from './named-models.ts';
import { answersOf, checkStacking, type StackState, stackJson, unseenAnswers } from './stacked-answers.ts';

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
    const given = anyRows(x, this.params.estimators);
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
    const given = anyRows(x, this.params.estimators);
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
