// What is looked at: the visible rows of a course's table, what is predicted from them, and predictions beside them.
// Invariant: hold-out rows are in nothing of this.

import type { Predictions, Task } from '#pipeline-core/core/report.ts';
import { cellOf } from '#pipeline-core/table/column.ts';
import { parseCsv } from '#pipeline-core/table/csv.ts';
import { binsOfColumn, type DataProfile, profileData, shownTable } from '#pipeline-core/table/data-profile.ts';
import { type ColumnSchema, csvTypes } from '#pipeline-core/table/schema.ts';
import { errorsBetween, errorsOfRun, rowsOfRun } from './errors-of-run.ts';

/** Made once for each task of a course, so that what is worked out of it is worked out once. */
export interface VisibleTable {
  readonly csv: string;
  readonly columns: readonly ColumnSchema[];
  readonly task: Pick<Task, 'target' | 'targetUnit' | 'classes' | 'forbidden'>;
  /** The target of each row: a number, or the index of its class. */
  readonly actual: readonly number[];
}

export interface RowsWanted {
  /** A column and one of the profile's bins of it, -1 for missing values; absent: all rows. */
  readonly bin?: { readonly column: string; readonly index: number };
  /** So many of them are left out. */
  readonly from: number;
  readonly most: number;
}

export interface RowsPage {
  readonly columns: readonly string[];
  readonly rows: readonly { readonly row: number; readonly cells: readonly (number | string | null)[] }[];
  /** So many there are. */
  readonly total: number;
}

/** What is asked about a table. */
export type Wanted =
  | { readonly kind: 'profile' }
  | ({ readonly kind: 'rows' } & RowsWanted)
  | { readonly kind: 'errors'; readonly predictions: Predictions }
  | { readonly kind: 'predicted'; readonly numbers: readonly number[]; readonly predictions?: Predictions }
  | { readonly kind: 'changes'; readonly before: Predictions; readonly after: Predictions };

export interface OpenTable {
  profile(): DataProfile;
  /** null: there is no such column or bin. */
  rows(wanted: RowsWanted): RowsPage | null;
  answer(wanted: Wanted): unknown;
}

export function openTable({ csv, columns, task, actual }: VisibleTable): OpenTable {
  const { target: name, targetUnit: unit, classes, forbidden } = task;
  const target = { name, unit, classes, values: actual };
  const table = parseCsv(csv, { types: csvTypes({ name: '', columns }) });
  const shown = shownTable(table, target);
  const membersOf = ({ column, index }: NonNullable<RowsWanted['bin']>): number[] | null => {
    const found = shown.columns.find((one) => one.name === column);
    if (found === undefined) return null;
    const { bins, codes } = binsOfColumn(found, columns, target);
    return index < bins.length ? [...codes.keys()].filter((row) => codes[row] === index) : null;
  };
  const predicted = { table, hidden: forbidden, classes };
  const opened: OpenTable = {
    profile: () => profileData(table, { columns, target, forbidden }),
    rows({ bin, from, most }) {
      const members = bin === undefined ? null : membersOf(bin);
      if (bin !== undefined && members === null) return null;
      const total = members?.length ?? shown.rowCount;
      const count = Math.max(0, Math.min(most, total - from));
      const wanted = Array.from({ length: count }, (_, i) => members?.[from + i] ?? from + i);
      return {
        columns: shown.names,
        rows: wanted.map((row) => ({ row, cells: shown.columns.map((column) => cellOf(column, row)) })),
        total,
      };
    },
    answer(wanted) {
      switch (wanted.kind) {
        case 'profile':
          return opened.profile();
        case 'rows':
          return opened.rows(wanted);
        case 'errors':
          return errorsOfRun(wanted.predictions, predicted);
        case 'predicted':
          return rowsOfRun(wanted.predictions, predicted, wanted.numbers);
        case 'changes':
          return errorsBetween(wanted.before, wanted.after, predicted);
      }
    },
  };
  return opened;
}
