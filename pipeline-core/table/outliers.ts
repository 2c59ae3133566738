// Rows far from the middle, by a distance that odd rows themselves cannot stretch.
// Each number is taken as (value - median) / (1.4826 MAD) (Hampel 1974); the distance of a row is the root mean square
// over the columns, and a row is odd where that lies more than 5 robust deviations above the median distance.
// Missing values and words do not count.
import { quantile } from '../math/distribution.ts';
import type { Table } from './table.ts';

export interface OddRow {
  /** From 1. */
  readonly row: number;
  /** Robust deviations, root mean square over the number columns. */
  readonly distance: number;
  /** What makes it odd, most first, at most three: value, the column's median, robust deviations from it. */
  readonly because: readonly {
    readonly column: string;
    readonly value: number;
    readonly median: number;
    readonly deviations: number;
  }[];
}

const CUT = 5;

export function oddRows(table: Table, most = 10): OddRow[] {
  const columns = table.columns.flatMap((column) => {
    if (column.kind !== 'number') return [];
    const middle = middleOf(column.values);
    return middle === null ? [] : [{ name: column.name, values: column.values, ...middle }];
  });
  if (columns.length === 0) return [];
  const deviation = (column: (typeof columns)[number], row: number) =>
    (column.values[row]! - column.median) / column.scale;
  const distances = Float64Array.from({ length: table.rowCount }, (_, row) => {
    let known = 0;
    let sum = 0;
    for (const column of columns) {
      const z = deviation(column, row);
      if (Number.isNaN(z)) continue;
      known++;
      sum += z * z;
    }
    return Math.sqrt(sum / Math.max(1, known));
  });
  const middle = middleOf(distances);
  if (middle === null) return [];
  const limit = middle.median + CUT * middle.scale;
  return Array.from(distances, (distance, row) => ({ distance, row }))
    .filter(({ distance }) => distance > limit)
    .sort((a, b) => b.distance - a.distance || a.row - b.row)
    .slice(0, most)
    .map(({ distance, row }) => ({
      row: row + 1,
      distance,
      because: columns
        .map((column) => ({
          column: column.name,
          value: column.values[row]!,
          median: column.median,
          deviations: deviation(column, row),
        }))
        .filter(({ deviations }) => Math.abs(deviations) > 1)
        .sort((a, b) => Math.abs(b.deviations) - Math.abs(a.deviations))
        .slice(0, 3),
    }));
}

// Where more than half of the values are the same the MAD is 0: then the mean absolute deviation, scaled alike for a
// normal distribution, stands in for it. A constant column has no scale at all.
function middleOf(values: Float64Array): { median: number; scale: number } | null {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  if (sorted.length === 0) return null;
  const median = quantile(sorted, 0.5);
  const away = sorted.map((value) => Math.abs(value - median)).sort();
  const mad = 1.4826 * quantile(away, 0.5);
  const scale = mad > 0 ? mad : Math.sqrt(Math.PI / 2) * (away.reduce((sum, value) => sum + value, 0) / away.length);
  return scale > 0 ? { median, scale } : null;
}
