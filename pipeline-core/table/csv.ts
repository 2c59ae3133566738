// CSV in and out by RFC 4180: quoted fields, doubled quotes, line ends inside quotes, CRLF or LF, an optional BOM.
// Invariant: what toCsv writes, parseCsv reads back cell for cell; a bare empty field is a missing value, a quoted one an
// empty text. An error names row (the header not counted, from 1), line and column.

import { PipelineError } from '../core/errors.ts';
import { type Cell, type Column, type ColumnKind, cellOf, MOST_LEVELS } from './column.ts';
import { isNumber, plainNumbers } from './csv-numbers.ts';
import { fieldAt, type Records, readRecords } from './csv-records.ts';
import { Table, unknownColumn } from './table.ts';

export interface CsvReadOptions {
  /** The kind of some columns; the others are inferred: plain decimal numbers, else a category or text. */
  readonly types?: Readonly<Record<string, ColumnKind>>;
  /** One character, default ','. */
  readonly delimiter?: string;
  /** What separates whole from parts, default '.'; with ',' a dot between groups of three digits is left out. */
  readonly decimal?: '.' | ',';
  /** Words that stand for a missing value besides the bare empty field, such as 'NA'. */
  readonly missing?: readonly string[];
  /** What the columns are called in place of what the header says; it may refuse a header by an error of its own. */
  readonly header?: (names: readonly string[]) => readonly string[];
}

export interface CsvWriteOptions {
  /** Default '\r\n', as RFC 4180 says; files of a workspace use '\n'. */
  readonly newline?: '\n' | '\r\n';
  readonly delimiter?: string;
  /** Put ' before what a spreadsheet would run as a formula (= + - @), by whatever it splits the file. For exports to people. */
  readonly guardFormulas?: boolean;
}

/**
 * Throws PipelineError 'csv-empty', 'csv-header', 'csv-width', 'csv-quote', 'not-a-number', 'unknown-column'.
 */
export function parseCsv(text: string, options: CsvReadOptions = {}): Table {
  return tableOf(readRecords(text, options.delimiter ?? ',', options.header), options);
}

/** Some of the rows of a table. */
export interface CsvSample {
  readonly table: Table;
  /** Where each of them is in the whole table, from 0. */
  readonly at: readonly number[];
  /** Rows of the whole table. */
  readonly of: number;
}

/**
 * All rows, or of more than `most` these many, evenly spread. The kind of a column is that of all rows, as for who reads
 * the whole table. Throws as parseCsv does.
 */
export function sampleCsv(text: string, most: number): CsvSample {
  const table = parseCsv(text);
  const count = Math.min(table.rowCount, most);
  const at = Array.from({ length: count }, (_, k) => Math.floor((k * table.rowCount) / count));
  return { table: count < table.rowCount ? table.take(at) : table, at, of: table.rowCount };
}

function tableOf(records: Records, options: CsvReadOptions): Table {
  const { header } = records;
  const types = options.types ?? {};
  for (const name of Object.keys(types)) if (!header.includes(name)) throw unknownColumn(name, header);
  const missing = new Set(options.missing ?? []);
  const { decimal = '.' } = options;
  const kinds = header.map((name) => (Object.hasOwn(types, name) ? types[name] : undefined));
  const wanted = kinds.map((kind) => kind === undefined || kind === 'number');
  const numbersOf = plainNumbers(records, wanted, { decimal, missing });
  return new Table(
    header.map((name, j) => {
      const values = numbersOf[j]!;
      if (values !== null) return { kind: 'number', name, values };
      const plain = distinct(records, j, missing);
      return typed(name, decimal === ',' ? withDecimalPoint(plain) : plain, kinds[j]);
    }),
  );
}

/** As in the exports of a session (session-core/text/csv.ts); a test holds both against the same cells. */
const FORMULA =
  /((?:^|[,;|\t\r\n])[\s"'\p{C}\p{Default_Ignorable_Code_Point}]*)([=+\-@\uff0b\uff0d\uff1d\uff20\ufe62\ufe63\ufe66\ufe6b])/gu;

/**
 * The table as CSV text with a header and a line end after every record.
 * Throws PipelineError 'not-finite' for an infinite number, naming row and column.
 */
export function toCsv(table: Table, options: CsvWriteOptions = {}): string {
  const delimiter = options.delimiter ?? ',';
  const newline = options.newline ?? '\r\n';
  const special = new RegExp(`["\\r\\n${delimiter.replace(/[\\\]^-]/g, '\\$&')}]`);
  const field = (word: string): string => {
    const guarded = options.guardFormulas === true ? word.replace(FORMULA, "$1'$2") : word;
    return guarded === '' || special.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
  };
  const lines = [table.names.map(field).join(delimiter)];
  for (let row = 0; row < table.rowCount; row++) {
    lines.push(table.columns.map((column) => cellText(cellOf(column, row), { column, row, field })).join(delimiter));
  }
  return lines.map((line) => line + newline).join('');
}

interface CellPlace {
  readonly column: Column;
  readonly row: number;
  readonly field: (word: string) => string;
}

function cellText(cell: Cell, { column, row, field }: CellPlace): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return field(cell);
  if (Number.isFinite(cell)) return Object.is(cell, -0) ? '-0' : String(cell);
  const message = `Row ${row + 1}, column "${column.name}" holds ${cell}, which CSV readers do not agree on: replace it first.`;
  throw new PipelineError('not-finite', message, { row: row + 1, column: column.name });
}

interface Distinct {
  /** In the order of first appearance. */
  readonly words: readonly string[];
  /** Row (from 0) in which each word appears first. */
  readonly firstRow: readonly number[];
  /** Index into words a row, -1 for missing. */
  readonly codes: Int32Array;
}

// Columns repeat themselves: what a word means is found out once for each word, not for each row.
function distinct(records: Records, column: number, missing: ReadonlySet<string>): Distinct {
  const { rows, header } = records;
  const words: string[] = [];
  const firstRow: number[] = [];
  const codes = new Int32Array(rows).fill(-1);
  const codeOf = new Map<string, number>();
  for (let row = 0; row < rows; row++) {
    const word = fieldAt(records, row * header.length + column);
    if (word === null) continue;
    let code = codeOf.get(word);
    if (code === undefined) {
      code = missing.has(word) ? -1 : words.length;
      codeOf.set(word, code);
      if (code >= 0) {
        words.push(word);
        firstRow.push(row);
      }
    }
    codes[row] = code;
  }
  return { words, firstRow, codes };
}

const DECIMAL_COMMA = /^\s*[+-]?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?\s*$/;

// Only where every word of the column is such a number: "3,5" inside a column of words is a word.
function withDecimalPoint(found: Distinct): Distinct {
  if (!found.words.every((word) => word === '' || DECIMAL_COMMA.test(word))) return found;
  return { ...found, words: found.words.map((word) => word.replaceAll('.', '').replace(',', '.')) };
}

function typed(name: string, found: Distinct, kind: ColumnKind | undefined): Column {
  const { words, codes } = found;
  switch (kind ?? inferred(words)) {
    case 'number':
      return { kind: 'number', name, values: numbers(name, found) };
    case 'category': {
      const levels = [...words].sort();
      const position = new Map(levels.map((level, i) => [level, i]));
      const sorted = words.map((word) => position.get(word)!);
      return { kind: 'category', name, codes: codes.map((code) => (code < 0 ? -1 : sorted[code]!)), levels };
    }
    case 'text':
      return { kind: 'text', name, values: Array.from(codes, (code) => words[code] ?? null) };
  }
}

function inferred(words: readonly string[]): ColumnKind {
  if (words.every((word) => word === '' || isNumber(word))) return 'number';
  return words.length > MOST_LEVELS ? 'text' : 'category';
}

// A number written with a leading zero or spaces is fine where the caller asked for numbers.
function numbers(name: string, { words, firstRow, codes }: Distinct): Float64Array {
  const meant = words.map((word, code) => {
    const trimmed = word.trim();
    if (trimmed === '') return Number.NaN;
    const value = Number(trimmed);
    if (Number.isFinite(value) && /^[+\-.\deE]+$/.test(trimmed)) return value;
    const row = firstRow[code]! + 1;
    const message = `Row ${row}, column "${name}": "${trimmed}" is not a number.`;
    throw new PipelineError('not-a-number', message, { row, column: name, value: trimmed });
  });
  return Float64Array.from(codes, (code) => meant[code] ?? Number.NaN);
}

/** Rows (the header not counted) and columns of a CSV text, or null where it is none: what a screen says of an out. */
export function csvShape(text: string): { readonly rows: number; readonly cols: number } | null {
  try {
    const { header, rows } = readRecords(text, ',');
    return { rows, cols: header.length };
  } catch (error) {
    if (error instanceof PipelineError) return null;
    throw error;
  }
}
