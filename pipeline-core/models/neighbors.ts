// k nearest neighbours by Euclidean distance, found by looking at every row (exact; fine for workshop tables).
// Scale the columns first: a column in large units decides alone.

import { PipelineError } from '../core/errors.ts';
import type { Vector } from '../estimator/frames.ts';
import { demandKind, type FittedColumns, predictionInput, trainingSet } from '../estimator/input.ts';
import type { FitOptions, MatrixLike, ModelJson } from '../estimator/model.ts';
import { demandOneOf, demandWhole, resolveParams } from '../estimator/params.ts';
import { trackProgress } from '../estimator/progress.ts';
import { RegressorModel } from '../estimator/regressor-model.ts';
import { refuseWeights } from '../estimator/weights.ts';

export interface KNeighborsParams {
  readonly nNeighbors: number;
  /** 'uniform': the mean of the neighbours; 'distance': weighted by 1 / distance. */
  readonly weights: 'uniform' | 'distance';
}

/** Rows answered between two questions whether to stop. */
export const STEP = 64;

export const INSTEAD = "all neighbours count alike, or by distance with weights: 'distance'";

const DEFAULTS: KNeighborsParams = { nNeighbors: 5, weights: 'uniform' };

export interface Memory extends FittedColumns {
  readonly data: Float64Array;
  readonly y: Float64Array;
}

/** Of rows equally far away the earlier one counts as nearer. Predicting costs rows x training rows x columns. */
export class KNeighborsRegressor extends RegressorModel<KNeighborsParams> {
  readonly kind = 'KNeighborsRegressor';
  readonly params: KNeighborsParams;
  private fitted: Memory | null = null;

  constructor(params: Partial<KNeighborsParams> = {}) {
    super();
    this.params = resolveParams(this.kind, DEFAULTS, params);
    demandWhole('nNeighbors', this.params.nNeighbors, 1);
    demandOneOf('weights', this.params.weights, ['uniform', 'distance']);
  }

  /** Throws PipelineError 'too-few-rows' where there are fewer rows than neighbours. */
  fit(x: MatrixLike, y: Vector, options?: FitOptions): this {
    refuseWeights(this.kind, options, INSTEAD);
    const set = trainingSet(x, y);
    const { nNeighbors } = this.params;
    if (set.x.rows < nNeighbors) {
      const message = `${nNeighbors} neighbours cannot be found among ${set.x.rows} rows: lower nNeighbors.`;
      throw new PipelineError('too-few-rows', message, { rows: set.x.rows, nNeighbors });
    }
    this.fitted = { cols: set.x.cols, names: set.x.names, data: set.x.data.slice(), y: set.y };
    return this;
  }

  /** Progress and stopping every few rows. */
  predict(x: MatrixLike, options?: FitOptions): Float64Array {
    const matrix = predictionInput(this.kind, x, this.fitted);
    const memory = this.fitted!;
    const { cols } = memory;
    const near = new Float64Array(this.params.nNeighbors);
    const which = new Int32Array(near.length);
    const answer = new Float64Array(matrix.rows);
    const progress = trackProgress(options, matrix.rows);
    for (let i = 0; i < matrix.rows; i++) {
      nearest(memory, matrix.data.subarray(i * cols, (i + 1) * cols), near, which);
      answer[i] = this.params.weights === 'uniform' ? plainMean(memory.y, which) : weightedMean(memory.y, near, which);
      if (i % STEP === STEP - 1) progress.at(i + 1);
    }
    if (matrix.rows % STEP !== 0) progress.at(matrix.rows);
    return answer;
  }

  toJSON(): ModelJson {
    const fitted = this.fitted;
    const state = fitted && { cols: fitted.cols, data: [...fitted.data], y: [...fitted.y] };
    return { kind: this.kind, version: 1, params: { ...this.params }, names: fitted?.names ?? [], state };
  }

  static fromJSON(json: ModelJson): KNeighborsRegressor {
    demandKind(json, 'KNeighborsRegressor');
    const model = new KNeighborsRegressor(json.params);
    const state = json.state as { cols: number; data: number[]; y: number[] } | null;
    if (state !== null) {
      const { cols, data, y } = state;
      model.fitted = { cols, names: json.names, data: Float64Array.from(data), y: Float64Array.from(y) };
    }
    return model;
  }
}

// Keeps the k smallest squared distances in ascending order; a row too far is given up as soon as that is known.
export function nearest({ data, y, cols }: Memory, point: Float64Array, near: Float64Array, which: Int32Array): void {
  const k = near.length;
  near.fill(Infinity);
  for (let i = 0; i < y.length; i++) {
    const limit = near[k - 1]!;
    const at = i * cols;
    let square = 0;
    for (let j = 0; j < cols && square < limit; j++) {
      const gap = data[at + j]! - point[j]!;
      square += gap * gap;
    }
    if (!(square < limit)) continue;
    let place = k - 1;
    while (place > 0 && near[place - 1]! > square) {
      near[place] = near[place - 1]!;
      which[place] = which[place - 1]!;
      place--;
    }
    near[place] = square;
    which[place] = i;
  }
}

function plainMean(y: Float64Array, which: Int32Array): number {
  let sum = 0;
  for (const i of which) sum += y[i]!;
  return sum / which.length;
}

// Rows at distance 0 are the same case: they alone answer, as in scikit-learn.
function weightedMean(y: Float64Array, near: Float64Array, which: Int32Array): number {
  let sum = 0;
  let weights = 0;
  const exact = near[0] === 0;
  for (let k = 0; k < near.length; k++) {
    if (exact && near[k]! > 0) break;
    const weight = exact ? 1 : 1 / Math.sqrt(near[k]!);
    sum += weight * y[which[k]!]!;
    weights += weight;
  }
  return sum / weights;
}
