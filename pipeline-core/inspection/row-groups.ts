// The rows of a table in groups by one column: by its words, or by ranges of its numbers.
// Invariant: a row is in at most one group; a column that names rows more than it groups them has no groups.
import { type Cell, type Column, cellOf } from '../table/column.ts';

/** Rows that agree in a word, or whose number lies between `from` and `to`, both included. */
export type RowRange = { readonly level: string } | { readonly from: number; readonly to: number };

/** A column with more words than this names rows more than it groups them. */
const MOST_LEVELS = 12;
/** Numbers with more values than this are cut into quarters. */
const MOST_VALUES = 6;

/** @param rows of the table @returns for each group the places in `rows` of what belongs to it; rows without a value to none */
export function rowGroups(
  column: Column,
  rows: readonly number[],
): readonly { readonly range: RowRange; readonly members: readonly number[] }[] {
  const cells = rows.map((row) => cellOf(column, row));
  if (column.kind !== 'number') return byLevel(cells);
  const present = [...rows.keys()].filter((k) => typeof cells[k] === 'number' && !Number.isNaN(cells[k]));
  const numberAt = (k: number) => cells[k] as number;
  const sorted = present.map(numberAt).sort((a, b) => a - b);
  const values = [...new Set(sorted)];
  const edges = values.length <= MOST_VALUES ? values : quarters(sorted);
  const groups = Map.groupBy(present, (k) => edges.findIndex((edge) => numberAt(k) <= edge));
  return [...groups]
    .sort(([a], [b]) => a - b)
    .map(([, members]) => {
      const own = members.map(numberAt);
      // A call takes no hundred thousand arguments.
      const range = { from: own.reduce((a, b) => Math.min(a, b)), to: own.reduce((a, b) => Math.max(a, b)) };
      return { range, members };
    });
}

/** The cells of a row that have a value. */
export const rowValues = (columns: readonly Column[], row: number): Record<string, string | number> =>
  Object.fromEntries(
    columns.flatMap((column) => {
      const cell = cellOf(column, row);
      return cell === null || Number.isNaN(cell) ? [] : [[column.name, cell] as const];
    }),
  );

/** Largest group first. */
function byLevel(cells: readonly Cell[]) {
  const groups = Map.groupBy(cells.keys(), (k) => cells[k]);
  if (groups.size > MOST_LEVELS) return [];
  return [...groups]
    .flatMap(([level, members]) => (level === null ? [] : [{ range: { level: String(level) }, members }]))
    .sort((a, b) => b.members.length - a.members.length || (a.range.level < b.range.level ? -1 : 1));
}

/** Upper ends of four parts of about as many rows; fewer where many rows have one value. */
const quarters = (sorted: readonly number[]): number[] => [
  ...new Set([1, 2, 3, 4].map((part) => sorted[Math.ceil((part * sorted.length) / 4) - 1]!)),
];
