// The average of several models, and the vote of several classifiers: their errors differ, so some of them cancel.

import { type Classifier, type ClassLabel, isClassifier, type LabelVector } from '../estimator/classifier.ts';
import { ClassifierModel } from '../estimator/classifier-model.ts';
import type { Part } from '../estimator/estimator.ts';
import type { Vector } from '../estimator/frames.ts';
import { demandKind, type FittedColumns, toTarget } from '../estimator/input.ts';
import { classesOf, codesOfLabels, labelList } from '../estimator/labels.ts';
import type { FitOptions, Matrix, MatrixLike, ModelJson, Regressor } from '../estimator/model.ts';
import { demandOneOf, refuse, resolveParams } from '../estimator/params.ts';
import { partOfProgress, risingProgress } from '../estimator/progress.ts';
import { RegressorModel } from '../estimator/regressor-model.ts';
import { weightsOf } from '../estimator/weights.ts';
import { anyQuestion, anyRows, demandModels, demandWeights, fitInTurn, type Named, partsOf } from './named-models.ts';

export interface VotingParams {
  /** Name and unfitted model, in order. `fit` fits these very models. */
  readonly estimators: Named<Regressor>;
  /** One a model, not all 0; null: all count alike. */
  readonly weights: readonly number[] | null;
}

const DEFAULTS: VotingParams = { estimators: [], weights: null };

/** Weighted mean of the predictions of its models. */
export class VotingRegressor extends RegressorModel<VotingParams> {
  readonly kind = 'VotingRegressor';
  readonly params: VotingParams;
  private columns: FittedColumns | null = null;

  constructor(params: Partial<VotingParams> = {}) {
    super();
    this.params = resolveParams(this.kind, DEFAULTS, params);
    demandModels(this.params.estimators);
    demandWeights(this.params.weights, this.params.estimators.length);
  }

  protected override parts(): readonly Part[] {
    return partsOf(this.params.estimators);
  }

  /** Fits its models one after another; progress and stopping inside each. A Table of words goes to Pipelines as it is. */
  fit(x: MatrixLike, y: Vector, options?: FitOptions): this {
    const given = anyRows(x, this.params.estimators);
    const weight = weightsOf(options, given.rows);
    const models = this.params.estimators.map(([, model]) => model);
    fitInTurn(models, { x: given.x, y: toTarget(y, given.rows), weight }, options);
    this.columns = given.columns;
    return this;
  }

  predict(x: MatrixLike, options?: FitOptions): Float64Array {
    const asked = anyQuestion(this.kind, x, this.columns);
    const { estimators, weights } = this.params;
    const answer = new Float64Array(asked.rows);
    const progress = risingProgress(options);
    let total = 0;
    for (const [k, [, model]] of estimators.entries()) {
      const weight = weights?.[k] ?? 1;
      total += weight;
      if (weight === 0) continue;
      const part = model.predict(asked.x, partOfProgress(progress, k, estimators.length));
      progress.onProgress?.((k + 1) / estimators.length);
      for (let i = 0; i < answer.length; i++) answer[i]! += weight * part[i]!;
    }
    for (let i = 0; i < answer.length; i++) answer[i]! /= total;
    return answer;
  }

  toJSON(): ModelJson {
    const state = {
      cols: this.columns?.cols ?? null,
      models: this.params.estimators.map(([name, model]) => ({ name, model: model.toJSON() })),
    };
    const { weights } = this.params;
    return { kind: this.kind, version: 1, params: { weights }, names: this.columns?.names ?? [], state };
  }

  /** @param load turns each saved model back: regressorFromJSON (which calls this) */
  static fromJSON(json: ModelJson, load: (json: ModelJson) => Regressor): VotingRegressor {
    demandKind(json, 'VotingRegressor');
    const state = json.state as { cols: number | null; models: { name: string; model: ModelJson }[] };
    const estimators = state.models.map(({ name, model }) => [name, load(model)] as const);
    const voting = new VotingRegressor({ ...json.params, estimators });
    if (state.cols !== null) voting.columns = { cols: state.cols, names: json.names };
    return voting;
  }
}

export interface VotingClassifierParams {
  /** Name and unfitted model, in order. `fit` fits these very models. */
  readonly estimators: Named<Classifier>;
  /** 'hard': each model has a vote, of equals the first class; 'soft': their probabilities are averaged. */
  readonly voting: 'hard' | 'soft';
  /** One a model, not all 0; null: all count alike. */
  readonly weights: readonly number[] | null;
}

const CLASS_DEFAULTS: VotingClassifierParams = { estimators: [], voting: 'hard', weights: null };

/** Its probabilities are, where voting is hard, the shares of the votes (scikit-learn has none there). */
export class VotingClassifier extends ClassifierModel<VotingClassifierParams, readonly Classifier[]> {
  readonly kind = 'VotingClassifier';
  readonly params: VotingClassifierParams;

  constructor(params: Partial<VotingClassifierParams> = {}) {
    super();
    this.params = resolveParams(this.kind, CLASS_DEFAULTS, params);
    const { estimators, voting, weights } = this.params;
    demandModels(estimators);
    const other = estimators.find(([, model]) => !isClassifier(model));
    if (other !== undefined) refuse('estimators', other[0], 'classifiers only');
    demandOneOf('voting', voting, ['hard', 'soft']);
    demandWeights(weights, estimators.length);
  }

  protected override parts(): readonly Part[] {
    return partsOf(this.params.estimators);
  }

  fit(x: MatrixLike, y: LabelVector, options?: FitOptions): this {
    const given = anyRows(x, this.params.estimators);
    const labels = labelList(y, given.rows);
    const weight = weightsOf(options, given.rows);
    const models = this.params.estimators.map(([, model]) => model);
    fitInTurn(models, { x: given.x, y: labels, weight }, options);
    this.known = { ...given.columns, classes: classesOf(labels) };
    this.learned = models;
    return this;
  }

  override probabilities(x: MatrixLike, options?: FitOptions): Matrix {
    const asked = anyQuestion(this.kind, x, this.known);
    const { classes } = this.known!;
    const data = this.votes(asked.x, asked.rows, classes, options);
    return { data, rows: asked.rows, cols: classes.length, names: classes.map(String) };
  }

  private votes(x: MatrixLike, rows: number, classes: readonly ClassLabel[], options?: FitOptions): Float64Array {
    const { voting, weights, estimators } = this.params;
    const cols = classes.length;
    const data = new Float64Array(rows * cols);
    const progress = risingProgress(options);
    let total = 0;
    for (const [k, [, model]] of estimators.entries()) {
      const weight = weights?.[k] ?? 1;
      total += weight;
      if (weight === 0) continue;
      const part = partOfProgress(progress, k, estimators.length);
      if (voting === 'soft') {
        const own = model.probabilities(x, part).data;
        for (let m = 0; m < data.length; m++) data[m]! += weight * own[m]!;
      } else {
        const codes = codesOfLabels(model.predict(x, part), classes);
        for (let i = 0; i < rows; i++) data[i * cols + codes[i]!]! += weight;
      }
      progress.onProgress?.((k + 1) / estimators.length);
    }
    return data.map((value) => value / total);
  }

  protected answer(_: readonly Classifier[], x: Matrix, options?: FitOptions): Float64Array {
    return this.votes(x, x.rows, this.classes, options);
  }

  override toJSON(): ModelJson {
    const { known } = this;
    const { voting, weights, estimators } = this.params;
    const models = estimators.map(([name, model]) => ({ name, model: model.toJSON() }));
    const state = { cols: known?.cols ?? null, classes: known?.classes ?? null, models };
    return { kind: this.kind, version: 1, params: { voting, weights }, names: known?.names ?? [], state };
  }

  protected save(): null {
    return null;
  }

  protected load(): readonly Classifier[] {
    return this.params.estimators.map(([, model]) => model);
  }

  /** @param load turns each saved model back: classifierFromJSON (which calls this) */
  static fromJSON(json: ModelJson, load: (json: ModelJson) => Classifier): VotingClassifier {
    demandKind(json, 'VotingClassifier');
    const state = json.state as {
      cols: number | null;
      classes: ClassLabel[];
      models: { name: string; model: ModelJson }[];
    };
    const estimators = state.models.map(({ name, model }) => [name, load(model)] as const);
    const vote = new VotingClassifier({ ...json.params, estimators });
    if (state.cols === null) return vote;
    vote.known = { cols: state.cols, names: json.names, classes: state.classes };
    vote.learned = vote.load();
    return vote;
  }
}
