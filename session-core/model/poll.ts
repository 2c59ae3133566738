// A question to everybody and its answers, as the state keeps them.
import type { Id } from './types.ts';

/** A question of the facilitators to everybody. */
export interface Poll {
  readonly question: string;
  /** null: an open question, answered in words. */
  readonly choices: readonly string[] | null;
  readonly at: number;
  readonly closedAt: number | null;
  /** By participant, one each. */
  readonly answers: Readonly<Record<Id, PollAnswer>>;
}
/** `seq`: of the event that gave it, which names it without naming who answered. */
export type PollAnswer =
  | { readonly seq: number; readonly choice: number }
  | { readonly seq: number; readonly text: string; readonly hidden?: true };
