// The methods of danfojs' frames that a workshop stumbles over, put right: each says what the package does instead.
import { nearNames } from '#pipeline-core/core/errors.ts';
import { createRng, permutation } from '#pipeline-core/math/rng.ts';
import { define, dtypeOf } from './columns.ts';
import type { Cell, FrameClass, FrameLike, SeriesClass, SeriesLike } from './frame-types.ts';

type Method = (this: FrameLike, ...args: unknown[]) => unknown;

export function mendFrames(DataFrame: FrameClass): void {
  const prototype = DataFrame.prototype as unknown as Record<string, Method>;

  // The package reduces each row unless the axis says otherwise; a table's mean is the mean of its columns.
  for (const name of ['mean', 'median', 'mode', 'std', 'var', 'min', 'max', 'sum', 'count']) {
    const original = prototype[name]!;
    define(prototype, name, function (this: FrameLike, options?: { axis?: 0 | 1 }) {
      if (name !== 'count' && name !== 'sum') demandNumbers(this, name);
      return original.call(this, { axis: 0, ...options });
    });
  }

  // The package draws from the first `num` rows only, and takes labels of the index for positions.
  define(prototype, 'sample', async function (this: FrameLike, num = 5, options: { seed?: number } = {}) {
    const rows = this.shape[0];
    const count = Number(num);
    if (!Number.isInteger(count) || count < 1 || count > rows) {
      throw new RangeError(`sample(${String(num)}): the frame has ${rows} rows`);
    }
    const order = permutation(rows, createRng(Number(options.seed ?? 1)));
    return this.iloc({ rows: Array.from(order.subarray(0, count)) });
  });

  // The package's copy shares its rows with the original.
  define(prototype, 'copy', function (this: FrameLike) {
    const { $config: config } = this;
    const data = this.$data.map((row) => row.slice());
    return new DataFrame(data, {
      columns: this.columns.slice(),
      index: this.index.slice(),
      dtypes: this.dtypes.slice(),
      config: { ...config },
    });
  });

  // For a column that exists the package changes the frame even without `inplace`, and returns nothing.
  const addColumn = prototype['addColumn']!;
  define(prototype, 'addColumn', function (this: FrameLike, name: string, values: unknown, options?: object) {
    const inplace = (options as { inplace?: boolean } | undefined)?.inplace === true;
    if (inplace || !this.columns.includes(name)) return addColumn.call(this, name, values, options);
    const copy = this.copy() as FrameLike & Record<string, unknown>;
    copy.addColumn(name, values as Cell[], { inplace: true });
    return copy;
  });

  // A name that is not there gets the names that come near.
  const column = prototype['column']!;
  define(prototype, 'column', function (this: FrameLike, name: string) {
    if (!this.columns.includes(name)) throw new Error(unknownColumn(this, name));
    return column.call(this, name);
  });
  for (const name of ['loc', 'drop']) {
    const original = prototype[name]!;
    define(prototype, name, function (this: FrameLike, at: { columns?: unknown }, ...rest: unknown[]) {
      const asked = Array.isArray(at?.columns) ? at.columns : typeof at?.columns === 'string' ? [at.columns] : [];
      for (const key of asked) {
        if (typeof key === 'string' && !key.includes(':') && !this.columns.includes(key)) {
          throw new Error(unknownColumn(this, key));
        }
      }
      return original.call(this, at, ...rest);
    });
  }

  // Not in this build of the package.
  define(prototype, 'corr', function (this: FrameLike) {
    const numeric = this.columns.filter((_, c) => this.dtypes[c] !== 'string');
    const columns = numeric.map((name) => this.$dataIncolumnFormat[this.columns.indexOf(name)] as number[]);
    const values = columns.map((a) => columns.map((b) => correlation(a, b)));
    return new DataFrame(values, { columns: numeric, index: numeric });
  });
  define(prototype, 'print', function (this: FrameLike) {
    (globalThis as unknown as { console: { log(text: string): void } }).console.log(String(this));
  });
  mendGroups(DataFrame);
}

// The package refuses to average groups as soon as one column is text.
function mendGroups(DataFrame: FrameClass): void {
  const probe = new DataFrame([[1, 2]], { columns: ['key', 'value'] }) as FrameLike & {
    groupby(keys: string[]): object;
  };
  interface Group {
    groupColNames?: string[];
    columnName: string[];
    colDtype: string[];
    colIndex: number[];
    col(names: string[]): Group;
    operations(operation: string): unknown;
  }
  const prototype = Object.getPrototypeOf(probe.groupby(['key'])) as Group;
  const { operations } = prototype;
  define(prototype, 'operations', function (this: Group, operation: string) {
    if (this.groupColNames !== undefined || operation === 'count') return operations.call(this, operation);
    const numeric = this.columnName.filter((_, c) => !this.colIndex.includes(c) && this.colDtype[c] !== 'string');
    return operations.call(this.col(numeric), operation);
  });
}

function demandNumbers(frame: FrameLike, method: string): void {
  const text = frame.columns.filter((_, c) => frame.dtypes[c] === 'string');
  if (text.length === 0) return;
  const named = text.slice(0, 5).join(', ') + (text.length > 5 ? ' …' : '');
  throw new TypeError(
    `${method}() needs numbers, but ${named} ${text.length === 1 ? 'is' : 'are'} text: drop or encode first`,
  );
}

function unknownColumn(frame: FrameLike, name: string): string {
  const near = nearNames(name, frame.columns);
  return `The frame has no column ${name}. ${near.length > 0 ? `Did you mean ${near.join(' or ')}?` : `Its columns are ${frame.columns.join(', ')}.`}`;
}

/** Pearson's, over the rows where both are numbers; NaN for a constant column. */
function correlation(a: readonly number[], b: readonly number[]): number {
  let n = 0;
  let [meanA, meanB, sumA, sumB, sumAB] = [0, 0, 0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    if (Number.isNaN(a[i]) || Number.isNaN(b[i])) continue;
    n++;
    // Welford's update, so that large means do not eat the digits.
    const [da, db] = [a[i]! - meanA, b[i]! - meanB];
    meanA += da / n;
    meanB += db / n;
    sumA += da * (a[i]! - meanA);
    sumB += db * (b[i]! - meanB);
    sumAB += da * (b[i]! - meanB);
  }
  return sumAB / Math.sqrt(sumA * sumB);
}

export interface ConcatInput {
  readonly dfList: readonly (FrameLike | SeriesLike)[];
  readonly axis?: 0 | 1;
}

/** Frames below one another (axis 0, the default) or side by side; the package writes into the first frame. */
export function concatWith(DataFrame: FrameClass, Series: SeriesClass) {
  return ({ dfList, axis = 0 }: ConcatInput): FrameLike | SeriesLike => {
    if (!Array.isArray(dfList) || dfList.length === 0) throw new TypeError('concat({dfList}): give a list of frames');
    if (axis === 0 && dfList.every((part) => part.$isSeries)) {
      return new Series(dfList.flatMap((part) => part.values as Cell[]));
    }
    const parts = dfList.map((part) => ({ names: namesOf(part), columns: columnsOf(part) }));
    const out = new Map<string, Cell[]>();
    if (axis === 0) {
      for (const name of new Set(parts.flatMap(({ names }) => names))) {
        out.set(
          name,
          parts.flatMap(({ names, columns }) => columns[names.indexOf(name)] ?? missing(columns[0]?.length ?? 0)),
        );
      }
    } else {
      const rows = Math.max(...parts.map(({ columns }) => columns[0]?.length ?? 0));
      for (const { names, columns } of parts) {
        names.forEach((name, c) => {
          let free = name;
          for (let i = 1; out.has(free); i++) free = `${name}${i}`;
          out.set(free, [...columns[c]!, ...missing(rows - columns[c]!.length)]);
        });
      }
    }
    const names = [...out.keys()];
    const columns = [...out.values()];
    const data = Array.from({ length: columns[0]?.length ?? 0 }, (_, r) => columns.map((column) => column[r]));
    return new DataFrame(data, { columns: names, dtypes: columns.map(dtypeOf) });
  };
}

function namesOf(part: FrameLike | SeriesLike): string[] {
  return Array.isArray(part.columns) ? part.columns : [part.columns];
}

function columnsOf(part: FrameLike | SeriesLike): Cell[][] {
  return part.$isSeries ? [(part as SeriesLike).values] : (part as FrameLike).$dataIncolumnFormat;
}

function missing(count: number): Cell[] {
  return new Array<Cell>(count).fill(Number.NaN);
}
