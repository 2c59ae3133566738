// Which parameters a search tries: all of a grid, in scikit-learn's order (names sorted, the last varies fastest), or drawn.

import { PipelineError } from '../core/errors.ts';
import { demandNumber, describe, refuse } from '../estimator/params.ts';
import { exp, log } from '../math/deterministic-math.ts';
import { createRng, permutation } from '../math/rng.ts';

/** Values by parameter. */
export type Grid = Readonly<Record<string, readonly unknown[]>>;

export interface Range {
  readonly low: number;
  readonly high: number;
  /** Evenly by order of magnitude: `low` must be above 0. */
  readonly log?: boolean;
  /** Whole numbers from low to high, both included. */
  readonly whole?: boolean;
}

export type Distributions = Readonly<Record<string, readonly unknown[] | Range | ((share: number) => unknown)>>;

/** Throws PipelineError 'bad-param' for what is no list of values. */
export function gridCandidates(given: Grid | readonly Grid[]): Record<string, unknown>[] {
  const grids = Array.isArray(given) ? (given as readonly Grid[]) : [given as Grid];
  return grids.flatMap((grid) => {
    let all: Record<string, unknown>[] = [{}];
    for (const name of Object.keys(grid).sort()) {
      const values = grid[name]!;
      if (!Array.isArray(values) || values.length === 0) {
        refuse(`paramGrid.${name}`, describe(values), 'a list of values such as [0.1, 1, 10]');
      }
      all = all.flatMap((one) => values.map((value) => ({ ...one, [name]: value })));
    }
    return all;
  });
}

/** Throws PipelineError 'bad-param'. */
export function drawnCandidates(from: Distributions, count: number, seed: number): Record<string, unknown>[] {
  const random = createRng(seed);
  const names = Object.keys(from).sort();
  if (names.length === 0) throw new PipelineError('bad-param', 'paramDistributions names no parameter to draw.');
  if (names.every((name) => Array.isArray(from[name]))) {
    const grid = gridCandidates(from as Grid);
    const order = permutation(grid.length, random);
    return Array.from(order.slice(0, count), (k) => grid[k]!);
  }
  return Array.from({ length: count }, () =>
    Object.fromEntries(names.map((name) => [name, drawn(name, from[name]!, random.next())])),
  );
}

function drawn(name: string, from: Distributions[string], share: number): unknown {
  if (typeof from === 'function') return from(share);
  if (Array.isArray(from)) return from[Math.floor(share * from.length)];
  const { low, high, log: byLog = false, whole = false } = from as Range;
  demandNumber(`${name}.low`, low, byLog ? Number.MIN_VALUE : -Number.MAX_VALUE);
  demandNumber(`${name}.high`, high, low);
  const top = whole ? high + 1 : high;
  const value = byLog ? exp(log(low) + share * (log(top) - log(low))) : low + share * (top - low);
  return whole ? Math.min(high, Math.floor(value)) : value;
}
