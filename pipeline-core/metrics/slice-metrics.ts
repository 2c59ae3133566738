// For whom is the model worse? The error of each group of rows, by any column.

import { PipelineError } from '../core/errors.ts';
import { isSeries, type SeriesLike, type Vector } from '../estimator/frames.ts';
import { demandPairs } from './check-pairs.ts';
import { mae, rmse } from './metrics.ts';

export interface SliceJob {
  readonly actual: Vector;
  readonly predicted: Vector;
  /** One label a row for each column to slice by: {school: ['GP', 'MS', ...]}. */
  readonly by: Readonly<Record<string, ArrayLike<string | number | null> | SeriesLike>>;
}

export interface SliceError {
  readonly column: string;
  readonly level: string;
  readonly rows: number;
  readonly rmse: number;
  readonly mae: number;
  /** Mean of predicted - actual: above 0 the group is predicted better than it is. */
  readonly bias: number;
}

/** Slices by column, largest first. All errors are in the target's unit. Throws PipelineError 'length-mismatch' | 'empty'. */
export function errorBySlice({ by, ...job }: SliceJob): SliceError[] {
  const { n, actual, predicted } = demandPairs(job.actual, job.predicted);
  return Object.entries(by).flatMap(([column, given]) => {
    const labels = isSeries(given) ? (given.values as readonly (string | number | null)[]) : given;
    if (labels.length !== n) {
      const message = `Column ${column} has ${labels.length} labels for ${n} rows: give one label a row.`;
      throw new PipelineError('length-mismatch', message, { column, rows: n });
    }
    const rowsOf = new Map<string, number[]>();
    for (let i = 0; i < n; i++) {
      const level = String(labels[i] ?? '(missing)');
      const rows = rowsOf.get(level);
      if (rows === undefined) rowsOf.set(level, [i]);
      else rows.push(i);
    }
    return [...rowsOf]
      .map(([level, rows]) => {
        const truth = rows.map((i) => actual[i]!);
        const answers = rows.map((i) => predicted[i]!);
        const bias = rows.reduce((sum, i) => sum + predicted[i]! - actual[i]!, 0) / rows.length;
        return { column, level, rows: rows.length, rmse: rmse(truth, answers), mae: mae(truth, answers), bias };
      })
      .sort((a, b) => b.rows - a.rows || (a.level < b.level ? -1 : 1));
  });
}
