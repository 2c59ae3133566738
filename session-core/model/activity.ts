// The entries of the activity list: a code for what happened, and its facts. The English is in `sentences/en/activity.ts`.
// Invariant: no text of a suggestion, no vote, no guess, no secret; `about` names the suggestion or run, and the page shows
// of it what its reader may see.
import type { Id } from './types.ts';

type None = Readonly<Record<never, never>>;
type Named = { readonly name: string };
type Numbered = { readonly run: number };

interface FactsByActivity {
  session_created: None;
  session_ended: None;
  /** `task`: the sentence that the course gives it. */
  task_changed: { readonly task: string };
  participant_joined: Named;
  participant_removed: Named;
  join_code_changed: None;
  facilitator_link_made: None;
  facilitator_link_used: None;
  facilitator_links_revoked: { readonly links: number };
  hand_raised: None;
  hands_lowered: None;
  timer_set: { readonly minutes: number };
  timer_stopped: None;
  poll_opened: { readonly question: string };
  poll_closed: { readonly answers: number };
  driving_started: None;
  driving_offered: Named;
  offer_expired: None;
  driving_stopped: None;
  driving_revoked: Named;
  driving_lapsed: Named;
  driving_ended: Named;
  suggestion_added: None;
  patch_suggested: None;
  suggestion_approved: None;
  suggestion_declined: None;
  suggestion_merged: None;
  moderation_undone: None;
  suggestion_pinned: None;
  suggestion_accepted: None;
  suggestion_unaccepted: None;
  revision_restored: { readonly revision: number };
  checkpoint_loaded: { readonly checkpoint: string };
  run_started: Numbered;
  run_succeeded: Numbered | (Numbered & { readonly metric: string; readonly value: number });
  run_failed: Numbered | (Numbered & { readonly stage: string });
  run_cancelled: Numbered;
  run_interrupted: Numbered;
  run_struck: Numbered;
  run_unstruck: Numbered;
  run_cleared: Numbered;
  run_suspected: Numbered;
  run_found_suspect: Numbered;
}

export type ActivityCode = keyof FactsByActivity;

/** What happened. `by` did it; where that is null, the sentence says so by itself. */
export type Activity = {
  readonly [C in ActivityCode]: { readonly what: C; readonly facts: FactsByActivity[C] };
}[ActivityCode];

export type ActivityEntry = Activity & {
  readonly seq: number;
  readonly at: number;
  readonly by: Id | null;
  readonly about?: Id;
  /** For facilitators alone. */
  readonly private?: true;
};

/** One sentence for each code, without its subject where somebody did it; `system`: nobody did. */
export type ActivitySentences = {
  readonly [C in ActivityCode]: (facts: FactsByActivity[C], system: boolean) => string;
};
