// Support vector regression: a curve as smooth as may be that keeps most rows within epsilon (Drucker et al. 1997).
// Parameters, defaults and numbers as scikit-learn's SVR. Scale the columns first. Some thousand rows: time grows by their
// square and more.

import { PipelineError } from '../core/errors.ts';
import type { Vector } from '../estimator/frames.ts';
import { demandKind, type FittedColumns, predictionInput, trainingSet } from '../estimator/input.ts';
import type { FitOptions, MatrixLike, ModelJson } from '../estimator/model.ts';
import { demandNumber, resolveParams } from '../estimator/params.ts';
import { RegressorModel } from '../estimator/regressor-model.ts';
import { checkKernel, gammaOf, KERNEL_DEFAULTS, type KernelParams, kernelOf, likenessRows } from './kernel.ts';
import { solveDual } from './smo.ts';

export interface SVRParams extends KernelParams {
  /** Errors up to this, in units of the target, cost nothing. */
  readonly epsilon: number;
}

interface Fitted extends FittedColumns {
  /** Rows that carry the curve, one after another. */
  readonly support: Float64Array;
  readonly dual: Float64Array;
  readonly intercept: number;
  readonly gamma: number;
  readonly converged: boolean;
}

const DEFAULTS: SVRParams = { ...KERNEL_DEFAULTS, epsilon: 0.1 };

export class SVR extends RegressorModel<SVRParams> {
  readonly kind = 'SVR';
  readonly params: SVRParams;
  private fitted: Fitted | null = null;

  /** Throws PipelineError 'unknown-param' | 'bad-param'. */
  constructor(params: Partial<SVRParams> = {}) {
    super();
    this.params = resolveParams(this.kind, DEFAULTS, params);
    checkKernel(this.params);
    demandNumber('epsilon', this.params.epsilon, 0);
  }

  /** How many rows carry the curve. Throws PipelineError 'not-fitted'. */
  get nSupport(): number {
    predictionInput(this.kind, [], this.fitted);
    return this.fitted!.dual.length;
  }

  /** false where maxIter ended the fit. */
  get converged(): boolean {
    return this.fitted?.converged ?? true;
  }

  /** Stopping between steps. Throws PipelineError 'too-many-rows' above 20 000. */
  fit(x: MatrixLike, y: Vector, options?: FitOptions): this {
    const set = trainingSet(x, y, options);
    const { rows, cols, data } = set.x;
    demandFew(this.kind, rows);
    const gamma = gammaOf(this.params, set.x);
    const alike = likenessRows(kernelOf(this.params, gamma, cols), data, rows);
    const { C, epsilon, tol, maxIter } = this.params;
    // Each row twice: once for being above the curve, once below.
    const size = 2 * rows;
    const sign = Int8Array.from({ length: size }, (_, t) => (t < rows ? 1 : -1));
    const linear = Float64Array.from({ length: size }, (_, t) =>
      t < rows ? epsilon - set.y[t]! : epsilon + set.y[t - rows]!,
    );
    const most = Float64Array.from({ length: size }, (_, t) => C * (set.weight?.[t % rows] ?? 1));
    const diagonal = new Float64Array(size);
    for (let t = 0; t < size; t++) diagonal[t] = alike(t % rows)[t % rows]!;
    const scratch = [new Float64Array(size), new Float64Array(size)];
    let turn = 0;
    const row = (t: number): Float64Array => {
      const own = alike(t % rows);
      const out = scratch[turn++ % 2]!;
      const s = sign[t]!;
      for (let k = 0; k < rows; k++) {
        out[k] = s * own[k]!;
        out[rows + k] = -s * own[k]!;
      }
      return out;
    };
    const limit = maxIter < 0 ? Infinity : maxIter;
    const { alpha, rho, converged } = solveDual({ size, row, diagonal, linear, sign, most }, tol, limit, () =>
      stopped(options),
    );
    const kept = Array.from({ length: rows }, (_, i) => i).filter((i) => alpha[i] !== alpha[rows + i]);
    this.fitted = {
      cols,
      names: set.x.names,
      support: Float64Array.from(kept.flatMap((i) => [...data.subarray(i * cols, (i + 1) * cols)])),
      dual: Float64Array.from(kept, (i) => alpha[i]! - alpha[rows + i]!),
      intercept: -rho,
      gamma,
      converged,
    };
    options?.onProgress?.(1);
    return this;
  }

  predict(x: MatrixLike): Float64Array {
    const matrix = predictionInput(this.kind, x, this.fitted);
    const { support, dual, intercept, gamma, cols } = this.fitted!;
    const kernel = kernelOf(this.params, gamma, cols);
    return Float64Array.from({ length: matrix.rows }, (_, i) => {
      let sum = intercept;
      for (let k = 0; k < dual.length; k++) sum += dual[k]! * kernel(matrix.data, i, support, k);
      return sum;
    });
  }

  toJSON(): ModelJson {
    const own = this.fitted;
    const state = own && { ...own, names: undefined, support: [...own.support], dual: [...own.dual] };
    return { kind: this.kind, version: 1, params: { ...this.params }, names: own?.names ?? [], state };
  }

  static fromJSON(json: ModelJson): SVR {
    demandKind(json, 'SVR');
    const model = new SVR(json.params);
    const state = json.state as (Omit<Fitted, 'support' | 'dual'> & { support: number[]; dual: number[] }) | null;
    if (state !== null) {
      const [support, dual] = [Float64Array.from(state.support), Float64Array.from(state.dual)];
      model.fitted = { ...state, names: json.names, support, dual };
    }
    return model;
  }
}

const MOST_ROWS = 20_000;

/** Throws PipelineError 'too-many-rows'. */
export function demandFew(kind: string, rows: number): void {
  if (rows <= MOST_ROWS) return;
  const linear = kind === 'SVR' ? 'LinearSVR' : 'LinearSVC';
  const message = `${kind} compares every row with every other: ${rows} rows are too many, at most ${MOST_ROWS}. Take ${linear}, HistGradientBoosting, or fewer rows.`;
  throw new PipelineError('too-many-rows', message, { rows });
}

/** Throws PipelineError 'stopped' when asked to. */
export function stopped(options: FitOptions | undefined): void {
  if (options?.shouldStop?.() === true) throw new PipelineError('stopped', 'The work was stopped before its end.');
}
