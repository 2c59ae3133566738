// The UCI student table from a file: found, read with commas or semicolons, and checked cell by cell.
// Law: a table that passes holds exactly the 33 columns, in their order, without a missing value; one that does not is
// refused with file, row, column and value. RUNS IN server
import { readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Cell, type ColumnKind, nearNames, PipelineError, parseCsv, type Table } from '#pipeline-core';

/** Names by which tables are found in a folder; sessions run on the first one that is there. */
export const FIRST_TABLE = 'student-por.csv';
export const SECOND_TABLE = 'student-mat.csv';
const TABLES = [FIRST_TABLE, SECOND_TABLE];

/** Words, or lowest and highest whole number. */
type Allowed = readonly string[] | readonly [number, number];

const NO_YES = ['no', 'yes'] as const;
const JOBS = ['at_home', 'health', 'other', 'services', 'teacher'] as const;
const SCHEMA: Readonly<Record<string, Allowed>> = {
  school: ['GP', 'MS'],
  sex: ['F', 'M'],
  age: [15, 22],
  address: ['R', 'U'],
  famsize: ['GT3', 'LE3'],
  Pstatus: ['A', 'T'],
  Medu: [0, 4],
  Fedu: [0, 4],
  Mjob: JOBS,
  Fjob: JOBS,
  reason: ['course', 'home', 'other', 'reputation'],
  guardian: ['father', 'mother', 'other'],
  traveltime: [1, 4],
  studytime: [1, 4],
  failures: [0, 4],
  schoolsup: NO_YES,
  famsup: NO_YES,
  paid: NO_YES,
  activities: NO_YES,
  nursery: NO_YES,
  higher: NO_YES,
  internet: NO_YES,
  romantic: NO_YES,
  famrel: [1, 5],
  freetime: [1, 5],
  goout: [1, 5],
  Dalc: [1, 5],
  Walc: [1, 5],
  health: [1, 5],
  absences: [0, 93],
  G1: [0, 20],
  G2: [0, 20],
  G3: [0, 20],
};

const COLUMNS = Object.keys(SCHEMA);

export interface FoundTable {
  /** 'student-por.csv' */
  readonly name: string;
  readonly path: string;
}

/** The tables at a path, at least one: the file itself, or the known names of a folder. Throws PipelineError 'no-data'. */
export function studentTables(path: string): FoundTable[] {
  const at = statSync(path, { throwIfNoEntry: false });
  if (at === undefined) throw noData(`There is no file or folder ${path}.`);
  if (!at.isDirectory()) return [{ name: basename(path), path }];
  const found = TABLES.map((name) => ({ name, path: join(path, name) })).filter(
    (table) => statSync(table.path, { throwIfNoEntry: false })?.isFile() === true,
  );
  if (found.length === 0) throw noData(`The folder ${path} holds neither ${TABLES.join(' nor ')}.`);
  return found;
}

/** Throws PipelineError 'bad-data' with facts file, row (from 1, header not counted), column, value; or of parseCsv. */
export function readStudentTable(path: string): Table {
  const file = basename(path);
  const text = readFileSync(path, 'utf8');
  const header = text.slice(0, text.search(/[\r\n]|$/));
  const delimiter = header.split(';').length > header.split(',').length ? ';' : ',';
  const typed = (kind: (name: string) => ColumnKind) => Object.fromEntries(COLUMNS.map((name) => [name, kind(name)]));
  try {
    demandColumns(parseCsv(text, { delimiter }));
    // As text first: one wrong cell must not change how the cells around it are read.
    demandCells(parseCsv(text, { delimiter, types: typed(() => 'text') }));
    return parseCsv(text, {
      delimiter,
      types: typed((name) => (isWords(SCHEMA[name]!) ? 'category' : 'number')),
    }).select(COLUMNS);
  } catch (error) {
    if (!(error instanceof PipelineError)) throw error;
    throw new PipelineError(error.code, `${file}: ${error.message}`, { ...error.facts, file });
  }
}

function noData(message: string): PipelineError {
  return new PipelineError('no-data', `${message} Give the folder or file of the UCI student table.`);
}

function bad(message: string, facts: Readonly<Record<string, string | number>>): PipelineError {
  return new PipelineError('bad-data', message, facts);
}

function demandColumns(table: Table): void {
  for (const name of COLUMNS) {
    if (table.has(name)) continue;
    const near = nearNames(name, table.names);
    const hint = near.length > 0 ? ` Is it "${near[0]}"?` : '';
    throw bad(`the column "${name}" is missing.${hint} The header must name ${COLUMNS.join(', ')}.`, {
      column: name,
    });
  }
  const extra = table.names.find((name) => !Object.hasOwn(SCHEMA, name));
  if (extra !== undefined)
    throw bad(`the column "${extra}" is not one of the student table: take it out.`, { column: extra });
  if (table.rowCount < 50)
    throw bad(`${table.rowCount} rows are too few: give the whole table.`, { rows: table.rowCount });
}

function demandCells(table: Table): void {
  for (let row = 0; row < table.rowCount; row++) {
    for (const [column, allowed] of Object.entries(SCHEMA)) {
      const value = table.cell(row, column);
      if (fits(value, allowed)) continue;
      const shown = value === null ? 'an empty cell' : JSON.stringify(value);
      const message = `row ${row + 1}, column "${column}": ${shown} is not ${told(allowed)}.`;
      throw bad(message, { row: row + 1, column, value: String(value ?? '') });
    }
  }
}

function fits(cell: Cell, allowed: Allowed): boolean {
  if (isWords(allowed)) return allowed.includes(String(cell));
  const value = Number(cell);
  return /^\d+$/.test(String(cell).trim()) && value >= allowed[0] && value <= allowed[1];
}

function told(allowed: Allowed): string {
  return isWords(allowed) ? `one of ${allowed.join(', ')}` : `a whole number from ${allowed.join(' to ')}`;
}

function isWords(allowed: Allowed): allowed is readonly string[] {
  return typeof allowed[0] === 'string';
}
