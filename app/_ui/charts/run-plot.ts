// A plot that a stage wrote, as a chart: by its template, else increasing x values as a line, categories as bars, and
// everything else as points.
// Invariant: pure, and never throws on what participants wrote. If nothing can be drawn the result is null, and the
// page shows the table.
import { t } from '#app/_strings/strings.ts';
import type { Plot } from '#pipeline-core/core/report.ts';
import { binsOf } from './bins.ts';
import type { Axis, ChartSpec, LinePoint, Series } from './chart-spec.ts';
import { sampled } from './sampled.ts';

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

/** null: its columns cannot be drawn as that. */
export function runPlot(plot: Plot): ChartSpec | null {
  const xAt = plot.columns.indexOf(plot.x);
  const yAt = plot.columns.indexOf(plot.y);
  if (xAt < 0 || yAt < 0) return null;
  const rows = plot.rows.map((row, at): Row => ({ row, at, x: row[xAt], y: row[yAt] }));
  const template = plot.template ?? guessed(rows, groupColumn(plot, xAt, yAt));
  const spec = drawnAs(template, plot, rows);
  return spec === null
    ? null
    : { ...spec, notes: [...missingTexts(plot, spec), ...(spec.notes ?? []), ...partOf(plot, spec)] };
}

function drawnAs(template: Kind, plot: Plot, rows: readonly Row[]): ChartSpec | null {
  const common = {
    title: plot.title || plot.path,
    x: { label: plot.xLabel },
    y: { label: plot.yLabel },
  };
  // Of these a row of the file is a row of the table; of the others it is a point that stands for many.
  const counted = { ...common, n: rows.length };
  switch (template) {
    case 'scatter':
      return points(plot, rows, common);
    case 'linear':
      return lines(plot, rows, common);
    case 'bar_horizontal':
    case 'bar_horizontal_sorted':
      return bars(rows, common, template === 'bar_horizontal_sorted');
    case 'confusion':
    case 'confusion_normalized':
      return confusion(rows, counted, template === 'confusion_normalized');
    case 'histogram': {
      const bins = binsOf(rows.map(({ x }) => numberOf(x) ?? (x === undefined ? '' : String(x))));
      return bins.length === 0 ? null : { ...counted, kind: 'histogram', y: { label: t.chart.count }, bins };
    }
    case 'heatmap':
      return heatmap(plot, rows, common);
  }
}

interface Common {
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly n?: number;
}

function points(plot: Plot, rows: readonly Row[], common: Common): ChartSpec | null {
  const rowAt = plot.columns.indexOf('row');
  const groupAt = groupColumn(plot, plot.columns.indexOf(plot.x), plot.columns.indexOf(plot.y));
  const all = rows.flatMap(({ row, at, x, y }) => {
    const [px, py] = [numberOf(x), numberOf(y)];
    if (px === null || py === null) return [];
    // Where the file says which row of the table it is, that; else its place in the file.
    const id = rowAt < 0 ? undefined : row[rowAt];
    const own = id === undefined ? {} : { id: String(id) };
    const group = groupAt === null ? {} : { group: String(row[groupAt]) };
    return [{ ...own, ...group, name: t.chart.rowName(id ?? at + 1), x: px, y: py }];
  });
  if (all.length === 0) return null;
  const shown = sampled(all, MOST_POINTS);
  const n = plot.of ?? all.length;
  const notes = shown.length < n ? [t.chart.sampled(shown.length, n)] : [];
  return { ...common, kind: 'scatter', n, points: shown, sameQuantity: sameQuantity(plot), notes };
}

/** Predicted against actual values is what is known to be one quantity; equal units alone are not. */
const ACTUAL: ReadonlySet<string> = new Set(['actual', 'y_true', 'true', 'observed']);
const PREDICTED: ReadonlySet<string> = new Set(['predicted', 'y_pred', 'prediction', 'fitted']);
const sameQuantity = ({ x, y }: Plot): boolean =>
  (ACTUAL.has(x) && PREDICTED.has(y)) || (PREDICTED.has(x) && ACTUAL.has(y));

function lines(plot: Plot, rows: readonly Row[], common: Common): ChartSpec | null {
  const groupAt = groupColumn(plot, plot.columns.indexOf(plot.x), plot.columns.indexOf(plot.y));
  const byName = new Map<string, LinePoint[]>();
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
  const series = [...byName].map(
    ([name, found]): Series => ({
      name,
      points: sampled(
        [...found].sort((a, b) => a.x - b.x),
        Math.ceil((MOST_POINTS * found.length) / Math.max(MOST_POINTS, all)),
      ),
    }),
  );
  const shown = series.reduce((sum, one) => sum + one.points.length, 0);
  const whole = plot.of ?? all;
  const notes = shown < whole ? [t.chart.sampled(shown, whole)] : [];
  return { ...common, kind: 'linear', series, notes };
}

/** One of the two columns has the names, the other the values; in the order of the file. */
function bars(rows: readonly Row[], common: Common, sorted: boolean): ChartSpec | null {
  const read = (nameOf: (row: Row) => Cell | undefined, amountOf: (row: Row) => Cell | undefined) =>
    rows.flatMap((row) => {
      const value = numberOf(amountOf(row));
      return value === null ? [] : [{ name: String(nameOf(row) ?? ''), value }];
    });
  // A number may name a bar, such as a class; a word is never a length.
  const words = rows.some(({ y }) => numberOf(y) === null);
  const upright = words
    ? []
    : read(
        ({ x }) => x,
        ({ y }) => y,
      );
  const all =
    upright.length > 0
      ? upright
      : read(
          ({ y }) => y,
          ({ x }) => x,
        );
  if (all.length === 0) return null;
  const ordered = sorted ? [...all].sort((a, b) => b.value - a.value) : all;
  const [x, y] = upright.length > 0 ? [common.y, common.x] : [common.x, common.y];
  const notes = all.length > MOST_BARS ? [t.chart.sampledBars(MOST_BARS, all.length)] : [];
  return { ...common, kind: 'bar_horizontal', x, y, bars: ordered.slice(0, MOST_BARS), notes };
}

/** As DVC counts them: x the actual, y the predicted class of a row. It shows predicted classes from left to right. */
function confusion(rows: readonly Row[], common: Common, normalized: boolean): ChartSpec | null {
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
  return { ...common, kind: 'confusion', x: common.y, y: common.x, labels, counts, normalized };
}

/** Cells by x and y; their values are the first other column of numbers, else how often the pair occurs. */
function heatmap(plot: Plot, rows: readonly Row[], common: Common): ChartSpec | null {
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
  const value = { label: plot.columns[valueAt] ?? t.chart.count };
  return { ...common, kind: 'heatmap', xs, ys, values, value };
}

/** The run kept a part of the rows; points and lines say so themselves, with how many of these are drawn. */
function partOf({ rows, of }: Plot, { kind }: ChartSpec): string[] {
  return of === undefined || kind === 'scatter' || kind === 'linear' ? [] : [t.chart.sampledRows(rows.length, of)];
}

/** What dvc.yaml does not say and a reader would need. */
function missingTexts(plot: Plot, spec: ChartSpec): string[] {
  const label = (key: string, text: string, column: string, numeric: boolean): string[] => {
    if (text === column) return [t.chart.noLabel(key, column)];
    return numeric && !/[([].+[)\]]/.test(text) ? [t.chart.noUnit(key)] : [];
  };
  const numeric = spec.kind === 'scatter' || spec.kind === 'linear';
  const binned = spec.kind === 'histogram';
  return [
    ...(plot.title === plot.path ? [t.chart.noTitle] : []),
    ...label('x_label', plot.xLabel, plot.x, numeric || (binned && spec.bins[0]?.from !== undefined)),
    ...(binned ? [] : label('y_label', plot.yLabel, plot.y, numeric)),
  ];
}

const numberOf = (cell: Cell | undefined): number | null => {
  const value = typeof cell === 'string' && cell.trim() !== '' ? Number(cell) : cell;
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
};

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
