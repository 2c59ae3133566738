// The score to beat: the same answer for everybody, the mean or the median of the training targets.

import type { Vector } from '../estimator/frames.ts';
import { demandKind, type FittedColumns, predictionInput, trainingSet } from '../estimator/input.ts';
import type { FitOptions, MatrixLike, ModelJson } from '../estimator/model.ts';
import { demandOneOf, resolveParams } from '../estimator/params.ts';
import { RegressorModel } from '../estimator/regressor-model.ts';
import { weightedQuantile } from '../math/distribution.ts';

export interface DummyParams {
  readonly strategy: 'mean' | 'median';
}

const DEFAULTS: DummyParams = { strategy: 'mean' };

/** Baseline; columns are checked but not used. */
export class DummyRegressor extends RegressorModel<DummyParams> {
  readonly kind = 'DummyRegressor';
  readonly usesInputs = false;
  readonly params: DummyParams;
  private fitted: (FittedColumns & { readonly constant: number }) | null = null;

  /** @param params strategy 'mean' (default) or 'median' */
  constructor(params: Partial<DummyParams> = {}) {
    super();
    this.params = resolveParams(this.kind, DEFAULTS, params);
    demandOneOf('strategy', this.params.strategy, ['mean', 'median']);
  }

  fit(x: MatrixLike, y: Vector, options?: FitOptions): this {
    const set = trainingSet(x, y, options);
    const constant = this.params.strategy === 'mean' ? meanOf(set.y, set.weight) : medianOf(set.y, set.weight);
    this.fitted = { cols: set.x.cols, names: set.x.names, constant };
    return this;
  }

  predict(x: MatrixLike): Float64Array {
    const matrix = predictionInput(this.kind, x, this.fitted);
    return new Float64Array(matrix.rows).fill(this.fitted!.constant);
  }

  toJSON(): ModelJson {
    const fitted = this.fitted;
    const state = fitted && { cols: fitted.cols, constant: fitted.constant };
    return { kind: this.kind, version: 1, params: { ...this.params }, names: fitted?.names ?? [], state };
  }

  static fromJSON(json: ModelJson): DummyRegressor {
    demandKind(json, 'DummyRegressor');
    const model = new DummyRegressor(json.params);
    const state = json.state as { cols: number; constant: number } | null;
    if (state !== null) model.fitted = { ...state, names: json.names };
    return model;
  }
}

function meanOf(values: Float64Array, weight: Float64Array | null): number {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    const w = weight?.[i] ?? 1;
    sum += w * values[i]!;
    total += w;
  }
  return sum / total;
}

function medianOf(values: Float64Array, weight: Float64Array | null): number {
  if (weight !== null) return weightedQuantile(values, weight, 0.5);
  const sorted = values.slice().sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
