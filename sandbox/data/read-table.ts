// A table file of a course: read in whatever dialect it was saved, and compared with the course's schema.
// Invariant: a table that passes holds exactly the schema's columns, in its order; one that does not is refused with
// file, row, column and value.
import { readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import {
  conform,
  csvTypes,
  PipelineError,
  profileTable,
  readForeignCsv,
  type Schema,
  type Table,
  validateTable,
} from '#pipeline-core';
import { decodeText } from './decode-text.ts';

/** Fewer leave folds and hold-out rows without meaning. */
const FEWEST_ROWS = 50;
const MOST_ROWS = 100_000;

export interface FoundTable {
  readonly name: string;
  readonly path: string;
}

/**
 * The tables at a path, at least one: the file itself, or those of these names in a folder.
 * Throws PipelineError 'no-data'.
 */
export function tablesAt(path: string, names: readonly string[]): FoundTable[] {
  const at = statSync(path, { throwIfNoEntry: false });
  if (at === undefined) throw noData(`There is no file or folder ${path}.`, names);
  if (!at.isDirectory()) return [{ name: basename(path), path }];
  const found = names
    .map((name) => ({ name, path: join(path, name) }))
    .filter((table) => statSync(table.path, { throwIfNoEntry: false })?.isFile() === true);
  if (found.length === 0) throw noData(`The folder ${path} holds neither ${names.join(' nor ')}.`, names);
  return found;
}

function noData(message: string, names: readonly string[]): PipelineError {
  const wanted = names.length === 0 ? 'a CSV file' : `the folder or file of the table (${names.join(', ')})`;
  return new PipelineError('no-data', `${message} Give ${wanted}.`);
}

/**
 * Columns that the schema does not know are left out.
 * Throws PipelineError with facts file and, where a cell is wrong, row (from 1, header not counted), column, value.
 */
export function readTable(path: string, schema: Schema): Table {
  const file = basename(path);
  try {
    return checkedTable(decodeText(readFileSync(path)).text, schema);
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

function checkedTable(text: string, schema: Schema): Table {
  const { table } = readForeignCsv(text, { types: csvTypes(schema) });
  const wrong = validateTable(table, schema, { most: 1 }).find((finding) => finding.level === 'alarm');
  if (wrong !== undefined) {
    const { message, column = '', row = 0, value } = wrong;
    throw new PipelineError('bad-data', message, { column, row, value: value ?? '' });
  }
  const { rowCount: rows } = table;
  if (rows < FEWEST_ROWS) {
    const message = `${rows} rows are too few: give the whole table, at least ${FEWEST_ROWS} rows.`;
    throw new PipelineError('bad-data', message, { rows });
  }
  if (rows > MOST_ROWS) {
    throw new PipelineError('bad-data', `${rows} rows are too many: at most ${MOST_ROWS} can be used.`, { rows });
  }
  return conform(table, schema);
}
