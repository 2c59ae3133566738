// Value by value: mapping, casting, rounding, apply. In the package a row loses its missing cells before apply() sees
// it, and asType() changes the source.

import {
  answered,
  answeredSeries,
  cellsOf,
  columnsOf,
  demandOptions,
  frameLike,
  frameOf,
  namesIn,
  placeOf,
  seriesLike,
  seriesOf,
  shownName,
  withStatistics,
} from './build.ts';
import { isMissing, shown } from './cells.ts';
import { onFrames, onSeries } from './classes.ts';
import type { Cell, FrameLike, InPlace, SeriesLike } from './frame-types.ts';

type Lookup = Readonly<Record<string, Cell>> | ReadonlyMap<Cell, Cell> | ((value: Cell, row: number) => Cell);

function mapped(cells: readonly Cell[], how: Lookup): Cell[] {
  if (typeof how === 'function') return cells.map((cell, i) => how(cell, i));
  if (how instanceof Map) return cells.map((cell) => (how.has(cell) ? how.get(cell) : Number.NaN));
  if (typeof how !== 'object' || how === null)
    throw new TypeError('map(how): give an object, { F: 0, M: 1 }, a Map or a function');
  const table = how as Readonly<Record<string, Cell>>;
  // A value that is not in it is missing, as in pandas; the package keeps the value, which replace() does.
  return cells.map((cell) => (Object.hasOwn(table, String(cell)) ? table[String(cell)] : Number.NaN));
}

/** Throws TypeError for text that is no number. Missing values stay missing. */
function cast(cells: readonly Cell[], dtype: string, column: string): Cell[] {
  if (!['int32', 'float32', 'string', 'boolean'].includes(dtype)) {
    throw new TypeError(
      `asType(): ${shown(dtype)} is no type of a column: write 'int32', 'float32', 'string' or 'boolean'`,
    );
  }
  return cells.map((cell, i) => {
    if (isMissing(cell)) return Number.NaN;
    if (dtype === 'string') return String(cell);
    if (dtype === 'boolean') return Boolean(cell);
    const number = typeof cell === 'string' && cell.trim() === '' ? Number.NaN : Number(cell);
    if (Number.isNaN(number)) {
      const where = column === '' ? '' : ` of ${column}`;
      throw new TypeError(`asType('${dtype}'): row ${i + 1}${where} is ${shown(cell)}, which is no number`);
    }
    return dtype === 'int32' ? Math.trunc(number) : number;
  });
}

/** As numpy rounds: halves to the even digit. */
function roundedTo(digits: unknown): (cell: Cell) => Cell {
  if (!Number.isInteger(digits)) throw new TypeError('round(digits): give a whole number, round(2)');
  const scale = 10 ** Math.abs(digits as number);
  const halfEven = (value: number) => {
    const below = Math.floor(value);
    const apart = value - below;
    if (apart !== 0.5) return apart < 0.5 ? below : below + 1;
    return below % 2 === 0 ? below : below + 1;
  };
  return (cell) => {
    if (typeof cell !== 'number' || !Number.isFinite(cell)) return cell;
    const made = (digits as number) >= 0 ? halfEven(cell * scale) / scale : halfEven(cell / scale) * scale;
    return Number.isFinite(made) ? made : cell;
  };
}

const isTableOf = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !(value instanceof Date) && cellsOf(value) === undefined;

/** replace({ column: { old: fresh } }), as pandas has it: column -> what becomes of its cells; undefined: it is another form. */
function replacingByColumn(frame: FrameLike, old: unknown): ReadonlyMap<string, (cell: Cell) => Cell> | undefined {
  if (!isTableOf(old) || old instanceof Map) return undefined;
  const parts = Object.entries(old as object);
  if (parts.length === 0 || !parts.every(([, value]) => isTableOf(value))) return undefined;
  const names = namesIn(
    frame,
    parts.map(([name]) => name),
    'replace()',
  );
  return new Map(parts.map(([, table], i) => [names[i]!, replacing(table, undefined)]));
}

/** replace(old, fresh) or replace({ old: fresh }): what becomes of a cell. */
function replacing(old: unknown, fresh: unknown): (cell: Cell) => Cell {
  if (typeof old === 'object' && old !== null && cellsOf(old) === undefined) {
    const table: ReadonlyMap<Cell, Cell> = old instanceof Map ? old : new Map<Cell, Cell>(Object.entries(old));
    const byText = !(old instanceof Map);
    const nested = [...table].find(([, value]) => isTableOf(value));
    if (nested !== undefined) {
      throw new TypeError(
        `replace({ ${String(nested[0])}: { ... } }) names a column and its values, of a whole frame, and then of each column: df.replace({ school: { GP: 'A' } })`,
      );
    }
    return (cell) => {
      const key = byText && !isMissing(cell) ? String(cell) : cell;
      return table.has(key) ? (table.get(key) as Cell) : cell;
    };
  }
  if (fresh === undefined || typeof old === 'object' || typeof old === 'function') {
    throw new TypeError("replace(old, fresh): give both, or an object, replace({ GP: 'A', MS: 'B' })");
  }
  return (cell) => (cell === old || (isMissing(cell) && isMissing(old)) ? (fresh as Cell) : cell);
}

onSeries({
  round(this: SeriesLike, digits = 0, options?: InPlace) {
    return answeredSeries(this, seriesLike(this, this.values.map(roundedTo(digits))), options?.inplace);
  },
  replace(this: SeriesLike, old: unknown, fresh?: unknown, options?: InPlace) {
    const [value, more] = asPair(fresh, options);
    demandOptions('replace()', more, ['inplace']);
    return answeredSeries(this, seriesLike(this, this.values.map(replacing(old, value))), more?.inplace);
  },
  not(this: SeriesLike) {
    return seriesLike(
      this,
      this.values.map((value) => isMissing(value) || !value),
    );
  },
  map(this: SeriesLike, how: Lookup, options?: InPlace) {
    demandOptions('map()', options, ['inplace']);
    return answeredSeries(this, seriesLike(this, mapped(this.values, how)), options?.inplace);
  },
  apply(this: SeriesLike, callback: (value: Cell, row: number) => Cell, options?: InPlace) {
    demandOptions('apply()', options, ['inplace']);
    if (typeof callback !== 'function')
      throw new TypeError('apply(callback): give a function of a value, (value) => value + 1');
    return answeredSeries(
      this,
      seriesLike(
        this,
        this.values.map((value, i) => callback(value, i)),
      ),
      options?.inplace,
    );
  },
  asType(this: SeriesLike, dtype: string, options?: InPlace) {
    const made = seriesLike(this, cast(this.values, dtype, shownName(this)));
    made.$dtypes = [dtype];
    return answeredSeries(this, made, options?.inplace);
  },
});

// What a row is for apply(): its cells, and each under its column's name unless an array has that name itself.
function namedRow(names: readonly string[], row: readonly Cell[]): Cell[] {
  const cells = row.slice();
  for (const [c, name] of names.entries())
    if (!(name in cells)) (cells as unknown as Record<string, Cell>)[name] = row[c];
  return cells;
}

/** Of replace({ ... }, options) the options come second. */
function asPair<Options>(fresh: unknown, options: Options | undefined): [unknown, Options | undefined] {
  const second = typeof fresh === 'object' && fresh !== null;
  return second ? [undefined, fresh as Options] : [fresh, options];
}

onFrames({
  replace(this: FrameLike, old: unknown, fresh?: unknown, options?: InPlace & { columns?: readonly string[] }) {
    const [value, more] = asPair(fresh, options);
    demandOptions('replace()', more, ['columns', 'inplace']);
    const chosen = more?.columns === undefined ? this.columns : namesIn(this, more.columns, 'replace()');
    const byColumn = value === undefined ? replacingByColumn(this, old) : undefined;
    const become = byColumn === undefined ? replacing(old, value) : null;
    const columns = columnsOf(this).map((cells, c) => {
      const name = this.columns[c]!;
      const how = chosen.includes(name) ? (become ?? byColumn?.get(name)) : undefined;
      return how ? cells.map(how) : cells;
    });
    return answered(this, frameLike(this, columns), more?.inplace);
  },
  // Text stays as it is, as in pandas; the package refuses the whole frame.
  round(this: FrameLike, digits = 0, options?: InPlace) {
    const rounded = roundedTo(digits);
    return answered(
      this,
      frameLike(
        this,
        columnsOf(this).map((cells) => cells.map(rounded)),
      ),
      options?.inplace,
    );
  },
  apply(this: FrameLike, callback: (cells: Cell[]) => unknown, options?: { axis?: 0 | 1 }) {
    demandOptions('apply()', options, ['axis']);
    if (typeof callback !== 'function')
      throw new TypeError('apply(callback): give a function of a row, (row) => row.G1 + row.G2');
    const byColumn = options?.axis === 0;
    const labels = byColumn ? this.columns : this.index;
    const made = (
      byColumn ? columnsOf(this).map(withStatistics) : this.$data.map((row) => namedRow(this.columns, row))
    ).map((cells) => {
      const own = callback(cells);
      return cellsOf(own) ?? (own as Cell);
    });
    if (!made.some(Array.isArray)) return seriesOf(made as Cell[], labels);
    const lists = made as Cell[][];
    const width = lists[0]?.length ?? 0;
    if (!lists.every((list) => Array.isArray(list) && list.length === width)) {
      throw new TypeError('apply(callback): the function must return one value each time, or lists of one length');
    }
    if (byColumn) return frameOf(this.columns, lists, width === this.$data.length ? this.index : undefined);
    const names = width === this.columns.length ? this.columns : Array.from({ length: width }, (_, c) => String(c));
    return frameOf(
      names,
      names.map((_, c) => lists.map((list) => list[c])),
      this.index,
    );
  },
  applyMap(this: FrameLike, callback: (cell: Cell) => Cell, options?: InPlace) {
    demandOptions('applyMap()', options, ['inplace']);
    if (typeof callback !== 'function') throw new TypeError('applyMap(callback): give a function of a cell');
    return answered(
      this,
      frameLike(
        this,
        columnsOf(this).map((cells) => cells.map((cell) => callback(cell))),
      ),
      options?.inplace,
    );
  },
  asType(this: FrameLike, column: string, dtype: string, options?: InPlace) {
    const at = placeOf(this, column);
    const made = frameLike(
      this,
      columnsOf(this).map((cells, c) => (c === at ? cast(cells, dtype, column) : cells)),
    );
    made.$dtypes = this.dtypes.with(at, dtype);
    return answered(this, made, options?.inplace);
  },
  selectDtypes(this: FrameLike, include: string | readonly string[]) {
    const wanted = new Set(
      (typeof include === 'string' ? [include] : include).flatMap((dtype) =>
        dtype === 'number' ? ['int32', 'float32'] : [dtype],
      ),
    );
    const names = this.columns.filter((_, c) => wanted.has(this.dtypes[c]!));
    const columns = columnsOf(this);
    return frameOf(
      names,
      names.map((name) => columns[placeOf(this, name)]!),
      this.index,
    );
  },
});
