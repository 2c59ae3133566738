// The scanner under parseCsv: where each field of a text begins and ends; a field is cut out only where it is read as a word.
import { PipelineError } from '../core/errors.ts';

export interface Records {
  readonly header: readonly string[];
  readonly rows: number;
  readonly text: string;
  /** Row after row, `header.length` fields each: from here in the text, quotes included, */
  readonly starts: Int32Array;
  /** to here. */
  readonly ends: Int32Array;
}

type Places = Pick<Records, 'text' | 'starts' | 'ends'>;

/** null is a bare empty field, '' a quoted one. */
export function fieldAt({ text, starts, ends }: Places, index: number): string | null {
  const [from, to] = [starts[index]!, ends[index]!];
  if (from === to) return null;
  if (text.charCodeAt(from) !== QUOTE) return text.slice(from, to);
  const inside = text.slice(from + 1, to - 1);
  return inside.includes('"') ? inside.replaceAll('""', '"') : inside;
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
  const scanner = new Scanner(text, delimiter);
  if (scanner.atEnd()) {
    throw new PipelineError('csv-empty', 'The CSV text is empty: it needs a header line at least.');
  }
  const header = rename(scanner.fields(scanner.record()).map((name) => name ?? ''));
  demandHeader(header);
  scanner.header = header;
  scanner.count = 0;
  scanner.makeRoom(header.length);
  while (!scanner.atEnd()) {
    const { line, at, row } = scanner;
    const width = scanner.record();
    if (width !== header.length) {
      if (width === 1 && scanner.isEmpty() && !scanner.atEnd()) {
        scanner.count--;
        continue;
      }
      if (/^[\r\n]*$/.test(text.slice(at))) break;
      throw wrongWidth(width, header, { row: row + 1, line });
    }
    scanner.row++;
  }
  const { row: rows, starts, ends } = scanner;
  return { header, rows, text, starts, ends };
}

class Scanner {
  line = 1;
  /** Rows read so far, the header not counted. */
  row = 0;
  /** Fields whose places are kept. */
  count = 0;
  header: readonly string[] | null = null;
  at: number;
  starts: Int32Array = new Int32Array(1024);
  ends: Int32Array = new Int32Array(1024);
  readonly text: string;
  private readonly delimiter: number;

  constructor(text: string, delimiter: string) {
    this.text = text;
    this.delimiter = delimiter.charCodeAt(0);
    this.at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  }

  atEnd(): boolean {
    return this.at >= this.text.length;
  }

  /** The last field is bare and empty. */
  isEmpty(): boolean {
    return this.starts[this.count - 1] === this.ends[this.count - 1];
  }

  /** The last ones. */
  fields(many: number): (string | null)[] {
    return Array.from({ length: many }, (_, k) => fieldAt(this, this.count - many + k));
  }

  /** The next record; how many fields it has. */
  record(): number {
    const { text, delimiter } = this;
    const { length } = text;
    let at = this.at;
    for (let width = 1; ; width++) {
      const from = at;
      if (text.charCodeAt(at) === QUOTE) at = this.quoted(at, width - 1);
      else {
        for (; at < length; at++) {
          const code = text.charCodeAt(at);
          if (code === delimiter || code === LF || (code === CR && text.charCodeAt(at + 1) === LF)) break;
          if (code === QUOTE) {
            throw this.badQuote(width - 1, 'a quote is inside a field that does not begin with one');
          }
        }
      }
      this.keep(from, at);
      if (at >= length) {
        this.at = at;
        return width;
      }
      const code = text.charCodeAt(at);
      if (code === delimiter) {
        at++;
        continue;
      }
      this.at = at + (code === CR ? 2 : 1);
      this.line++;
      return width;
    }
  }

  /** For as many records as there are line ends, where all have this width. */
  makeRoom(width: number): void {
    let lines = 1;
    for (let at = this.text.indexOf('\n', this.at); at >= 0; at = this.text.indexOf('\n', at + 1)) lines++;
    // Empty lines have no fields, and no field is without an end of its own.
    const room = Math.min(lines * width, this.text.length - this.at + 1);
    this.starts = new Int32Array(room);
    this.ends = new Int32Array(room);
  }

  private keep(from: number, to: number): void {
    if (this.count === this.starts.length) {
      this.starts = twice(this.starts);
      this.ends = twice(this.ends);
    }
    this.starts[this.count] = from;
    this.ends[this.count++] = to;
  }

  /** Where the field that is opened there ends. */
  private quoted(opened: number, column: number): number {
    const { text } = this;
    const { line } = this;
    let close = text.indexOf('"', opened + 1);
    while (close >= 0 && text.charCodeAt(close + 1) === QUOTE) close = text.indexOf('"', close + 2);
    if (close < 0) throw this.badQuote(column, `the quote opened on line ${line} is never closed`);
    for (let i = text.indexOf('\n', opened); i >= 0 && i < close; i = text.indexOf('\n', i + 1)) this.line++;
    const end = close + 1;
    const next = text.charCodeAt(end);
    const lineEnds = next === LF || (next === CR && text.charCodeAt(end + 1) === LF);
    if (end < text.length && next !== this.delimiter && !lineEnds) {
      throw this.badQuote(column, 'there is text after the closing quote');
    }
    return end;
  }

  private badQuote(column: number, what: string): PipelineError {
    const name = this.header === null ? `number ${column + 1}` : `"${this.header[column] ?? column + 1}"`;
    const where = this.header === null ? 'The header' : `Row ${this.row + 1}`;
    const message = `${where} (line ${this.line}), column ${name}: ${what}. A quote inside a quoted field is written twice.`;
    return new PipelineError('csv-quote', message, { row: this.header === null ? 0 : this.row + 1, line: this.line });
  }
}

function twice(places: Int32Array): Int32Array {
  const larger = new Int32Array(places.length * 2);
  larger.set(places);
  return larger;
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
  width: number,
  header: readonly string[],
  { row, line }: { readonly row: number; readonly line: number },
): PipelineError {
  const last = header[Math.min(width, header.length) - 1] ?? '';
  const detail =
    width < header.length ? `"${header[width]}" and what follows is missing` : `there is more after "${last}"`;
  const title = header.length === 1 ? ' If the first line is a title or a comment, take it out.' : '';
  const message = `Row ${row} (line ${line}) has ${width} fields, but the header has ${header.length}: ${detail}.${title}`;
  return new PipelineError('csv-width', message, {
    row,
    line,
    fields: width,
    column: header[width] ?? last,
  });
}
