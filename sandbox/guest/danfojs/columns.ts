// Columns as properties: `df.age`, `df.age = values`, `df.fresh = values`, and a name that is not there.
// In the package a new name is silently no column, an old one throws, and a column called "shape" ends the stack.
import { nearNames } from '#pipeline-core/core/errors.ts';
import type { Cell, FrameClass, FrameLike, SeriesLike } from './frame-types.ts';

/** Absent names that the language or a console asks any object for. */
const ASKED = new Set(['then', 'toJSON', 'inspect', 'nodeType', 'asymmetricMatch', '$$typeof', 'length', 'splice']);

export function mendColumns(DataFrame: FrameClass, NDframe: { readonly prototype: object }): void {
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
      if (ASKED.has(key) && (key !== 'length' || frame.$isSeries !== true)) return undefined;
      if (!Array.isArray(frame.$columns)) return undefined;
      throw new Error(missingName(frame as FrameLike, key));
    },
    set(target, key, value, receiver) {
      const frame = receiver as FrameLike;
      const isColumn = typeof key === 'string' && !key.startsWith('$') && Array.isArray(frame.$columns);
      if (!isColumn || frame.$isSeries) return Reflect.set(target, key, value, receiver);
      frame.addColumn(key, columnValues(value, key), { inplace: true });
      return true;
    },
  });
  Object.setPrototypeOf(NDframe.prototype, end);
}

function setColumn(frame: FrameLike, name: string, given: SeriesLike | Cell[]): void {
  const at = frame.$columns.indexOf(name);
  if (at === -1) throw new Error(missingName(frame, name));
  const values = columnValues(given, name);
  if (values.length !== frame.shape[0]) {
    throw new Error(`Column ${name}: ${values.length} values for ${frame.shape[0]} rows`);
  }
  // Rows may be shared with the frame this one was taken from.
  frame.$data = frame.$data.map((row, r) => row.with(at, values[r]));
  frame.$dataIncolumnFormat = frame.$dataIncolumnFormat.with(at, values.slice());
  frame.$dtypes = frame.$dtypes.with(at, dtypeOf(values));
}

function columnValues(given: unknown, name: string): Cell[] {
  if (Array.isArray(given)) return given as Cell[];
  if (ArrayBuffer.isView(given) && 'length' in given) return Array.from(given as unknown as ArrayLike<number>);
  const series = given as Partial<SeriesLike> | null;
  if (typeof series === 'object' && series !== null && series.$isSeries === true) return series.values as Cell[];
  throw new TypeError(`Column ${name}: give a Series or an array of one value per row, not ${typeof given}`);
}

/** As danfojs names them. */
export function dtypeOf(values: readonly Cell[]): string {
  const filled = values.filter((value) => value !== null && value !== undefined && !Number.isNaN(value));
  if (filled.every((value) => typeof value === 'number')) {
    return filled.every((value) => Number.isInteger(value)) ? 'int32' : 'float32';
  }
  return filled.every((value) => typeof value === 'boolean') ? 'boolean' : 'string';
}

function missingName(frame: FrameLike, name: string): string {
  if (frame.$isSeries) {
    if (name === 'length') return 'A Series has no `length`: write series.shape[0] or series.values.length';
    const near = nearNames(name, methodsOf(frame));
    return `A Series has no ${name}.${near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : ''}`;
  }
  const near = nearNames(name, [...frame.$columns, ...methodsOf(frame)]);
  const hint = near.length > 0 ? `Did you mean ${near.join(' or ')}?` : `Its columns are ${frame.$columns.join(', ')}.`;
  return `The frame has no column ${name}. ${hint}`;
}

function methodsOf(frame: object): string[] {
  const names: string[] = [];
  let at: object | null = Object.getPrototypeOf(frame) as object | null;
  for (let depth = 0; at !== null && depth < 2; depth++) {
    names.push(...Object.getOwnPropertyNames(at).filter((name) => !name.startsWith('$')));
    at = Object.getPrototypeOf(at) as object | null;
  }
  return names;
}

export function define(target: object, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, writable: true, configurable: true, enumerable: false });
}
