// Calculating and comparing, value by value. In the package null is 0 in a sum and below 5, eq(true) is refused, and a
// frame compares as numbers even where it holds text.

import {
  answeredSeries,
  cellsOf,
  columnsOf,
  demandOptions,
  frameLike,
  inRowsOf,
  isFrame,
  isSeries,
  seriesLike,
  shownName,
} from './build.ts';
import { isMissing, shown } from './cells.ts';
import { DataFrame, onFrames, onSeries } from './classes.ts';
import type { Cell, FrameLike, SeriesLike } from './frame-types.ts';

const CALCULATIONS: Readonly<Record<string, (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  pow: (a, b) => a ** b,
  // The sign of the divisor, as in Python.
  mod: (a, b) => a - b * Math.floor(a / b),
};

for (const [method, calculate] of Object.entries(CALCULATIONS)) {
  onSeries({
    [method](this: SeriesLike, other: unknown, options?: { inplace?: boolean }) {
      demandOptions(`${method}()`, options, ['inplace', 'axis']);
      const right = beside(this, other, method);
      const values = this.values.map((left, i) =>
        calculated(left, right[i], { method, calculate, series: this, row: i }),
      );
      return answeredSeries(this, seriesLike(this, values), options?.inplace);
    },
  });
}

for (const method of [...Object.keys(CALCULATIONS), 'divNoNan', 'abs']) {
  const original = DataFrame.prototype[method] as unknown as (this: FrameLike, ...args: unknown[]) => unknown;
  onFrames({
    [method](this: FrameLike, ...args: unknown[]) {
      const text = this.columns.filter((_, c) => this.dtypes[c] === 'string');
      if (text.length === 0) return original.call(this, ...args);
      throw new TypeError(
        `${method}() needs numbers, but ${text.slice(0, 5).join(', ')} ${text.length === 1 ? 'is' : 'are'} text: calculate with df.loc({ columns: [...] }) of the others`,
      );
    },
  });
}

function calculated(
  left: Cell,
  right: Cell,
  {
    method,
    calculate,
    series,
    row,
  }: { method: string; calculate: (a: number, b: number) => number; series: SeriesLike; row: number },
): Cell {
  if (isMissing(left) || isMissing(right)) return Number.NaN;
  if (typeof left !== 'string' && typeof right !== 'string') return calculate(Number(left), Number(right));
  if (method === 'add' && typeof left === 'string' && typeof right === 'string') return left + right;
  const where = shownName(series) === '' ? '' : ` of ${shownName(series)}`;
  throw new TypeError(
    `${method}(): row ${row + 1}${where} is ${shown(left)}, the other ${shown(right)}: text is no number. Turn it into numbers with asType() or map()`,
  );
}

/** The other side, row for row. */
function beside(series: SeriesLike, other: unknown, method: string): readonly Cell[] {
  if (isSeries(other)) return inRowsOf(series.index, other, `${method}(other)`);
  const cells = cellsOf(other);
  if (cells !== undefined) {
    if (cells.length === series.values.length) return cells;
    throw new RangeError(
      `${method}(other): other has ${cells.length} values, but this Series has ${series.values.length}`,
    );
  }
  if (other !== undefined && other !== null && typeof other !== 'object' && typeof other !== 'function') {
    return new Array<Cell>(series.values.length).fill(other as Cell);
  }
  if (isMissing(other))
    throw new TypeError(`${method}(other): other is ${String(other)}: for missing values write isNa()`);
  throw new TypeError(`${method}(other): give a value, a list or a Series`);
}

const ORDERED = new Set(['gt', 'lt', 'ge', 'le']);

/** A missing value equals nothing and lies on no side of anything (only `ne` holds), as in pandas. */
function holds(method: string, left: Cell, right: Cell): boolean {
  if (isMissing(left) || isMissing(right)) return method === 'ne';
  if (method === 'eq')
    return left === right || (typeof left !== 'string' && typeof right !== 'string' && Number(left) === Number(right));
  if (method === 'ne') return !holds('eq', left, right);
  if (ORDERED.has(method) && (typeof left === 'string') !== (typeof right === 'string')) {
    throw new TypeError(
      `${method}(): ${shown(left)} and ${shown(right)} have no common order: one is text, the other is not`,
    );
  }
  return method === 'gt'
    ? left > right
    : method === 'lt'
      ? left < right
      : method === 'ge'
        ? left >= right
        : left <= right;
}

for (const method of ['gt', 'lt', 'ge', 'le', 'eq', 'ne']) {
  onSeries({
    [method](this: SeriesLike, other: unknown) {
      const right = beside(this, other, method);
      return seriesLike(
        this,
        this.values.map((left, i) => holds(method, left, right[i])),
      );
    },
  });
  const original = DataFrame.prototype[method] as unknown as (
    this: FrameLike,
    other: unknown,
    options?: unknown,
  ) => FrameLike;
  onFrames({
    [method](this: FrameLike, other: unknown, options?: { axis?: 0 | 1 }) {
      if (isFrame(other) && other.columns.length === this.columns.length && other.$data.length === this.$data.length) {
        const columns = columnsOf(other);
        return frameLike(
          this,
          columnsOf(this).map((cells, c) => cells.map((left, r) => holds(method, left, columns[c]![r]))),
        );
      }
      if (typeof other === 'object' || typeof other === 'function' || other === undefined)
        return original.call(this, other, options);
      return frameLike(
        this,
        columnsOf(this).map((cells) => cells.map((left) => holds(method, left, other as Cell))),
      );
    },
  });
}

for (const method of ['and', 'or'] as const) {
  onSeries({
    [method](this: SeriesLike, other: unknown) {
      const right = beside(this, other, method);
      const truth = (cell: Cell): boolean => !isMissing(cell) && Boolean(cell);
      return seriesLike(
        this,
        this.values.map((left, i) =>
          method === 'and' ? truth(left) && truth(right[i]) : truth(left) || truth(right[i]),
        ),
      );
    },
  });
}
