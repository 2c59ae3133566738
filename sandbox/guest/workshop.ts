// `workshop`: how a stage reads its deps, writes its outs and gets its params. Synchronous, by paths of the
// workspace. The same functions serve the isolate (files in memory) and plain Node (`outside/`, real files).

import { PipelineError } from '#pipeline-core/core/errors.ts';
import { parseCsv } from '#pipeline-core/table/csv.ts';
import type { Table } from '#pipeline-core/table/table.ts';
import { CsvText } from './csv-text.ts';
import { parse, stringify } from './primordials.ts';
import { expect } from './testing/expect.ts';
import { createTests, type Tests, type TestsHost } from './testing/tests.ts';

/** What differs between the isolate and plain Node. Paths are relative to the workspace, with forward slashes. */
export interface WorkshopHost {
  /** Throws where the stage may not read it. */
  read(path: string): string;
  /** Throws where the stage may not write it. */
  write(path: string, text: string): void;
  /** The values of the params the stage declares, nested as in params.yaml. A fresh copy each time. */
  params(): unknown;
  progress(share: number): void;
  readonly tests: TestsHost;
}

/** A danfojs DataFrame, or anything that looks like one. */
export interface TableLike {
  readonly columns: readonly string[];
  readonly values: readonly (readonly unknown[])[];
}

export interface Workshop {
  readText(path: string): string;
  writeText(path: string, text: string): void;
  readCsv<T = Record<string, string | number>>(path: string): T[];
  readTable(path: string): Table;
  writeCsv(path: string, rows: readonly object[] | TableLike | Table): void;
  readJson<T = unknown>(path: string): T;
  writeJson(path: string, value: unknown): void;
  params<T>(): T;
  progress(share: number): void;
  test: Tests['test'];
  expect: typeof expect;
}

/** @param runTests gets what the host calls when the stage's file has run to its end */
export function createWorkshop(host: WorkshopHost, runTests: (run: Tests['run']) => void = () => {}): Workshop {
  const tests = createTests(() => host.tests);
  runTests(tests.run);
  return {
    readText: (path) => host.read(checkedPath('readText', path)),
    writeText: (path, text) => {
      if (typeof text !== 'string') {
        throw new TypeError(`writeText('${path}', text): text must be a string. For a value use writeJson`);
      }
      host.write(checkedPath('writeText', path), text);
    },
    readCsv: <T>(path: string) => tableOf(host.read(checkedPath('readCsv', path)), path).rows() as T[],
    readTable: (path) => tableOf(host.read(checkedPath('readTable', path)), path),
    writeCsv: (path, rows) => host.write(checkedPath('writeCsv', path), csvText(rows, path)),
    readJson: <T>(path: string) => {
      const text = host.read(checkedPath('readJson', path));
      try {
        return JSON.parse(text) as T;
      } catch (error) {
        throw new SyntaxError(`${path} is not JSON: ${(error as Error).message}`);
      }
    },
    writeJson: (path, value) => {
      const text = stringify(value) as string | undefined;
      if (text === undefined) throw new TypeError(`writeJson('${path}', value): value is ${typeof value}`);
      if (text.includes('null')) stringify(value, refuseNonFinite(path));
      // What people read is laid out; a model of a megabyte is not.
      host.write(checkedPath('writeJson', path), text.length < 5_000 ? `${stringify(parse(text), null, 2)}\n` : text);
    },
    params: <T>() => host.params() as T,
    progress: (share) => host.progress(share),
    test: tests.test,
    expect,
  };
}

function checkedPath(name: string, path: unknown): string {
  if (typeof path !== 'string' || path === '') {
    throw new TypeError(`${name}(path): path must be a text such as 'data/processed/table.csv'`);
  }
  return path.startsWith('./') ? path.slice(2) : path;
}

function tableOf(text: string, path: string): Table {
  try {
    return parseCsv(text);
  } catch (error) {
    if (error instanceof PipelineError) throw new SyntaxError(`${path}: ${error.message}`);
    throw error;
  }
}

function csvText(rows: readonly object[] | TableLike | Table, path: string): string {
  const text = new CsvText();
  if (isTable(rows)) {
    text.line(rows.names);
    text.lines(rows.columns, rows.rowCount);
    return text.toString();
  }
  if (isFrame(rows)) return linesOf(rows.columns, rows.values);
  if (!Array.isArray(rows)) {
    throw new TypeError(`writeCsv('${path}', rows): rows must be an array of objects, a Table or a DataFrame`);
  }
  const columns = Object.keys(rows[0] ?? {});
  text.line(columns);
  (rows as readonly Record<string, unknown>[]).forEach((row, r) => {
    const found = Object.keys(row);
    if (found.length !== columns.length) {
      throw new TypeError(
        `writeCsv('${path}', rows): row ${r} has ${found.length} columns, row 0 has ${columns.length}`,
      );
    }
    // Rows of one function have their columns in one order, as a rule: then all cells come at once.
    text.line(
      sameNames(found, columns) ? Object.values(row) : columns.map((column) => cellOf(row, { column, r, path })),
    );
  });
  return text.toString();
}

function sameNames(found: readonly string[], columns: readonly string[]): boolean {
  for (let j = 0; j < columns.length; j++) if (found[j] !== columns[j]) return false;
  return true;
}

interface Place {
  readonly column: string;
  readonly r: number;
  readonly path: string;
}

function cellOf(row: Readonly<Record<string, unknown>>, { column, r, path }: Place): unknown {
  if (column in row) return row[column];
  throw new TypeError(`writeCsv('${path}', rows): row ${r} has no column ${column}`);
}

// By its shape: outside the sandbox, the Table of 'pipeline-core' is another class than the one in here.
function isTable(value: object | null | undefined): value is Table {
  return typeof value === 'object' && value !== null && 'rowCount' in value && 'names' in value;
}

function isFrame(value: unknown): value is TableLike {
  const table = value as Partial<TableLike> | null;
  return typeof table === 'object' && table !== null && Array.isArray(table.columns) && Array.isArray(table.values);
}

export function linesOf(columns: readonly string[], rows: readonly (readonly unknown[])[]): string {
  const text = new CsvText();
  text.line(columns);
  for (const row of rows) text.line(row);
  return text.toString();
}

// JSON turns NaN into null without a word; the stage that made it should hear about it, not the one that reads it.
function refuseNonFinite(path: string) {
  return function check(this: unknown, key: string, value: unknown): unknown {
    if (typeof value === 'number' && !Number.isFinite(value)) {
      const at = key === '' ? 'the value' : `\`${key}\``;
      throw new RangeError(`writeJson('${path}', ...): ${at} is ${value}, which JSON cannot hold`);
    }
    return value;
  };
}
