// The UCI student table from a file: found, read in whatever dialect it was saved, and compared with the schema.
// Invariant: a table that passes holds exactly the schema's columns, in its order, without a missing value; one that does not
// is refused with file, row, column and value.
import { readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import {
  conform,
  csvTypes,
  PipelineError,
  profileTable,
  readForeignCsv,
  studentSchema,
  type Table,
  validateTable,
} from '#pipeline-core';
import { decodeText } from './decode-text.ts';

/** Names by which tables are found in a folder; sessions run on the first one that is there. */
export const FIRST_TABLE = 'student-por.csv';
export const SECOND_TABLE = 'student-mat.csv';
const TABLES = [FIRST_TABLE, SECOND_TABLE];

/** Fewer leave folds and a hold-out fifth without meaning. */
const FEWEST_ROWS = 50;

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

function noData(message: string): PipelineError {
  return new PipelineError('no-data', `${message} Give the folder or file of the UCI student table.`);
}

/**
 * Columns that the schema does not know are left out.
 * Throws PipelineError with facts file and, where a cell is wrong, row (from 1, header not counted), column, value.
 */
export function readStudentTable(path: string): Table {
  const file = basename(path);
  try {
    return checkedTable(decodeText(readFileSync(path)).text);
  } catch (error) {
    if (!(error instanceof PipelineError)) throw error;
    throw new PipelineError(error.code, `${file}: ${error.message}`, { ...error.facts, file });
  }
}

/** One sentence for each thing that is no error but falsifies scores. */
export function tableWarnings(table: Table): string[] {
  const { count, rows } = profileTable(table).duplicates;
  if (count === 0) return [];
  const { row, of } = rows[0]!;
  const repeats = count === 1 ? '1 row repeats an earlier one' : `${count} rows repeat earlier ones`;
  return [
    `${repeats} (row ${row} is row ${of}): such pairs may lie on both sides of the hold-out set and flatter scores.`,
  ];
}

function checkedTable(text: string): Table {
  const { table } = readForeignCsv(text, { types: csvTypes(studentSchema) });
  const wrong = validateTable(table, studentSchema, { most: 1 }).find((finding) => finding.level === 'alarm');
  if (wrong !== undefined) {
    const { message, column = '', row = 0, value } = wrong;
    throw new PipelineError('bad-data', message, { column, row, value: value ?? '' });
  }
  if (table.rowCount < FEWEST_ROWS) {
    const message = `${table.rowCount} students are too few: give the whole table, at least ${FEWEST_ROWS} rows.`;
    throw new PipelineError('bad-data', message, { rows: table.rowCount });
  }
  return conform(table, studentSchema);
}
