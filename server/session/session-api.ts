// The interface of a live session for HTTP routes and sockets, and of the transport it sends through.
// Invariant: routes and sockets check who a request is from and its shape; the session alone decides.

import type { WebSocket } from 'ws';
import type { RunReport } from '#pipeline-core/core/report.ts';
import type {
  Course,
  ErrorChanges,
  Explained,
  ExpressionAnswer,
  HoldoutGain,
  LearningCurve,
  RowOfRun,
  RowPushes,
  RunErrors,
  VisibleTable,
} from '#sandbox/index.ts';
import type { ClientCommand, Patch, SharedExpression } from '#session-core/model/client-commands.ts';
import type { SessionEvent } from '#session-core/model/events.ts';
import type { Language } from '#session-core/model/languages.ts';
import type { SessionState } from '#session-core/model/state.ts';
import type { SystemCommand } from '#session-core/model/system-commands.ts';
import type { Against, Id, Tree } from '#session-core/model/types.ts';
import type { Ack, Snapshot, ViewPatch } from '#session-core/protocol/messages.ts';
import type { ProgressMessage } from '#session-core/protocol/progress.ts';
import type { FacilitatorView, PublicView, YouView } from '#session-core/view/view-types.ts';
import type { TextClient } from '../document/doc-connection.ts';
import type { CodeResults } from './checks/code-results.ts';
import type { SessionCourse } from './session-courses.ts';
import type { UploadedTable } from './uploads/uploaded-courses.ts';

export interface Sender {
  readonly participant: Id;
  readonly tab: string;
  /** The client's own id of this command, 8-40 characters: a resend is answered with the first ack. */
  readonly commandId: string;
  /** Ours, for the log. */
  readonly request?: string;
}

/** One connection of Socket.IO, by its socket id. `participant` null: a viewer. */
export interface Connection {
  readonly id: string;
  readonly participant: Id | null;
  readonly tab: string;
  /** Its page is too narrow for the editor. */
  readonly narrow?: boolean;
}

export type InitialMessages =
  | { readonly kind: 'snapshot'; readonly snapshot: Snapshot<PublicView | FacilitatorView, YouView> }
  | { readonly kind: 'patches'; readonly patches: readonly ViewPatch[]; readonly you: readonly ViewPatch[] };

/** Implemented by the Socket.IO gateway; called synchronously, in order, before the acks of the same flush. */
export interface Transport {
  /** Whether anybody would get what is published to this audience now. */
  isHeard(audience: 'public' | 'facilitator'): boolean;
  /** `public` reaches participants and viewers, `facilitator` the facilitators (who do not get `public`). */
  publish(audience: 'public' | 'facilitator', patch: ViewPatch): void;
  publishTo(participant: Id, patch: ViewPatch): void;
  /** Volatile. `only`: a private preview's author. */
  progress(message: ProgressMessage, only?: Id): void;
  /** Facilitator rights changed: move this participant's sockets between the audiences and send them a snapshot. */
  promoted(participant: Id): void;
  /** null: everybody of this session. Codes of close-codes.ts. */
  disconnect(participant: Id | null, code: number): void;
}

/** Of a session that nobody can listen to yet. */
export const NO_TRANSPORT: Transport = {
  isHeard: () => false,
  publish: () => {},
  publishTo: () => {},
  progress: () => {},
  promoted: () => {},
  disconnect: () => {},
};

/** What is only read of a session: it need not be live for it. */
export interface SessionReadings {
  readonly id: string;
  /** The committed state. */
  state(): SessionState;
  view(): PublicView;
  /** Everybody who was not removed, by id, in the order of joining: of many, the view holds only some. */
  people(): PublicView['participants'];
  /** Texts of a revision, or of the live text (which is cut as a revision, at most once a second). */
  files(
    revision?: number,
  ): Promise<{ readonly revision: number; readonly files: Readonly<Record<string, string>> } | null>;
  course(): Course;
  /** The visible rows, without the hold-out set: path -> CSV. */
  tables(task?: Id): Readonly<Record<string, string>>;
  /** The same with its columns and target, for those who look at it. */
  visible(): VisibleTable;
  data(): readonly { readonly path: string; readonly rows: number; readonly sha256: string }[];
  /** `page`: without its predictions. */
  report(run: Id, part?: 'page'): Promise<RunReport | null>;
  /** Where its predictions are wrong. */
  errors(run: Id): Promise<RunErrors>;
  /** Two runs that exist, beside each other. */
  compare(before: Id, after: Id): Promise<RunDifference>;
  /** The parameters of all main runs, oldest first. */
  experiments(): Promise<Experiments>;
  rows(run: Id, numbers: readonly number[]): Promise<readonly RowOfRun[]>;
  /** What is known of the model of a main run, and of its learning curve. */
  explanation(run: Id): Promise<Known<Explained>>;
  learningCurve(run: Id): Promise<Known<LearningCurve>>;
  /** Whether running it again gave the same, where somebody has asked since the session became live. */
  reproduction(run: Id): Known<Reproduction>;
  /** Main runs on the hold-out set with their paired gains, oldest first; null while the settings hide them. */
  holdout(): Promise<readonly HoldoutRow[] | null>;
  /** The whole log, in order, for feeds and exports. */
  events(): Promise<readonly SessionEvent[]>;
  tree(): Tree;
}

export interface LiveSession extends SessionReadings {
  readonly logId: string;
  /** Explains the model of a main run; does nothing where it is known or under way. */
  explain(run: Id): Promise<void>;
  /** The same for its learning curve. */
  startLearningCurve(run: Id): Promise<void>;
  /** Runs a main run again from an empty cache; does nothing while that is under way. */
  reproduce(run: Id): Promise<void>;
  /** What pushed the answer of the served model for a row; rejects as `predict` does. */
  pushes(row: Readonly<Record<string, string | number>>): Promise<Omit<RowPushes, 'runId'> & { readonly run: Id }>;
  send(command: ClientCommand, from: Sender): Promise<Ack>;
  /** Joins a new person; the token's hash is kept, the token never. */
  join(person: {
    readonly displayName: string;
    /** The name while the word filter holds that one. */
    readonly substitute?: string;
    readonly tokenHash: string;
    readonly facilitator: boolean;
    /** The facilitator link that they showed. */
    readonly link?: Id;
    /** Where they come from; kept in memory for a few seconds only. */
    readonly network?: string;
  }): Promise<JoinResult>;
  promote(participant: Id, link: Id): Promise<Ack>;
  /** The ack's `about` names the link. */
  addFacilitatorLink(link: Omit<Extract<SystemCommand, { type: 'facilitator.link' }>, 'type'>): Promise<Ack>;
  setTransport(transport: Transport): void;
  /** The storage fails or works again: pages are informed. */
  surroundingsChanged(): void;
  /** Somebody who has joined asked for something: it is kept, and stays in the memory. */
  used(): void;
  /** What a new or returning connection gets first. `held`: what it has already. */
  initialMessages(
    participant: Id | null,
    held?: { readonly logId: string; readonly seq: number; readonly youSeq?: number },
  ): InitialMessages;
  connected(connection: Connection): void;
  disconnected(connection: Connection): void;
  /** The text socket, already authenticated. The session closes it with CLOSE codes. */
  joinText(socket: WebSocket, who: TextClient): void;
  predict(row: Readonly<Record<string, string | number>>): Promise<PredictedRow>;
  /** An expression over one of `tables`, by default the first. */
  evaluate(
    code: string,
    table?: string,
  ): Promise<{ readonly table: string; readonly tables: readonly string[]; readonly answer: ExpressionAnswer }>;
  /** The same answer for all who ask for it meanwhile. */
  sharedAnswer(expression: SharedExpression): ReturnType<LiveSession['evaluate']>;
  /** What types, format and lint found in a patch, or in the code itself; null: there is no such patch, or it conflicts. */
  checks(suggestion?: Id): Promise<CodeResults['checks'] | null>;
  /** Flush, close all sockets with `restart`, stop timers; the log stays. `unused`: for long nobody was connected. */
  close(why?: 'unused'): Promise<void>;
}

/** What the sandbox works out for a run when nobody needs it more. */
export interface Known<T> {
  /** `none`: nobody has asked for it, or it was ended. */
  readonly state: 'none' | 'waiting' | 'running' | 'done';
  /** How much of the work is done, 0 to 1. */
  readonly share: number;
  readonly value: T | null;
}

/** A run and the same run again, from an empty cache. */
export interface Reproduction {
  /** Outs that are the same, of so many that either wrote. */
  readonly same: number;
  readonly of: number;
  readonly differing: readonly string[];
  /** It came to no end: a stage failed, a limit, or the queue was full. */
  readonly failed?: true;
  /** Wall time in milliseconds. */
  readonly ms: number;
}

export interface RunDifference {
  /** null where one of them did not succeed. */
  readonly comparison: Against | null;
  /** A value is absent where params.yaml does not have it. */
  readonly params: readonly { readonly key: string; readonly before?: string; readonly after?: string }[];
  readonly code: Patch['files'];
  /** null where they did not predict the same rows in the same folds. */
  readonly errors: ErrorChanges | null;
}

/** Parameters of all main runs, by key: null where params.yaml does not have it. */
export interface Experiments {
  readonly runs: readonly Id[];
  readonly changed: readonly { readonly key: string; readonly values: readonly (string | null)[] }[];
  readonly same: readonly { readonly key: string; readonly value: string }[];
}

/** A number, or the most probable class with the probability of each. */
export interface PredictedRow {
  readonly prediction: number | string;
  readonly probabilities?: Readonly<Record<string, number>>;
  /** The run whose model answered. */
  readonly run: Id;
}

export interface HoldoutRow extends HoldoutGain {
  readonly run: Id;
  readonly number: number;
}

export type JoinResult =
  | { readonly ok: true; readonly participant: Id; readonly displayName: string }
  | {
      readonly ok: false;
      readonly rejection: { readonly code: string; readonly message: string } & Readonly<
        Record<string, string | number>
      >;
    };

export interface NewSession {
  readonly title?: string;
  readonly approveFirst?: boolean;
  readonly holdout?: 'hidden' | 'shown' | 'off';
  readonly language?: Language;
  readonly facilitatorHash: string;
  readonly reusableLink?: boolean;
  readonly joinCode: string;
  /** Its id; default: the first of this server. */
  readonly course?: string;
  /** In place of it: a course is made of this table, for this session alone. */
  readonly uploaded?: UploadedTable;
  /** Default: the one that the course begins with. */
  readonly checkpoint?: string;
  /** Of the course's agendas, by its minutes; default: the first. */
  readonly agenda?: number;
}

export interface Registry {
  /**
   * Creates it, and requests its first run, so that there is a score and a model from the start. Throws PipelineError where
   * no course can be made of an uploaded table.
   */
  create(wanted: NewSession): Promise<LiveSession>;
  /**
   * Loads it from the log where it is not live yet; null where there is none. Rejects with Elsewhere: another node has it, or
   * this one ends.
   */
  open(sessionId: string): Promise<LiveSession | null>;
  /** The live one, or what is stored of it, without loading it; null where there is none. */
  read(sessionId: string): Promise<SessionReadings | null>;
  has(sessionId: string): Promise<boolean>;
  /** Live, or about to be, or not yet on the disk again. */
  isInUse(sessionId: string): boolean;
  /** A code that no session has. */
  freeJoinCode(): Promise<string>;
  byJoinCode(code: string): Promise<LiveSession | null>;
  /** The open session that was created last. */
  newest(): Promise<LiveSession | null>;
  /** Takes one that nobody is connected to out of the memory; resolves when it is on the disk. */
  rest(sessionId: string): Promise<void>;
  /** Deletes everything of it from the disk. */
  remove(sessionId: string): Promise<boolean>;
  /** Another node may own it now: closes it for everybody, without storing anything any more. */
  lose(sessionId: string): Promise<void>;
  /** Called for every session that becomes live, before anything is sent: the gateway sets its transport here. */
  onOpen(listener: (session: LiveSession) => void): void;
  /** Called for every session that is deleted, by hand or as it expires. */
  onRemoved(listener: (sessionId: string) => void): void;
  readonly live: () => readonly LiveSession[];
  /** Courses that a session can be created with; the first is that of one that names none. */
  readonly courses: readonly SessionCourse[];
  close(): Promise<void>;
}
