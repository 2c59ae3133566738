// Single cells and lists of them: what is missing, what is a number, what comes before what.
// Invariant: NaN, null and undefined are all "missing", as NaN and None are in pandas.
import type { Cell } from './frame-types.ts';

export function isMissing(cell: unknown): cell is null | undefined {
  return cell === null || cell === undefined || (typeof cell === 'number' && Number.isNaN(cell));
}

export function known(cells: readonly Cell[]): Cell[] {
  return cells.filter((cell) => !isMissing(cell));
}

/** As danfojs names them; a column without any value counts as numbers, as it does in pandas. */
export function dtypeOf(cells: readonly unknown[]): string {
  let [numbers, whole, booleans, dates, others, missing] = [0, 0, 0, 0, 0, 0];
  for (const cell of cells) {
    if (isMissing(cell)) missing++;
    else if (typeof cell === 'number') {
      numbers++;
      if (Number.isInteger(cell)) whole++;
    } else if (typeof cell === 'boolean') booleans++;
    else if (cell instanceof Date) dates++;
    else others++;
  }
  if (others > 0) return 'string';
  if (dates > 0) return numbers + booleans > 0 ? 'string' : 'datetime';
  if (booleans > 0) return numbers > 0 ? 'string' : 'boolean';
  return numbers > 0 && whole === numbers && missing === 0 ? 'int32' : 'float32';
}

/**
 * The cells as numbers: booleans 1 and 0, missing ones NaN.
 * Throws TypeError for text, with its row, its column and what to do.
 * @param doing what needs them, such as 'mean()'; @param column the name to show
 */
export function numbersOf(cells: readonly Cell[], doing: string, column: string): Float64Array {
  const numbers = new Float64Array(cells.length);
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i];
    if (typeof cell === 'number') numbers[i] = cell;
    else if (typeof cell === 'boolean') numbers[i] = Number(cell);
    else if (isMissing(cell)) numbers[i] = Number.NaN;
    else {
      const where = column === '' ? '' : ` of ${column}`;
      throw new TypeError(
        `${doing} needs numbers, but row ${i + 1}${where} is ${shown(cell)}: leave text out, or turn it into numbers with map() or getDummies()`,
      );
    }
  }
  return numbers;
}

/** A cell as it would be written in code. */
export function shown(cell: unknown): string {
  return typeof cell === 'string' ? `'${cell.slice(0, 40)}'` : String(cell);
}

/** Ascending; text by code unit, as pandas and JavaScript's sort() have it. */
export function compare(a: Cell, b: Cell): number {
  return a === b ? 0 : (a as number) < (b as number) ? -1 : 1;
}

/**
 * Throws TypeError where values have no common order: numbers and text in one column.
 * @param doing what needs the order, such as 'sortValues()'
 */
export function demandOrder(cells: readonly Cell[], doing: string, column: string): void {
  let first: { kind: string; row: number } | undefined;
  cells.forEach((cell, i) => {
    if (isMissing(cell)) return;
    const kind = typeof cell === 'boolean' ? 'number' : typeof cell;
    first ??= { kind, row: i };
    if (kind === first.kind) return;
    const where = column === '' ? 'The values mix' : `Column ${column} mixes`;
    throw new TypeError(
      `${doing}: ${where} ${first.kind} and ${kind} (rows ${first.row + 1} and ${i + 1}), which have no common order: make them one kind with asType()`,
    );
  });
}

/** Positions in the order of the values, stable; missing values last (as pandas' na_position), whatever the direction. */
export function orderOf(cells: readonly Cell[], ascending: boolean, naPosition: 'first' | 'last' = 'last'): number[] {
  const filled: number[] = [];
  const missing: number[] = [];
  for (const [i, cell] of cells.entries()) (isMissing(cell) ? missing : filled).push(i);
  const sign = ascending ? 1 : -1;
  filled.sort((a, b) => sign * compare(cells[a], cells[b]) || a - b);
  return naPosition === 'first' ? [...missing, ...filled] : [...filled, ...missing];
}

/** Equal for cells that pandas would call duplicates: all missing values are one, 1 and '1' are two. */
export function keyOf(cells: readonly Cell[]): string {
  let key = '';
  for (const cell of cells) {
    const text = isMissing(cell) ? 'm' : `${(typeof cell)[0]}${String(cell)}`;
    key += `${text.length}:${text}`;
  }
  return key;
}

/** What pandas' options would change would be passed over without a word; what is so here anyway is no fault. */
export function demandKeys(options: object): void {
  const asHere: Readonly<Record<string, unknown>> = { dropna: true, asindex: false, sort: true, axis: 0 };
  for (const [name, value] of Object.entries(options)) {
    const plain = name.replaceAll('_', '').toLowerCase();
    if (Object.hasOwn(asHere, plain) && asHere[plain] === value) continue;
    throw new TypeError(
      plain === 'dropna'
        ? "groupby() leaves out rows without a key: give them one first, df.fillNa({ school: 'none' }).groupby('school')"
        : `groupby() has no option ${name}: it takes the names of columns, and the groups are sorted, with their keys as columns`,
    );
  }
}
