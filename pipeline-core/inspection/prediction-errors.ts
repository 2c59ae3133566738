// Where predictions are wrong: how large the errors are, the worst rows, and the error of each group of rows. From the
// out-of-fold predictions and the raw table alone, so that it holds for any code that made them.
// Invariant: a column is shown as it is in the table; what cannot be compared (a row that is not in the table) is left out.
import type { Predictions } from '../core/report.ts';
import { square } from '../math/deterministic-math.ts';
import { type Column, cellOf } from '../table/column.ts';
import type { Table } from '../table/table.ts';
import { residuals } from './residuals.ts';

export interface PredictionErrors {
  /** Predictions that were looked at. */
  readonly n: number;
  readonly rmse: number;
  /** Mean of predicted - actual. */
  readonly bias: number;
  /** Of predicted - actual; one edge more than counts. */
  readonly histogram: { readonly edges: readonly number[]; readonly counts: readonly number[] };
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
export type SliceOfRows = ({ readonly level: string } | { readonly from: number; readonly to: number }) & {
  readonly n: number;
  readonly rmse: number;
  /** 95 %, from the spread of the squared errors; equal to `rmse` where one row tells nothing about others. */
  readonly interval: readonly [number, number];
  /** Mean of predicted - actual. */
  readonly bias: number;
};

const WORST = 12;
const MOST_COLUMNS = 12;
/** A column with more words than this names rows more than it groups them. */
const MOST_LEVELS = 12;
/** Numbers with more values than this are cut into quarters. */
const MOST_VALUES = 6;
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
  return {
    n: known.length,
    rmse: all.rmse,
    bias: all.bias,
    histogram,
    worst: order.slice(0, WORST).map((k) => ({
      row: rows[k]!,
      actual: actual[known[k]!]!,
      predicted: predicted[known[k]!]!,
      values: Object.fromEntries(
        shown.flatMap((column) => {
          const cell = cellOf(column, rows[k]!);
          return cell === null || Number.isNaN(cell) ? [] : [[column.name, cell] as const];
        }),
      ),
    })),
    slices: shown
      .map((column) => ({ column: column.name, groups: slicesOf(column, rows, errors) }))
      .filter(({ groups }) => groups.length > 1)
      .map((slice) => ({ slice, uneven: unevenness(slice.groups, all.rmse) }))
      .sort((a, b) => b.uneven - a.uneven || (a.slice.column < b.slice.column ? -1 : 1))
      .slice(0, MOST_COLUMNS)
      .map(({ slice }) => slice),
  };
}

function slicesOf(column: Column, rows: readonly number[], errors: readonly number[]): SliceOfRows[] {
  const cells = rows.map((row) => cellOf(column, row));
  if (column.kind !== 'number') {
    const groups = Map.groupBy(errors.keys(), (k) => cells[k]);
    if (groups.size > MOST_LEVELS) return [];
    return [...groups]
      .flatMap(([level, members]) => (level === null ? [] : [{ level: String(level), ...errorsAt(errors, members) }]))
      .sort((a, b) => b.n - a.n || (a.level < b.level ? -1 : 1));
  }
  const present = [...errors.keys()].filter((k) => typeof cells[k] === 'number' && !Number.isNaN(cells[k]));
  const numberAt = (k: number) => cells[k] as number;
  const sorted = present.map(numberAt).sort((a, b) => a - b);
  const values = [...new Set(sorted)];
  const edges = values.length <= MOST_VALUES ? values : quarters(sorted);
  const groups = Map.groupBy(present, (k) => edges.findIndex((edge) => numberAt(k) <= edge));
  return [...groups]
    .sort(([a], [b]) => a - b)
    .map(([, members]) => {
      const own = members.map(numberAt);
      const range = { from: Math.min(...own), to: Math.max(...own) };
      return { ...range, ...errorsAt(errors, members) };
    });
}

/** Upper ends of four parts of about as many rows; fewer where many rows have one value. */
const quarters = (sorted: readonly number[]): number[] => [
  ...new Set([1, 2, 3, 4].map((part) => sorted[Math.ceil((part * sorted.length) / 4) - 1]!)),
];

const errorsAt = (errors: readonly number[], members: readonly number[]) => errorOf(members.map((k) => errors[k]!));

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
