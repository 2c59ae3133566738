// How a plot of a run is drawn: as its template says, or increasing x values as a line, categories as bars, everything
// else as points.
// Invariant: pure, and never throws on what participants wrote. If nothing can be drawn the result is null, and the
// page shows the table.
import type { Plot } from '#pipeline-core/core/report.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}
export interface Series {
  /** '' if there is only one. */
  readonly name: string;
  readonly points: readonly Point[];
}
export type PlotShape =
  | { readonly kind: 'lines'; readonly series: readonly Series[] }
  | { readonly kind: 'points'; readonly points: readonly Point[] }
  | {
      readonly kind: 'bars';
      readonly bars: readonly { readonly name: string; readonly value: number }[];
      /** Which column holds the numbers. */
      readonly values: 'x' | 'y';
    };

type Cell = Plot['rows'][number][number];
const MOST_BARS = 40;
const MOST_SERIES = 6;

/** null: there are no two columns that can be drawn. */
export function plotShape(plot: Plot): PlotShape | null {
  const xAt = plot.columns.indexOf(plot.x);
  const yAt = plot.columns.indexOf(plot.y);
  if (xAt < 0 || yAt < 0) return null;
  const cells = plot.rows.map((row) => ({ row, x: numberOf(row[xAt]), y: numberOf(row[yAt]) }));
  const whole = cells.flatMap(({ row, x, y }) => (x === null || y === null ? [] : [{ row, point: { x, y } }]));
  if (whole.length === 0 || plot.shape === 'bars') return barsOf(plot, xAt, yAt);
  const groupAt = groupColumn(plot, xAt, yAt);
  const names = groupAt === null ? [''] : [...new Set(whole.map(({ row }) => String(row[groupAt])))];
  const series = names.map((name) => ({
    name,
    points: whole.filter(({ row }) => groupAt === null || String(row[groupAt]) === name).map(({ point }) => point),
  }));
  if (plot.shape === 'lines') return { kind: 'lines', series: series.map(inOrder) };
  const rising = series.every(({ points }) => points.length > 1 && rises(points));
  if (rising && plot.shape === undefined) return { kind: 'lines', series };
  return { kind: 'points', points: whole.map(({ point }) => point) };
}

const numberOf = (cell: Cell | undefined): number | null => {
  const value = typeof cell === 'string' && cell.trim() !== '' ? Number(cell) : cell;
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
};

const inOrder = ({ name, points }: Series): Series => ({ name, points: [...points].sort((a, b) => a.x - b.x) });

const rises = (points: readonly Point[]): boolean =>
  points.every((point, i) => i === 0 || point.x > (points[i - 1]?.x ?? 0));

/** The first other column with a few distinct words, such as "train" and "cv". */
function groupColumn(plot: Plot, xAt: number, yAt: number): number | null {
  const found = plot.columns.findIndex((_, at) => {
    if (at === xAt || at === yAt) return false;
    const words = new Set(plot.rows.map((row) => row[at]));
    return words.size > 1 && words.size <= MOST_SERIES && [...words].every((word) => numberOf(word) === null);
  });
  return found < 0 ? null : found;
}

/** One of the two columns has the names, the other the values; in the order of the file. */
function barsOf(plot: Plot, xAt: number, yAt: number): PlotShape | null {
  const read = (nameAt: number, valueAt: number) =>
    plot.rows.flatMap((row) => {
      const value = numberOf(row[valueAt]);
      return value === null ? [] : [{ name: String(row[nameAt] ?? ''), value }];
    });
  const upright = read(xAt, yAt);
  const values = upright.length > 0 ? 'y' : 'x';
  const bars = upright.length > 0 ? upright : read(yAt, xAt);
  return bars.length === 0 ? null : { kind: 'bars', bars: bars.slice(0, MOST_BARS), values };
}
