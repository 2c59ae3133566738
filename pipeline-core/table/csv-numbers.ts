// Columns of plain decimal numbers, read straight from the text of a table: most columns of a large table are such, and
// a word for each of their cells would take most of the time and memory.
// Invariant: each number is the one that Number() reads; a column with anything else in it is left to the words.
import { fieldAt, type Records } from './csv-records.ts';

// No sign of a code in it: a leading zero ("007") keeps a column out of the numbers.
const NUMBER = /^[+-]?(?:(?:0|[1-9]\d*)(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

export const isNumber = (word: string): boolean => NUMBER.test(word);

const [PLUS, COMMA, MINUS, POINT, ZERO, NINE] = [43, 44, 45, 46, 48, 57];
/** So many digits are a whole number without rounding, and so is ten to this power: one division rounds once. */
const MOST_DIGITS = 15;
const TENS = Float64Array.from({ length: MOST_DIGITS + 1 }, (_, power) => Number(`1e${power}`));

/** Rows whose cells stay in the cache while they are read column after column. */
const BLOCK = 128;

interface NumberFormat {
  readonly decimal: '.' | ',';
  readonly missing: ReadonlySet<string>;
}

/**
 * The numbers of each wanted column, NaN where a cell is missing; null for a column that is not wanted, or of which some
 * cell holds something else than a plain number.
 */
export function plainNumbers(
  records: Records,
  wanted: readonly boolean[],
  format: NumberFormat,
): (Float64Array | null)[] {
  const { rows } = records;
  // A number that stands for a missing value, such as -999, is no number: the way by words knows it.
  const taken = [...format.missing].some((word) => isNumber(word.replace(',', '.')));
  const columns = wanted.map((one) => (one && !taken ? new Float64Array(rows) : null));
  for (let from = 0; from < rows; from += BLOCK) {
    const to = Math.min(from + BLOCK, rows);
    for (let j = 0; j < columns.length; j++) {
      const values = columns[j]!;
      if (values !== null && !readNumbers(values, records, { column: j, from, to }, format)) columns[j] = null;
    }
  }
  return columns;
}

/** false: some cell is no number. */
function readNumbers(
  values: Float64Array,
  records: Records,
  { column, from, to }: { readonly column: number; readonly from: number; readonly to: number },
  { decimal, missing }: NumberFormat,
): boolean {
  const { text, starts, ends, header } = records;
  const width = header.length;
  const point = decimal === ',' ? COMMA : POINT;
  for (let row = from, at = from * width + column; row < to; row++, at += width) {
    const start = starts[at]!;
    const end = ends[at]!;
    if (start === end) {
      values[row] = Number.NaN;
      continue;
    }
    const value = numberIn(text, start, end, point);
    if (!Number.isNaN(value)) {
      values[row] = value;
      continue;
    }
    const word = fieldAt(records, at)!;
    if (word === '' || missing.has(word)) {
      values[row] = Number.NaN;
      continue;
    }
    if (decimal === ',' || !isNumber(word) || !Number.isFinite(Number(word))) return false;
    values[row] = Number(word);
  }
  return true;
}

/** NaN: it is none, or one that takes more care. */
function numberIn(text: string, from: number, to: number, point: number): number {
  const sign = text.charCodeAt(from);
  let at = sign === MINUS || sign === PLUS ? from + 1 : from;
  let value = 0;
  const whole = at;
  let code = text.charCodeAt(at);
  for (; at < to && code >= ZERO && code <= NINE; code = text.charCodeAt(++at)) value = value * 10 + code - ZERO;
  let digits = at - whole;
  if (digits === 0 || (digits > 1 && text.charCodeAt(whole) === ZERO)) return Number.NaN;
  let decimals = 0;
  if (at < to) {
    if (code !== point) return Number.NaN;
    code = text.charCodeAt(++at);
    const part = at;
    for (; at < to && code >= ZERO && code <= NINE; code = text.charCodeAt(++at)) value = value * 10 + code - ZERO;
    decimals = at - part;
    if (decimals === 0 || at < to) return Number.NaN;
  }
  digits += decimals;
  if (digits > MOST_DIGITS) return Number.NaN;
  const size = value / TENS[decimals]!;
  return sign === MINUS ? -size : size;
}
