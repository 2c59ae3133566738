// A first look at a table, as plain JSON that charts draw: types, missing values, distributions, odd and double rows.

import { square } from '../math/deterministic-math.ts';
import { type Histogram, histogramOf, quantile } from '../math/distribution.ts';
import { type Cell, type Column, cellOf, type NumberColumn } from './column.ts';
import { type OddRow, oddRows } from './outliers.ts';
import type { Table } from './table.ts';

export interface ColumnProfile {
  readonly name: string;
  readonly kind: Column['kind'];
  readonly missing: number;
  /** Different values, missing ones not counted. */
  readonly distinct: number;
  /** The same value in every row (or none at all): it cannot help a model. */
  readonly constant: boolean;
  /** The most frequent values, most frequent first, then in their order; at most `top`. */
  readonly top: readonly { readonly value: string | number; readonly count: number }[];
  /** Number columns with at least one value. */
  readonly numbers?: NumberProfile;
}

export interface NumberProfile {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** With n - 1; 0 for a single value. */
  readonly standardDeviation: number;
  /** At 5, 25, 50, 75 and 95 %, by linear interpolation (numpy's default). */
  readonly quantiles: readonly [number, number, number, number, number];
  readonly histogram: Histogram;
}

export interface TableProfile {
  readonly rows: number;
  readonly columns: readonly ColumnProfile[];
  readonly constantColumns: readonly string[];
  /** Rows (from 1) that repeat an earlier row cell for cell, with that row; the first 20. */
  readonly duplicates: {
    readonly count: number;
    readonly rows: readonly { readonly row: number; readonly of: number }[];
  };
  /** Far from the middle by robust distance, farthest first; at most 10. */
  readonly oddRows: readonly OddRow[];
}

export interface ProfileOptions {
  /** Bars of a histogram, default 10; whole numbers over at most 30 values get one bar each. */
  readonly bins?: number;
  /** Most frequent values listed per column, default 10. */
  readonly top?: number;
}

export function profileTable(table: Table, options: ProfileOptions = {}): TableProfile {
  const columns = table.columns.map((column) => profileColumn(column, table.rowCount, options));
  return {
    rows: table.rowCount,
    columns,
    constantColumns: columns.filter((column) => column.constant).map((column) => column.name),
    duplicates: duplicatesOf(table),
    oddRows: oddRows(table),
  };
}

function profileColumn(column: Column, rows: number, { bins = 10, top = 10 }: ProfileOptions): ColumnProfile {
  const counts = new Map<Exclude<Cell, null>, number>();
  let missing = 0;
  for (let row = 0; row < rows; row++) {
    const cell = cellOf(column, row);
    if (cell === null) missing++;
    else counts.set(cell, (counts.get(cell) ?? 0) + 1);
  }
  const frequent = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).slice(0, top);
  const numbers = column.kind === 'number' && counts.size > 0 ? numberProfile(column, bins) : null;
  return {
    name: column.name,
    kind: column.kind,
    missing,
    distinct: counts.size,
    constant: counts.size === 0 || (counts.size === 1 && missing === 0),
    top: frequent.map(([value, count]) => ({ value, count })),
    ...(numbers === null ? {} : { numbers }),
  };
}

function numberProfile(column: NumberColumn, bins: number): NumberProfile {
  const sorted = column.values.filter((value) => !Number.isNaN(value)).sort();
  const mean = sorted.reduce((sum, value) => sum + value, 0) / sorted.length;
  const squares = sorted.reduce((sum, value) => sum + square(value - mean), 0);
  const at = (share: number) => quantile(sorted, share);
  return {
    min: sorted[0]!,
    max: sorted.at(-1)!,
    mean,
    standardDeviation: sorted.length > 1 ? Math.sqrt(squares / (sorted.length - 1)) : 0,
    quantiles: [at(0.05), at(0.25), at(0.5), at(0.75), at(0.95)],
    histogram: histogramOf(sorted, bins),
  };
}

function duplicatesOf(table: Table): TableProfile['duplicates'] {
  const first = new Map<string, number>();
  const rows: { row: number; of: number }[] = [];
  let count = 0;
  for (let i = 0; i < table.rowCount; i++) {
    const key = JSON.stringify(table.columns.map((column) => cellOf(column, i)));
    const of = first.get(key);
    if (of === undefined) first.set(key, i + 1);
    else {
      count++;
      if (rows.length < 20) rows.push({ row: i + 1, of });
    }
  }
  return { count, rows };
}
