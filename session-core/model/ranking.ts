// The order of the suggestions: one for every screen and for the choice of what is previewed automatically.
// Invariant: total and never random, so the same suggestions always come in the same order.
import type { Id } from './types.ts';

/** Ids of one kind in the order in which they were made; total over any strings. */
const compareIds = (a: Id, b: Id): number => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);

export interface Ranked {
  readonly id: Id;
  readonly votes: number;
  readonly at: number;
}

/** Popular: most votes, then older first. */
export const byPopularity = (a: Ranked, b: Ranked): number =>
  b.votes - a.votes || a.at - b.at || compareIds(a.id, b.id);

/** New: newer first. */
export const byAge = (a: Ranked, b: Ranked): number => b.at - a.at || compareIds(b.id, a.id);

type Pinnable = { readonly pinned: boolean };
export const pinnedFirst = (a: Pinnable, b: Pinnable): number => Number(b.pinned) - Number(a.pinned);
