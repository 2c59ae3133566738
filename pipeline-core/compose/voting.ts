// The average of several models: their errors differ, so some of them cancel.

import { PipelineError } from '../core/errors.ts';
import type { Vector } from '../estimator/frames.ts';
import { demandKind, type FittedColumns, predictionInput, trainingSet } from '../estimator/input.ts';
import type { FitOptions, MatrixLike, ModelJson, Regressor } from '../estimator/model.ts';
import { demandNumber, refuse, resolveParams } from '../estimator/params.ts';
import { partOfProgress, risingProgress } from '../estimator/progress.ts';
import { RegressorModel } from '../estimator/regressor-model.ts';

export interface VotingParams {
  /** Name and unfitted model, in order. `fit` fits these very models. */
  readonly estimators: readonly (readonly [name: string, model: Regressor])[];
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
    const { estimators, weights } = this.params;
    if (estimators.length === 0) refuse('estimators', [], "a list such as [['ridge', new Ridge()]]");
    const names = estimators.map(([name]) => name);
    if (new Set(names).size !== names.length) refuse('estimators', names, 'models of different names');
    if (weights === null) return;
    if (weights.length !== estimators.length) refuse('weights', weights, `a list of ${estimators.length} numbers`);
    for (const weight of weights) demandNumber('weights', weight, 0);
    if (weights.every((weight) => weight === 0)) refuse('weights', weights, 'above 0 for at least one model');
  }

  /** Fits its models one after another; progress and stopping inside each. */
  fit(x: MatrixLike, y: Vector, options?: FitOptions): this {
    const set = trainingSet(x, y, options);
    const { estimators } = this.params;
    const progress = risingProgress(options);
    for (const [k, [, model]] of estimators.entries()) {
      const part = partOfProgress(progress, k, estimators.length);
      model.fit(set.x, set.y, set.weight === null ? part : { ...part, sampleWeight: set.weight });
      progress.onProgress?.((k + 1) / estimators.length);
      if (progress.shouldStop?.() === true) throw new PipelineError('stopped', 'The work was stopped before its end.');
    }
    this.columns = { cols: set.x.cols, names: set.x.names };
    return this;
  }

  predict(x: MatrixLike, options?: FitOptions): Float64Array {
    const matrix = predictionInput(this.kind, x, this.columns);
    const { estimators, weights } = this.params;
    const answer = new Float64Array(matrix.rows);
    const progress = risingProgress(options);
    let total = 0;
    for (const [k, [, model]] of estimators.entries()) {
      const weight = weights?.[k] ?? 1;
      total += weight;
      if (weight === 0) continue;
      const part = model.predict(matrix, partOfProgress(progress, k, estimators.length));
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
