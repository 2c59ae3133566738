// Which columns does the model lean on? Shuffle one and see how much worse it gets (Breiman 2001; Fisher et al. 2019).
// Invariant: use rows the model was not fitted on; columns that repeat each other share their importance and look smaller.

import { PipelineError } from '../core/errors.ts';
import type { Vector } from '../estimator/frames.ts';
import { toTarget } from '../estimator/input.ts';
import type { FitOptions, Matrix, MatrixLike } from '../estimator/model.ts';
import { demandKnown } from '../estimator/params.ts';
import { trackProgress } from '../estimator/progress.ts';
import { square } from '../math/deterministic-math.ts';
import { createRng, permutation } from '../math/rng.ts';
import { rmse } from '../metrics/metrics.ts';
import { changedRows, columnNumber } from './changed-rows.ts';

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
  const x = changedRows(model, job.x);
  const y = toTarget(job.y, x.rows);
  if (!Number.isInteger(nRepeats) || nRepeats < 1) {
    throw new PipelineError('bad-param', `nRepeats must be a whole number of at least 1, but it is ${nRepeats}.`);
  }
  const own = Array.from({ length: x.cols }, (_, j) => [x.nameOf(j), [j]] as const);
  const groups = job.groups === undefined ? own : Object.entries(job.groups);
  const baseline = measure(y, model.predict(x.asTheyAre));
  const progress = trackProgress(job, groups.length * nRepeats);
  const random = createRng(randomState);
  const columns = groups.map(([column, given], g) => {
    const members = given.map((j) => columnNumber(x, j));
    const values = Array.from({ length: nRepeats }, (_, r) => {
      const order = permutation(x.rows, random.fork(g * nRepeats + r));
      const rise = measure(y, model.predict(x.shuffled(members, order))) - baseline;
      progress.at(g * nRepeats + r + 1);
      return rise;
    });
    const mean = values.reduce((sum, value) => sum + value, 0) / nRepeats;
    const spread = Math.sqrt(values.reduce((sum, value) => sum + square(value - mean), 0) / nRepeats);
    return { column, mean, spread, values };
  });
  return { baseline, columns, xLabel: 'Rise of the error when shuffled', unit };
}
