// rolling(n): statistics of each value with the n - 1 before it, as pandas has them.
// Invariant: each window is computed by itself, so that no value leaves a rounding error behind for those after it.
import { columnsOf, demandOptions, frameLike, seriesLike, shownName } from './build.ts';
import { numbersOf } from './cells.ts';
import { onFrames, onSeries } from './classes.ts';
import type { Cell, FrameLike, SeriesLike } from './frame-types.ts';
import { STATISTICS } from './statistics.ts';

export interface RollingOptions {
  /** A window with fewer values that are not missing answers NaN; default: the whole window. */
  readonly minPeriods?: number;
}

interface Window {
  readonly size: number;
  readonly least: number;
}

/** What rolling() answers: a statistic of it is a Series or frame with a value for each row. */
export class Rolling {
  readonly #of: (statistic: string) => unknown;

  constructor(of: (statistic: string) => unknown) {
    this.#of = of;
  }

  mean(): unknown {
    return this.#of('mean');
  }
  sum(): unknown {
    return this.#of('sum');
  }
  min(): unknown {
    return this.#of('min');
  }
  max(): unknown {
    return this.#of('max');
  }
  median(): unknown {
    return this.#of('median');
  }
  /** Of the sample (n - 1). */
  std(): unknown {
    return this.#of('std');
  }
  var(): unknown {
    return this.#of('var');
  }
}

function windowOf(size: unknown, options: RollingOptions | undefined): Window {
  demandOptions('rolling()', options, ['minPeriods']);
  if (!Number.isInteger(size) || (size as number) < 1) {
    throw new RangeError(`rolling(size): size is ${String(size)}, but must be a whole number of rows, such as 3`);
  }
  const least = options?.minPeriods ?? (size as number);
  if (!Number.isInteger(least) || least < 0 || least > (size as number)) {
    throw new RangeError(
      `rolling(): minPeriods is ${String(least)}, but must be a whole number from 0 to ${String(size)}`,
    );
  }
  return { size: size as number, least };
}

function rolled(cells: readonly Cell[], column: string, { size, least }: Window, statistic: string): Cell[] {
  const numbers = numbersOf(cells, `rolling().${statistic}()`, column);
  const of = STATISTICS[statistic]!;
  return Array.from(numbers, (_, i) => {
    const window = Array.from(numbers.subarray(Math.max(0, i + 1 - size), i + 1)).filter(
      (value) => !Number.isNaN(value),
    );
    return window.length < least || window.length === 0
      ? emptyOf(statistic, window.length >= least)
      : of(window, column);
  });
}

/** pandas: the sum of an empty window that is allowed is 0. */
const emptyOf = (statistic: string, allowed: boolean): number => (statistic === 'sum' && allowed ? 0 : Number.NaN);

onSeries({
  rolling(this: SeriesLike, size: number, options?: RollingOptions) {
    const window = windowOf(size, options);
    return new Rolling((statistic) => seriesLike(this, rolled(this.values, shownName(this), window, statistic)));
  },
});

onFrames({
  rolling(this: FrameLike, size: number, options?: RollingOptions) {
    const window = windowOf(size, options);
    return new Rolling((statistic) =>
      frameLike(
        this,
        columnsOf(this).map((cells, c) => rolled(cells, this.columns[c]!, window, statistic)),
      ),
    );
  },
});
