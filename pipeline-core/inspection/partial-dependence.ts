// What the model answers as one column moves and all else stays: the mean over rows (Friedman 2001) and lines of single
// rows (individual conditional expectation, Goldstein et al. 2015). Lines that cross tell of interactions.

import { PipelineError } from '../core/errors.ts';
import type { FitOptions, Matrix, MatrixLike } from '../estimator/model.ts';
import { demandKnown } from '../estimator/params.ts';
import { trackProgress } from '../estimator/progress.ts';
import { createRng, permutation } from '../math/rng.ts';
import { distinctValues } from '../models/tree/codes.ts';
import type { Cell } from '../table/column.ts';
import { changedRows, columnNumber } from './changed-rows.ts';

export interface DependenceJob extends FitOptions {
  /** A fitted model. */
  readonly model: { predict(x: Matrix): ArrayLike<number> };
  readonly x: MatrixLike;
  /** Name, or number from 0. */
  readonly column: string | number;
  /** Values to try, of words the words; default the distinct values, or where they are `gridResolution` or more, that many even steps. */
  readonly grid?: readonly (number | string)[];
  /** Default 100. */
  readonly gridResolution?: number;
  /** Even steps go from one quantile to the other; default [0.05, 0.95]. */
  readonly percentiles?: readonly [number, number];
  /** At most this many single rows, drawn by `randomState`; default 50. */
  readonly lines?: number;
  /** Default 0. */
  readonly randomState?: number;
  /** Unit of the target, for the axis. */
  readonly unit?: string;
}

export interface PartialDependence {
  readonly column: string;
  readonly grid: readonly (number | string)[];
  /** Mean prediction over all rows at each value of the grid. */
  readonly average: readonly number[];
  /** Predictions of single rows (numbered from 0) at each value of the grid. */
  readonly individual: readonly { readonly row: number; readonly values: readonly number[] }[];
  readonly xLabel: string;
  readonly yLabel: string;
  readonly unit: string;
}

/** Cost: one prediction of all rows per value of the grid. Throws PipelineError 'unknown-column' | 'empty' | 'stopped'. */
export function partialDependence(job: DependenceJob): PartialDependence {
  const options = ['grid', 'gridResolution', 'percentiles', 'lines', 'randomState', 'unit', 'onProgress', 'shouldStop'];
  demandKnown('partialDependence', job, ['model', 'x', 'column', ...options]);
  const { model, randomState = 0, lines = 50, unit = '' } = job;
  const x = changedRows(model, job.x);
  if (x.rows === 0) throw new PipelineError('empty', 'There are no rows to explain.');
  const j = columnNumber(x, job.column);
  const column = x.nameOf(j);
  const grid = job.grid ?? gridOf(x.cells(j), job);
  const shown =
    x.rows <= lines
      ? Array.from({ length: x.rows }, (_, i) => i)
      : [...permutation(x.rows, createRng(randomState)).subarray(0, lines)].sort((a, b) => a - b);
  const individual = shown.map((row) => ({ row, values: [] as number[] }));
  const progress = trackProgress(job, grid.length);
  const average = grid.map((value, g) => {
    const predicted = model.predict(x.filled(j, value));
    let sum = 0;
    for (let i = 0; i < x.rows; i++) sum += predicted[i]!;
    for (const line of individual) line.values.push(predicted[line.row]!);
    progress.at(g + 1);
    return sum / x.rows;
  });
  return { column, grid: [...grid], average, individual, xLabel: column, yLabel: 'Prediction', unit };
}

/** Of words each that occurs; missing values are not tried. */
function gridOf(
  cells: readonly Cell[],
  { gridResolution = 100, percentiles = [0.05, 0.95] }: DependenceJob,
): (number | string)[] {
  if (cells.some((cell) => typeof cell === 'string')) {
    return [...new Set(cells)].filter((cell): cell is string => typeof cell === 'string').sort();
  }
  const values = Float64Array.from(cells as readonly (number | null)[], (cell) => cell ?? Number.NaN).filter(
    (value) => !Number.isNaN(value),
  );
  const distinct = distinctValues(values);
  if (distinct.length < gridResolution || gridResolution < 2) return [...distinct];
  const sorted = values.sort();
  const low = quantile(sorted, percentiles[0]);
  const high = quantile(sorted, percentiles[1]);
  return Array.from({ length: gridResolution }, (_, k) => low + ((high - low) * k) / (gridResolution - 1));
}

// Approximately unbiased for any distribution (Cunnane 1978), as scikit-learn takes for this grid.
function quantile(sorted: Float64Array, at: number): number {
  const place = sorted.length * at + 0.4 + at * 0.2;
  const below = Math.floor(Math.min(Math.max(place, 1), sorted.length - 1));
  const share = Math.min(Math.max(place - below, 0), 1);
  return (1 - share) * sorted[below - 1]! + share * sorted[below]!;
}
