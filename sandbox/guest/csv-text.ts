// Lines of CSV, written code by code into one buffer: a text for each cell of a large table would take most of the time of
// the stage that writes it. By RFC 4180; a missing value is a bare empty cell, an empty text a quoted one, as parseCsv
// reads them back.
import type { Column } from '#pipeline-core/table/column.ts';

const { fromCharCode } = String;
const [LF, QUOTE, COMMA, MINUS, POINT, ZERO] = [10, 34, 44, 45, 46, 48];
const CR = 13;
/** Codes that become text at once. */
const ROOM = 8_192;
/** A number and what stands around it. */
const LONGEST_NUMBER = 32;

export class CsvText {
  private readonly codes = new Uint16Array(ROOM);
  private used = 0;
  private done = '';

  /** One line. */
  line(cells: readonly unknown[]): void {
    for (let j = 0; j < cells.length; j++) {
      if (j > 0) this.code(COMMA);
      this.cell(cells[j]);
    }
    this.code(LF);
  }

  /** The lines of a table. */
  lines(columns: readonly Column[], rows: number): void {
    for (let row = 0; row < rows; row++) {
      for (let j = 0; j < columns.length; j++) {
        if (j > 0) this.code(COMMA);
        this.cellIn(columns[j]!, row);
      }
      this.code(LF);
    }
  }

  private cellIn(column: Column, row: number): void {
    if (column.kind === 'number') {
      const value = column.values[row]!;
      if (!Number.isNaN(value)) this.number(value);
      return;
    }
    const word = column.kind === 'category' ? column.levels[column.codes[row]!] : column.values[row];
    if (word !== null && word !== undefined) this.word(word);
  }

  toString(): string {
    this.flush();
    return this.done;
  }

  private cell(value: unknown): void {
    if (typeof value === 'number') {
      if (!Number.isNaN(value)) this.number(value);
    } else if (value !== null && value !== undefined) this.word(String(value));
  }

  private number(value: number): void {
    if (this.used > ROOM - LONGEST_NUMBER) this.flush();
    // What reads back as the same number is its shortest text: for so few digits there is one only.
    if (!this.decimal(value, 1, 0) && !this.decimal(value, 100, 2) && !this.decimal(value, 10_000, 4)) {
      this.plain(`${value}`);
    }
  }

  /** false: the number has more decimals, or too many digits. */
  private decimal(value: number, scale: number, decimals: number): boolean {
    const scaled = Math.round(value * scale);
    if (scaled / scale !== value || scaled > MOST || scaled < -MOST) return false;
    const { codes } = this;
    let at = this.used;
    let rest = scaled | 0;
    if (rest < 0) {
      codes[at++] = MINUS;
      rest = -rest;
    }
    let left = decimals;
    for (; left > 0 && rest % 10 === 0; left--) rest = (rest / 10) | 0;
    let digits = left + 1;
    for (let power = POWERS[digits]!; rest >= power; power *= 10) digits++;
    const end = at + digits + (left > 0 ? 1 : 0);
    let to = end;
    for (let k = 0; k < digits; k++) {
      if (k === left && left > 0) codes[--to] = POINT;
      const tenth = (rest / 10) | 0;
      codes[--to] = ZERO + rest - tenth * 10;
      rest = tenth;
    }
    this.used = end;
    return true;
  }

  private word(text: string): void {
    if (!needsQuotes(text)) {
      this.plain(text);
      return;
    }
    this.code(QUOTE);
    this.plain(text.replaceAll('"', '""'));
    this.code(QUOTE);
  }

  private plain(text: string): void {
    const { length } = text;
    if (length > ROOM - this.used) this.flush();
    if (length > ROOM) {
      this.done += text;
      return;
    }
    const { codes } = this;
    let at = this.used;
    for (let k = 0; k < length; k++) codes[at++] = text.charCodeAt(k);
    this.used = at;
  }

  private code(code: number): void {
    if (this.used === ROOM) this.flush();
    this.codes[this.used++] = code;
  }

  private flush(): void {
    if (this.used === 0) return;
    this.done += Reflect.apply(fromCharCode, undefined, this.codes.subarray(0, this.used)) as string;
    this.used = 0;
  }
}

const MOST = 2_000_000_000;
const POWERS = [1, 10, 100, 1_000, 10_000, 100_000];

function needsQuotes(text: string): boolean {
  for (let k = 0; k < text.length; k++) {
    const code = text.charCodeAt(k);
    if (code <= COMMA && (code === COMMA || code === QUOTE || code === LF || code === CR)) return true;
  }
  return text === '';
}
