// Making frames and Series out of columns, and taking rows and columns of one.
// Invariant: nothing made here shares its rows with what it was made from.
import { nearNames } from '#pipeline-core/core/errors.ts';
import { dtypeOf, shown } from './cells.ts';
import { DataFrame, Series } from './classes.ts';
import type { Cell, FrameLike, Label, SeriesLike } from './frame-types.ts';

/** Column by column; an empty frame has its columns, too. */
export function columnsOf(frame: FrameLike): Cell[][] {
  return frame.columns.map((_, c) => frame.$data.map((row) => row[c]));
}

/** @param index one label a row; default 0, 1, 2 ... */
export function frameOf(
  names: readonly string[],
  columns: readonly (readonly Cell[])[],
  index?: readonly Label[],
): FrameLike {
  const rows = columns[0]?.length ?? 0;
  const data = Array.from({ length: rows }, (_, r) => columns.map((column) => column[r]));
  const dtypes = columns.map(dtypeOf);
  return new DataFrame(data, { columns: [...names], dtypes, ...(index === undefined ? {} : { index: [...index] }) });
}

export function seriesOf(values: readonly Cell[], index?: readonly Label[], name?: string): SeriesLike {
  return new Series([...values], {
    dtypes: [dtypeOf(values)],
    ...(index === undefined ? {} : { index: [...index] }),
    ...(name === undefined ? {} : { columns: [name] }),
  });
}

/** A Series like `series` with other values, row for row. */
export function seriesLike(series: SeriesLike, values: readonly Cell[]): SeriesLike {
  return seriesOf(values, series.index, nameOf(series));
}

/** A frame like `frame` with other columns, row for row. */
export function frameLike(frame: FrameLike, columns: readonly (readonly Cell[])[]): FrameLike {
  return frameOf(frame.columns, columns, frame.index);
}

export function nameOf(series: SeriesLike): string {
  return typeof series.columns === 'string' ? series.columns : (series.columns[0] ?? '');
}

/** The column's name for a sentence; '' for a Series that was given none. */
export function shownName(series: SeriesLike): string {
  const name = nameOf(series);
  return name === '0' ? '' : name;
}

/** Rows by position, labels kept. */
export function takeRows(frame: FrameLike, rows: readonly number[]): FrameLike {
  const index = rows.map((r) => frame.index[r]!);
  const data = rows.map((r) => frame.$data[r]!.slice());
  return new DataFrame(data, { columns: frame.columns.slice(), dtypes: frame.dtypes.slice(), index });
}

/** Values by position, labels kept. */
export function takeValues(series: SeriesLike, rows: readonly number[]): SeriesLike {
  return new Series(
    rows.map((r) => series.values[r]),
    { index: rows.map((r) => series.index[r]!), columns: [nameOf(series)], dtypes: series.dtypes.slice() },
  );
}

/** `made`, or, with `inplace`, nothing: then the frame itself holds it from now on. */
export function answered(frame: FrameLike, made: FrameLike, inplace: boolean | undefined): FrameLike | undefined {
  if (inplace !== true) return made;
  frame.$data = made.$data;
  frame.$dataIncolumnFormat = made.$dataIncolumnFormat;
  frame.$columns = made.$columns;
  frame.$dtypes = made.$dtypes;
  frame.$index = made.$index;
  for (const name of made.columns) frame.$setInternalColumnDataProperty(name);
  return undefined;
}

/** The same for a Series; its name stays. */
export function answeredSeries(
  series: SeriesLike,
  made: SeriesLike,
  inplace: boolean | undefined,
): SeriesLike | undefined {
  if (inplace !== true) return made;
  series.$data = made.$data;
  series.$dataIncolumnFormat = made.$dataIncolumnFormat;
  series.$dtypes = made.$dtypes;
  series.$index = made.$index;
  return undefined;
}

/** The column's position. Throws with the names that come near. */
export function placeOf(frame: FrameLike, name: unknown): number {
  const at = frame.columns.indexOf(name as string);
  if (at !== -1) return at;
  throw new Error(unknownColumn(frame.columns, name));
}

/** One name or a list of them, each checked. @param doing for the sentence, such as "groupby('school')" */
export function namesIn(frame: FrameLike, names: unknown, doing: string): string[] {
  const list = typeof names === 'string' ? [names] : names;
  if (!Array.isArray(list)) throw new TypeError(`${doing}: give the name of a column, or a list of names`);
  for (const name of list) placeOf(frame, name);
  return [...(list as string[])];
}

export function unknownColumn(columns: readonly string[], name: unknown): string {
  const near = nearNames(String(name), columns);
  if (near.length > 0) return `The frame has no column ${String(name)}. Did you mean ${near.join(' or ')}?`;
  const some = columns.length > 40 ? `${columns.slice(0, 40).join(', ')} …` : columns.join(', ');
  return `The frame has no column ${String(name)}. ${columns.length === 0 ? 'It has no columns.' : `Its columns are ${some}.`}`;
}

/** A list that also answers mean(), max(), sub() ...: what a function of pandas is given is a Series. */
export function withStatistics(cells: readonly Cell[]): Cell[] {
  const list = cells.slice();
  // An array's own shift() takes its first value away; with a number of rows it is meant as pandas has it.
  Object.defineProperty(list, 'shift', {
    value: (...given: unknown[]) =>
      given.length === 0
        ? Array.prototype.shift.call(list)
        : (seriesOf(cells) as unknown as { shift(...args: unknown[]): unknown }).shift(...given),
    enumerable: false,
  });
  const known = new Map<string, unknown>();
  for (let at: object | null = Series.prototype; at !== null && at !== Object.prototype; ) {
    for (const name of Object.getOwnPropertyNames(at)) {
      const { value } = Object.getOwnPropertyDescriptor(at, name) ?? {};
      if (typeof value === 'function' && !known.has(name)) known.set(name, value);
    }
    at = at === (Series.prototype as object) ? (Object.getPrototypeOf(at) as object) : null;
  }
  for (const [name, method] of known) {
    if (name === 'constructor' || name.startsWith('$') || name in Array.prototype) continue;
    Object.defineProperty(list, name, {
      value: (...given: unknown[]) => (method as (...args: unknown[]) => unknown).apply(seriesOf(cells), given),
      enumerable: false,
    });
  }
  return list;
}

export function isSeries(value: unknown): value is SeriesLike {
  return value instanceof (Series as unknown as new () => object);
}

export function isFrame(value: unknown): value is FrameLike {
  return value instanceof (DataFrame as unknown as new () => object);
}

/** A list, a typed array or a Series as plain cells; undefined for anything else. */
export function cellsOf(given: unknown): Cell[] | undefined {
  if (Array.isArray(given)) return given as Cell[];
  if (isSeries(given)) return given.values.slice();
  if (ArrayBuffer.isView(given) && 'length' in given) return Array.from(given as unknown as ArrayLike<number>);
  return undefined;
}

/**
 * The cells of `series` in the order of the labels of `index`, as pandas puts rows beside each other: a sorted frame meets
 * its own rows again. Throws where the labels are others.
 */
export function inRowsOf(index: readonly Label[], series: SeriesLike, doing: string): Cell[] {
  const own = series.index;
  if (own.length === index.length && own.every((label, i) => label === index[i])) return series.values.slice();
  const places = new Map(own.map((label, i) => [label, i]));
  const found = index.map((label) => places.get(label));
  if (!found.includes(undefined)) return found.map((at) => series.values[at!]);
  if (own.length !== index.length) {
    throw new RangeError(`${doing}: ${own.length} values for ${index.length} rows: make both of the same frame`);
  }
  throw new RangeError(
    `${doing}: the rows have other labels (${shown(own[0])} ... beside ${shown(index[0])} ...). To go by position give series.values, or resetIndex() both`,
  );
}

/** Refuses options nobody reads: a misspelt one would be passed over. Throws TypeError with the names that come near. */
export function demandOptions(doing: string, given: unknown, allowed: readonly string[]): void {
  if (given === undefined) return;
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new TypeError(`${doing} takes its options as an object with ${allowed.join(', ')}`);
  }
  for (const name of Object.keys(given)) {
    if (allowed.includes(name)) continue;
    const near = nearNames(name.replaceAll('_', ''), allowed, 1);
    throw new TypeError(
      `${doing} has no option ${name}. ${near.length > 0 ? `Did you mean ${near[0]}?` : `It takes ${allowed.join(', ')}.`}`,
    );
  }
}
