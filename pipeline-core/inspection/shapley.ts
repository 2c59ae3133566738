// What pushed the answer for one row away from the mean answer: Shapley values against background rows, through a model's
// answers alone. Few columns: over all coalitions; many: over orders drawn at random (Strumbelj and Kononenko 2014), each
// together with its reverse, which halves the error of models that are nearly additive.
// Invariant: the pushes add up to the answer minus the mean answer of the background rows that were drawn.
import { square } from '../math/deterministic-math.ts';
import { createRng, permutation } from '../math/rng.ts';
import type { AskModel, Path, Question } from './mixtures.ts';

export interface Pushes {
  readonly answer: number;
  /** Mean answer of the background. */
  readonly base: number;
  readonly pushes: readonly {
    readonly column: string;
    readonly push: number;
    /** Standard error by the orders and background rows drawn; 0 where none was. */
    readonly error: number;
  }[];
  /** Over all coalitions and the whole background: nothing was drawn. */
  readonly exact: boolean;
  /** Orders drawn. */
  readonly orders: number;
}

export interface ShapleyJob {
  readonly ask: AskModel;
  /** The row that is explained, as it is held. */
  readonly row: number;
  /** Rows that stand for "column not known", as they are held. */
  readonly background: readonly number[];
  readonly columns: readonly string[];
  /** Which of the answer's numbers. */
  readonly output: number;
}

/** At most so many columns are explained over all coalitions: 2 to the power of it, times the background. */
export const MOST_EXACT = 7;

export async function exactPushes({ ask, row, background, columns, output }: ShapleyJob): Promise<Pushes> {
  const d = columns.length;
  const from = background.map(() => row);
  const questions = Array.from({ length: 1 << d }, (_, known): Question => {
    const taken = columns.filter((_column, j) => (known >> j) & 1);
    return { base: background, columns: taken, from };
  });
  const answers = await ask(questions);
  const n = background.length;
  const worth = questions.map((_, known) => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += answers[known * n + i]![output]!;
    return sum / n;
  });
  const share = shares(d);
  const pushes = columns.map((column, j) => {
    let push = 0;
    for (let known = 0; known < 1 << d; known++) {
      if ((known >> j) & 1) continue;
      push += share[bits(known)]! * (worth[known | (1 << j)]! - worth[known]!);
    }
    return { column, push, error: 0 };
  });
  return { answer: worth[(1 << d) - 1]!, base: worth[0]!, pushes, exact: true, orders: 0 };
}

/** Weight of a coalition by its size: size! (d - size - 1)! / d! */
function shares(d: number): number[] {
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
  return Array.from({ length: d }, (_, size) => (factorial(size) * factorial(d - size - 1)) / factorial(d));
}

function bits(known: number): number {
  let count = 0;
  for (let rest = known; rest > 0; rest &= rest - 1) count++;
  return count;
}

/** `more` is asked before each further batch: it says whether the errors so far are too large, and there is time. */
export async function sampledPushes(
  job: ShapleyJob & {
    /** Pairs of orders a batch. */
    readonly batch: number;
    readonly more: (drawn: {
      readonly orders: number;
      readonly worstError: number;
      readonly spread: number;
    }) => boolean;
    readonly randomState?: number;
  },
): Promise<Pushes> {
  const { ask, row, background, columns, output, batch, more, randomState = 0 } = job;
  const random = createRng(randomState);
  const sums = columns.map(() => 0);
  const squares = columns.map(() => 0);
  let pairs = 0;
  let baseSum = 0;
  let answer = Number.NaN;
  for (;;) {
    const paths = Array.from({ length: batch }, () => {
      const base = background[random.int(background.length)]!;
      const order = [...permutation(columns.length, random)];
      return [order, order.toReversed()].map((one) => ({ base, one }));
    }).flat();
    const answers = await ask(
      paths.map(({ base, one }): Path => ({ base, from: row, order: one.map((j) => columns[j]!) })),
    );
    const steps = columns.length + 1;
    for (let p = 0; p < paths.length; p += 2) {
      const pair = columns.map(() => 0);
      for (let half = 0; half < 2; half++) {
        const first = (p + half) * steps;
        paths[p + half]!.one.forEach((j, k) => {
          pair[j]! += (answers[first + k + 1]![output]! - answers[first + k]![output]!) / 2;
        });
      }
      answer = answers[p * steps + columns.length]![output]!;
      baseSum += answers[p * steps]![output]!;
      pair.forEach((push, j) => {
        sums[j]! += push;
        squares[j]! += square(push);
      });
    }
    pairs += batch;
    const errors = sums.map((sum, j) =>
      Math.sqrt(Math.max(0, squares[j]! / pairs - square(sum / pairs)) / Math.max(1, pairs - 1)),
    );
    const means = sums.map((sum) => sum / pairs);
    const spread = Math.max(0, ...means.map(Math.abs));
    if (more({ orders: 2 * pairs, worstError: Math.max(0, ...errors), spread })) continue;
    return {
      answer,
      base: baseSum / pairs,
      pushes: columns.map((column, j) => ({ column, push: means[j]!, error: errors[j]! })),
      exact: false,
      orders: 2 * pairs,
    };
  }
}
