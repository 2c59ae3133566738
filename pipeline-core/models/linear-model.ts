// What all linear models share once fitted: a weight per column and an intercept.
// Invariant: inputs and target are centred before any solving, so the intercept is never penalised.

import { demandKind, type FittedColumns, predictionInput } from '../estimator/input.ts';
import type { Matrix, MatrixLike, ModelJson } from '../estimator/model.ts';
import { RegressorModel } from '../estimator/regressor-model.ts';

export interface LinearState {
  /** One weight per column: target units per unit of that column. */
  readonly coef: Float64Array;
  /** Target units. */
  readonly intercept: number;
  /** The penalty a cross-validated model settled on. */
  readonly alpha?: number;
  readonly l1Ratio?: number;
  /** false: an iterative fit ended at its last round; a larger maxIter or scaled columns would help. */
  readonly converged?: boolean;
}

/** Base of the linear models; `fit` of each sets `state`. */
export abstract class LinearModel<P extends object> extends RegressorModel<P> {
  protected columns: FittedColumns | null = null;
  protected state: LinearState | null = null;

  /** Weights in the order of the columns; null before `fit`. */
  get coef(): Float64Array | null {
    return this.state?.coef ?? null;
  }

  /** In units of the target; null before `fit`. */
  get intercept(): number | null {
    return this.state?.intercept ?? null;
  }

  /** false where an iterative fit ran out of rounds before it was exact to `tol`. */
  get converged(): boolean {
    return this.state?.converged ?? true;
  }

  predict(x: MatrixLike): Float64Array {
    const matrix = predictionInput(this.kind, x, this.columns);
    const { coef, intercept } = this.state!;
    const { data, rows, cols } = matrix;
    const answer = new Float64Array(rows);
    for (let i = 0; i < rows; i++) {
      let sum = 0;
      for (let j = 0; j < cols; j++) sum += data[i * cols + j]! * coef[j]!;
      answer[i] = sum + intercept;
    }
    return answer;
  }

  toJSON(): ModelJson {
    const state = this.state && { ...this.state, coef: [...this.state.coef] };
    return {
      kind: this.kind,
      version: 1,
      params: { ...this.params } as Record<string, unknown>,
      names: this.columns?.names ?? [],
      state,
    };
  }

  /** Takes over what `toJSON` saved. */
  protected restore(json: ModelJson): this {
    demandKind(json, this.kind);
    const saved = json.state as (Omit<LinearState, 'coef'> & { coef: number[] }) | null;
    if (saved !== null) {
      this.state = { ...saved, coef: Float64Array.from(saved.coef) };
      this.columns = { cols: saved.coef.length, names: json.names };
    }
    return this;
  }

  protected settle(x: Matrix, state: LinearState): this {
    this.columns = { cols: x.cols, names: x.names };
    this.state = state;
    return this;
  }
}

/** Inputs and target with their means taken off. */
export interface Centred {
  /** Row-major, as x. */
  readonly data: Float64Array;
  readonly y: Float64Array;
  readonly xMean: Float64Array;
  readonly yMean: number;
}

/**
 * @param fitIntercept false leaves all as it is, with means of 0
 * @param weight one a row: means are weighted, then each row is multiplied by the root of its weight
 */
export function centre(x: Matrix, y: Float64Array, fitIntercept = true, weight: Float64Array | null = null): Centred {
  const { rows, cols } = x;
  const xMean = new Float64Array(cols);
  if (weight !== null) return centreWeighted(x, y, fitIntercept, weight);
  if (!fitIntercept) return { data: x.data, y, xMean, yMean: 0 };
  // Means of the distance from the first row: exact for a constant, and no digits lost where values lie far from 0.
  for (let i = 0; i < rows; i++) {
    const at = i * cols;
    for (let j = 0; j < cols; j++) xMean[j]! += x.data[at + j]! - x.data[j]!;
  }
  for (let j = 0; j < cols; j++) xMean[j] = x.data[j]! + xMean[j]! / rows;
  const data = new Float64Array(rows * cols);
  for (let i = 0; i < rows; i++) {
    const at = i * cols;
    for (let j = 0; j < cols; j++) data[at + j] = x.data[at + j]! - xMean[j]!;
  }
  let yMean = 0;
  for (let i = 0; i < rows; i++) yMean += y[i]! - y[0]!;
  yMean = y[0]! + yMean / rows;
  return { data, y: y.map((value) => value - yMean), xMean, yMean };
}

function centreWeighted(x: Matrix, y: Float64Array, fitIntercept: boolean, weight: Float64Array): Centred {
  const { rows, cols } = x;
  const xMean = new Float64Array(cols);
  let yMean = 0;
  if (fitIntercept) {
    let total = 0;
    for (let i = 0; i < rows; i++) {
      const w = weight[i]!;
      total += w;
      yMean += w * (y[i]! - y[0]!);
      for (let j = 0; j < cols; j++) xMean[j]! += w * (x.data[i * cols + j]! - x.data[j]!);
    }
    for (let j = 0; j < cols; j++) xMean[j] = x.data[j]! + xMean[j]! / total;
    yMean = y[0]! + yMean / total;
  }
  const root = weight.map(Math.sqrt);
  const data = x.data.map((value, k) => (value - xMean[k % cols]!) * root[Math.floor(k / cols)]!);
  return { data, y: y.map((value, i) => (value - yMean) * root[i]!), xMean, yMean };
}

/** The intercept that belongs to weights found on centred data. */
export function interceptOf(coef: Float64Array, { xMean, yMean }: Centred): number {
  let intercept = yMean;
  for (let j = 0; j < coef.length; j++) intercept -= coef[j]! * xMean[j]!;
  return intercept;
}
