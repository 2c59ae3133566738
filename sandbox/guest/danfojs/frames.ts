// copy, sample, drop, rename, loc of columns: frames as wholes, each with what the package does instead.
import { createRng, permutation } from '#pipeline-core/math/rng.ts';
import { answered, columnsOf, demandOptions, frameOf, namesIn, placeOf, takeRows, takeValues } from './build.ts';
import { shown } from './cells.ts';
import { DataFrame, onFrames, onSeries, Series } from './classes.ts';
import type { FrameLike, Label, SeriesLike } from './frame-types.ts';

type Methods = Record<string, (this: FrameLike, ...args: unknown[]) => unknown>;
const { column, loc, setIndex } = DataFrame.prototype as unknown as Methods;

interface Drop {
  readonly columns?: string | readonly string[];
  readonly index?: Label | readonly Label[];
  readonly inplace?: boolean;
}
type NameOf = Readonly<Record<string, string>> | ((name: string) => string);

onFrames({
  // The package's copy shares its rows with the original.
  copy(this: FrameLike) {
    return takeRows(this, [...this.$data.keys()]);
  },

  // The package draws from the first `num` rows only, takes labels of the index for positions, and answers a promise.
  sample(this: FrameLike, num: unknown = 5, options: { seed?: number } = {}) {
    return takeRows(this, drawn(this.$data.length, num, options));
  },

  column(this: FrameLike, name: string) {
    placeOf(this, name);
    return column!.call(this, name);
  },

  loc(this: FrameLike, at: { columns?: unknown }) {
    const asked = at?.columns === undefined ? [] : Array.isArray(at.columns) ? at.columns : [at.columns];
    const [only] = asked as unknown[];
    if (asked.length === 1 && typeof only === 'string' && only.includes(':') && !this.columns.includes(only)) {
      const columns = labelsFromTo(this.columns, only, 'column').map((c) => this.columns[c]!);
      return loc!.call(this, { ...at, columns });
    }
    for (const key of asked) placeOf(this, key);
    if (at?.columns !== undefined && asked.length === 0) return frameOf([], []);
    return loc!.call(this, typeof at?.columns === 'string' ? { ...at, columns: asked } : at);
  },

  drop(this: FrameLike, what: Drop | string | readonly string[]) {
    const given: Drop = typeof what === 'string' || Array.isArray(what) ? { columns: what as string } : (what as Drop);
    demandOptions('drop()', given, ['columns', 'index', 'inplace']);
    if (given?.columns === undefined && given?.index === undefined) {
      throw new TypeError("drop(): say what, drop({ columns: ['age'] }) or drop({ index: [0, 1] })");
    }
    const names = given.columns === undefined ? [] : namesIn(this, given.columns, 'drop()');
    const labels =
      given.index === undefined ? [] : Array.isArray(given.index) ? (given.index as Label[]) : [given.index as Label];
    for (const label of labels) {
      if (!this.index.includes(label)) throw new Error(`drop(): there is no row ${shown(label)} in the index`);
    }
    const gone = new Set<Label>(labels);
    const rows = takeRows(
      this,
      this.index.flatMap((label, r) => (gone.has(label) ? [] : [r])),
    );
    const kept = rows.columns.map((_, c) => c).filter((c) => !names.includes(rows.columns[c]!));
    const columns = columnsOf(rows);
    const made = frameOf(
      kept.map((c) => rows.columns[c]!),
      kept.map((c) => columns[c]!),
      kept.length === 0 ? [] : rows.index,
    );
    return answered(this, made, given.inplace);
  },

  // As pandas has it, { columns: {...} }, too; the package passes over that without a word.
  rename(
    this: FrameLike,
    mapper: NameOf | { columns?: NameOf; index?: Readonly<Record<string, Label>> },
    options: { axis?: 0 | 1; inplace?: boolean } = {},
  ) {
    demandOptions('rename()', options, ['axis', 'inplace']);
    if (mapper === null || (typeof mapper !== 'object' && typeof mapper !== 'function')) {
      throw new TypeError("rename(names): give an object, { old: 'new' }");
    }
    const parts = mapper as { columns?: unknown; index?: unknown };
    const asPandas =
      typeof parts.columns === 'object' || typeof parts.columns === 'function' || typeof parts.index === 'object';
    const names = (asPandas ? parts.columns : options.axis === 0 ? undefined : mapper) as NameOf | undefined;
    const labels = (asPandas ? parts.index : options.axis === 0 ? mapper : undefined) as
      | Readonly<Record<string, Label>>
      | undefined;
    const made = this.copy();
    const columns = this.columns.map((name) => renamed(name, names) as string);
    const twice = columns.find((name, c) => columns.indexOf(name) !== c);
    if (twice !== undefined) throw new Error(`rename() would make two columns called ${twice}`);
    const index = this.index.map((label) => renamed(label, labels));
    return answered(this, new DataFrame(made.$data, { columns, dtypes: made.dtypes, index }), options.inplace);
  },

  setIndex(this: FrameLike, what: string | { column?: string; inplace?: boolean }) {
    const given = typeof what === 'string' ? { column: what } : what;
    demandOptions('setIndex()', given, ['column', 'index', 'drop', 'inplace']);
    if (given?.column !== undefined) placeOf(this, given.column);
    return setIndex!.call(this, given);
  },

  // The package asks for an index and then keeps only one of two equal labels.
  append(this: FrameLike) {
    throw new Error('append() is not here: write concat({ dfList: [a, b], axis: 0 }) of danfojs');
  },

  print(this: FrameLike) {
    printed(this);
  },
});

onSeries({
  sample(this: SeriesLike, num: unknown = 5, options: { seed?: number } = {}) {
    return takeValues(this, drawn(this.values.length, num, options));
  },
  append(this: SeriesLike) {
    throw new Error('append() is not here: write concat({ dfList: [a, b], axis: 0 }) of danfojs');
  },
  at(this: SeriesLike, label: Label) {
    const at = this.index.indexOf(label);
    if (at !== -1) return this.values[at];
    throw new Error(`at(): there is no row ${shown(label)} in the index. By position it is iat()`);
  },
  copy(this: SeriesLike) {
    return takeValues(this, [...this.values.keys()]);
  },
  print(this: SeriesLike) {
    printed(this);
  },
});

/** The positions of 'a:c', both ends among them, as pandas' loc has it. */
// The package says of a Series that it has two dimensions.
Object.defineProperties(Series.prototype, {
  shape: {
    get(this: SeriesLike) {
      return [this.values.length];
    },
    configurable: true,
  },
  size: {
    get(this: SeriesLike) {
      return this.values.length;
    },
    configurable: true,
  },
});

export function labelsFromTo(labels: readonly Label[], slice: string, what: 'row' | 'column'): number[] {
  const [first = '', last = '', ...more] = slice.split(':').map((end) => end.trim());
  const place = (end: string, otherwise: number) => {
    if (end === '') return otherwise;
    const at = labels.findIndex((label) => String(label) === end);
    if (at === -1 || more.length > 0) throw new Error(`loc(): there is no ${what} ${shown(end)} for '${slice}'`);
    return at;
  };
  const [from, to] = [place(first, 0), place(last, labels.length - 1)];
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
}

function renamed(name: Label, how: NameOf | Readonly<Record<string, Label>> | undefined): Label {
  if (typeof how === 'function') return how(String(name));
  return how !== undefined && Object.hasOwn(how, String(name)) ? how[String(name)]! : name;
}

function drawn(rows: number, num: unknown, options: { seed?: number }): number[] {
  demandOptions('sample()', options, ['seed']);
  if (typeof num !== 'number') throw new TypeError('sample(n): give the number of rows, df.sample(100, { seed: 1 })');
  const count = num;
  if (!Number.isInteger(count) || count < 0 || count > rows) {
    throw new RangeError(`sample(${String(num)}): there are ${rows} rows, and a row is drawn once only`);
  }
  return Array.from(permutation(rows, createRng(Number(options.seed ?? 1))).subarray(0, count));
}

function printed(table: object): void {
  (globalThis as unknown as { console: { log(text: string): void } }).console.log(String(table));
}
