// Where predictions are wrong: how large the errors are, the worst rows, and the error of each group of rows. From the
// out-of-fold predictions and the raw table alone, so that it holds for any code that made them.
// Invariant: a column is shown as it is in the table; what cannot be compared (a row that is not in the table) is left out.
import type { Predictions } from '../core/report.ts';
import { square } from '../math/deterministic-math.ts';
import type { Table } from '../table/table.ts';
import { residuals } from './residuals.ts';
import { type RowRange, rowGroups, rowValues } from './row-groups.ts';

export interface PredictionErrors {
  /** Predictions that were looked at. */
  readonly n: number;
  readonly rmse: number;
  /** Mean of predicted - actual. */
  readonly bias: number;
  /** Of predicted - actual; one edge more than counts. */
  readonly histogram: { readonly edges: readonly number[]; readonly counts: readonly number[] };
  /** All of them, or as many drawn evenly over the rows: enough for a picture. */
  readonly points: {
    readonly row: readonly number[];
    readonly actual: readonly number[];
    readonly predicted: readonly number[];
  };
  /** Largest error first; `values`: the row as it is in the table. */
  readonly worst: readonly {
    readonly row: number;
    readonly actual: number;
    readonly predicted: number;
    readonly values: Readonly<Record<string, string | number>>;
  }[];
  /** Columns whose groups differ most from all rows first. */
  readonly slices: readonly { readonly column: string; readonly groups: readonly SliceOfRows[] }[];
}

/** Rows that agree in a word, or whose number lies between `from` and `to`, both included. */
export type SliceOfRows = RowRange & {
  readonly n: number;
  readonly rmse: number;
  /** 95 %, from the spread of the squared errors; equal to `rmse` where one row tells nothing about others. */
  readonly interval: readonly [number, number];
  /** Mean of predicted - actual. */
  readonly bias: number;
  /** The rows with the largest errors, largest first. */
  readonly worst: readonly number[];
};

const WORST = 12;
const WORST_OF_GROUP = 8;
const MOST_POINTS = 600;
const MOST_COLUMNS = 12;
const BINS = 15;
const Z95 = 1.959963984540054;

/** null where no prediction is of a row of the table. @param hidden columns that nobody is shown beside a prediction */
export function predictionErrors(
  { row, actual, predicted }: Predictions,
  table: Table,
  hidden: readonly string[] = [],
): PredictionErrors | null {
  const known = row.flatMap((own, i) => (Number.isInteger(own) && own >= 0 && own < table.rowCount ? [i] : []));
  if (known.length === 0) return null;
  const errors = known.map((i) => predicted[i]! - actual[i]!);
  const rows = known.map((i) => row[i]!);
  const shown = table.columns.filter(({ name }) => !hidden.includes(name));
  const { histogram } = residuals(
    known.map((i) => predicted[i]!),
    known.map((i) => actual[i]!),
    { bins: BINS },
  );
  const order = [...errors.keys()].sort((a, b) => Math.abs(errors[b]!) - Math.abs(errors[a]!) || rows[a]! - rows[b]!);
  const all = errorOf(errors);
  const step = Math.max(1, known.length / MOST_POINTS);
  const drawn = Array.from({ length: Math.min(MOST_POINTS, known.length) }, (_, i) => Math.floor(i * step));
  return {
    n: known.length,
    rmse: all.rmse,
    bias: all.bias,
    histogram,
    points: {
      row: drawn.map((k) => rows[k]!),
      actual: drawn.map((k) => actual[known[k]!]!),
      predicted: drawn.map((k) => predicted[known[k]!]!),
    },
    worst: order.slice(0, WORST).map((k) => ({
      row: rows[k]!,
      actual: actual[known[k]!]!,
      predicted: predicted[known[k]!]!,
      values: rowValues(shown, rows[k]!),
    })),
    slices: shown
      .map((column) => ({
        column: column.name,
        groups: rowGroups(column, rows).map(({ range, members }) => ({
          ...range,
          ...errorsAt(errors, rows, members),
        })),
      }))
      .filter(({ groups }) => groups.length > 1)
      .map((slice) => ({ slice, uneven: unevenness(slice.groups, all.rmse) }))
      .sort((a, b) => b.uneven - a.uneven || (a.slice.column < b.slice.column ? -1 : 1))
      .slice(0, MOST_COLUMNS)
      .map(({ slice }) => slice),
  };
}

const errorsAt = (errors: readonly number[], rows: readonly number[], members: readonly number[]) => ({
  ...errorOf(members.map((k) => errors[k]!)),
  worst: firstOf(
    members,
    WORST_OF_GROUP,
    (a, b) => Math.abs(errors[b]!) - Math.abs(errors[a]!) || rows[a]! - rows[b]!,
  ).map((k) => rows[k]!),
});

/** The first of what a sort would give, without sorting the rest: a large table has a hundred thousand in a group. */
function firstOf(all: readonly number[], most: number, compare: (a: number, b: number) => number): readonly number[] {
  const first: number[] = [];
  for (const one of all) {
    if (first.length === most && compare(one, first[most - 1]!) >= 0) continue;
    const at = first.findIndex((other) => compare(one, other) < 0);
    first.splice(at === -1 ? first.length : at, 0, one);
    if (first.length > most) first.pop();
  }
  return first;
}

function errorOf(errors: readonly number[]) {
  const n = errors.length;
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / n;
  const squares = errors.map(square);
  const mse = mean(squares);
  // Sample variance of the squared errors; of a single row there is none.
  const variance = n > 1 ? squares.reduce((sum, value) => sum + square(value - mse), 0) / (n - 1) : 0;
  const half = Z95 * Math.sqrt(variance / n);
  const interval = [Math.sqrt(Math.max(0, mse - half)), Math.sqrt(mse + half)] as const;
  return { n, rmse: Math.sqrt(mse), interval, bias: mean(errors) };
}

/** The largest distance of a group from all rows, counted in the width of its own interval. */
function unevenness(groups: readonly SliceOfRows[], overall: number): number {
  return Math.max(
    ...groups.map(({ rmse, interval: [low, high], n }) => {
      const half = Math.max((high - low) / 2, 1e-12);
      return n < 5 ? 0 : Math.abs(rmse - overall) / half;
    }),
  );
}
