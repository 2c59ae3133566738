// What became better and what worse between two runs: the error of each group of rows before and after, and the rows whose
// error changed most. From the out-of-fold predictions of both and the raw table alone.
// Invariant: only predictions of the same rows in the same folds are compared; a column is shown as it is in the table.
import type { Predictions } from '../core/report.ts';
import { square } from '../math/deterministic-math.ts';
import type { Table } from '../table/table.ts';
import { type RowRange, rowGroups, rowValues } from './row-groups.ts';

export interface ErrorChanges {
  /** The root of the mean squared difference, or the share of wrong classes. */
  readonly measure: 'rmse' | 'error-rate';
  readonly before: number;
  readonly after: number;
  /** Rows that were compared, and of how many the error is smaller or larger after. */
  readonly n: number;
  readonly smaller: number;
  readonly larger: number;
  /** Columns with the clearest change of a group first. */
  readonly slices: readonly { readonly column: string; readonly groups: readonly GroupChange[] }[];
  /** Largest change first. */
  readonly improved: readonly RowChange[];
  readonly worsened: readonly RowChange[];
}

export type GroupChange = RowRange & {
  readonly n: number;
  readonly before: number;
  readonly after: number;
  readonly change: number;
  /** Of the change, 95 %, paired by row; equal to it where one row tells nothing about others. */
  readonly interval: readonly [number, number];
};

export interface RowChange {
  readonly row: number;
  /** Numbers, or names of classes. */
  readonly actual: number | string;
  readonly before: number | string;
  readonly after: number | string;
  /** How far off: in the target's unit; of classes 1 - the probability of the right one, or 1 where it is wrong. */
  readonly errorBefore: number;
  readonly errorAfter: number;
  readonly values: Readonly<Record<string, string | number>>;
}

const MOST_ROWS = 8;
const MOST_COLUMNS = 12;
const Z95 = 1.959963984540054;

export interface ErrorChangesOptions {
  /** The classes of a classification; absent or empty: the target is a number. */
  readonly classes?: readonly string[];
  /** Columns that nobody is shown beside a prediction. */
  readonly hidden?: readonly string[];
}

/** null where the two did not predict the same rows in the same folds, or none of the table. */
export function errorChanges(
  before: Predictions,
  after: Predictions,
  table: Table,
  { classes = [], hidden = [] }: ErrorChangesOptions = {},
): ErrorChanges | null {
  const pairs = pairsOf(before, after)?.filter(({ row }) => row >= 0 && row < table.rowCount);
  if (pairs === undefined || pairs.length === 0) return null;
  const ofClasses = classes.length > 0;
  const rows = [...Map.groupBy(pairs, ({ row }) => row)].map(([row, own]) => rowOf(row, own, ofClasses));
  const measured = measureOf(rows, rows.keys(), ofClasses);
  const columns = table.columns.filter(({ name }) => !hidden.includes(name));
  const numbers = rows.map(({ row }) => row);
  const changed = (sign: 1 | -1): readonly RowChange[] =>
    rows
      .filter((one) => sign * (one.errorAfter - one.errorBefore) > 0)
      .sort((a, b) => sign * (b.errorAfter - b.errorBefore - (a.errorAfter - a.errorBefore)) || a.row - b.row)
      .slice(0, MOST_ROWS)
      .map(({ row, pair, errorBefore, errorAfter }) => {
        const name = (value: number) => (ofClasses ? (classes[value] ?? String(value)) : value);
        return {
          row,
          actual: name(pair.actual),
          before: name(pair.before),
          after: name(pair.after),
          errorBefore,
          errorAfter,
          values: rowValues(columns, row),
        };
      });
  return {
    measure: ofClasses ? 'error-rate' : 'rmse',
    before: measured.before,
    after: measured.after,
    n: rows.length,
    smaller: rows.filter((one) => one.errorAfter < one.errorBefore).length,
    larger: rows.filter((one) => one.errorAfter > one.errorBefore).length,
    slices: columns
      .map((column) => ({
        column: column.name,
        groups: rowGroups(column, numbers).map(({ range, members }) => ({
          ...range,
          ...measureOf(rows, members, ofClasses),
        })),
      }))
      .filter(({ groups }) => groups.length > 1)
      .map((slice) => ({ slice, clear: Math.max(...slice.groups.map(clearness)) }))
      .sort((a, b) => b.clear - a.clear || (a.slice.column < b.slice.column ? -1 : 1))
      .slice(0, MOST_COLUMNS)
      .map(({ slice }) => slice),
    improved: changed(-1),
    worsened: changed(1),
  };
}

interface Pair {
  readonly row: number;
  readonly actual: number;
  readonly before: number;
  readonly after: number;
  /** Of the actual class. */
  readonly shares?: readonly [number, number];
}

function pairsOf(before: Predictions, after: Predictions): readonly Pair[] | null {
  const [a, b] = [inOrder(before), inOrder(after)];
  if (a.length !== b.length) return null;
  const pairs: Pair[] = [];
  for (const [k, i] of a.entries()) {
    const j = b[k]!;
    const actual = before.actual[i]!;
    if (before.row[i] !== after.row[j] || before.fold[i] !== after.fold[j] || actual !== after.actual[j]) return null;
    const [first, second] = [before.probabilities?.[i]?.[actual], after.probabilities?.[j]?.[actual]];
    pairs.push({
      row: before.row[i]!,
      actual,
      before: before.predicted[i]!,
      after: after.predicted[j]!,
      ...(first === undefined || second === undefined ? {} : { shares: [first, second] as const }),
    });
  }
  return pairs;
}

const inOrder = ({ row, fold }: Predictions): number[] =>
  [...row.keys()].sort((a, b) => row[a]! - row[b]! || fold[a]! - fold[b]!);

interface RowLoss {
  readonly row: number;
  /** The first of its predictions: repeated cross-validation makes more than one. */
  readonly pair: Pair;
  readonly lossBefore: number;
  readonly lossAfter: number;
  readonly errorBefore: number;
  readonly errorAfter: number;
}

function rowOf(row: number, pairs: readonly Pair[], ofClasses: boolean): RowLoss {
  const mean = (of: (pair: Pair) => number) => pairs.reduce((sum, pair) => sum + of(pair), 0) / pairs.length;
  const loss = (pair: Pair, value: number) => (ofClasses ? Number(value !== pair.actual) : square(value - pair.actual));
  const error = (pair: Pair, value: number, share: number | undefined) =>
    ofClasses ? (share === undefined ? loss(pair, value) : 1 - share) : Math.abs(value - pair.actual);
  return {
    row,
    pair: pairs[0]!,
    lossBefore: mean((pair) => loss(pair, pair.before)),
    lossAfter: mean((pair) => loss(pair, pair.after)),
    errorBefore: mean((pair) => error(pair, pair.before, pair.shares?.[0])),
    errorAfter: mean((pair) => error(pair, pair.after, pair.shares?.[1])),
  };
}

/** The interval by the delta method: the spread of what each row adds to the difference. */
function measureOf(rows: readonly RowLoss[], members: Iterable<number>, ofClasses: boolean) {
  const own = [...members].map((k) => rows[k]!);
  const n = own.length;
  const mean = (of: (row: RowLoss) => number) => own.reduce((sum, row) => sum + of(row), 0) / n;
  const value = (loss: number) => (ofClasses ? loss : Math.sqrt(loss));
  const before = value(mean(({ lossBefore }) => lossBefore));
  const after = value(mean(({ lossAfter }) => lossAfter));
  const slope = (at: number) => (ofClasses ? 1 : at > 0 ? 1 / (2 * at) : 0);
  const share = ({ lossBefore, lossAfter }: RowLoss) => lossAfter * slope(after) - lossBefore * slope(before);
  const middle = mean(share);
  const variance = n > 1 ? own.reduce((sum, row) => sum + square(share(row) - middle), 0) / (n - 1) : 0;
  const half = Z95 * Math.sqrt(variance / n);
  const change = after - before;
  return { n, before, after, change, interval: [change - half, change + half] as const };
}

/** How far the change of a group is from chance, counted in half its interval; of a handful of rows nothing is clear. */
function clearness({ n, change, interval: [low, high] }: GroupChange): number {
  return n < 5 ? 0 : Math.abs(change) / Math.max((high - low) / 2, 1e-12);
}
