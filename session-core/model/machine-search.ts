// What the machine found by trying other parameters: the best patch so far, which anybody may suggest.
import type { Patch } from './client-commands.ts';
import type { Id } from './types.ts';

/** A line of params.yaml, with the values as they are written. */
export interface ParamStep {
  readonly key: string;
  readonly before: string;
  readonly after: string;
}

export interface MachineBest {
  /** In the task's metric. */
  readonly metric: number;
  readonly changes: readonly ParamStep[];
  /** Against the revision that the search began with. */
  readonly patch: Patch;
}

/** How a search ended: its seconds were over, somebody stopped it, nothing was left to try, the code as it is has no score, a restart. */
export type SearchEnd = 'budget' | 'stopped' | 'exhausted' | 'failed' | 'interrupted';

export interface MachineSearch {
  readonly id: Id;
  readonly by: Id | null;
  readonly at: number;
  readonly seconds: number;
  readonly revision: number;
  /** Id of the task of that revision. */
  readonly task: string;
  /** Parameters tried, as far as reported. */
  readonly trials: number;
  /** The metric of the code as it is. */
  readonly base?: number;
  /** Hash of how the scores were made, as of a run's evaluation. */
  readonly evaluation?: string;
  readonly best?: MachineBest;
  readonly ended?: { readonly why: SearchEnd; readonly at: number };
}
