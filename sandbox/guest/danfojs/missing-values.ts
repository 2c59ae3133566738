// isNa, fillNa, dropNa, and what puts values in place of others by a mask: where, mask, ffill, bfill. The package fills named columns in the source, too, finds null and undefined in rows but not in
// columns, and refuses '' as a filling.

import {
  answered,
  answeredSeries,
  cellsOf,
  columnsOf,
  demandOptions,
  frameLike,
  frameOf,
  inRowsOf,
  isFrame,
  isSeries,
  namesIn,
  seriesLike,
  takeRows,
  takeValues,
} from './build.ts';
import { isMissing, shown } from './cells.ts';
import { onFrames, onSeries } from './classes.ts';
import type { Cell, FrameLike, InPlace, SeriesLike } from './frame-types.ts';

function demandFilling(value: unknown): asserts value is Cell {
  if (typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean') return;
  throw new TypeError(
    `fillNa(value): value is ${String(value)}: give the value to put where one is missing, such as 0 or df.age.median()`,
  );
}

/** Column -> what fills it. */
function fillings(frame: FrameLike, values: unknown, columns: readonly string[] | undefined): Map<string, Cell> {
  const names = columns === undefined ? frame.columns : namesIn(frame, columns, 'fillNa()');
  if (Array.isArray(values)) {
    if (columns === undefined)
      throw new TypeError('fillNa([...]): name the columns, fillNa([0, 1], { columns: ["a", "b"] })');
    if (values.length !== names.length) {
      throw new RangeError(`fillNa(): ${values.length} values for ${names.length} columns: give as many`);
    }
    return new Map(names.map((name, i) => [name, checked(values[i])]));
  }
  if (typeof values === 'object' && values !== null) {
    const named = Object.keys(values);
    namesIn(frame, named, 'fillNa()');
    return new Map(named.map((name) => [name, checked((values as Record<string, unknown>)[name])]));
  }
  return new Map(names.map((name) => [name, checked(values)]));
}

/** The nearest value before (`step` 1) or behind (-1) that is not missing, over at most `limit` missing ones in a row. */
function filledOn(cells: readonly Cell[], step: 1 | -1, limit = Number.POSITIVE_INFINITY): Cell[] {
  if (limit !== Number.POSITIVE_INFINITY && (!Number.isInteger(limit) || limit < 1)) {
    throw new RangeError(`limit is ${String(limit)}, but must be a whole number of rows above 0`);
  }
  const filled = cells.slice();
  let last: Cell;
  let since = 0;
  for (let i = step === 1 ? 0 : cells.length - 1; i >= 0 && i < cells.length; i += step) {
    if (!isMissing(cells[i])) [last, since] = [cells[i], 0];
    else if (++since <= limit && !isMissing(last)) filled[i] = last;
  }
  return filled;
}

/** For each column whether a row's cell stays; a mask of one value a row holds for all columns. */
function keeping(of: SeriesLike | FrameLike, given: unknown, doing: string): (row: number, column: number) => boolean {
  const mask = typeof given === 'function' ? (given as (of: object) => unknown)(of) : given;
  const rows = of.index.length;
  const checkedMask = (cells: readonly Cell[]): readonly Cell[] => {
    if (cells.length !== rows) throw new RangeError(`${doing}: ${cells.length} values of the mask for ${rows} rows`);
    const odd = cells.find((cell) => typeof cell !== 'boolean' && !isMissing(cell));
    if (odd === undefined) return cells;
    throw new TypeError(`${doing}: a mask holds true and false, such as df.age.gt(17), and not ${shown(odd)}`);
  };
  if (isFrame(mask)) {
    const columns = isFrame(of)
      ? of.columns.map((name) => checkedMask(inRowsOf(of.index, mask.column(name), doing)))
      : null;
    if (columns === null) throw new TypeError(`${doing}: give a Series of true and false, such as series.gt(17)`);
    return (row, column) => columns[column]![row] === true;
  }
  const cells = isSeries(mask) ? inRowsOf(of.index, mask, doing) : cellsOf(mask);
  if (cells === undefined)
    throw new TypeError(`${doing}: give a mask such as df.age.gt(17), or a function that makes one`);
  const checkedCells = checkedMask(cells);
  return (row) => checkedCells[row] === true;
}

/** What takes the place of the cells that go: a value, or another frame or Series row for row. */
function instead(of: SeriesLike | FrameLike, other: unknown, doing: string): (row: number, column: number) => Cell {
  if (isFrame(other)) {
    if (!isFrame(of)) throw new TypeError(`${doing}: give a value or a Series in place of what goes`);
    const columns = of.columns.map((name) => inRowsOf(of.index, other.column(name), doing));
    return (row, column) => columns[column]![row];
  }
  if (typeof other !== 'object' || other === null) return () => other as Cell;
  const cells = isSeries(other) ? inRowsOf(of.index, other, doing) : cellsOf(other);
  if (cells?.length !== of.index.length || isFrame(of)) {
    throw new TypeError(`${doing}: give a value, or ${isFrame(of) ? 'a frame' : 'a Series'} of as many rows`);
  }
  return (row) => cells[row];
}

function chosen<T extends SeriesLike | FrameLike>(
  of: T,
  doing: string,
  mask: unknown,
  other: unknown,
  keeps: boolean,
): T {
  const [isTrue, put] = [keeping(of, mask, doing), instead(of, other, doing)];
  const ofColumn = (cells: readonly Cell[], c: number) =>
    cells.map((cell, row) => (isTrue(row, c) === keeps ? cell : put(row, c)));
  return (
    isFrame(of)
      ? frameLike(of, columnsOf(of).map(ofColumn))
      : seriesLike(of as SeriesLike, ofColumn((of as SeriesLike).values, 0))
  ) as T;
}

interface Filling extends InPlace {
  readonly limit?: number;
}

function checked(value: unknown): Cell {
  demandFilling(value);
  return value;
}

function filledFrame(frame: FrameLike, step: 1 | -1, options: Filling | undefined): FrameLike | undefined {
  demandOptions(step === 1 ? 'ffill()' : 'bfill()', options, ['limit', 'inplace']);
  const made = frameLike(
    frame,
    columnsOf(frame).map((cells) => filledOn(cells, step, options?.limit)),
  );
  return answered(frame, made, options?.inplace);
}

function filledSeries(series: SeriesLike, step: 1 | -1, options: Filling | undefined): SeriesLike | undefined {
  demandOptions(step === 1 ? 'ffill()' : 'bfill()', options, ['limit', 'inplace']);
  return answeredSeries(series, seriesLike(series, filledOn(series.values, step, options?.limit)), options?.inplace);
}

onFrames({
  where(this: FrameLike, mask: unknown, other: unknown = Number.NaN) {
    return chosen(this, 'where(mask, other)', mask, other, true);
  },
  mask(this: FrameLike, mask: unknown, other: unknown = Number.NaN) {
    return chosen(this, 'mask(mask, other)', mask, other, false);
  },
  ffill(this: FrameLike, options?: Filling) {
    return filledFrame(this, 1, options);
  },
  bfill(this: FrameLike, options?: Filling) {
    return filledFrame(this, -1, options);
  },
  isNa(this: FrameLike) {
    return frameLike(
      this,
      columnsOf(this).map((cells) => cells.map(isMissing)),
    );
  },
  notNa(this: FrameLike) {
    return frameLike(
      this,
      columnsOf(this).map((cells) => cells.map((cell) => !isMissing(cell))),
    );
  },
  fillNa(this: FrameLike, values: unknown, options?: InPlace & { columns?: readonly string[] }) {
    demandOptions('fillNa()', options, ['columns', 'inplace']);
    const fill = fillings(this, values, options?.columns);
    const columns = columnsOf(this).map((cells, c) => {
      const name = this.columns[c]!;
      return fill.has(name) ? cells.map((cell) => (isMissing(cell) ? fill.get(name) : cell)) : cells;
    });
    return answered(this, frameLike(this, columns), options?.inplace);
  },
  dropNa(this: FrameLike, options?: InPlace & { axis?: 'rows' | 'columns'; subset?: string | readonly string[] }) {
    demandOptions('dropNa()', options, ['axis', 'subset', 'inplace']);
    const axis = options?.axis ?? 'rows';
    if (axis !== 'rows' && axis !== 'columns') {
      throw new RangeError(
        "dropNa(): axis 0 and 1 mean the opposite in pandas and in danfojs: write axis: 'rows' or axis: 'columns'",
      );
    }
    const columns = columnsOf(this);
    if (axis === 'columns') {
      const kept = columns.map((_, c) => c).filter((c) => !columns[c]!.some(isMissing));
      const made = frameOf(
        kept.map((c) => this.columns[c]!),
        kept.map((c) => columns[c]!),
        this.index,
      );
      return answered(this, made, options?.inplace);
    }
    const names = options?.subset === undefined ? this.columns : namesIn(this, options.subset, 'dropNa()');
    const looked = names.map((name) => this.columns.indexOf(name));
    const rows = this.$data.flatMap((row, r) => (looked.some((c) => isMissing(row[c])) ? [] : [r]));
    return answered(this, takeRows(this, rows), options?.inplace);
  },
});

onSeries({
  where(this: SeriesLike, mask: unknown, other: unknown = Number.NaN) {
    return chosen(this, 'where(mask, other)', mask, other, true);
  },
  mask(this: SeriesLike, mask: unknown, other: unknown = Number.NaN) {
    return chosen(this, 'mask(mask, other)', mask, other, false);
  },
  ffill(this: SeriesLike, options?: Filling) {
    return filledSeries(this, 1, options);
  },
  bfill(this: SeriesLike, options?: Filling) {
    return filledSeries(this, -1, options);
  },
  isNa(this: SeriesLike) {
    return seriesLike(this, this.values.map(isMissing));
  },
  notNa(this: SeriesLike) {
    return seriesLike(
      this,
      this.values.map((value) => !isMissing(value)),
    );
  },
  fillNa(this: SeriesLike, value: unknown, options?: InPlace) {
    demandOptions('fillNa()', options, ['inplace']);
    const filling = checked(value);
    const made = seriesLike(
      this,
      this.values.map((own) => (isMissing(own) ? filling : own)),
    );
    return answeredSeries(this, made, options?.inplace);
  },
  dropNa(this: SeriesLike, options?: InPlace) {
    demandOptions('dropNa()', options, ['inplace']);
    const rows = this.values.flatMap((value, r) => (isMissing(value) ? [] : [r]));
    return answeredSeries(this, takeValues(this, rows), options?.inplace);
  },
});
