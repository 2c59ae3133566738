// What is drawn of a plot that a stage wrote: by its template, else increasing x values as a line, categories as bars, and
// everything else as points. The page and the report of an exported repository draw the same.
// Invariant: pure, and never throws on what participants wrote. If nothing can be drawn the result is null.
import type { Plot } from '#pipeline-core/core/report.ts';
import { binsOf, type DrawnBin } from './drawn-bins.ts';

const MOST_POINTS = 2_000;
const MOST_BARS = 40;
const MOST_SERIES = 6;
const MOST_CLASSES = 30;

type Cell = Plot['rows'][number][number];
interface Row {
  readonly row: readonly Cell[];
  readonly at: number;
  readonly x: Cell | undefined;
  readonly y: Cell | undefined;
}
type Kind = NonNullable<Plot['template']>;

export interface DrawnPoint {
  readonly x: number;
  readonly y: number;
}
export interface DrawnScatter {
  readonly kind: 'scatter';
  /** `row`: of the table where the file says it (`id`), else its place in the file, from 1. */
  readonly points: readonly (DrawnPoint & {
    readonly row: Cell;
    readonly id?: string;
    readonly group?: string;
  })[];
  /** So many points the stage had; more than these where they are a part, evenly spread. */
  readonly of: number;
  /** Both axes measure the same quantity. */
  readonly sameQuantity: boolean;
}
export interface DrawnLines {
  readonly kind: 'linear';
  /** The name is '' where there is only one. */
  readonly series: readonly { readonly name: string; readonly points: readonly DrawnPoint[] }[];
  readonly of: number;
}
export interface DrawnBars {
  readonly kind: 'bar_horizontal';
  readonly bars: readonly { readonly name: string; readonly value: number }[];
  readonly of: number;
}
/** Of the x values; y is how many rows. */
export interface DrawnHistogram {
  readonly kind: 'histogram';
  readonly bins: readonly DrawnBin[];
}
/** x holds the predicted classes, y the actual ones; counts by actual, then predicted class. */
export interface DrawnConfusion {
  readonly kind: 'confusion';
  readonly labels: readonly string[];
  readonly counts: readonly (readonly number[])[];
  /** Shown as shares of each actual class. */
  readonly normalized: boolean;
}
export interface DrawnHeatmap {
  readonly kind: 'heatmap';
  readonly xs: readonly string[];
  readonly ys: readonly string[];
  /** By y, then x. */
  readonly values: readonly (readonly (number | null)[])[];
  /** The column of the values; null: how often the pair occurs. */
  readonly column: string | null;
}
type Drawn = DrawnScatter | DrawnLines | DrawnBars | DrawnHistogram | DrawnConfusion | DrawnHeatmap;
/** `x` and `y`: what the axes are labelled with as they are drawn, which may be the other way round than in the file. */
export type DrawnPlot = Drawn & { readonly title: string; readonly x: string; readonly y: string };

/** null: its columns cannot be drawn as that. @param numberText how a number is written in the name of a bin */
export function drawnPlot(plot: Plot, numberText: (value: number) => string): DrawnPlot | null {
  const xAt = plot.columns.indexOf(plot.x);
  const yAt = plot.columns.indexOf(plot.y);
  if (xAt < 0 || yAt < 0) return null;
  const rows = plot.rows.map((row, at): Row => ({ row, at, x: row[xAt], y: row[yAt] }));
  const groupAt = groupColumn(plot, xAt, yAt);
  const template = plot.template ?? guessed(rows, groupAt);
  const common = { title: plot.title || plot.path, x: plot.xLabel || plot.x, y: plot.yLabel || plot.y };
  const swapped = { ...common, x: common.y, y: common.x };
  const labelled = (drawn: Drawn | null, labels = common) => (drawn === null ? null : { ...labels, ...drawn });
  switch (template) {
    case 'scatter':
      return labelled(points(plot, rows, groupAt));
    case 'linear':
      return labelled(lines(plot, rows, groupAt));
    case 'bar_horizontal':
    case 'bar_horizontal_sorted': {
      const { drawn, upright } = bars(rows, template === 'bar_horizontal_sorted');
      return labelled(drawn, upright ? swapped : common);
    }
    case 'confusion':
    case 'confusion_normalized':
      return labelled(confusion(rows, template === 'confusion_normalized'), swapped);
    case 'histogram': {
      const bins = binsOf(
        rows.map(({ x }) => numberOf(x) ?? (x === undefined ? '' : String(x))),
        numberText,
      );
      return labelled(bins.length === 0 ? null : { kind: 'histogram', bins });
    }
    case 'heatmap':
      return labelled(heatmap(plot, rows));
  }
}

/** How many of how many points, bars or rows are drawn, where these are a part of them; else null. */
export function partDrawn(
  { rows, of }: Plot,
  drawn: DrawnPlot,
): { readonly shown: number; readonly of: number } | null {
  const [shown, all] =
    drawn.kind === 'scatter'
      ? [drawn.points.length, drawn.of]
      : drawn.kind === 'linear'
        ? [drawn.series.reduce((sum, one) => sum + one.points.length, 0), drawn.of]
        : [rows.length, of ?? rows.length];
  return shown < all ? { shown, of: all } : null;
}

function points(plot: Plot, rows: readonly Row[], groupAt: number | null): DrawnScatter | null {
  const rowAt = plot.columns.indexOf('row');
  const all = rows.flatMap(({ row, at, x, y }) => {
    const [px, py] = [numberOf(x), numberOf(y)];
    if (px === null || py === null) return [];
    const id = rowAt < 0 ? undefined : row[rowAt];
    const own = id === undefined ? { row: at + 1 } : { row: id, id: String(id) };
    const group = groupAt === null ? {} : { group: String(row[groupAt]) };
    return [{ ...own, ...group, x: px, y: py }];
  });
  if (all.length === 0) return null;
  const shown = sampled(all, MOST_POINTS);
  return { kind: 'scatter', points: shown, of: plot.of ?? all.length, sameQuantity: sameQuantity(plot) };
}

/** Predicted against actual values is what is known to be one quantity; equal units alone are not. */
const ACTUAL: ReadonlySet<string> = new Set(['actual', 'y_true', 'true', 'observed']);
const PREDICTED: ReadonlySet<string> = new Set(['predicted', 'y_pred', 'prediction', 'fitted']);
const sameQuantity = ({ x, y }: Plot): boolean =>
  (ACTUAL.has(x) && PREDICTED.has(y)) || (PREDICTED.has(x) && ACTUAL.has(y));

function lines(plot: Plot, rows: readonly Row[], groupAt: number | null): DrawnLines | null {
  const byName = new Map<string, DrawnPoint[]>();
  for (const { row, x, y } of rows) {
    const [px, py] = [numberOf(x), numberOf(y)];
    if (px === null || py === null) continue;
    const name = groupAt === null ? '' : String(row[groupAt]);
    const found = byName.get(name) ?? [];
    found.push({ x: px, y: py });
    byName.set(name, found);
  }
  if (byName.size === 0) return null;
  const all = [...byName.values()].reduce((sum, { length }) => sum + length, 0);
  const series = [...byName].map(([name, found]) => ({
    name,
    points: sampled(
      [...found].sort((a, b) => a.x - b.x),
      Math.ceil((MOST_POINTS * found.length) / Math.max(MOST_POINTS, all)),
    ),
  }));
  return { kind: 'linear', series, of: plot.of ?? all };
}

/** One of the two columns has the names, the other the values; in the order of the file. `upright`: x has the names. */
function bars(rows: readonly Row[], sorted: boolean): { readonly drawn: DrawnBars | null; readonly upright: boolean } {
  const read = (nameOf: (row: Row) => Cell | undefined, amountOf: (row: Row) => Cell | undefined) =>
    rows.flatMap((row) => {
      const value = numberOf(amountOf(row));
      return value === null ? [] : [{ name: String(nameOf(row) ?? ''), value }];
    });
  const [xOf, yOf] = [({ x }: Row) => x, ({ y }: Row) => y];
  // A number may name a bar, such as a class; a word is never a length.
  const words = rows.some(({ y }) => numberOf(y) === null);
  const found = words ? [] : read(xOf, yOf);
  const upright = found.length > 0;
  const all = upright ? found : read(yOf, xOf);
  if (all.length === 0) return { drawn: null, upright };
  const ordered = sorted ? [...all].sort((a, b) => b.value - a.value) : all;
  return { drawn: { kind: 'bar_horizontal', bars: ordered.slice(0, MOST_BARS), of: all.length }, upright };
}

/** As DVC counts them: x the actual, y the predicted class of a row. It shows predicted classes from left to right. */
function confusion(rows: readonly Row[], normalized: boolean): DrawnConfusion | null {
  const names = new Set(rows.flatMap(({ x, y }) => [String(x ?? ''), String(y ?? '')]));
  const labels = [...names].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  if (rows.length === 0 || labels.length > MOST_CLASSES) return null;
  const placeOf = new Map(labels.map((label, i) => [label, i]));
  const counts = labels.map(() => labels.map(() => 0));
  for (const { x, y } of rows) {
    const line = counts[placeOf.get(String(x ?? '')) ?? -1];
    const at = placeOf.get(String(y ?? ''));
    if (line !== undefined && at !== undefined) line[at] = (line[at] ?? 0) + 1;
  }
  return { kind: 'confusion', labels, counts, normalized };
}

/** Which part of a row of counts is in one of its cells. */
export function shareOf(counts: readonly number[] | undefined, at: number): number {
  const sum = (counts ?? []).reduce((total, count) => total + count, 0);
  return sum === 0 ? 0 : (counts?.[at] ?? 0) / sum;
}

/** Cells by x and y; their values are the first other column of numbers, else how often the pair occurs. */
function heatmap(plot: Plot, rows: readonly Row[]): DrawnHeatmap | null {
  const xs = [...new Set(rows.map(({ x }) => String(x ?? '')))];
  const ys = [...new Set(rows.map(({ y }) => String(y ?? '')))];
  if (rows.length === 0 || xs.length > 2 * MOST_CLASSES || ys.length > 2 * MOST_CLASSES) return null;
  const valueAt = plot.columns.findIndex(
    (name, at) => name !== plot.x && name !== plot.y && plot.rows.every((row) => numberOf(row[at]) !== null),
  );
  const values = ys.map((): (number | null)[] => xs.map(() => null));
  for (const { row, x, y } of rows) {
    const [j, i] = [ys.indexOf(String(y ?? '')), xs.indexOf(String(x ?? ''))];
    const line = values[j];
    if (line === undefined) continue;
    line[i] = valueAt < 0 ? (line[i] ?? 0) + 1 : numberOf(row[valueAt]);
  }
  return { kind: 'heatmap', xs, ys, values, column: plot.columns[valueAt] ?? null };
}

const numberOf = (cell: Cell | undefined): number | null => {
  const value = typeof cell === 'string' && cell.trim() !== '' ? Number(cell) : cell;
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
};

/** A few of many, evenly spread over the list and the same ones each time, so that a drawing does not jump. */
function sampled<T>(items: readonly T[], most: number): readonly T[] {
  if (items.length <= most) return items;
  return Array.from({ length: most }, (_, i) => items[Math.floor((i * items.length) / most)]!);
}

/** Without a template. */
function guessed(rows: readonly Row[], groupAt: number | null): Kind {
  const whole = rows.flatMap(({ row, x, y }) => {
    const [px, py] = [numberOf(x), numberOf(y)];
    return px === null || py === null ? [] : [{ name: groupAt === null ? '' : String(row[groupAt]), x: px }];
  });
  if (whole.length === 0) return 'bar_horizontal';
  const counts = new Map<string, number>();
  for (const { name } of whole) counts.set(name, (counts.get(name) ?? 0) + 1);
  const before = new Map<string, number>();
  const rising = whole.every(({ name, x }) => {
    const previous = before.get(name);
    before.set(name, x);
    return previous === undefined || x > previous;
  });
  return rising && [...counts.values()].every((count) => count > 1) ? 'linear' : 'scatter';
}

/** The first other column with a few distinct words, such as "train" and "cv". */
function groupColumn(plot: Plot, xAt: number, yAt: number): number | null {
  const found = plot.columns.findIndex((_, at) => {
    if (at === xAt || at === yAt) return false;
    const words = new Set(plot.rows.map((row) => row[at]));
    return words.size > 1 && words.size <= MOST_SERIES && [...words].every((word) => numberOf(word) === null);
  });
  return found < 0 ? null : found;
}
