// The scanner under parseCsv: text to fields, nothing known of types.
import { PipelineError } from '../core/errors.ts';

export interface Records {
  readonly header: readonly string[];
  /** Row after row, `header.length` fields each; null is a bare empty field, '' a quoted one. */
  readonly fields: readonly (string | null)[];
  readonly rows: number;
}

const QUOTE = 34;
const LF = 10;
const CR = 13;

type Rename = (names: readonly string[]) => readonly string[];

/**
 * Empty lines are ignored, as pandas does; in a table of one column they are missing values, but for those at the end.
 * Throws PipelineError 'csv-empty', 'csv-header', 'csv-width', 'csv-quote'.
 */
export function readRecords(text: string, delimiter: string, rename: Rename = (names) => names): Records {
  if (delimiter.length !== 1 || delimiter === '"' || delimiter === '\n' || delimiter === '\r') {
    throw new PipelineError('csv-delimiter', `A delimiter is one character, not ${JSON.stringify(delimiter)}.`);
  }
  return text.includes('"') ? scanned(text, delimiter, rename) : split(text, delimiter, rename);
}

// Without a quote every line end ends a record and every delimiter a field: the engine's own split is far faster.
function split(text: string, delimiter: string, rename: Rename): Records {
  const lines = (text.charCodeAt(0) === 0xfeff ? text.slice(1) : text).split('\n');
  const open = lines.pop()!;
  const records = lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
  if (open !== '') records.push(open);
  const [first] = records;
  if (first === undefined) throw empty();
  const header = rename(first.split(delimiter));
  demandHeader(header);
  const fields: (string | null)[] = [];
  let rows = 0;
  for (let i = 1; i < records.length; i++) {
    const record = records[i]!.split(delimiter);
    if (record.length !== header.length) {
      if (records[i] === '') continue;
      if (records.slice(i).every((line) => /^\r*$/.test(line))) break;
      throw wrongWidth(record, header, { row: rows + 1, line: i + 1 });
    }
    for (const field of record) fields.push(field === '' ? null : field);
    rows++;
  }
  return { header, fields, rows };
}

function empty(): PipelineError {
  return new PipelineError('csv-empty', 'The CSV text is empty: it needs a header line at least.');
}

function scanned(text: string, delimiter: string, rename: Rename): Records {
  const scanner = new Scanner(text, delimiter);
  if (scanner.atEnd()) throw empty();
  const header = rename(scanner.record().map((name) => name ?? ''));
  demandHeader(header);
  scanner.header = header;
  const fields: (string | null)[] = [];
  let rows = 0;
  while (!scanner.atEnd()) {
    const { line, at } = scanner;
    const record = scanner.record();
    if (record.length !== header.length) {
      if (record.length === 1 && record[0] === null && !scanner.atEnd()) continue;
      if (/^[\r\n]*$/.test(text.slice(at))) break;
      throw wrongWidth(record, header, { row: rows + 1, line });
    }
    for (const field of record) fields.push(field);
    rows++;
    scanner.row = rows;
  }
  return { header, fields, rows };
}

class Scanner {
  line = 1;
  /** Rows read so far, the header not counted. */
  row = 0;
  header: readonly string[] | null = null;
  at: number;
  private readonly text: string;
  private readonly delimiter: number;

  constructor(text: string, delimiter: string) {
    this.text = text;
    this.delimiter = delimiter.charCodeAt(0);
    this.at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  }

  atEnd(): boolean {
    return this.at >= this.text.length;
  }

  record(): (string | null)[] {
    const record: (string | null)[] = [];
    for (;;) {
      record.push(this.text.charCodeAt(this.at) === QUOTE ? this.quoted(record.length) : this.bare(record.length));
      if (this.atEnd()) return record;
      const code = this.text.charCodeAt(this.at);
      if (code === this.delimiter) {
        this.at++;
        continue;
      }
      this.at += code === CR ? 2 : 1;
      this.line++;
      return record;
    }
  }

  private bare(column: number): string | null {
    const { text, delimiter } = this;
    const from = this.at;
    let to = from;
    for (; to < text.length; to++) {
      const code = text.charCodeAt(to);
      if (code === delimiter || code === LF || (code === CR && text.charCodeAt(to + 1) === LF)) break;
      if (code === QUOTE) throw this.badQuote(column, 'a quote is inside a field that does not begin with one');
    }
    this.at = to;
    return from === to ? null : text.slice(from, to);
  }

  private quoted(column: number): string {
    const { text } = this;
    const opened = this.line;
    let field = '';
    let from = this.at + 1;
    for (;;) {
      const close = text.indexOf('"', from);
      if (close < 0) throw this.badQuote(column, `the quote opened on line ${opened} is never closed`);
      field += text.slice(from, close);
      if (text.charCodeAt(close + 1) !== QUOTE) {
        this.at = close + 1;
        break;
      }
      field += '"';
      from = close + 2;
    }
    for (let i = field.indexOf('\n'); i >= 0; i = field.indexOf('\n', i + 1)) this.line++;
    const next = text.charCodeAt(this.at);
    const lineEnds = next === LF || (next === CR && text.charCodeAt(this.at + 1) === LF);
    if (!this.atEnd() && next !== this.delimiter && !lineEnds) {
      throw this.badQuote(column, 'there is text after the closing quote');
    }
    return field;
  }

  private badQuote(column: number, what: string): PipelineError {
    const name = this.header === null ? `number ${column + 1}` : `"${this.header[column] ?? column + 1}"`;
    const where = this.header === null ? 'The header' : `Row ${this.row + 1}`;
    const message = `${where} (line ${this.line}), column ${name}: ${what}. A quote inside a quoted field is written twice.`;
    return new PipelineError('csv-quote', message, { row: this.header === null ? 0 : this.row + 1, line: this.line });
  }
}

function demandHeader(header: readonly string[]): void {
  const places = new Map<string, number>();
  header.forEach((name, j) => {
    if (name.trim() === '') {
      throw new PipelineError('csv-header', `Column ${j + 1} of the header has no name.`, { column: j + 1 });
    }
    const before = places.get(name);
    if (before !== undefined) {
      const message = `The header names "${name}" twice, in columns ${before + 1} and ${j + 1}.`;
      throw new PipelineError('csv-header', message, { column: name });
    }
    places.set(name, j);
  });
}

function wrongWidth(
  record: readonly (string | null)[],
  header: readonly string[],
  { row, line }: { readonly row: number; readonly line: number },
): PipelineError {
  const last = header[Math.min(record.length, header.length) - 1] ?? '';
  const detail =
    record.length < header.length
      ? `"${header[record.length]}" and what follows is missing`
      : `there is more after "${last}"`;
  const title = header.length === 1 ? ' If the first line is a title or a comment, take it out.' : '';
  const message = `Row ${row} (line ${line}) has ${record.length} fields, but the header has ${header.length}: ${detail}.${title}`;
  return new PipelineError('csv-width', message, {
    row,
    line,
    fields: record.length,
    column: header[record.length] ?? last,
  });
}
