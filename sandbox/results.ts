// What the outs of a run say: metrics, plots and predictions, read from files that the crowd's code wrote.
// Law: nothing of it is believed before it is checked: sizes, shapes, finite numbers. RUNS IN server
import { parseCsv } from '#pipeline-core/csv.ts';
import { nearNames, PipelineError } from '#pipeline-core/errors.ts';
import type { PathAt, PlotAt } from '#pipeline-core/pipeline.ts';
import type { OutInfo, Plot, Predictions } from '#pipeline-core/report.ts';
import type { Table } from '#pipeline-core/table.ts';
import { sha256Of } from './run-cache.ts';

const MOST_METRICS = 64;
const MOST_DEPTH = 8;
// What is parsed in the server's own process must not keep it from its rooms.
const MOST_METRICS_BYTES = 65_536;
const MOST_TABLE_BYTES = 1024 * 1024;
const MOST_PLOT_ROWS = 5_000;

/** Throws PipelineError 'bad-metrics' with {file: 'dvc.yaml', line}. */
export function readMetrics({ path, line }: PathAt, text: string): Record<string, number> {
  const fail = (message: string): never => {
    throw new PipelineError('bad-metrics', `${path}: ${message}`, { file: 'dvc.yaml', line });
  };
  if (text.length > MOST_METRICS_BYTES) fail(`it has ${text.length} characters, so more than ${MOST_METRICS} metrics.`);
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch {
    return fail('a metrics file must be JSON, such as {"cv": {"rmse": 2.7}}. Write it with writeJson of workshop.');
  }
  const metrics = new Map<string, number>();
  const walk = (value: unknown, name: string, depth: number): void => {
    if (typeof value === 'number' && Number.isFinite(value) && name !== '') {
      metrics.set(name, value);
      if (metrics.size > MOST_METRICS) fail(`it holds more than ${MOST_METRICS} metrics. Keep those that matter.`);
    } else if (typeof value === 'object' && value !== null && !Array.isArray(value) && depth < MOST_DEPTH) {
      for (const [key, inner] of Object.entries(value)) {
        if (key.length > 60) fail(`a metric's name has ${key.length} characters. Use at most 60.`);
        walk(inner, name === '' ? key : `${name}.${key}`, depth + 1);
      }
    } else {
      const shown = value === null ? 'null (NaN turns into null in JSON)' : `${JSON.stringify(value)}`.slice(0, 60);
      fail(`${name === '' ? 'it' : `\`${name}\``} is ${shown}, but a metric must be a finite number.`);
    }
  };
  walk(root, '', 0);
  return Object.fromEntries(metrics);
}

/** Throws PipelineError 'bad-plot' with {file: 'dvc.yaml', line}. */
export function readPlot(plot: PlotAt, text: string): Plot {
  const { path, line } = plot;
  const fail = (message: string): never => {
    throw new PipelineError('bad-plot', `${path}: ${message}`, { file: 'dvc.yaml', line });
  };
  if (text.length > MOST_TABLE_BYTES) fail(`it has ${text.length} characters, a plot at most ${MOST_TABLE_BYTES}.`);
  const { columns, rows } = path.endsWith('.json') ? jsonTable(text, fail) : csvTable(text, fail);
  if (columns.length === 0) fail('a plot needs columns.');
  if (rows.length > MOST_PLOT_ROWS) fail(`it has ${rows.length} rows, a plot at most ${MOST_PLOT_ROWS}.`);
  const column = (name: string | undefined, instead: number): string => {
    if (name === undefined) return columns[Math.min(instead, columns.length - 1)]!;
    if (columns.includes(name)) return name;
    const near = nearNames(name, columns);
    return fail(
      `the plot names the column \`${name}\`, which is not there. ${near.length > 0 ? `Did you mean ${near.join(' or ')}?` : `It has ${columns.join(', ')}.`}`,
    );
  };
  const x = column(plot.x, 0);
  const y = column(plot.y, 1);
  const [xLabel, yLabel] = [plot.xLabel ?? x, plot.yLabel ?? y];
  return { path, title: plot.title ?? path, x, y, xLabel, yLabel, columns, rows };
}

interface PlainTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (number | string)[])[];
}

function csvTable(text: string, fail: (message: string) => never): PlainTable {
  try {
    const table = parseCsv(text);
    const cells = table.names.map((name) => table.cells(name));
    const rows = Array.from({ length: table.rowCount }, (_, r) => cells.map((column) => column[r] ?? ''));
    return { columns: table.names, rows };
  } catch (error) {
    return fail(error instanceof PipelineError ? error.message : 'it is not a table.');
  }
}

function jsonTable(text: string, fail: (message: string) => never): PlainTable {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    return fail('it is not JSON.');
  }
  if (!Array.isArray(list) || list.length === 0)
    return fail('a plot as JSON is a list of objects, one for each point.');
  const columns = Object.keys(Object(list[0]) as object);
  const rows = list.map((item: unknown) =>
    columns.map((column) => {
      const cell: unknown = Object.hasOwn(Object(item) as object, column)
        ? (item as Record<string, unknown>)[column]
        : '';
      return typeof cell === 'number' || typeof cell === 'string' ? cell : String(cell ?? '');
    }),
  );
  return { columns, rows };
}

/** A table small enough to be read here, or null. */
export function smallTable(content: string | Buffer): Table | null {
  if (content.length > MOST_TABLE_BYTES) return null;
  try {
    return parseCsv(String(content));
  } catch {
    return null;
  }
}

export const PREDICTIONS = 'reports/predictions.csv';
const PARTS = ['row', 'fold', 'actual', 'predicted'] as const;

/** The out-of-fold predictions, or the sentence that says why runs cannot be compared by them. */
export function readPredictions(text: string): Predictions | string {
  if (text.length > MOST_TABLE_BYTES) return `it has ${text.length} characters, more than ${MOST_TABLE_BYTES}`;
  let table: Table;
  try {
    table = parseCsv(text);
  } catch (error) {
    return error instanceof PipelineError ? error.message : 'it is not a table';
  }
  const parts: Partial<Record<(typeof PARTS)[number], number[]>> = {};
  for (const part of PARTS) {
    if (!table.has(part)) return `it has no column \`${part}\``;
    const cells = table.cells(part);
    const at = cells.findIndex((cell) => typeof cell !== 'number' || !Number.isFinite(cell));
    if (at !== -1) return `row ${at + 1} of \`${part}\` is ${JSON.stringify(cells[at])}, not a number`;
    parts[part] = cells as number[];
  }
  return parts as Predictions;
}

/** Name, size, hash and, where it is a table, its shape. */
export function outInfo(path: string, bytes: Buffer): OutInfo {
  const about = { path, bytes: bytes.length, sha256: sha256Of(bytes) };
  if (!path.endsWith('.csv')) return about;
  const end = bytes.indexOf(10);
  if (end === -1) return about;
  let rows = -1;
  for (let at = end; at !== -1; at = bytes.indexOf(10, at + 1)) rows++;
  // A line end inside quotes would count as a row; tables with quotes are parsed instead.
  if (bytes.includes(34)) {
    const table = smallTable(bytes);
    return table === null ? about : { ...about, rows: table.rowCount, cols: table.names.length };
  }
  if (bytes[bytes.length - 1] !== 10) rows++;
  return { ...about, rows: Math.max(0, rows), cols: bytes.toString('utf8', 0, end).split(',').length };
}
