// Choosing rows: query, masks, positions, duplicates. In the package a mask takes the labels of the index for positions,
// so that a sorted or filtered frame answers with other rows.

import {
  answered,
  answeredSeries,
  cellsOf,
  columnsOf,
  demandOptions,
  frameLike,
  inRowsOf,
  isSeries,
  namesIn,
  placeOf,
  seriesLike,
  takeRows,
  takeValues,
} from './build.ts';
import { isMissing, keyOf, shown } from './cells.ts';
import { DataFrame, onFrames, onSeries, Series } from './classes.ts';
import type { Cell, FrameLike, InPlace, SeriesLike } from './frame-types.ts';
import { labelsFromTo } from './frames.ts';
import { readQuery } from './query-language.ts';

type RowTest = (row: Record<string, Cell>, position: number) => unknown;

onFrames({
  query(this: FrameLike, condition: unknown, options?: InPlace) {
    demandOptions('query()', options, ['inplace']);
    return answered(this, takeRows(this, rowsWhere(this, condition)), options?.inplace);
  },
  dropDuplicates(
    this: FrameLike,
    options?: { subset?: string | readonly string[]; keep?: 'first' | 'last' | false; inplace?: boolean },
  ) {
    demandOptions('dropDuplicates()', options, ['subset', 'keep', 'inplace']);
    const repeats = duplicates(keysOf(this, options?.subset), options?.keep);
    return answered(this, takeRows(this, where(repeats.map((repeat) => !repeat))), options?.inplace);
  },
  duplicated(this: FrameLike, options?: { subset?: string | readonly string[]; keep?: 'first' | 'last' | false }) {
    demandOptions('duplicated()', options, ['subset', 'keep']);
    const repeats = duplicates(keysOf(this, options?.subset), options?.keep);
    return new Series(repeats, { index: this.index.slice() });
  },
  isIn(this: FrameLike, values: unknown) {
    const byColumn =
      typeof values === 'object' && values !== null && cellsOf(values) === undefined && !(values instanceof Set);
    return frameLike(
      this,
      columnsOf(this).map((cells, c) => {
        const own = byColumn ? (values as Record<string, unknown>)[this.columns[c]!] : values;
        return own === undefined ? cells.map(() => false) : contained(cells, own);
      }),
    );
  },
});

onSeries({
  dropDuplicates(this: SeriesLike, options?: { keep?: 'first' | 'last' | false; inplace?: boolean }) {
    demandOptions('dropDuplicates()', options, ['keep', 'inplace']);
    const keys = this.values.map((value) => keyOf([value]));
    const kept = where(duplicates(keys, options?.keep).map((repeat) => !repeat));
    return answeredSeries(this, takeValues(this, kept), options?.inplace);
  },
  duplicated(this: SeriesLike, options?: { keep?: 'first' | 'last' | false }) {
    demandOptions('duplicated()', options, ['keep']);
    const keys = this.values.map((value) => keyOf([value]));
    return seriesLike(this, duplicates(keys, options?.keep));
  },
  isIn(this: SeriesLike, values: unknown) {
    return seriesLike(this, contained(this.values, values));
  },
  between(this: SeriesLike, low: Cell, high: Cell, inclusive: 'both' | 'neither' | 'left' | 'right' = 'both') {
    const [atLow, atHigh] = [
      inclusive === 'both' || inclusive === 'left',
      inclusive === 'both' || inclusive === 'right',
    ];
    return seriesLike(
      this,
      this.values.map((value) => {
        if (isMissing(value) || isMissing(low) || isMissing(high)) return false;
        return (value > low || (atLow && value === low)) && (value < high || (atHigh && value === high));
      }),
    );
  },
});

/** Of so many rows; below zero, all but so many at the other end. */
function atEnd(doing: string, wanted: unknown, rows: number, end: 'first' | 'last'): number[] {
  if (!Number.isInteger(wanted)) throw new TypeError(`${doing}: give a whole number of rows, not ${shown(wanted)}`);
  const count = Math.min(rows, Math.max(0, (wanted as number) < 0 ? rows + (wanted as number) : (wanted as number)));
  const from = end === 'first' ? 0 : rows - count;
  return Array.from({ length: count }, (_, i) => from + i);
}

for (const [name, end] of [
  ['head', 'first'],
  ['tail', 'last'],
] as const) {
  onFrames({
    [name](this: FrameLike, rows: unknown = 5) {
      return takeRows(this, atEnd(`${name}()`, rows, this.$data.length, end));
    },
  });
  onSeries({
    [name](this: SeriesLike, rows: unknown = 5) {
      return takeValues(this, atEnd(`${name}()`, rows, this.values.length, end));
    },
  });
}

function rowsWhere(frame: FrameLike, condition: unknown): number[] {
  const rows = frame.$data.length;
  if (typeof condition === 'string') {
    const columns = columnsOf(frame);
    const test = readQuery(condition, (name) => columns[placeOf(frame, name)]!);
    return where(Array.from({ length: rows }, (_, r) => test(r)));
  }
  if (typeof condition === 'function') {
    const test = condition as RowTest;
    return where(
      frame.$data.map((row, r) => test(Object.fromEntries(frame.columns.map((name, c) => [name, row[c]])), r)),
    );
  }
  const mask = isSeries(condition) && condition.values.length === rows;
  return where(maskOf(mask ? inRowsOf(frame.index, condition, 'query(mask)') : condition, rows, 'query(mask)'));
}

/** Throws TypeError where it is no list of true and false for every row. */
function maskOf(given: unknown, rows: number, doing: string): boolean[] {
  const mask = cellsOf(given);
  if (mask === undefined) {
    throw new TypeError(
      `${doing}: give a mask such as df.age.gt(17), a condition such as 'age > 17', or a function of a row`,
    );
  }
  if (mask.length !== rows) {
    throw new RangeError(
      `${doing}: the mask has ${mask.length} values, but there are ${rows} rows: make it of the same frame`,
    );
  }
  return mask.map((value, i) => {
    if (typeof value === 'boolean') return value;
    throw new TypeError(`${doing}: value ${i + 1} of the mask is ${shown(value)}, but a mask holds true and false`);
  });
}

function where(mask: readonly unknown[]): number[] {
  return mask.flatMap((holds, i) => (holds ? [i] : []));
}

function contained(cells: readonly Cell[], values: unknown): boolean[] {
  const list = values instanceof Set ? [...(values as Set<Cell>)] : cellsOf(values);
  if (list === undefined) throw new TypeError(`isIn(values): give a list, such as isIn(['GP']), not ${shown(values)}`);
  const wanted = new Set(list);
  const withMissing = list.some(isMissing);
  return cells.map((cell) => (isMissing(cell) ? withMissing : wanted.has(cell)));
}

function keysOf(frame: FrameLike, subset: string | readonly string[] | undefined): string[] {
  const places = namesIn(frame, subset ?? frame.columns, 'subset').map((name) => placeOf(frame, name));
  return frame.$data.map((row) => keyOf(places.map((c) => row[c])));
}

function duplicates(keys: readonly string[], keep: unknown = 'first'): boolean[] {
  if (keep !== 'first' && keep !== 'last' && keep !== false) {
    throw new RangeError(`keep is ${shown(keep)}, but must be 'first', 'last' or false`);
  }
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  if (keep === false) return keys.map((key) => counts.get(key)! > 1);
  const seen = new Set<string>();
  const marked = (keep === 'last' ? keys.toReversed() : keys).map((key) => {
    const before = seen.has(key);
    seen.add(key);
    return before;
  });
  return keep === 'last' ? marked.reverse() : marked;
}

// `iloc` and `loc` of both classes: masks by row, positions from the end, and places that are not there.
type Original = (this: FrameLike | SeriesLike, at: unknown) => FrameLike | SeriesLike;
for (const name of ['iloc', 'loc'] as const) {
  const ofFrame = DataFrame.prototype[name] as unknown as Original;
  const ofSeries = (Series.prototype as unknown as Record<string, Original>)[name]!;
  onFrames({
    [name](this: FrameLike, at: { rows?: unknown; columns?: unknown[] }) {
      const rows = chosen(this, at?.rows, name);
      if (rows === undefined) return ofFrame.call(this, at);
      const taken = takeRows(this, rows);
      return at.columns === undefined ? taken : ofFrame.call(taken, { columns: at.columns });
    },
  });
  onSeries({
    [name](this: SeriesLike, at: unknown) {
      const rows = chosen(this, at, name);
      return rows === undefined ? ofSeries.call(this, at) : takeValues(this, rows);
    },
  });
}

// pandas writes df.loc[0]: of a function that is undefined, and the riddle comes later.
for (const [method, way] of [
  [DataFrame.prototype.loc, "df.loc({ rows: [0], columns: ['age'] })"],
  [DataFrame.prototype.iloc, 'df.iloc({ rows: [0] })'],
  [(Series.prototype as unknown as Record<string, object>)['loc']!, 'series.loc([0])'],
  [(Series.prototype as unknown as Record<string, object>)['iloc']!, 'series.iloc([0])'],
] as const) {
  const end = new Proxy(Function.prototype, {
    get(target, key, receiver: object) {
      if (typeof key !== 'string' || key in target) return Reflect.get(target, key, receiver);
      throw new Error(`loc and iloc take round brackets here: write ${way}`);
    },
  });
  Object.setPrototypeOf(method, end);
}

/** '1:3', ':2', '-2:': below zero from the end, and what lies outside is left out. */
function slice(text: string, rows: number): number[] {
  const [first = '', last = '', ...more] = text.split(':').map((end) => end.trim());
  const ends = [first, last];
  if (more.length > 0 || !text.includes(':') || !ends.every((end) => /^-?\d*$/.test(end) && end !== '-')) {
    throw new TypeError(`iloc(): ${shown(text)} is no slice: write for example '1:3', ':2' or '-2:'`);
  }
  const place = (end: string, otherwise: number) => {
    const at = end === '' ? otherwise : Number(end);
    return Math.min(rows, Math.max(0, at < 0 ? rows + at : at));
  };
  const [from, to] = [place(first, 0), place(last, rows)];
  return Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
}

/** The positions, where rows are given by a mask or, for iloc, by numbers; undefined: as the package reads them. */
function chosen(frame: FrameLike | SeriesLike, given: unknown, name: 'iloc' | 'loc'): number[] | undefined {
  const list = Array.isArray(given) || isSeries(given) ? cellsOf(given) : undefined;
  if (list === undefined) return undefined;
  const rows = frame.$data.length;
  if (list.length > 0 && list.some((item) => typeof item === 'boolean')) {
    const mask = isSeries(given) && list.length === rows ? inRowsOf(frame.index, given, `${name}(mask)`) : list;
    return where(maskOf(mask, rows, `${name}(mask)`));
  }
  if (list.length === 0) return [];
  if (name === 'loc') {
    if (list.length === 1 && typeof list[0] === 'string' && list[0].includes(':') && !frame.index.includes(list[0])) {
      return labelsFromTo(frame.index, list[0], 'row');
    }
    return list.map((label) => {
      const at = frame.index.indexOf(label as string);
      if (at !== -1) return at;
      throw new Error(`loc(): there is no row ${shown(label)} in the index. By position it is iloc()`);
    });
  }
  if (list.length === 1 && typeof list[0] === 'string') return slice(list[0], rows);
  if (!list.every((item) => typeof item === 'number')) return undefined;
  return (list as number[]).map((at) => {
    const place = at < 0 ? rows + at : at;
    if (Number.isInteger(place) && place >= 0 && place < rows) return place;
    throw new RangeError(`iloc(): there is no row ${at}: positions go from 0 to ${rows - 1}`);
  });
}
