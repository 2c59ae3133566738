// A first look at a table that somebody brought, as plain JSON: its first rows, and for each column what it holds.

import type { Cell, Column } from '#pipeline-core';
import { histogramOf } from '#pipeline-core/math/distribution.ts';
import type { TidyColumn, TidyTable } from '../data/tidy-table.ts';
import { isConstant, type Kind, kindsOf } from './propose.ts';

const HEAD_ROWS = 6;
const LONGEST_CELL = 60;
const BARS = 16;

export interface OverviewColumn extends Omit<TidyColumn, 'whole' | 'isDate'> {
  readonly date: boolean;
  /** The same in every row, or empty: it is left out. */
  readonly constant: boolean;
  /** What it could be the target of, likeliest first. */
  readonly targets: readonly Kind[];
  /** How often its values occur: numbers in equal ranges, words most frequent first. */
  readonly bars: readonly (
    | { readonly from: number; readonly to: number; readonly count: number }
    | { readonly name: string; readonly count: number }
  )[];
}

export interface TableOverview {
  readonly rows: number;
  readonly columns: readonly OverviewColumn[];
  /** The first rows, cells in the order of the columns. */
  readonly head: readonly (readonly Cell[])[];
  /** A sentence for each thing that was put right. */
  readonly notes: readonly string[];
}

export function tableOverview({ table, columns, notes }: TidyTable): TableOverview {
  const shown = (cell: Cell): Cell =>
    typeof cell === 'string' && cell.length > LONGEST_CELL ? `${cell.slice(0, LONGEST_CELL)}…` : cell;
  return {
    rows: table.rowCount,
    columns: columns.map(({ whole: _, isDate, ...column }, j) => ({
      ...column,
      date: isDate,
      constant: isConstant(columns[j]!),
      targets: kindsOf(columns[j]!),
      bars: barsOf(table.columns[j]!, table.cells.bind(table)),
    })),
    head: Array.from({ length: Math.min(HEAD_ROWS, table.rowCount) }, (_, i) =>
      table.columns.map(({ name }) => shown(table.cell(i, name))),
    ),
    notes,
  };
}

function barsOf(column: Column, cells: (name: string) => readonly Cell[]): OverviewColumn['bars'] {
  if (column.kind === 'number') {
    const sorted = column.values.filter((value) => !Number.isNaN(value)).sort();
    if (sorted.length === 0) return [];
    const { edges, counts } = histogramOf(sorted, BARS);
    return counts.map((count, k) => ({ from: edges[k]!, to: edges[k + 1]!, count }));
  }
  // Texts differ from row to row: there is nothing to count.
  if (column.kind === 'text') return [];
  const counts = new Map<string, number>();
  for (const cell of cells(column.name))
    if (cell !== null) counts.set(String(cell), (counts.get(String(cell)) ?? 0) + 1);
  return [...counts]
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .slice(0, BARS)
    .map(([name, count]) => ({ name, count }));
}
