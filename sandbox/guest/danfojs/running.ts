// What goes down a column: cumSum and its siblings, rank, shift, diff, clip. A missing value stays missing and does
// not spoil those after it, as in pandas; the package drops it, so that rows shift, or turns all that follow to NaN.

import {
  answered,
  answeredSeries,
  columnsOf,
  demandOptions,
  frameLike,
  frameOf,
  seriesLike,
  shownName,
} from './build.ts';
import { compare, demandOrder, isMissing, numbersOf, orderOf, shown } from './cells.ts';
import { DataFrame, onFrames, onSeries } from './classes.ts';
import type { Cell, FrameLike, InPlace, SeriesLike } from './frame-types.ts';

interface RowsOrColumns extends InPlace {
  readonly axis?: 0 | 1;
}

const RUNNING: Readonly<Record<string, (sofar: number, value: number) => number>> = {
  cumSum: (sofar, value) => sofar + value,
  cumProd: (sofar, value) => sofar * value,
  cumMin: Math.min,
  cumMax: Math.max,
};

for (const [method, step] of Object.entries(RUNNING)) {
  const running = (cells: readonly Cell[], column: string): Cell[] => accumulated(cells, column, { method, step });
  onSeries({
    [method](this: SeriesLike, options?: InPlace) {
      demandOptions(`${method}()`, options, ['inplace', 'axis']);
      return answeredSeries(this, seriesLike(this, running(this.values, shownName(this))), options?.inplace);
    },
  });
  onFrames({
    [method](this: FrameLike, options?: RowsOrColumns) {
      demandOptions(`${method}()`, options, ['inplace', 'axis']);
      return answered(this, along(this, options?.axis, running), options?.inplace);
    },
  });
}

/** The cells so far, up to each row: NaN where the row's own cell is missing. */
export function runningOf(method: string): ((cells: readonly Cell[], column: string) => Cell[]) | undefined {
  const step = Object.hasOwn(RUNNING, method) ? RUNNING[method] : undefined;
  return step === undefined ? undefined : (cells, column) => accumulated(cells, column, { method, step });
}

function accumulated(
  cells: readonly Cell[],
  column: string,
  { method, step }: { method: string; step: (sofar: number, value: number) => number },
): Cell[] {
  let sofar: number | undefined;
  return Array.from(numbersOf(cells, `${method}()`, column), (value) => {
    if (Number.isNaN(value)) return Number.NaN;
    sofar = sofar === undefined ? value : step(sofar, value);
    return sofar;
  });
}

/** A method of lists for each column (axis 0, the default) or each row. */
function along(frame: FrameLike, axis: 0 | 1 = 0, of: (cells: readonly Cell[], column: string) => Cell[]): FrameLike {
  if (axis === 0)
    return frameLike(
      frame,
      columnsOf(frame).map((cells, c) => of(cells, frame.columns[c]!)),
    );
  const rows = frame.$data.map((row) => of(row, ''));
  return frameLike(
    frame,
    frame.columns.map((_, c) => rows.map((row) => row[c])),
  );
}

export interface RankOptions {
  readonly method?: 'average' | 'min' | 'max' | 'first' | 'dense';
  readonly ascending?: boolean;
  readonly naOption?: 'keep' | 'top' | 'bottom';
  readonly pct?: boolean;
}

/** 1 for the smallest; equal values share their mean rank unless `method` says otherwise; missing stays missing. */
function ranked(cells: readonly Cell[], column: string, options: RankOptions = {}): Cell[] {
  demandOptions('rank()', options, ['method', 'ascending', 'naOption', 'pct']);
  const { method = 'average', ascending = true, naOption = 'keep', pct = false } = options;
  if (!['average', 'min', 'max', 'first', 'dense'].includes(method)) {
    throw new RangeError(`rank(): method is ${shown(method)}, but must be 'average', 'min', 'max', 'first' or 'dense'`);
  }
  if (!['keep', 'top', 'bottom'].includes(naOption)) {
    throw new RangeError(`rank(): naOption is ${shown(naOption)}, but must be 'keep', 'top' or 'bottom'`);
  }
  demandOrder(cells, 'rank()', column);
  const order = orderOf(cells, ascending, naOption === 'top' ? 'first' : 'last').filter(
    (at) => naOption !== 'keep' || !isMissing(cells[at]),
  );
  const ranks = new Array<Cell>(cells.length).fill(Number.NaN);
  let dense = 0;
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && same(cells[order[from]!], cells[order[to]!])) to++;
    dense++;
    for (let i = from; i < to; i++) {
      const rank = { average: (from + to + 1) / 2, min: from + 1, max: to, first: i + 1, dense }[method];
      ranks[order[i]!] = rank;
    }
    from = to;
  }
  const of = method === 'dense' ? dense : order.length;
  return pct ? ranks.map((rank) => (rank as number) / of) : ranks;
}

function same(a: Cell, b: Cell): boolean {
  return isMissing(a) ? isMissing(b) : !isMissing(b) && compare(a, b) === 0;
}

function shifted(cells: readonly Cell[], periods: number, fill: Cell): Cell[] {
  if (!Number.isInteger(periods)) {
    throw new RangeError(`shift(periods): periods is ${String(periods)}, but must be a whole number of rows`);
  }
  return cells.map((_, i) => (i - periods in cells ? cells[i - periods] : fill));
}

function differences(cells: readonly Cell[], column: string, periods: number): Cell[] {
  const numbers = Array.from(numbersOf(cells, 'diff()', column));
  const before = shifted(numbers, periods, Number.NaN) as number[];
  return numbers.map((value, i) => value - before[i]!);
}

const packageDiff = DataFrame.prototype['diff'] as unknown as (this: FrameLike, ...args: unknown[]) => unknown;

interface Bounds {
  readonly lower?: number;
  readonly upper?: number;
}

function boundsOf(lower: number | Bounds | undefined, upper: number | undefined): { low: number; high: number } {
  const given = typeof lower === 'object' && lower !== null ? lower : { lower, upper };
  demandOptions('clip()', given, ['lower', 'upper']);
  const low = given.lower ?? Number.NEGATIVE_INFINITY;
  const high = given.upper ?? Number.POSITIVE_INFINITY;
  if (typeof low !== 'number' || typeof high !== 'number' || !(low <= high)) {
    throw new RangeError(`clip(lower, upper): ${shown(low)} to ${shown(high)} is no range of numbers`);
  }
  return { low, high };
}

function clipped(cells: readonly Cell[], column: string, { low, high }: { low: number; high: number }): Cell[] {
  return Array.from(numbersOf(cells, 'clip()', column), (value) => Math.min(high, Math.max(low, value)));
}

onSeries({
  rank(this: SeriesLike, options?: RankOptions) {
    return seriesLike(this, ranked(this.values, shownName(this), options));
  },
  shift(this: SeriesLike, periods = 1, options?: { fillValue?: Cell }) {
    demandOptions('shift()', options, ['fillValue']);
    return seriesLike(this, shifted(this.values, periods, options?.fillValue ?? Number.NaN));
  },
  diff(this: SeriesLike, periods = 1) {
    return seriesLike(this, differences(this.values, shownName(this), periods));
  },
  pctChange(this: SeriesLike, periods = 1) {
    const numbers = Array.from(numbersOf(this.values, 'pctChange()', shownName(this)));
    const before = shifted(numbers, periods, Number.NaN) as number[];
    return seriesLike(
      this,
      numbers.map((value, i) => value / before[i]! - 1),
    );
  },
  clip(this: SeriesLike, lower?: number | Bounds, upper?: number) {
    return seriesLike(this, clipped(this.values, shownName(this), boundsOf(lower, upper)));
  },
});

onFrames({
  rank(this: FrameLike, options?: RankOptions & { numericOnly?: boolean }) {
    const { numericOnly = false, ...rest } = options ?? {};
    const columns = columnsOf(this);
    const kept = this.columns.map((_, c) => c).filter((c) => !numericOnly || this.dtypes[c] !== 'string');
    const names = kept.map((c) => this.columns[c]!);
    return frameOf(
      names,
      kept.map((c) => ranked(columns[c]!, this.columns[c]!, rest)),
      this.index,
    );
  },
  shift(this: FrameLike, periods = 1, options?: { fillValue?: Cell }) {
    demandOptions('shift()', options, ['fillValue']);
    return frameLike(
      this,
      columnsOf(this).map((cells) => shifted(cells, periods, options?.fillValue ?? Number.NaN)),
    );
  },
  diff(this: FrameLike, periods: number | FrameLike = 1, options?: object) {
    if (typeof periods !== 'number' || options !== undefined) return packageDiff.call(this, periods, options);
    return frameLike(
      this,
      columnsOf(this).map((cells, c) => differences(cells, this.columns[c]!, periods)),
    );
  },
  clip(this: FrameLike, lower?: number | Bounds, upper?: number) {
    const bounds = boundsOf(lower, upper);
    return frameLike(
      this,
      columnsOf(this).map((cells, c) => clipped(cells, this.columns[c]!, bounds)),
    );
  },
});
