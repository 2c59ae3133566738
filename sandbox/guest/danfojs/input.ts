// What `new DataFrame(...)` and `new Series(...)` make of what they are given. The package puts cells by their place in
// each object and not by their key, guesses a column's type from its first ten cells, and refuses a list that begins
// with a missing value.
import { dtypeOf, shown } from './cells.ts';
import { define, NDframe, Utils } from './classes.ts';
import type { Cell } from './frame-types.ts';

interface Loading {
  readonly data: unknown;
  readonly type: 1 | 2;
  readonly index?: unknown;
  readonly columns?: readonly string[];
  readonly dtypes?: unknown;
}
interface Loader {
  loadArrayIntoNdframe(parts: Omit<Loading, 'type'>): void;
}

const loadArray = NDframe.prototype['loadArrayIntoNdframe'] as (this: unknown, parts: Omit<Loading, 'type'>) => void;

define(
  NDframe.prototype,
  'loadArrayIntoNdframe',
  function (this: { $isSeries: boolean }, parts: Omit<Loading, 'type'>) {
    if (!this.$isSeries) demandRows(parts.data as readonly unknown[]);
    // The package leaves what has no rows without types; in pandas they are numbers.
    const given = parts.dtypes as readonly unknown[] | undefined;
    const untyped = (parts.data as readonly unknown[]).length === 0 && (given === undefined || given.length === 0);
    const names = this.$isSeries ? ['0'] : (parts.columns ?? []);
    const typed = untyped ? { ...parts, dtypes: names.map(() => 'float32') } : parts;
    loadArray.call(this, { ...typed, data: withoutNull(typed.data, this.$isSeries) });
  },
);

/** Among numbers what is missing is NaN, as in pandas: null counts as 0 wherever JavaScript calculates. */
function withoutNull(data: unknown, isSeries: boolean): unknown {
  const absent = (cell: unknown) => cell === null || cell === undefined;
  if (isSeries) {
    const cells = data as readonly unknown[];
    if (!cells.some(absent) || dtypeOf(cells) !== 'float32') return data;
    return cells.map((cell) => (absent(cell) ? Number.NaN : cell));
  }
  const rows = data as readonly (readonly unknown[])[];
  const places = new Set<number>();
  for (const row of rows) for (let c = 0; c < row.length; c++) if (absent(row[c])) places.add(c);
  for (const c of [...places]) if (dtypeOf(rows.map((row) => row[c])) !== 'float32') places.delete(c);
  if (places.size === 0) return data;
  return rows.map((row) => row.map((cell, c) => (absent(cell) && places.has(c) ? Number.NaN : cell)));
}

define(NDframe.prototype, 'loadObjectIntoNdframe', function (this: Loader, { type, data, ...rest }: Loading) {
  const { names, rows } =
    type === 1 ? fromRecords(data as readonly object[], rest.columns) : fromColumns(data as object);
  this.loadArrayIntoNdframe({ ...rest, data: rows, columns: type === 1 ? names : (rest.columns ?? names) });
});

define(Utils.prototype, 'is1DArray', (list: ArrayLike<unknown>) => {
  const first = list[0];
  return list.length > 0 && !Array.isArray(first) && (typeof first !== 'object' || first === null);
});

define(Utils.prototype, 'inferDtype', (list: readonly unknown[]) => {
  if (!Array.isArray(list[0])) return list.length === 0 ? [] : [dtypeOf(list)];
  const rows = list as readonly (readonly unknown[])[];
  return rows[0]!.map((_, c) => dtypeOf(rows.map((row) => row[c])));
});

// The package refuses to count no rows.
define(Utils.prototype, 'range', (start: number, end: number) =>
  Array.from({ length: Math.max(0, end - start + 1) }, (_, i) => start + i),
);

const setIndex = NDframe.prototype['$setIndex'] as (this: unknown, index?: readonly unknown[]) => void;
define(NDframe.prototype, '$setIndex', function (this: unknown, index?: readonly unknown[]) {
  const seen = new Set<unknown>();
  for (const twice of index ?? []) {
    if (!seen.has(twice)) {
      seen.add(twice);
      continue;
    }
    throw new Error(
      `The index would hold ${shown(twice)} twice, but labels must differ: keep the values as a column, for query(), groupby() and merge()`,
    );
  }
  setIndex.call(this, index);
});

/** Each value under its key; a key that an object lacks is missing there, as in pandas. */
function fromRecords(records: readonly object[], asked: readonly string[] | undefined) {
  records.forEach((record, i) => {
    if (typeof record !== 'object' || record === null || Array.isArray(record)) {
      throw new TypeError(
        `new DataFrame(rows): row ${i + 1} is ${String(record)}, not an object like the rows before it`,
      );
    }
  });
  const found = [...new Set(records.flatMap((record) => Object.keys(record)))];
  const known = asked?.every((name) => found.includes(name)) === true;
  // As many other names are a renaming, as the package has it.
  const from = known && asked !== undefined ? asked : found;
  const rows = records.map((record) => from.map((name) => (record as Record<string, Cell>)[name]));
  return { names: [...(asked ?? found)], rows };
}

function fromColumns(columns: object) {
  const names = Object.keys(columns);
  const lists = Object.values(columns).map((column: unknown) => listOf(column));
  const lengths = new Map(lists.flatMap((list, c) => (list === undefined ? [] : [[names[c]!, list.length] as const])));
  const length = Math.max(0, ...lengths.values());
  for (const [name, own] of lengths) {
    if (own === length) continue;
    const longest = [...lengths].find(([, other]) => other === length)![0];
    throw new TypeError(`new DataFrame({...}): column ${name} has ${own} values, but ${longest} has ${length}`);
  }
  if (names.length > 0 && lengths.size === 0) {
    throw new TypeError(
      'new DataFrame({...}): give each column a list of values, { age: [15, 16] }, or an array of rows',
    );
  }
  const rows = Array.from({ length }, (_, r) =>
    lists.map((list, c) => (list === undefined ? Object.values(columns)[c] : list[r]) as Cell),
  );
  return { names, rows };
}

function listOf(column: unknown): ArrayLike<unknown> | undefined {
  if (Array.isArray(column)) return column;
  if (ArrayBuffer.isView(column) && 'length' in column) return column as unknown as ArrayLike<unknown>;
  const series = column as { $isSeries?: boolean; values?: unknown } | null;
  if (typeof series === 'object' && series !== null && '$isSeries' in series && Array.isArray(series.values)) {
    return series.values;
  }
  return undefined;
}

function demandRows(rows: readonly unknown[]): void {
  const width = Array.isArray(rows[0]) ? rows[0].length : undefined;
  if (width === undefined) return;
  rows.forEach((row, i) => {
    const own = Array.isArray(row) ? row.length : undefined;
    if (own === width) return;
    const is = own === undefined ? 'is not a list' : `has ${own} cells`;
    throw new TypeError(`new DataFrame(rows): row ${i + 1} ${is}, but row 1 has ${width} cells`);
  });
}
