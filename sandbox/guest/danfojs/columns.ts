// Columns as properties: `df.age`, `df.age = values`, `df.fresh = values`, and names that are not there.
// In the package a new name is silently no column, an old one throws, and a column called "shape" ends the stack.
import * as base from 'danfojs/dist/danfojs-base/index.js';
import { absentName, type Kind, methodsOf, NO_PLOT } from './absent/names.ts';
import { answered, cellsOf, columnsOf, frameLike, inRowsOf, isSeries, placeOf, unknownColumn } from './build.ts';
import { dtypeOf, shown } from './cells.ts';
import { DataFrame, define, NDframe, Series } from './classes.ts';
import type { Cell, FrameLike, SeriesLike } from './frame-types.ts';
import { Groupby } from './groups.ts';
import { Rolling } from './windows.ts';

/** Absent names that the language or a console asks any object for. */
const ASKED = new Set(['then', 'toJSON', 'inspect', 'nodeType', 'asymmetricMatch', '$$typeof', 'length', 'splice']);

const own = (name: string): boolean => name in DataFrame.prototype || name.startsWith('$');

// A column that is called like a method keeps the method; it is read by df.column('shape').
define(DataFrame.prototype, '$setInternalColumnDataProperty', function (this: FrameLike, column?: string) {
  for (const name of typeof column === 'string' ? [column] : this.columns) {
    if (own(String(name))) continue;
    Object.defineProperty(this, name, {
      configurable: true,
      get: () => this.column(name),
      set: (values: SeriesLike | Cell[]) => setColumn(this, name, values),
    });
  }
});
define(DataFrame.prototype, '$setColumnData', function (this: FrameLike, name: string, values: SeriesLike | Cell[]) {
  setColumn(this, name, values);
});

// Names that nothing above knows end here, at the end of the chain of prototypes: no cost for names that exist.
const end = new Proxy(Object.prototype, {
  get(target, key, receiver) {
    if (typeof key !== 'string' || key in target || key.startsWith('$') || key.startsWith('@@')) {
      return Reflect.get(target, key, receiver);
    }
    const frame = receiver as Partial<FrameLike>;
    if (ASKED.has(key) && (key !== 'length' || frame.$isSeries === undefined)) return undefined;
    if (frame.$columns === undefined) return undefined;
    throw new Error(missingName(frame as FrameLike, key));
  },
  set(target, key, value, receiver) {
    const frame = receiver as FrameLike;
    const isColumn = typeof key === 'string' && !key.startsWith('$') && Array.isArray(frame.$columns);
    if (!isColumn || frame.$isSeries) return Reflect.set(target, key, value, receiver);
    columnValues(value, key);
    frame.addColumn(key, value as Cell[], { inplace: true });
    return true;
  },
});
Object.setPrototypeOf(NDframe.prototype, end);

// groupby('school').G3 is .col('G3'), as in pandas.
endsIn('groups', Groupby.prototype, (groups, name) => {
  const { frame } = groups as unknown as { frame?: FrameLike };
  return frame?.columns.includes(name) === true ? (groups as Groupby).col(name) : undefined;
});
endsIn('windows', Rolling.prototype);
endsIn('text', (base.Str as { prototype: object }).prototype);
endsIn('dates', (base.Dt as { prototype: object }).prototype);

// Months from 1 and days of the week from Monday, as in pandas; the package counts as JavaScript does.
interface Dates {
  readonly $dateObjectArray: readonly Date[];
}
const dates = (base.Dt as { prototype: object }).prototype;
const ofDates = (read: (date: Date) => Cell) =>
  function (this: Dates) {
    return new Series(this.$dateObjectArray.map((date) => (Number.isNaN(date.getTime()) ? Number.NaN : read(date))));
  };
define(
  dates,
  'month',
  ofDates((date) => date.getMonth() + 1),
);
define(
  dates,
  'dayOfWeek',
  ofDates((date) => (date.getDay() + 6) % 7),
);
define(dates, 'date', function (this: Dates) {
  return new Series(this.$dateObjectArray.map((date) => (Number.isNaN(date.getTime()) ? null : dayOf(date))));
});
const dayOf = (date: Date): string =>
  [String(date.getFullYear()).padStart(4, '0'), date.getMonth() + 1, date.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');
// pandas has no dt for words either; of a column with some dates the others are missing.
const { get: datesOf } = Object.getOwnPropertyDescriptor(Series.prototype, 'dt') ?? {};
Object.defineProperty(Series.prototype, 'dt', {
  get(this: { readonly values: readonly Cell[] }) {
    const found = datesOf?.call(this) as Dates;
    const other = this.values.find((value) => typeof value === 'string' && value !== '');
    if (other !== undefined && found.$dateObjectArray.every((date) => Number.isNaN(date.getTime())))
      throw new TypeError(`dt: no value here is a date, such as ${JSON.stringify(other)}: write dates as 2020-01-31`);
    return found;
  },
  configurable: true,
});
// toDateTime(series).dt, as in pandas.
Object.defineProperty(dates, 'dt', {
  get(this: object) {
    return this;
  },
  configurable: true,
});

// A method without its brackets is a function: `df.G3.mean + 1` would be its text, `dt.year.values` nothing.
const OF_RESULTS = new Set(['values', 'shape', 'index', 'add', 'sub', 'mul', 'div', 'mean', 'sum', 'eq', 'gt', 'lt']);
for (const prototype of [
  DataFrame.prototype,
  Series.prototype,
  NDframe.prototype,
  dates,
  base.Str.prototype,
] as object[]) {
  for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
    if (typeof value !== 'function' || name === 'constructor' || name === 'loc' || name === 'iloc') continue;
    Object.setPrototypeOf(value, withoutBrackets(name));
  }
}

function withoutBrackets(method: string): object {
  const absent = () => new TypeError(`${method} is a method here: write ${method}()`);
  return new Proxy(Function.prototype, {
    get(target, key, receiver: object) {
      if (key === Symbol.toPrimitive) {
        return (wanted: string) => {
          if (wanted === 'string') return Function.prototype.toString.call(receiver);
          throw absent();
        };
      }
      if (typeof key === 'string' && OF_RESULTS.has(key)) throw absent();
      return Reflect.get(target, key, receiver);
    },
  });
}

function endsIn(
  kind: Kind,
  prototype: object,
  other: (receiver: object, name: string) => unknown = () => undefined,
): void {
  const last = new Proxy(Object.prototype, {
    get(target, key, receiver: object) {
      if (typeof key !== 'string' || key in target || ASKED.has(key) || receiver === prototype) {
        return Reflect.get(target, key, receiver);
      }
      const found = other(receiver, key);
      if (found !== undefined) return found;
      const columns = kind === 'groups' ? ((receiver as { frame?: FrameLike }).frame?.columns ?? []) : [];
      throw new Error(absentName(kind, key, { columns, methods: methodsOf(receiver) }));
    },
  });
  Object.setPrototypeOf(prototype, last);
}

for (const name of ['plot', 'toExcel']) {
  define(NDframe.prototype, name, () => {
    throw new Error(
      name === 'plot' ? `plot(): ${NO_PLOT}` : 'toExcel(): write toCSV(df), or writeCsv(path, df) of workshop',
    );
  });
  for (const { prototype } of [DataFrame, Series]) {
    if (Object.hasOwn(prototype, name)) define(prototype, name, NDframe.prototype[name]);
  }
}

// JavaScript would make texts of whole columns and add those, and answer false to `df.age > 17`.
Object.defineProperty(NDframe.prototype, Symbol.toPrimitive, {
  value(this: object, wanted: string) {
    if (wanted === 'string') return this.toString();
    throw new TypeError(
      // biome-ignore lint/suspicious/noTemplateCurlyInString: what people are to write
      'JavaScript cannot calculate or compare with whole columns: write a.add(b), a.sub(b), a.mul(2), a.div(2), a.gt(17), a.eq(b); for a text `${series}`',
    );
  },
  configurable: true,
});

// `df.columns = [...]`, as in pandas; the package has no setter.
const columns = Object.getOwnPropertyDescriptor(NDframe.prototype, 'columns')!;
Object.defineProperty(NDframe.prototype, 'columns', {
  ...columns,
  set(this: FrameLike, names: readonly string[]) {
    if (!Array.isArray(names) || names.length !== this.$columns.length) {
      throw new TypeError(
        `df.columns = names: give a list of ${this.$columns.length} names. For some of them: df.rename({ old: 'new' })`,
      );
    }
    answered(this, new DataFrame(this.$data, { columns: [...names], dtypes: this.dtypes, index: this.index }), true);
  },
});

// `for (const value of series)`; a frame would have to choose between rows and columns.
Object.defineProperty(Series.prototype, Symbol.iterator, {
  value(this: SeriesLike) {
    return this.values[Symbol.iterator]();
  },
  configurable: true,
});
Object.defineProperty(DataFrame.prototype, Symbol.iterator, {
  value() {
    throw new TypeError(
      'A DataFrame cannot be gone through by itself: write `for (const row of df.toJSON())`, or df.columns for the names',
    );
  },
  configurable: true,
});

define(
  DataFrame.prototype,
  'addColumn',
  function (this: FrameLike, name: string, given: unknown, options?: { inplace?: boolean; atIndex?: number | string }) {
    if (typeof name !== 'string' || name === '') throw new TypeError('addColumn(name, values): name must be a text');
    const aligned = isSeries(given) && this.columns.length > 0;
    const values = aligned ? inRowsOf(this.index, given, `Column ${name}`) : columnValues(given, name);
    const rows = this.columns.length === 0 ? values.length : this.$data.length;
    if (values.length !== rows) throw new RangeError(`Column ${name}: ${values.length} values for ${rows} rows`);
    const columns = columnsOf(this);
    const at = this.columns.indexOf(name);
    if (at !== -1) return answered(this, frameLike(this, columns.with(at, values)), options?.inplace);
    const before = options?.atIndex ?? this.columns.length;
    const place = typeof before === 'string' ? placeOf(this, before) : before;
    const index = this.columns.length === 0 ? undefined : this.index;
    const made = columns.toSpliced(place, 0, values);
    return answered(this, framed(this.columns.toSpliced(place, 0, name), made, index), options?.inplace);
  },
);

function framed(
  names: string[],
  columns: readonly (readonly Cell[])[],
  index: FrameLike['index'] | undefined,
): FrameLike {
  const data = Array.from({ length: columns[0]!.length }, (_, r) => columns.map((cells) => cells[r]));
  return new DataFrame(data, {
    columns: names,
    dtypes: columns.map(dtypeOf),
    ...(index === undefined ? {} : { index: index.slice() }),
  });
}

function setColumn(frame: FrameLike, name: string, given: SeriesLike | Cell[]): void {
  if (!frame.columns.includes(name)) throw new Error(unknownColumn(frame.columns, name));
  columnValues(given, name);
  frame.addColumn(name, given, { inplace: true });
}

function columnValues(given: unknown, name: string): Cell[] {
  const cells = cellsOf(given);
  if (cells !== undefined) return cells;
  throw new TypeError(
    `Column ${name}: give a Series or an array of one value per row, not ${typeof given === 'object' ? shown(given) : typeof given}. One value for all rows: df.assign({ ${name}: value })`,
  );
}

function missingName(frame: FrameLike, name: string): string {
  const columns = frame.$isSeries ? [] : frame.$columns;
  return absentName(frame.$isSeries ? 'series' : 'frame', name, { columns, methods: methodsOf(frame) });
}
