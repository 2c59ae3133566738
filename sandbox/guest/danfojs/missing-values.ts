// isNa, fillNa, dropNa. The package fills named columns in the source, too, finds null and undefined in rows but not in
// columns, and refuses '' as a filling.

import {
  answered,
  answeredSeries,
  columnsOf,
  demandOptions,
  frameLike,
  frameOf,
  namesIn,
  seriesLike,
  takeRows,
  takeValues,
} from './build.ts';
import { isMissing } from './cells.ts';
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

function checked(value: unknown): Cell {
  demandFilling(value);
  return value;
}

onFrames({
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
