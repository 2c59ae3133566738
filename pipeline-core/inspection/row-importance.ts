// Permutation importance of the columns of a raw table, through a model's answers alone (Breiman 2001; Fisher et al. 2019):
// how much worse the error gets when one column is shuffled. The same shuffles as `permutationImportance`.
// Invariant: columns that repeat each other share their importance and look smaller.
import { square } from '../math/deterministic-math.ts';
import { createRng, permutation } from '../math/rng.ts';
import type { AskModel } from './mixtures.ts';

export interface RowImportance {
  readonly column: string;
  /** Mean rise of the error over the shuffles. */
  readonly mean: number;
  /** 95 % for the mean over all shuffles that there could be. */
  readonly interval: readonly [number, number];
  /** Rise of the error at each shuffle. */
  readonly values: readonly number[];
  /** An answer changed: without one the model makes no use of the column. */
  readonly used: boolean;
}

export type ErrorOfAnswers = (answers: readonly (readonly number[])[]) => number;

/** 97.5 % point of the t distribution with 1 to 9 degrees of freedom. */
const T975 = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262];
const Z975 = 1.96;

export const N_REPEATS = 5;

/** @param at the place of the column among all: its shuffles depend on nothing else */
export async function rowImportance(
  column: string,
  job: {
    readonly ask: AskModel;
    /** How many rows are held: all of them are asked. */
    readonly rows: number;
    /** What the model answers for them as they are. */
    readonly asTheyAre: readonly (readonly number[])[];
    readonly error: ErrorOfAnswers;
    readonly at: number;
    readonly nRepeats?: number;
    readonly randomState?: number;
  },
): Promise<RowImportance> {
  const { ask, rows, asTheyAre, error, at, nRepeats = N_REPEATS, randomState = 0 } = job;
  const base = Array.from({ length: rows }, (_, i) => i);
  const random = createRng(randomState);
  const shuffles: number[] = [];
  const questions = Array.from({ length: nRepeats }, (_, r) => ({
    base,
    columns: [column],
    from: [...permutation(rows, random.fork(at * nRepeats + r))],
  }));
  const answers = await ask(questions);
  const baseline = error(asTheyAre);
  let used = false;
  for (let r = 0; r < nRepeats; r++) {
    const shuffled = answers.slice(r * rows, (r + 1) * rows);
    shuffles.push(error(shuffled) - baseline);
    used ||= shuffled.some((answer, i) => answer.some((value, k) => value !== asTheyAre[i]![k]));
  }
  const mean = shuffles.reduce((sum, value) => sum + value, 0) / nRepeats;
  const variance = shuffles.reduce((sum, value) => sum + square(value - mean), 0) / Math.max(1, nRepeats - 1);
  const half = nRepeats > 1 ? (T975[nRepeats - 2] ?? Z975) * Math.sqrt(variance / nRepeats) : 0;
  return { column, mean, interval: [mean - half, mean + half], values: shuffles, used };
}
