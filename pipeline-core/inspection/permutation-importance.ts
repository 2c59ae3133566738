// Which columns does the model lean on? Shuffle one and see how much worse it gets (Breiman 2001; Fisher et al. 2019).
// Invariant: use rows the model was not fitted on; columns that repeat each other share their importance and look smaller.

import { PipelineError } from '../core/errors.ts';
import type { Vector } from '../estimator/frames.ts';
import { toMatrix, toTarget } from '../estimator/input.ts';
import type { FitOptions, Matrix, MatrixLike } from '../estimator/model.ts';
import { demandKnown } from '../estimator/params.ts';
import { trackProgress } from '../estimator/progress.ts';
import { square } from '../math/deterministic-math.ts';
import { createRng, permutation } from '../math/rng.ts';
import { rmse } from '../metrics/metrics.ts';

export interface PermutationJob extends FitOptions {
  /** A fitted model. */
  readonly model: { predict(x: Matrix): ArrayLike<number> };
  readonly x: MatrixLike;
  readonly y: Vector;
  /** Shuffles of each column; default 5. */
  readonly nRepeats?: number;
  /** Default 0. */
  readonly randomState?: number;
  /** An error, where lower is better; default rmse. */
  readonly measure?: (yTrue: ArrayLike<number>, yPred: ArrayLike<number>) => number;
  /** Columns shuffled together under one name, as the levels of a one-hot column; default each on its own. */
  readonly groups?: Readonly<Record<string, readonly number[]>>;
  /** Unit of the target, for the axis. */
  readonly unit?: string;
}

export interface Importance {
  readonly column: string;
  /** Mean rise of the error over the repeats; about 0 or below: not used. */
  readonly mean: number;
  /** Standard deviation over the repeats (n, as scikit-learn's). */
  readonly spread: number;
  /** Rise of the error at each repeat. */
  readonly values: readonly number[];
}

export interface PermutationImportance {
  /** Error without shuffling. */
  readonly baseline: number;
  /** In the order of the columns (or groups). */
  readonly columns: readonly Importance[];
  readonly xLabel: string;
  readonly unit: string;
}

/** Cost: columns x repeats predictions. Throws PipelineError 'bad-param' | 'unknown-column' | 'stopped' and as predict. */
export function permutationImportance(job: PermutationJob): PermutationImportance {
  const options = ['nRepeats', 'randomState', 'measure', 'groups', 'unit', 'onProgress', 'shouldStop'];
  demandKnown('permutationImportance', job, ['model', 'x', 'y', ...options]);
  const { model, nRepeats = 5, randomState = 0, measure = rmse, unit = '' } = job;
  const x = toMatrix(job.x);
  const y = toTarget(job.y, x.rows);
  if (!Number.isInteger(nRepeats) || nRepeats < 1) {
    throw new PipelineError('bad-param', `nRepeats must be a whole number of at least 1, but it is ${nRepeats}.`);
  }
  const groups = Object.entries(job.groups ?? ownGroups(x));
  const baseline = measure(y, model.predict(x));
  const progress = trackProgress(job, groups.length * nRepeats);
  const random = createRng(randomState);
  const data = x.data.slice();
  const shuffled: Matrix = { ...x, data };
  const columns = groups.map(([column, members], g) => {
    const values = Array.from({ length: nRepeats }, (_, r) => {
      shuffle(data, x, members, permutation(x.rows, random.fork(g * nRepeats + r)));
      const rise = measure(y, model.predict(shuffled)) - baseline;
      progress.at(g * nRepeats + r + 1);
      return rise;
    });
    shuffle(data, x, members, null);
    const mean = values.reduce((sum, value) => sum + value, 0) / nRepeats;
    const spread = Math.sqrt(values.reduce((sum, value) => sum + square(value - mean), 0) / nRepeats);
    return { column, mean, spread, values };
  });
  return { baseline, columns, xLabel: 'Rise of the error when shuffled', unit };
}

function ownGroups(x: Matrix): Record<string, readonly number[]> {
  return Object.fromEntries(Array.from({ length: x.cols }, (_, j) => [x.names[j] ?? `column ${j + 1}`, [j]]));
}

function shuffle(data: Float64Array, x: Matrix, members: readonly number[], order: Int32Array | null): void {
  for (const j of members) {
    if (!Number.isInteger(j) || j < 0 || j >= x.cols) {
      throw new PipelineError('unknown-column', `There is no column ${j} among ${x.cols} (counted from 0).`);
    }
    for (let i = 0; i < x.rows; i++) data[i * x.cols + j] = x.data[(order === null ? i : order[i]!) * x.cols + j]!;
  }
}
