// What the model answers as one column of a raw table moves and all else stays: the mean over rows (Friedman 2001) and
// lines of single rows (individual conditional expectation, Goldstein et al. 2015), through its answers alone.
import type { AskModel, Cell } from './mixtures.ts';

export interface RowDependence {
  readonly column: string;
  /** Values tried: numbers rising, or words, the most frequent first. */
  readonly grid: readonly Cell[];
  /** How many rows of the table lie at each value, or nearest to it. */
  readonly counts: readonly number[];
  /** Mean answer over the rows at each value. */
  readonly average: readonly number[];
  /** A quarter of the rows is below the first, a quarter above the second, at each value. */
  readonly quartiles: readonly (readonly [number, number])[];
  readonly individual: readonly { readonly row: number; readonly values: readonly number[] }[];
}

const MOST_STEPS = 16;
const MOST_LEVELS = 12;
const EDGE = 0.05;

/**
 * Numbers with few values: each of them; else even steps between the 5 % and the 95 % quantile, whole where all values
 * are. Words: the most frequent.
 */
export function gridOf(cells: readonly Cell[]): readonly Cell[] {
  const numbers = cells.filter((cell) => typeof cell === 'number' && Number.isFinite(cell)) as number[];
  if (numbers.length < cells.length || numbers.length === 0) {
    const counts = new Map<Cell, number>();
    for (const cell of cells) counts.set(cell, (counts.get(cell) ?? 0) + 1);
    return [...counts]
      .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
      .slice(0, MOST_LEVELS)
      .map(([cell]) => cell);
  }
  const sorted = numbers.sort((a, b) => a - b);
  const distinct = [...new Set(sorted)];
  if (distinct.length <= MOST_STEPS) return distinct;
  const low = sorted[Math.floor(EDGE * (sorted.length - 1))]!;
  const high = sorted[Math.ceil((1 - EDGE) * (sorted.length - 1))]!;
  const whole = distinct.every(Number.isInteger);
  const steps = Array.from({ length: MOST_STEPS }, (_, k) => low + ((high - low) * k) / (MOST_STEPS - 1));
  return [...new Set(whole ? steps.map(Math.round) : steps)];
}

export async function rowDependence(
  column: string,
  job: {
    readonly ask: AskModel;
    /** Rows that the mean is taken over, as they are held. */
    readonly rows: readonly number[];
    /** Of them the first are drawn as lines of their own. */
    readonly lines: number;
    readonly cells: readonly Cell[];
    readonly grid?: readonly Cell[];
    /** Which of the answer's numbers. */
    readonly output: number;
  },
): Promise<RowDependence> {
  const { ask, rows, lines, cells, output } = job;
  const grid = job.grid ?? gridOf(cells);
  const answers = await ask(grid.map((value) => ({ base: rows, columns: [column], values: [value] })));
  const at = (g: number, i: number) => answers[g * rows.length + i]![output]!;
  const columns = grid.map((_, g) => rows.map((_row, i) => at(g, i)));
  return {
    column,
    grid,
    counts: countsOf(cells, grid),
    average: columns.map((values) => values.reduce((sum, value) => sum + value, 0) / rows.length),
    quartiles: columns.map((values) => {
      const sorted = values.sort((a, b) => a - b);
      const place = (share: number) => sorted[Math.round(share * (sorted.length - 1))]!;
      return [place(0.25), place(0.75)] as const;
    }),
    individual: rows.slice(0, lines).map((row, i) => ({ row, values: grid.map((_, g) => at(g, i)) })),
  };
}

function countsOf(cells: readonly Cell[], grid: readonly Cell[]): number[] {
  const counts = grid.map(() => 0);
  const numeric = grid.every((value) => typeof value === 'number');
  for (const cell of cells) {
    const exact = grid.indexOf(cell);
    if (exact !== -1) counts[exact]!++;
    else if (numeric && typeof cell === 'number') {
      let nearest = 0;
      for (let g = 1; g < grid.length; g++)
        if (Math.abs((grid[g] as number) - cell) < Math.abs((grid[nearest] as number) - cell)) nearest = g;
      counts[nearest]!++;
    }
  }
  return counts;
}
