// The agenda of a session: a course's steps, as the facilitators have edited them, and how far the session has come.
// Invariant: facilitators alone see it; what everybody sees of a tour is the place that the scene of the projector names.
import type { Id, Scene } from './types.ts';

/** Lines of a file, counted from 1, and what is to be said about them. */
export interface Place {
  readonly file: string;
  readonly fromLine: number;
  readonly toLine: number;
  readonly sentence: string;
}
export type Lines = Pick<Place, 'file' | 'fromLine' | 'toLine'>;

/**
 * When a step ticks itself: a main run succeeded while it was the current one; a main run that counts reached a score of
 * the task (its id; absent: of whatever task the session has); a file differs from what it was when the step began.
 */
export type DoneWhen =
  | { readonly run: true }
  | { readonly score: number; readonly task?: string }
  | { readonly file: string };

/** A step as a course plans it. */
export interface PlannedStep {
  readonly title: string;
  /** To be said aloud. */
  readonly say: string;
  /** To be asked, aloud or as a question to everybody. */
  readonly ask: string;
  /** Choices of that question; without them it is open. */
  readonly choices?: readonly string[];
  readonly minutes: number;
  readonly scene: Scene;
  /** The checkpoint to load if the session has not got there by itself. */
  readonly checkpoint?: string;
  /** The hold-out score is revealed in this step. */
  readonly reveal?: boolean;
  readonly done?: DoneWhen;
  /** A tour of the code. */
  readonly show?: readonly Place[];
  /** The checkpoint in which the lines of the tour were counted. */
  readonly counted?: string;
}

/** One of the agendas of a course; together its steps take `minutes`. */
export interface PlannedAgenda {
  readonly minutes: number;
  readonly steps: readonly PlannedStep[];
}

export interface AgendaStep extends PlannedStep {
  /** Facilitators leave it out. */
  readonly skipped?: true;
}

export interface StepProgress {
  readonly begunAt: number;
  /** The revision of the code when it began. */
  readonly revision: number;
  readonly doneAt?: number;
  /** A facilitator took its tick away: it does not tick itself again until it begins anew. */
  readonly unticked?: true;
}

export type TickReason = 'run' | 'score' | 'file' | 'left' | 'hand';

/** What facilitators edit of a step. */
export type StepChanges = Partial<Pick<AgendaStep, 'title' | 'minutes' | 'say' | 'ask'>> & {
  readonly skipped?: boolean;
};

/** How the newest edits are taken back; the last entry is the newest. */
export type AgendaUndo =
  | { readonly edit: 'add'; readonly step: Id }
  | { readonly edit: 'change'; readonly step: Id; readonly before: StepChanges }
  | { readonly edit: 'move'; readonly step: Id; readonly after: Id | null }
  | { readonly edit: 'choose'; readonly before: Omit<Agenda, 'undo'> };

export interface Agenda {
  /** Of the course's agenda that it began as; null: none was chosen. */
  readonly minutes: number | null;
  readonly order: readonly Id[];
  readonly steps: Readonly<Record<Id, AgendaStep>>;
  /** The current step. */
  readonly now: Id | null;
  /** Of steps that have begun or are done. */
  readonly progress: Readonly<Record<Id, StepProgress>>;
  readonly undo: readonly AgendaUndo[];
}

export const NO_AGENDA: Agenda = { minutes: null, order: [], steps: {}, now: null, progress: {}, undo: [] };
