// Tables as people bring them: other delimiters, `sep=` lines, old line ends, decimal commas, index columns, delimiters
// at the end of each line, single quotes. What is recognised is put right and reported; what is not is refused as `parseCsv` refuses it.
import { type CsvReadOptions, parseCsv } from './csv.ts';
import { plainFields, readSingleQuotes } from './single-quotes.ts';
import { Table } from './table.ts';

export interface ForeignCsv {
  readonly table: Table;
  readonly delimiter: string;
  readonly decimal: '.' | ',';
  /** One plain sentence for each thing that was put right. */
  readonly notes: readonly string[];
}

const DELIMITERS = [',', ';', '\t', '|'] as const;
const NAMES: Readonly<Record<string, string>> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'vertical bar' };
/** Lines looked at to tell the delimiter. */
const SAMPLE_LINES = 50;
const SAMPLE_CHARACTERS = 200_000;
/** As pandas names a first column without a name. */
const UNNAMED = 'Unnamed: 0';
const TRAILING = 'Unnamed: last';

/**
 * Reads CSV text of any of the dialects above.
 * @param options `types` may name columns that are there only after the repair; a delimiter given there is not guessed.
 * Throws PipelineError as parseCsv does.
 */
export function readForeignCsv(text: string, options: CsvReadOptions = {}): ForeignCsv {
  const notes: string[] = [];
  let body = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  if (!body.includes('\n') && body.includes('\r')) {
    body = body.replaceAll('\r', '\n');
    notes.push('Its lines end with CR alone.');
  }
  const named = /^"?sep=([^\r\n"])"?[ \t]*\r?\n/i.exec(body);
  if (named) body = body.slice(named[0].length);
  const delimiter = options.delimiter ?? named?.[1] ?? likelyDelimiter(plainFields(body.slice(0, SAMPLE_CHARACTERS)));
  if (delimiter !== ',') notes.push(`Its columns are separated by a ${NAMES[delimiter] ?? JSON.stringify(delimiter)}.`);
  const quotes = readSingleQuotes(body, delimiter);
  if (quotes?.meant) {
    body = quotes.text;
    notes.push('Its fields are within single quotes.');
  } else if (quotes) notes.push('Some cells are within single quotes, which were kept.');
  const header = repairedHeader(body, delimiter);
  body = header.text;
  const { missing, header: rename } = options;
  const plain: CsvReadOptions = { delimiter, ...(missing ? { missing } : {}), ...(rename ? { header: rename } : {}) };
  // Without the caller's types first: they may name columns that the decimal comma would make unreadable.
  const guessed = parseCsv(body, plain);
  const decimal = delimiter !== ',' && hasDecimalComma(guessed) ? ',' : '.';
  if (decimal === ',') notes.push('Its numbers have a decimal comma.');
  const types = options.types ? { types: options.types } : {};
  let table = decimal === ',' || options.types ? parseCsv(body, { ...plain, ...types, decimal }) : guessed;
  table = wordsInPlaceOfNumbers(table, { body, plain, decimal, types: options.types ?? {}, notes });
  if (header.trailing && table.column(TRAILING).kind === 'number' && table.numbers(TRAILING).every(Number.isNaN)) {
    table = table.drop([TRAILING]);
    notes.push('A delimiter at the end of each line was ignored.');
  }
  const names = table.columns.map(({ name }) => name);
  if (names.every((name) => /^[+-]?\d/.test(name) && !Number.isNaN(Number(name.replace(',', '.'))))) {
    notes.push('Its first line was taken for the names of the columns, though it holds numbers alone.');
  }
  if (header.unnamed && isCounter(table)) {
    table = table.drop([UNNAMED]);
    notes.push('A first column without a name counts the rows and was left out.');
  }
  return { table, delimiter, decimal, notes };
}

/** The one that splits most lines into as many fields as the header, and into the most; a comma where none does. */
function likelyDelimiter(text: string): string {
  const lines = linesOf(text, SAMPLE_LINES);
  let best = { delimiter: ',', fields: 1 };
  for (const delimiter of DELIMITERS) {
    const counts = lines.map((line) => fieldsOf(line, delimiter));
    const width = counts[0] ?? 1;
    // One more or less at the end of a line is a delimiter too much, or the name of an index column left out.
    const fitting = counts.filter((count) => Math.abs(count - width) <= 1).length;
    if (width > best.fields && fitting * 10 >= counts.length * 8) best = { delimiter, fields: width };
  }
  return best.delimiter;
}

interface RepairedHeader {
  readonly text: string;
  /** The first column had no name and is called UNNAMED now. */
  readonly unnamed: boolean;
  /** Each record ends with a delimiter; what follows it is the column TRAILING now. */
  readonly trailing: boolean;
}

function repairedHeader(text: string, delimiter: string): RepairedHeader {
  const [header = '', ...records] = linesOf(text, SAMPLE_LINES);
  const rest = text.slice(header.length);
  const endsOpen = (line: string) => line.endsWith(delimiter);
  const width = fieldsOf(header, delimiter);
  const widths = records.map((record) => fieldsOf(record, delimiter));
  const wider = widths.length > 0 && widths.every((count) => count === width + 1);
  let line = header;
  let trailing = false;
  if (endsOpen(header)) {
    const narrower = widths.length > 0 && widths.every((count) => count === width - 1);
    trailing = !narrower;
    line = narrower ? header.slice(0, -1) : header + TRAILING;
  } else if (wider && records.every(endsOpen)) {
    trailing = true;
    line = header + delimiter + TRAILING;
  }
  if (line.startsWith(delimiter)) return { text: UNNAMED + line + rest, unnamed: true, trailing };
  if (line.startsWith(`""${delimiter}`)) return { text: UNNAMED + line.slice(2) + rest, unnamed: true, trailing };
  // As R writes row names: one field more in each record than in the header. After one name alone it is a title.
  if (wider && width > 1 && !trailing) return { text: UNNAMED + delimiter + line + rest, unnamed: true, trailing };
  // As pandas writes an index that was read and saved again.
  const named = line.startsWith(`${UNNAMED}${delimiter}`) || line.startsWith(`"${UNNAMED}"${delimiter}`);
  return { text: line + rest, unnamed: named, trailing };
}

/** 0, 1, 2 ... or 1, 2, 3 ...: the number of the row and nothing else. */
function isCounter(table: Table): boolean {
  if (table.column(UNNAMED).kind !== 'number') return false;
  const values = table.numbers(UNNAMED);
  const first = values[0];
  return (first === 0 || first === 1) && values.every((value, i) => value === first + i);
}

const THOUSANDS = /^[+-]?[1-9]\d{0,2}(?:\.\d{3})+$/;

interface Reading {
  readonly body: string;
  readonly plain: CsvReadOptions;
  readonly decimal: '.' | ',';
  readonly types: NonNullable<CsvReadOptions['types']>;
  readonly notes: string[];
}

/**
 * Codes of more digits than a number keeps stay words: else two of them would be one. And where no comma separates the
 * columns, 1.100 beside 12.350 is 1100 and 12350, if no cell says otherwise.
 */
function wordsInPlaceOfNumbers(table: Table, { body, plain, decimal, types, notes }: Reading): Table {
  const grouped = plain.delimiter !== ',' && decimal === '.';
  const looked = table.columns.flatMap(({ name, ...column }) =>
    'values' in column &&
    column.kind === 'number' &&
    !Object.hasOwn(types, name) &&
    (holdsCodes(column.values) || (grouped && mayBeThousands(column.values)))
      ? [name]
      : [],
  );
  if (looked.length === 0) return table;
  const asText = { ...types, ...Object.fromEntries(looked.map((name) => [name, 'text' as const])) };
  const words = parseCsv(body, { ...plain, decimal, types: asText });
  return new Table(
    table.columns.map((column) => {
      const { name } = column;
      if (column.kind !== 'number' || !looked.includes(name)) return column;
      const cells = words.cells(name).map((cell) => (cell === null ? '' : String(cell).trim()));
      if (holdsCodes(column.values)) return cells.every((cell) => /^\d*$/.test(cell)) ? words.column(name) : column;
      if (!cells.every((cell) => cell === '' || THOUSANDS.test(cell) || /^[+-]?\d{1,3}$/.test(cell))) return column;
      const example = cells.find((cell) => THOUSANDS.test(cell)) ?? '';
      const values = Float64Array.from(cells, (cell) => (cell === '' ? Number.NaN : Number(cell.replaceAll('.', ''))));
      notes.push(`Points in column ${name} separate thousands: ${example} is read as ${example.replaceAll('.', '')}.`);
      return { kind: 'number', name, values };
    }),
  );
}

/** Whole numbers beyond those that differ from their neighbours. */
const holdsCodes = (values: Float64Array): boolean =>
  values.some((value) => Math.abs(value) > Number.MAX_SAFE_INTEGER) &&
  values.every((value) => Number.isNaN(value) || Number.isInteger(value));

/** Fractions of three digits at most, and none below 1. */
const mayBeThousands = (values: Float64Array): boolean =>
  values.some((value) => !Number.isNaN(value) && !Number.isInteger(value)) &&
  values.every((value) => {
    const size = Math.abs(value);
    return Number.isNaN(value) || (size < 1000 && (size === 0 || size >= 1) && Math.round(size * 1000) / 1000 === size);
  });

const COMMA_NUMBER = /^[+-]?(?:\d{1,3}(?:\.\d{3})+|\d+),\d+$/;
const WHOLE_NUMBER = /^[+-]?\d+$/;

/** A column whose words are all numbers, some of them with a decimal comma. */
function hasDecimalComma(table: Table): boolean {
  return table.columns.some((column) => {
    if (column.kind === 'number') return false;
    const words = new Set(
      table
        .cells(column.name)
        .filter((cell) => cell !== null && cell !== '')
        .map((cell) => String(cell).trim()),
    );
    const all = [...words];
    return (
      all.some((word) => COMMA_NUMBER.test(word)) &&
      all.every((word) => COMMA_NUMBER.test(word) || WHOLE_NUMBER.test(word))
    );
  });
}

/** The first lines that are not empty; line ends inside quotes do not count. */
function linesOf(text: string, most: number): string[] {
  const lines: string[] = [];
  let quoted = false;
  let from = 0;
  for (let i = 0; i <= text.length && lines.length < most; i++) {
    const code = text.charCodeAt(i);
    if (code === 34) quoted = !quoted;
    if (i < text.length && (code !== 10 || quoted)) continue;
    const line = text.slice(from, i).replace(/\r$/, '');
    if (line !== '') lines.push(line);
    from = i + 1;
  }
  return lines;
}

function fieldsOf(line: string, delimiter: string): number {
  let count = 1;
  let quoted = false;
  for (const character of line) {
    if (character === '"') quoted = !quoted;
    else if (character === delimiter && !quoted) count++;
  }
  return count;
}
