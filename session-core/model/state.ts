// The state of a session: plain JSON, one shape in memory and on disk. Only `evolve` makes a new one.
// Invariant: `view.ts` alone decides which part of it is public, for facilitators, or for one participant.
import type { Task } from '#pipeline-core/core/report.ts';
import type { ActivityEntry } from './activity.ts';
import { type Agenda, NO_AGENDA } from './agenda.ts';
import type { CodeChecks } from './checks.ts';
import type { Anchor, Patch, SharedExpression } from './client-commands.ts';
import type { MachineSearch } from './machine-search.ts';
import { NO_TASK } from './no-task.ts';
import type { Poll } from './poll.ts';
import type { RecentCommands } from './recent-commands.ts';
import type {
  Against,
  Id,
  MergeState,
  RunKind,
  RunPair,
  RunSummary,
  Scene,
  Settings,
  ShownPlace,
  Tree,
} from './types.ts';

export const DEFAULT_SETTINGS: Settings = {
  approveFirst: false,
  frozen: false,
  locked: false,
  wordFilter: true,
  autoRun: true,
  previews: 'top',
  previewTop: 3,
  holdout: 'hidden',
  reveal: false,
  joinOrigin: null,
  requiredChecks: [],
  language: 'en',
  license: 'MIT',
};

export interface HeldNames {
  readonly displayName?: string;
  readonly credit?: string;
}

export interface Participant {
  readonly displayName: string;
  readonly tokenHash: string;
  readonly facilitator: boolean;
  readonly removed: boolean;
  readonly joinedAt: number;
  /** A facilitator: who made the link that let them in. */
  readonly letInBy?: Id;
  /** A name to be credited by, set by the participant. */
  readonly credit?: string;
  /** Names that they want and the word filter holds. */
  readonly held?: HeldNames;
}

export interface FacilitatorLink {
  /** SHA-256 of its secret, hex. */
  readonly hash: string;
  readonly at: number;
  readonly madeBy: 'creation' | 'start' | 'facilitator';
  readonly by: Id | null;
  /** Valid until it is revoked; others until their first use. */
  readonly reusable: boolean;
}

/** The driver role: `participant` may write from the connections of `tab`. */
export interface Driver {
  readonly participant: Id;
  readonly tab: string;
  readonly since: number;
}

/** The driver role, offered by the driver, or by a facilitator (also while nobody drives). */
export interface Offer {
  readonly to: Id;
  readonly by: Id | null;
  readonly at: number;
}

/** How the last offer ended that was not accepted: refused by its participant, taken back, or not answered in time. */
export interface ClosedOffer extends Offer {
  readonly how: 'refused' | 'withdrawn' | 'lapsed';
}

export type SuggestionStatus = 'pending' | 'open' | 'accepted' | 'declined' | 'merged' | 'withdrawn';

export interface Suggestion {
  readonly author: Id;
  readonly text: string;
  readonly status: SuggestionStatus;
  /** The word filter held it; for facilitators. */
  readonly flagged: boolean;
  readonly stage?: string;
  readonly anchor?: Anchor;
  readonly patch?: Patch;
  /** What others look at with it, answered when somebody does. */
  readonly expression?: SharedExpression;
  /** Of the patch; absent: the first. */
  readonly version?: number;
  readonly mergeState?: MergeState;
  /** What was found in this version of the patch without running it. */
  readonly checks?: CodeChecks;
  /** The revision that it was checked with; absent: before this was recorded. */
  readonly checkedOn?: number;
  readonly reason?: string;
  readonly mergedInto?: Id;
  /** participant -> true; the author is one of them. */
  readonly voters: Readonly<Record<Id, true>>;
  readonly pinned: boolean;
  /** Revision at the moment of the pin. */
  readonly pinnedAt?: number;
  /** Runs that previewed it, newest last. */
  readonly previews: readonly Id[];
  /** The run that the newest preview is compared with, where it is not the run's own (a reused result). */
  readonly previewAgainst?: Id;
  /** The comparison with that run, where the run itself was compared with another. */
  readonly previewComparison?: Against;
  readonly accepted?: {
    readonly how: 'patch' | 'hand' | 'words';
    readonly from: number;
    readonly to: number;
    readonly by: Id;
    readonly at: number;
    readonly run?: Id;
  };
  readonly at: number;
  readonly editedAt?: number;
}

export type RunStatus = 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled' | 'interrupted';

export interface Run {
  readonly kind: RunKind;
  readonly status: RunStatus;
  /** Count of main runs, from 1: "run #5"; absent on previews. */
  readonly number?: number;
  readonly revision: number;
  /** Id of the task of its revision. */
  readonly task: string;
  readonly tree: Tree;
  readonly force?: readonly string[];
  readonly suggestion?: Id;
  readonly draftOf?: Id;
  readonly patch?: Patch;
  readonly against?: Id;
  readonly why: string;
  readonly by: Id | null;
  readonly report?: RunSummary;
  /** Main runs, from start to end: the guesses that closed when it started. Visible to nobody. */
  readonly closed?: Readonly<Record<Id, number>>;
  /** Main runs: the three closest guesses, nearest first. */
  readonly guesses?: readonly { readonly participant: Id; readonly value: number }[];
  /** Main runs: a facilitator took the result out of the comparison. */
  readonly struck?: { readonly reason: string; readonly by: Id | null; readonly at: number };
  /** A facilitator has seen its alarms and wants the result to count. */
  readonly cleared?: true;
  readonly requestedAt: number;
  readonly startedAt?: number;
  readonly endedAt?: number;
}

export interface Revision {
  readonly tree: Tree;
  /** Id of its task. */
  readonly task: string;
  readonly at: number;
  readonly by: Id | null;
  readonly why: string;
  readonly suggestion?: Id;
  readonly restored?: number;
  readonly checkpoint?: string;
}

/** What is needed to undo a moderation action. */
export type ModerationRecord =
  | {
      readonly kind: 'remove';
      readonly participant: Id;
      readonly facilitator: boolean;
      /** What was taken along: open and pending suggestions as they were, and the suggestions voted for. */
      readonly suggestions?: Readonly<Record<Id, Suggestion>>;
      readonly votes?: readonly Id[];
    }
  | { readonly kind: 'hands'; readonly hands: Readonly<Record<Id, { readonly at: number }>> }
  | { readonly kind: 'approve' | 'decline'; readonly suggestion: Id; readonly before: Suggestion }
  | {
      readonly kind: 'merge';
      readonly suggestion: Id;
      readonly before: Suggestion;
      readonly into: Id;
      readonly addedVoters: readonly Id[];
    };

export interface SessionState {
  readonly id: string;
  /** seq of the last event evolved; 0 before `session.created`. */
  readonly seq: number;
  readonly title: string;
  readonly joinCode: string;
  readonly status: 'open' | 'ended';
  readonly createdAt: number;
  readonly settings: Settings;
  /** The task of the current text. */
  readonly task: Task;
  /** Every task so far, by id. */
  readonly tasks: Readonly<Record<string, Task>>;
  /** Links that make a facilitator and are still valid. */
  readonly facilitatorLinks: Readonly<Record<Id, FacilitatorLink>>;
  readonly participants: Readonly<Record<Id, Participant>>;
  /** In the order they were raised. */
  readonly hands: Readonly<Record<Id, { readonly at: number }>>;
  readonly pulses: Readonly<
    Record<Id, { readonly value: 'fast' | 'lost' | 'fine'; readonly at: number; readonly seq: number }>
  >;
  /** For the next main run. */
  readonly guesses: Readonly<Record<Id, number>>;
  readonly polls: Readonly<Record<Id, Poll>>;
  readonly driver: Driver | null;
  /** Outstanding; at most one. */
  readonly offer: Offer | null;
  readonly closedOffer: ClosedOffer | null;
  readonly suggestions: Readonly<Record<Id, Suggestion>>;
  readonly runs: Readonly<Record<Id, Run>>;
  /** Each participant's last preview of a draft, a patch not sent yet: visible to its author alone. */
  readonly drafts: Readonly<
    Record<Id, { readonly run: Id; readonly patch: Patch; readonly against?: Id; readonly comparison?: Against }>
  >;
  /** The last search of the machine for better parameters. */
  readonly search: MachineSearch | null;
  readonly revisions: Readonly<Record<string, Revision>>;
  readonly revision: number;
  /** `step`: of the agenda, whose minutes they are; else they are a driver's turn. */
  readonly timer: { readonly minutes: number; readonly startedAt: number; readonly step?: Id } | null;
  /** Of the projector view, the event that chose it, and when. */
  readonly scene: {
    readonly name: Scene;
    readonly seq: number;
    readonly at: number;
    readonly runs?: RunPair;
    readonly column?: string;
    readonly place?: ShownPlace;
  };
  readonly agenda: Agenda;
  /** seq of the event -> how to undo it. */
  readonly moderation: Readonly<Record<string, ModerationRecord>>;
  /** Ids of the last 50 commands per participant; see `recent-commands.ts`. */
  readonly recentCommands: RecentCommands;
  /** Whose command the last event belongs to: the events of one command follow each other, the first carries the command's id. */
  readonly acting: Id | null;
  /** The last `LIMITS.activity` entries of the activity list. */
  readonly activity: readonly ActivityEntry[];
}

/** Before `session.created`. */
export const initialState: SessionState = {
  id: '',
  seq: 0,
  title: '',
  joinCode: '',
  status: 'open',
  createdAt: 0,
  settings: DEFAULT_SETTINGS,
  task: NO_TASK,
  tasks: {},
  facilitatorLinks: {},
  participants: {},
  hands: {},
  pulses: {},
  guesses: {},
  polls: {},
  driver: null,
  offer: null,
  closedOffer: null,
  suggestions: {},
  runs: {},
  drafts: {},
  search: null,
  revisions: {},
  revision: 0,
  timer: null,
  scene: { name: 'join', seq: 0, at: 0 },
  agenda: NO_AGENDA,
  moderation: {},
  recentCommands: {},
  acting: null,
  activity: [],
};
