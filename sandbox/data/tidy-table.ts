// A table that nobody prepared, as the table of a course: columns with names that code can hold, numbers, words, texts, and
// dates as days.
// Invariant: the same bytes give the same table, here and in an exported repository; a file that cannot be read so is
// refused with row, column and value.
import { type Cell, type Column, categoryColumn, PipelineError, readForeignCsv, Table } from '#pipeline-core';
import { type ReadWords, readAmounts, readDates } from './amounts-and-dates.ts';
import { cleanText, columnLabels, columnNames } from './column-names.ts';
import { decodeText } from './decode-text.ts';

/** Of a table that people bring. The server's routes have the same, which cannot be imported here; a test compares them. */
export const TABLE_LIMITS = {
  bytes: 20 * 1024 * 1024,
  rows: 100_000,
  columns: 200,
  fewestRows: 50,
  fewestGroups: 10,
} as const;

/** Words of more different values are texts, which are no input as they are. */
const MOST_WORDS = 60;
const LONGEST_WORD = 60;
/** "Area (m²)", "price [EUR]" */
const UNIT = /^(.*\S)\s*[([]([^()[\]]{1,12})[)\]]$/;

/** What pandas takes for missing, but for `None`, which is an answer in many tables; and two signs of survey tools. */
const MISSING = ['NA', 'N/A', 'n/a', '#N/A', '#NA', '<NA>', 'NaN', 'nan', '-nan', 'NULL', 'null', '?', '-'];

/** The last character of a file, as DOS wrote it. */
const END_OF_DOS = '\u001a';

export interface TidyColumn {
  readonly name: string;
  /** What the table's header says. */
  readonly header: string;
  /** The same without a unit in brackets. */
  readonly label: string;
  readonly kind: 'number' | 'words' | 'text';
  /** Such as `EUR` or `days since 2019-03-01`; '' where there is none. */
  readonly unit: string;
  readonly isDate: boolean;
  /** All numbers are whole. */
  readonly whole: boolean;
  readonly missing: number;
  /** Different values, missing ones not counted. */
  readonly distinct: number;
  /** Cells that are no number in a column of numbers: they count as missing. `row` from 1. */
  readonly odd?: { readonly count: number; readonly row: number; readonly value: string };
}

export interface TidyTable {
  /** Its columns by their names in code. */
  readonly table: Table;
  /** In the order of the table. */
  readonly columns: readonly TidyColumn[];
  /** A sentence for each thing that was put right. */
  readonly notes: readonly string[];
}

/** Throws PipelineError for what is no table, or one beyond the limits. */
export function tidyTable(bytes: Uint8Array): TidyTable {
  const { bytes: mostBytes, rows: mostRows, fewestRows } = TABLE_LIMITS;
  if (bytes.length > mostBytes) {
    const message = `The file has ${Math.ceil(bytes.length / 1_048_576)} MB: at most ${mostBytes / 1_048_576} MB can be used.`;
    throw new PipelineError('bad-data', message, { bytes: bytes.length });
  }
  const { text, encoding } = decodeText(bytes);
  if (text.includes('\0')) throw new PipelineError('not-text', 'This file holds binary data. Save it as CSV.');
  if (text.trim() === '') throw new PipelineError('csv-empty', 'The file is empty.');
  const read = readForeignCsv(text.endsWith(END_OF_DOS) ? text.slice(0, -1) : text, {
    missing: MISSING,
    header: checkedHeader,
  });
  const { decimal } = read;
  const { table, notes } = withoutTotals(withoutEmptyRows(read.table, read.notes));
  const { rowCount: rows } = table;
  if (rows > mostRows) {
    throw new PipelineError('bad-data', `The table has ${rows} rows: at most ${mostRows} can be used.`, { rows });
  }
  if (rows < fewestRows) {
    const message = `The table has ${rows} rows: at least ${fewestRows} are needed, so that a score means something.`;
    throw new PipelineError('bad-data', message, { rows });
  }
  if (table.columns.length < 2) {
    const message =
      'The table has one column: at least 2 are needed. Columns are separated by a comma, a semicolon, a tab or a vertical bar.';
    throw new PipelineError('bad-data', message, { columns: table.columns.length });
  }
  const headers = table.columns.map(({ name }) => name);
  const names = columnNames(headers);
  const made = table.columns.map((column, j) =>
    tidyColumn(column, { header: headers[j]!, name: names[j]!, decimal, cells: table.cells(column.name) }),
  );
  return {
    table: new Table(made.map(({ column }) => column)),
    columns: made.map(({ about }) => about),
    notes: encoding === 'UTF-8' ? notes : [`Its letters are saved as ${encoding}.`, ...notes],
  };
}

interface Kept {
  readonly table: Table;
  readonly notes: readonly string[];
}

const TOTAL =
  /^(?:grand |sub)?(?:totals?|sum|summe|gesamt|gesamtsumme|total g\u00e9n\u00e9ral|insgesamt|somme|average|mean|durchschnitt|mittelwert|moyenne)\s*:?$/i;

/** A row below the table that sums it up is no row of it. */
function withoutTotals({ table, notes }: Kept): Kept {
  const words = table.columns.flatMap(({ name, kind }) => (kind === 'number' ? [] : [table.cells(name)]));
  const totalOf = (row: number): string | undefined =>
    words.flatMap((cells) => {
      const word = cells[row];
      return typeof word === 'string' && TOTAL.test(word.trim()) && cells.indexOf(word) === row ? [word.trim()] : [];
    })[0];
  let rows = table.rowCount;
  const said: string[] = [];
  while (rows > 0) {
    const word = totalOf(rows - 1);
    if (word === undefined) break;
    said.push(`The last row was left out: it is "${word}" of the others.`);
    rows--;
  }
  if (said.length === 0) return { table, notes };
  return { table: table.take(Array.from({ length: rows }, (_, row) => row)), notes: [...notes, ...said] };
}

/** Spreadsheets write rows of delimiters alone below a table that was longer once. */
function withoutEmptyRows(table: Table, notes: readonly string[]): Kept {
  const columns = table.columns.map(({ name }) => table.cells(name));
  const kept = Array.from({ length: table.rowCount }, (_, row) => row).filter((row) =>
    columns.some((cells) => cells[row] !== null && cells[row] !== ''),
  );
  const empty = table.rowCount - kept.length;
  if (empty === 0) return { table, notes };
  const said = empty === 1 ? 'A row without any value was left out.' : `${empty} rows without any value were left out.`;
  return { table: table.take(kept), notes: [...notes, said] };
}

function checkedHeader(names: readonly string[]): string[] {
  const most = TABLE_LIMITS.columns;
  if (names.length > most) {
    throw new PipelineError('bad-data', `The table has ${names.length} columns: at most ${most} can be used.`, {
      columns: names.length,
    });
  }
  const named = names.filter((name) => name.trim() !== '' && !/^Unnamed: (?:0|last)$/.test(name));
  if (names.length > 2 && named.length === 1) {
    const message = `The first line names one of ${names.length} columns, "${named[0]}": if it is a title, take it out.`;
    throw new PipelineError('csv-header', message);
  }
  return columnLabels(names);
}

interface Raw {
  readonly header: string;
  readonly name: string;
  readonly decimal: '.' | ',';
  readonly cells: readonly Cell[];
}
interface Made {
  readonly column: Column;
  readonly about: TidyColumn;
}

function tidyColumn(column: Column, raw: Raw): Made {
  if (column.kind === 'number') return numbers(column.values, raw, { unit: '', isDate: false });
  const words = raw.cells.map((cell) => {
    const word = cell === null ? '' : cleanText(String(cell));
    return word === '' || MISSING.includes(word) ? null : word;
  });
  const counts = new Map<string, number>();
  for (const word of words) if (word !== null) counts.set(word, (counts.get(word) ?? 0) + 1);
  const dates = readDates(counts);
  const read = dates ?? readAmounts(counts, raw.decimal);
  if (read !== null) return fromWords(words, read, { raw, isDate: dates !== null });
  const { name, header } = raw;
  const longest = Math.max(0, ...Array.from(counts.keys(), (word) => word.length));
  const few = counts.size <= MOST_WORDS && counts.size <= words.length / 2 && longest <= LONGEST_WORD;
  const about = { name, header, label: header, unit: '', isDate: false, whole: false };
  const facts = { missing: words.filter((word) => word === null).length, distinct: counts.size };
  return few
    ? { column: categoryColumn(name, words), about: { ...about, ...facts, kind: 'words' } }
    : { column: { kind: 'text', name, values: words }, about: { ...about, ...facts, kind: 'text' } };
}

function fromWords(
  words: readonly (string | null)[],
  { numbers: found, unit }: ReadWords,
  { raw, isDate }: { readonly raw: Raw; readonly isDate: boolean },
): Made {
  const values = Float64Array.from(words, (word) => (word === null ? Number.NaN : (found.get(word) ?? Number.NaN)));
  const odd = words.flatMap((word, i) => (word !== null && found.get(word) === null ? [i] : []));
  const [first] = odd;
  return numbers(values, raw, {
    unit,
    isDate,
    ...(first === undefined ? {} : { odd: { count: odd.length, row: first + 1, value: words[first]! } }),
  });
}

function numbers(values: Float64Array, { name, header }: Raw, more: Pick<TidyColumn, 'unit' | 'isDate' | 'odd'>): Made {
  const present = values.filter((value) => !Number.isNaN(value));
  const [, label = header, unit = ''] = UNIT.exec(header) ?? [];
  const named = more.unit === '' ? { label, unit } : { label: header };
  const about: TidyColumn = {
    name,
    header,
    kind: 'number',
    whole: present.every(Number.isInteger),
    missing: values.length - present.length,
    distinct: new Set(present).size,
    ...more,
    ...named,
  };
  return { column: { kind: 'number', name, values }, about };
}
