// Rows in an order. Missing values come last and equal ones keep their order, as in pandas; in the package they leave
// the order wrong, and a Series turns equal values round.

import {
  answered,
  answeredSeries,
  columnsOf,
  demandOptions,
  namesIn,
  placeOf,
  seriesOf,
  shownName,
  takeRows,
  takeValues,
} from './build.ts';
import { compare, demandOrder, isMissing, orderOf, shown } from './cells.ts';
import { onFrames, onSeries } from './classes.ts';
import type { Cell, FrameLike, SeriesLike } from './frame-types.ts';

export interface SortOptions {
  readonly ascending?: boolean | readonly boolean[];
  readonly naPosition?: 'first' | 'last';
  readonly inplace?: boolean;
}

const OPTIONS = ['ascending', 'naPosition', 'inplace'];

function demandSortOptions(doing: string, options: SortOptions | undefined): void {
  demandOptions(doing, options, OPTIONS);
  const at = options?.naPosition;
  if (at === undefined || at === 'first' || at === 'last') return;
  throw new RangeError(`${doing}: naPosition is ${shown(at)}, but must be 'first' or 'last'`);
}

/** Positions ordered by several columns, the first one first. */
function orderBy(columns: readonly (readonly Cell[])[], ascending: readonly boolean[], naFirst: boolean): number[] {
  const order = Array.from({ length: columns[0]?.length ?? 0 }, (_, i) => i);
  return order.sort((a, b) => {
    for (const [c, cells] of columns.entries()) {
      const [left, right] = [cells[a], cells[b]];
      const [noLeft, noRight] = [isMissing(left), isMissing(right)];
      if (noLeft && noRight) continue;
      if (noLeft || noRight) return noLeft === naFirst ? -1 : 1;
      const apart = compare(left, right);
      if (apart !== 0) return ascending[c] === true ? apart : -apart;
    }
    return a - b;
  });
}

onFrames({
  sortValues(this: FrameLike, by: string | readonly string[], options?: SortOptions) {
    const doing = `sortValues(${typeof by === 'string' ? `'${by}'` : 'by'})`;
    const names = namesIn(this, by, doing);
    demandSortOptions(doing, options);
    const columns = names.map((name) => columnsOf(this)[placeOf(this, name)]!);
    for (const [c, cells] of columns.entries()) demandOrder(cells, doing, names[c]!);
    const given = options?.ascending ?? true;
    const ascending = names.map((_, c) => (typeof given === 'boolean' ? given : (given[c] ?? true)));
    const order = orderBy(columns, ascending, options?.naPosition === 'first');
    return answered(this, takeRows(this, order), options?.inplace);
  },
  sortIndex(this: FrameLike, options?: SortOptions) {
    demandSortOptions('sortIndex()', options);
    demandOrder(this.index, 'sortIndex()', 'index');
    return answered(this, takeRows(this, orderOf(this.index, options?.ascending !== false)), options?.inplace);
  },
  nLargest(this: FrameLike, n: number, by: string) {
    const cells = columnsOf(this)[placeOf(this, by)]!;
    demandOrder(cells, 'nLargest()', by);
    return takeRows(this, orderOf(cells, false).slice(0, n));
  },
  nSmallest(this: FrameLike, n: number, by: string) {
    const cells = columnsOf(this)[placeOf(this, by)]!;
    demandOrder(cells, 'nSmallest()', by);
    return takeRows(this, orderOf(cells, true).slice(0, n));
  },
});

function orderOfSeries(series: SeriesLike, doing: string, options: SortOptions | undefined): number[] {
  demandSortOptions(doing, options);
  demandOrder(series.values, doing, shownName(series));
  return orderOf(series.values, options?.ascending !== false, options?.naPosition);
}

onSeries({
  sortValues(this: SeriesLike, options?: SortOptions) {
    const made = takeValues(this, orderOfSeries(this, 'sortValues()', options));
    return answeredSeries(this, made, options?.inplace);
  },
  sortIndex(this: SeriesLike, options?: SortOptions) {
    demandSortOptions('sortIndex()', options);
    demandOrder(this.index, 'sortIndex()', 'index');
    const made = takeValues(this, orderOf(this.index, options?.ascending !== false));
    return answeredSeries(this, made, options?.inplace);
  },
  argSort(this: SeriesLike, options?: SortOptions) {
    return seriesOf(orderOfSeries(this, 'argSort()', options));
  },
});
