// Samples of a table of growing sizes, drawn at random, for a curve of the score over the number of rows.
// Invariant: a seed decides them; rows of a group stay side by side, so that a sample has whole groups as far as it goes;
// each sample has about the same share of each class. Samples of one size overlap only where they must.
import { createRng, permutation } from '../math/rng.ts';

export interface SamplesOfSize {
  readonly rows: number;
  /** Indices of rows, in the order of the table. */
  readonly draws: readonly (readonly number[])[];
}

export interface TableRows {
  readonly count: number;
  /** The class of each row; absent: numbers. */
  readonly classes?: readonly number[];
  /** The group of each row. */
  readonly groups?: readonly string[];
}

/** Shares of the table, and how many samples of each: small ones vary more, and cost less. */
const SIZES = [
  { share: 0.1, draws: 4 },
  { share: 0.25, draws: 4 },
  { share: 0.5, draws: 2 },
  { share: 0.75, draws: 2 },
] as const;
/** With fewer there is nothing to measure. */
const FEWEST_ROWS = 20;

/** The smallest first; the last is the whole table, once. */
export function tableSamples(table: TableRows): readonly SamplesOfSize[] {
  const { count } = table;
  const order = orderOf(table);
  const sizes = SIZES.map(({ share, draws }) => ({ rows: Math.round(share * count), draws })).filter(
    ({ rows }) => rows >= FEWEST_ROWS && rows < count,
  );
  const drawn = sizes.map(({ rows, draws }): SamplesOfSize => {
    // The first begins at the start and the last ends at the end: neighbors overlap as little as they can.
    const step = draws > 1 ? (count - rows) / (draws - 1) : 0;
    const starts = Array.from({ length: draws }, (_, i) => Math.round(i * step));
    return { rows, draws: starts.map((start) => order.slice(start, start + rows).sort((a, b) => a - b)) };
  });
  return [...drawn, { rows: count, draws: [Array.from({ length: count }, (_, row) => row)] }];
}

function orderOf({ count, classes, groups }: TableRows): number[] {
  const rng = createRng(0);
  if (groups !== undefined) {
    const members = [...Map.groupBy(Array.from({ length: count }).keys(), (row) => groups[row] ?? '').values()];
    return [...permutation(members.length, rng)].flatMap((at) => members[at] ?? []);
  }
  const shuffled = [...permutation(count, rng)];
  if (classes === undefined) return shuffled;
  // Each class is spread evenly over the whole length.
  const place = new Map<number, number>();
  for (const own of Map.groupBy(shuffled, (row) => classes[row] ?? -1).values()) {
    for (const [i, row] of own.entries()) place.set(row, (i + 0.5) / own.length);
  }
  return shuffled.sort((a, b) => (place.get(a) ?? 0) - (place.get(b) ?? 0));
}
