// What the outs of a run say: metrics and plots, read from files that the participants' code wrote.
// Invariant: nothing of it is believed before it is checked: sizes, shapes, finite numbers.

import { nearNames, PipelineError } from '#pipeline-core/core/errors.ts';
import type { OutInfo, Plot } from '#pipeline-core/core/report.ts';
import { parseCsv } from '#pipeline-core/table/csv.ts';
import type { Table } from '#pipeline-core/table/table.ts';
import type { PathAt, PlotAt } from '#pipeline-core/workspace/pipeline.ts';
import { sha256Of } from './run-cache.ts';

const MOST_METRICS = 64;
const MOST_DEPTH = 8;
// What is parsed in the server's own process must not keep it from its sessions.
const MOST_METRICS_BYTES = 65_536;
export const MOST_TABLE_BYTES = 1024 * 1024;
/** Of a longer table only its lines are looked for, and the values of some. */
const MOST_PLOT_BYTES = 8 * MOST_TABLE_BYTES;
const MOST_PLOT_ROWS = 5_000;
const MOST_COLUMNS = 200;
const LONGEST_COLUMN_NAME = 100;

/** Control characters, marks that turn the writing round, halves of characters. */
const UNSHOWN = /[\p{Cc}\p{Cf}\p{Cs}]/u;

export type Result<T, E> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

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
      if (metrics.has(name)) fail(`\`${name}\` is there twice.`);
      metrics.set(name, value);
      if (metrics.size > MOST_METRICS) fail(`it holds more than ${MOST_METRICS} metrics. Keep those that matter.`);
    } else if (typeof value === 'object' && value !== null && !Array.isArray(value) && depth < MOST_DEPTH) {
      for (const [key, inner] of Object.entries(value)) {
        if (key.length > 60) fail(`a metric's name has ${key.length} characters. Use at most 60.`);
        if (UNSHOWN.test(key)) fail(`a metric's name holds a character that cannot be shown: ${JSON.stringify(key)}.`);
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
  const isJson = path.endsWith('.json');
  const most = isJson ? MOST_TABLE_BYTES : MOST_PLOT_BYTES;
  if (text.length > most) fail(`it has ${text.length} characters, a plot at most ${most}.`);
  const { columns, rows, of } = isJson
    ? jsonTable(text, fail)
    : csvTable(text, path.endsWith('.tsv') ? '\t' : ',', fail);
  if (columns.length === 0) fail('a plot needs columns.');
  if (columns.length > MOST_COLUMNS) fail(tooWide(columns.length));
  const column = (name: string | undefined, instead: number): string => {
    if (name === undefined) return columns[Math.min(instead, columns.length - 1)]!;
    if (columns.includes(name)) return name;
    const short = columns.filter((other) => other.length <= LONGEST_COLUMN_NAME);
    const near = nearNames(name, short);
    const hint = near.length > 0 ? `Did you mean ${near.join(' or ')}?` : `It has ${short.slice(0, 20).join(', ')}.`;
    return fail(`the plot names the column \`${name}\`, which is not there. ${hint}`);
  };
  const x = column(plot.x, 0);
  const y = column(plot.y, 1);
  const [xLabel, yLabel] = [plot.xLabel ?? x, plot.yLabel ?? y];
  const template = plot.template === undefined ? {} : { template: plot.template };
  const part = of > rows.length ? { of } : {};
  return { path, title: plot.title ?? path, x, y, xLabel, yLabel, ...template, columns, rows, ...part };
}

/** `.tsv` is what DVCLive writes. */
type Delimiter = ',' | '\t';

interface PlainTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (number | string)[])[];
  /** Of how many. */
  readonly of: number;
}

/** So many of the items, evenly spread. */
export const evenly = <T>(items: readonly T[], most: number): readonly T[] =>
  items.length <= most ? items : Array.from({ length: most }, (_, k) => items[Math.floor((k * items.length) / most)]!);

function csvTable(text: string, delimiter: Delimiter, fail: (message: string) => never): PlainTable {
  try {
    demandNarrow(text, delimiter);
    const whole = parseCsv(text, { delimiter });
    const of = whole.rowCount;
    const at = evenly([...Array(of).keys()], MOST_PLOT_ROWS);
    const table = at.length < of ? whole.take(at) : whole;
    const cells = table.names.map((name) => table.cells(name));
    const rows = Array.from({ length: table.rowCount }, (_, r) => cells.map((column) => column[r] ?? ''));
    return { columns: table.names, rows, of };
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
  const columns = isPlainObject(list[0]) ? Object.keys(list[0]) : [];
  if (columns.length > MOST_COLUMNS) return { columns, rows: [], of: 0 };
  const rows = evenly(list, MOST_PLOT_ROWS).map((item: unknown, row) => {
    if (!isPlainObject(item)) return fail(`point ${row + 1} is not an object like the first.`);
    return columns.map((column) => {
      const cell = Object.hasOwn(item, column) ? (item[column] ?? '') : '';
      if (typeof cell === 'object') return fail(`\`${column}\` of point ${row + 1} is neither a number nor a word.`);
      return typeof cell === 'number' || typeof cell === 'string' ? cell : String(cell);
    });
  });
  return { columns, rows, of: list.length };
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const tooWide = (columns: number): string =>
  `it has ${columns} columns, more than the ${MOST_COLUMNS} that a table read here may have.`;

/** As parseCsv, which throws PipelineError and compares every name of the header with every other. */
export function tableOf(text: string): Table {
  demandNarrow(text);
  return parseCsv(text);
}

function demandNarrow(text: string, delimiter: Delimiter = ','): void {
  const columns = headerWidth(text, delimiter.charCodeAt(0));
  if (columns > MOST_COLUMNS) throw new PipelineError('too-wide', tooWide(columns));
}

/** Fields of the first record; line ends and commas inside quotes do not count. */
function headerWidth(text: string, delimiter: number): number {
  let width = 1;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) quoted = !quoted;
    else if (code === delimiter && !quoted) width++;
    else if (code === LF && !quoted) break;
  }
  return width;
}

const LF = 10;
const QUOTE = 34;
const COMMA = 44;

/** A table small enough to be read here, or null. */
export function smallTable(content: string | Buffer, most = MOST_TABLE_BYTES): Table | null {
  if (content.length > most) return null;
  try {
    return tableOf(String(content));
  } catch {
    return null;
  }
}

/** Name, size, hash and, where it is a table, its shape. */
export function outInfo(path: string, bytes: Buffer): OutInfo {
  const about = { path, bytes: bytes.length, sha256: sha256Of(bytes) };
  if (!path.endsWith('.csv')) return about;
  // A line end inside quotes would count as a row; tables with quotes are parsed instead.
  if (bytes.includes(QUOTE)) {
    const table = smallTable(bytes);
    return table === null ? about : { ...about, rows: table.rowCount, cols: table.names.length };
  }
  let cols = 1;
  let lines = 0;
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] === LF) lines++;
    else if (lines === 0 && bytes[at] === COMMA) cols++;
  }
  if (lines === 0) return about;
  const rows = lines - (bytes[bytes.length - 1] === LF ? 1 : 0);
  return { ...about, rows, cols };
}
