// CSV in and out by RFC 4180: quoted fields, doubled quotes, line ends inside quotes, CRLF or LF, an optional BOM.
// Law: what toCsv writes, parseCsv reads back cell for cell; a bare empty field is a missing value, a quoted one an
// empty text. An error names row (the header not counted, from 1), line and column.
// RUNS IN browser | server | child | isolate
import { type Cell, type Column, type ColumnKind, categoryColumn, cellOf, MOST_LEVELS } from './column.ts';
import { readRecords } from './csv-records.ts';
import { PipelineError } from './errors.ts';
import { Table, unknownColumn } from './table.ts';

export interface CsvReadOptions {
  /** The kind of some columns; the others are inferred: plain decimal numbers, else a category or text. */
  readonly types?: Readonly<Record<string, ColumnKind>>;
  /** One character, default ','. */
  readonly delimiter?: string;
  /** Words that stand for a missing value besides the bare empty field, such as 'NA'. */
  readonly missing?: readonly string[];
}

export interface CsvWriteOptions {
  /** Default '\r\n', as RFC 4180 says; files of a workspace use '\n'. */
  readonly newline?: '\n' | '\r\n';
  readonly delimiter?: string;
  /** Put ' before words that a spreadsheet would run as a formula (= + - @, tab, CR). For exports to people. */
  readonly guardFormulas?: boolean;
}

// No sign of a code in it: a leading zero ("007") keeps a column out of the numbers.
const NUMBER = /^[+-]?(?:(?:0|[1-9]\d*)(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

/**
 * Throws PipelineError 'csv-empty', 'csv-header', 'csv-width', 'csv-quote', 'not-a-number', 'unknown-column'.
 */
export function parseCsv(text: string, options: CsvReadOptions = {}): Table {
  const { header, fields, rows } = readRecords(text, options.delimiter ?? ',');
  const types = options.types ?? {};
  for (const name of Object.keys(types)) if (!header.includes(name)) throw unknownColumn(name, header);
  const missing = new Set(options.missing ?? []);
  return new Table(
    header.map((name, j) => {
      const words = new Array<string | null>(rows);
      for (let i = 0; i < rows; i++) {
        const word = fields[i * header.length + j]!;
        words[i] = word === null || missing.has(word) ? null : word;
      }
      return typed(name, words, Object.hasOwn(types, name) ? types[name] : undefined);
    }),
  );
}

/**
 * The table as CSV text with a header and a line end after every record.
 * Throws PipelineError 'not-finite' for an infinite number, naming row and column.
 */
export function toCsv(table: Table, options: CsvWriteOptions = {}): string {
  const delimiter = options.delimiter ?? ',';
  const newline = options.newline ?? '\r\n';
  const special = new RegExp(`["\\r\\n${delimiter.replace(/[\\\]^-]/g, '\\$&')}]`);
  const field = (word: string): string => {
    const guarded = options.guardFormulas === true && /^[=+\-@\t\r]/.test(word) ? `'${word}` : word;
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

function typed(name: string, words: readonly (string | null)[], kind: ColumnKind | undefined): Column {
  switch (kind ?? inferred(words)) {
    case 'number':
      return { kind: 'number', name, values: numbers(name, words) };
    case 'category':
      return categoryColumn(name, words);
    case 'text':
      return { kind: 'text', name, values: words };
  }
}

function inferred(words: readonly (string | null)[]): ColumnKind {
  if (words.every((word) => word === null || word === '' || NUMBER.test(word))) return 'number';
  const seen = new Set<string>();
  for (const word of words) {
    if (word !== null) seen.add(word);
    if (seen.size > MOST_LEVELS) return 'text';
  }
  return 'category';
}

// A number written with a leading zero or spaces is fine where the caller asked for numbers.
function numbers(name: string, words: readonly (string | null)[]): Float64Array {
  const values = new Float64Array(words.length);
  for (let i = 0; i < words.length; i++) {
    const word = words[i]?.trim() ?? '';
    values[i] = word === '' ? Number.NaN : Number(word);
    if (word !== '' && !(Number.isFinite(values[i]!) && /^[+\-.\deE]+$/.test(word))) {
      const message = `Row ${i + 1}, column "${name}": "${word}" is not a number.`;
      throw new PipelineError('not-a-number', message, { row: i + 1, column: name, value: word });
    }
  }
  return values;
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
