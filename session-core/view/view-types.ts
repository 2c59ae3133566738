// The types of the views: the public view, the facilitators' superset, one participant's own part.
// Invariant: lists are maps keyed by id (`selectors.ts` sorts them); changes are additive until the first release.
import type { Comparison, RunError, RunFinding, StageResult, Task, TestResults } from '#pipeline-core/core/report.ts';
import type { Activity, ActivityEntry } from '../model/activity.ts';
import type { Anchor, Hunk, Patch, SharedExpression } from '../model/client-commands.ts';
import type { MachineSearch } from '../model/machine-search.ts';
import type { ClosedOffer, FacilitatorLink, HeldNames, RunStatus, SuggestionStatus } from '../model/state.ts';
import type { Id, RunPair, Scene, Settings, ShownPlace } from '../model/types.ts';
import type { AgendaView } from './view-agenda.ts';
import type { ChecksView, CodeStateView } from './view-checks.ts';

export interface PreviewView {
  readonly run: Id;
  readonly status: RunStatus;
  readonly revision: number;
  /** The task's metric; absent until it succeeded. */
  readonly metric?: number;
  /** The metric of the run it is compared with. */
  readonly base?: number;
  readonly change?: number;
  readonly verdict?: Comparison['verdict'];
  readonly reason?: Comparison['reason'];
  readonly stages: readonly StageResult[];
  readonly ms?: number;
  readonly error?: RunError;
  readonly tests?: TestResults;
  /** Checks have not ended yet: there is no verdict. */
  readonly checking?: true;
  /** Alarms that no facilitator has cleared: the verdict is not to be believed. */
  readonly suspect?: true;
  /** Warnings and alarms of the run. */
  readonly findings?: readonly RunFinding[];
}

export interface PatchView {
  readonly revision: number;
  /** Counts from 1; the formatter made the later ones. */
  readonly version: number;
  readonly state: 'clean' | 'stale' | 'conflict';
  readonly file?: string;
  readonly line?: number;
  readonly files: readonly { readonly path: string; readonly hunks: readonly Hunk[] }[];
}

export interface SuggestionView {
  readonly id: Id;
  readonly author: Id;
  readonly text: string;
  readonly stage?: string;
  readonly anchor?: Anchor;
  readonly patch?: PatchView;
  readonly expression?: SharedExpression;
  readonly status: SuggestionStatus;
  readonly reason?: string;
  readonly mergedInto?: Id;
  readonly votes: number;
  readonly pinned: boolean;
  readonly preview?: PreviewView;
  /** Of its patch. */
  readonly checks?: ChecksView;
  readonly accepted?: {
    readonly how: 'patch' | 'hand' | 'words';
    readonly from: number;
    readonly to: number;
    readonly at: number;
    readonly run?: Id;
  };
  readonly at: number;
  /** Facilitators only: the word filter held it. */
  readonly flagged?: boolean;
  /** Facilitators only: the moderation event that `moderation.undo` can undo. */
  readonly undo?: number;
}

export interface RunView {
  readonly id: Id;
  readonly kind: 'main' | 'preview';
  readonly number?: number;
  readonly suggestion?: Id;
  readonly status: RunStatus;
  readonly revision: number;
  readonly why: string;
  readonly by: Id | null;
  readonly stages: readonly StageResult[];
  readonly metrics: Readonly<Record<string, number>>;
  readonly error?: RunError;
  readonly findings: readonly RunFinding[];
  readonly tests?: TestResults;
  readonly comparison?: Comparison & { readonly against: Id };
  /** Checks have not ended yet: it does not count so far. */
  readonly checking?: true;
  /** It has alarms that no facilitator has cleared. */
  readonly suspect?: true;
  /** It has alarms, and a facilitator wants the result to count. */
  readonly cleared?: true;
  readonly struck?: { readonly reason: string; readonly by: Id | null; readonly at: number };
  /** Runs of the same series are measured alike. */
  readonly series?: string;
  /** Only where the settings show it. */
  readonly holdout?: number;
  /** Hash of the report's blob, so that a page knows when to fetch `/runs/:run` again. */
  readonly detail?: string;
  readonly guesses?: readonly { readonly participant: Id; readonly value: number }[];
  readonly ms?: number;
  readonly requestedAt: number;
  readonly startedAt?: number;
  readonly endedAt?: number;
}

/** A question to everybody and what was answered so far, without who answered. */
export interface PollView {
  readonly id: Id;
  readonly question: string;
  readonly at: number;
  readonly open: boolean;
  /** How many have answered. */
  readonly answers: number;
  /** null: an open question. */
  readonly choices: readonly string[] | null;
  /** Of a question with choices: how many chose each. */
  readonly counts?: readonly number[];
  /** Of an open question: what was said and by how many; `hidden`: for facilitators only. */
  readonly words?: Readonly<Record<string, { readonly text: string; readonly count: number; readonly hidden?: true }>>;
}

/** `credit`: a name to be credited by, set by the participant. */
export interface PersonView {
  readonly displayName: string;
  readonly online: boolean;
  readonly facilitator: boolean;
  /** Online on phones only, which are too narrow for the editor. */
  readonly narrow?: true;
  readonly credit?: string;
}

export interface PublicView {
  readonly id: string;
  readonly title: string;
  readonly joinCode: string;
  readonly status: 'open' | 'ended';
  readonly settings: Settings;
  readonly task: Task;
  readonly driver: { readonly participant: Id; readonly since: number } | null;
  /** The driver role is offered; also while nobody drives. */
  readonly offer: { readonly to: Id; readonly by: Id | null; readonly at: number } | null;
  /**
   * Without removed ones. Of more than `LIMITS.peopleShown`, the first so many, facilitators, and whoever the view names
   * anywhere else; `GET /api/sessions/:id/people` has all.
   */
  readonly participants: Readonly<Record<Id, PersonView>>;
  /** How many they are, the ones included that `participants` leaves out. `guests`: facilitators apart; `online`: of them. */
  readonly people: { readonly all: number; readonly guests: number; readonly online: number };
  /** Ids in the order hands were raised. */
  readonly hands: readonly Id[];
  readonly handsAt: Readonly<Record<Id, number>>;
  readonly suggestions: Readonly<Record<Id, SuggestionView>>;
  readonly runs: Readonly<Record<Id, RunView>>;
  /** The last search of the machine; `outdated`: the task or the evaluation is another by now. */
  readonly search: (MachineSearch & { readonly outdated?: true }) | null;
  readonly revision: number;
  readonly revisions: Readonly<
    Record<
      string,
      {
        readonly at: number;
        readonly by: Id | null;
        readonly why: string;
        readonly suggestion?: Id;
        readonly restored?: number;
      }
    >
  >;
  /** `step`: of the agenda, whose minutes they are; else a driver's turn. */
  readonly timer: { readonly minutes: number; readonly startedAt: number; readonly step?: Id } | null;
  /** Of the projector view; `seq` differs whenever a facilitator chooses one. The countdown of the reveal begins `at`. */
  readonly scene: {
    readonly name: Scene;
    readonly seq: number;
    readonly at: number;
    readonly runs?: RunPair;
    readonly column?: string;
    /** Of the code scene, during a tour: projector views and phones go there. */
    readonly place?: ShownPlace;
  };
  /** How many have guessed the next run's metric. */
  readonly guessCount: number;
  readonly polls: Readonly<Record<Id, PollView>>;
  readonly activity: readonly ActivityView[];
  /** Number of connected participants and viewers. */
  readonly online: number;
  /** As many have joined as the server lets; facilitators still get in. */
  readonly full: boolean;
  /** Of the code itself, once it was checked. */
  readonly codeChecks?: CodeStateView;
  /** Nothing can be stored: what anybody does is refused until it is over. */
  readonly storageFault?: StorageFault;
  /** The server is about to restart. */
  readonly restarting?: true;
}

/** An entry of the activity list; the page makes its sentence. */
export type ActivityView = Activity & Omit<ActivityEntry, keyof Activity | 'private'>;

/** A superset of the public view at the same paths: pending suggestions are among the others. */
export interface FacilitatorView extends PublicView {
  readonly agenda: AgendaView;
  /** Without names; keyed by the event's seq. */
  readonly pulses: Readonly<Record<string, { readonly value: 'fast' | 'lost' | 'fine'; readonly at: number }>>;
  /** Who was removed, with the event that `moderation.undo` undoes. */
  readonly removed: Readonly<Record<Id, { readonly displayName: string; readonly undo: number }>>;
  /** The newest lowering of hands that `moderation.undo` can undo, and whose hands they were. */
  readonly handsUndo?: { readonly seq: number; readonly participants: readonly Id[] };
  /** One line per sandbox protection that this machine lacks. */
  readonly gaps: readonly string[];
  readonly retention: Retention;
  /** Names that the word filter holds, by who wants them. */
  readonly heldNames: Readonly<Record<Id, HeldNames>>;
  /** Unused facilitator links, without their secrets; and who became facilitator by whose link, of those who are here. */
  readonly facilitatorLinks: Readonly<Record<Id, Omit<FacilitatorLink, 'hash'>>>;
  readonly letInBy: Readonly<Record<Id, Id>>;
  /** Many joined from one address in a short time, the newest such case. */
  readonly joinBurst?: JoinBurst;
}

export type StorageFault = 'full' | 'read-only' | 'gone' | 'failing';

/** How long the server keeps the session, unless somebody uses it until then; milliseconds since 1970. */
export interface Retention {
  readonly keptUntil: number;
  /** Nobody had used it for so long that it would have been deleted then. */
  readonly broughtBack?: number;
  /** A database that several nodes share has the bytes of what is deleted for some time. */
  readonly remains?: true;
}

/** Without the address, which is kept in memory only. */
export interface JoinBurst {
  readonly at: number;
  readonly count: number;
  readonly seconds: number;
  /** Who of them is in the session. */
  readonly participants: readonly Id[];
}

/** A private preview as its author sees it. */
export type OwnPreview = PreviewView & { readonly patch: Patch; readonly at: number };

export interface YouView {
  readonly participant: Id;
  readonly displayName: string;
  readonly facilitator: boolean;
  /** The name to be credited by. */
  readonly credit?: string;
  readonly drives: boolean;
  /** The tab that may write, where you drive: compare with your own. */
  readonly driverTab?: string;
  /** Names of yours that wait for a facilitator. */
  readonly held?: HeldNames;
  readonly votes: readonly Id[];
  /** Suggestions of yours that the public view does not hold: pending, declined, merged, withdrawn. */
  readonly own: Readonly<Record<Id, SuggestionView>>;
  /** The driver role is offered to you. */
  readonly offer?: { readonly by: Id | null; readonly at: number };
  /** How the last offer that you made ended without an acceptance; `at`: when it was made. */
  readonly closedOffer?: { readonly at: number; readonly how: ClosedOffer['how'] };
  readonly guess?: number;
  /** Yours to the questions to everybody; `hidden`: the word filter holds it, or a facilitator hid it. */
  readonly answers?: Readonly<
    Record<Id, { readonly choice: number } | { readonly text: string; readonly hidden?: true }>
  >;
  readonly hand: boolean;
  readonly pulse?: 'fast' | 'lost' | 'fine';
  /** The last private preview of a draft. */
  readonly draftPreview?: PreviewView & { readonly patch: Patch };
  /** Your newest private previews, by run. */
  readonly previews: Readonly<Record<Id, OwnPreview>>;
}

/** What the session actor knows beside the state: who is connected. Not in the log; immutable, replaced with each change. */
export interface Presence {
  readonly online: ReadonlySet<Id>;
  /** Those of them who are on phones only. */
  readonly narrow?: ReadonlySet<Id>;
  readonly viewers: number;
  /** How many may take part. */
  readonly mostParticipants: number;
  /** How many people the view holds whatever they do; default: LIMITS.peopleShown. */
  readonly mostShown?: number;
  readonly gaps: readonly string[];
  readonly retention: Retention;
  readonly codeChecks?: CodeStateView;
  readonly storageFault?: StorageFault;
  readonly restarting?: true;
  readonly joinBurst?: JoinBurst;
}

export type Audience =
  | { readonly kind: 'public' }
  | { readonly kind: 'facilitator' }
  | { readonly kind: 'you'; readonly participant: Id };
