// The score to beat: the same answer for everybody, the mean or the median of the training targets.

import type { Vector } from '../estimator/frames.ts';
import { demandKind, type FittedColumns, predictionInput, trainingSet } from '../estimator/input.ts';
import type { MatrixLike, ModelJson, Regressor } from '../estimator/model.ts';
import { demandOneOf, resolveParams } from '../estimator/params.ts';

export interface DummyParams {
  readonly strategy: 'mean' | 'median';
}

const DEFAULTS: DummyParams = { strategy: 'mean' };

/** Baseline; columns are checked but not used. */
export class DummyRegressor implements Regressor {
  readonly kind = 'DummyRegressor';
  readonly params: DummyParams;
  private fitted: (FittedColumns & { readonly constant: number }) | null = null;

  /** @param params strategy 'mean' (default) or 'median' */
  constructor(params: Partial<DummyParams> = {}) {
    this.params = resolveParams(this.kind, DEFAULTS, params);
    demandOneOf('strategy', this.params.strategy, ['mean', 'median']);
  }

  fit(x: MatrixLike, y: Vector): this {
    const set = trainingSet(x, y);
    const constant = this.params.strategy === 'mean' ? meanOf(set.y) : medianOf(set.y);
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

function meanOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

function medianOf(values: Float64Array): number {
  const sorted = values.slice().sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
