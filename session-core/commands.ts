// What a client may ask (ClientCommand, validated at the door) and what the house tells itself (SystemCommand).
// Law: imperative `noun.verb`; a field unknown to the schema is refused, never dropped in silence.
// RUNS IN browser | server

import * as v from 'valibot';
import type { Comparison, RunReport, Task } from '#pipeline-core/report.ts';

export const LIMITS = {
  alias: 20,
  aliasLeast: 2,
  credit: 60,
  title: 80,
  suggestion: 300,
  reason: 200,
  editMs: 60_000,
  leaseMs: 10_000,
  offerMs: 30_000,
  turnMinutes: [5, 7, 10],
  documentBytes: 200_000,
  documentFiles: 20,
  patchHunks: 200,
  activity: 100,
} as const;

/** Names of files in the workspace. */
export const FILE_NAME = /^(?!.*\.\.)[A-Za-z0-9_][A-Za-z0-9_./-]{0,59}$/;

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(40));
const stageName = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,40}$/));
const fileName = v.pipe(v.string(), v.regex(FILE_NAME));
const line = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(20_000));
const revision = v.pipe(v.number(), v.integer(), v.minValue(1));
const text = (most: number) => v.pipe(v.string(), v.maxLength(most * 4));
const codeLine = v.pipe(v.string(), v.maxLength(2_000), v.regex(/^[^\n\r]*$/));

export const hunkSchema = v.strictObject({
  fromLine: line,
  removed: v.pipe(v.array(codeLine), v.maxLength(2_000)),
  added: v.pipe(v.array(codeLine), v.maxLength(2_000)),
});
export const patchSchema = v.strictObject({
  revision,
  files: v.pipe(
    v.array(
      v.strictObject({
        path: fileName,
        hunks: v.pipe(v.array(hunkSchema), v.minLength(1), v.maxLength(LIMITS.patchHunks)),
      }),
    ),
    v.minLength(1),
    v.maxLength(LIMITS.documentFiles),
  ),
});
const anchorSchema = v.strictObject({ file: fileName, fromLine: line, toLine: line, revision });

/** Readable hunks against a numbered revision. `fromLine`: the line before which `added` goes when `removed` is empty. */
export type Hunk = Readonly<v.InferOutput<typeof hunkSchema>>;
export type Patch = Readonly<v.InferOutput<typeof patchSchema>>;
export type Anchor = Readonly<v.InferOutput<typeof anchorSchema>>;

const settingsEntries = {
  title: v.optional(text(LIMITS.title)),
  approveFirst: v.optional(v.boolean()),
  frozen: v.optional(v.boolean()),
  wordFilter: v.optional(v.boolean()),
  autoRun: v.optional(v.boolean()),
  previews: v.optional(v.picklist(['off', 'approved', 'top'])),
  previewTop: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10))),
  sealed: v.optional(v.picklist(['hidden', 'shown', 'off'])),
  reveal: v.optional(v.boolean()),
};

const c = <T extends string, E extends v.ObjectEntries>(type: T, entries: E) =>
  v.strictObject({ type: v.literal(type), ...entries });

export const clientCommandSchema = v.variant('type', [
  // anyone joined
  c('participant.rename', { alias: text(LIMITS.alias) }),
  /** A name of one's own to stand beside the alias where ideas are credited; null takes it back. */
  c('participant.credit', { name: v.nullable(text(LIMITS.credit)) }),
  c('hand.raise', {}),
  c('hand.lower', { participant: v.optional(id) }),
  c('pulse.set', { value: v.nullable(v.picklist(['fast', 'lost', 'fine'])) }),
  c('suggestion.add', {
    text: text(LIMITS.suggestion),
    stage: v.optional(stageName),
    anchor: v.optional(anchorSchema),
    patch: v.optional(patchSchema),
  }),
  c('suggestion.edit', { suggestion: id, text: text(LIMITS.suggestion) }),
  c('suggestion.withdraw', { suggestion: id }),
  c('suggestion.upvote', { suggestion: id }),
  c('suggestion.unvote', { suggestion: id }),
  c('driver.accept', {}),
  c('driver.refuse', {}),
  /** Of a suggestion; or of a patch not yet sent, seen by its author alone. */
  c('preview.request', { suggestion: v.optional(id), patch: v.optional(patchSchema) }),
  c('guess.set', { value: v.nullable(v.pipe(v.number(), v.finite())) }),
  // driver
  c('driver.offer', { to: id }),
  c('driver.withdrawOffer', {}),
  c('driver.release', {}),
  c('driver.move', {}),
  c('suggestion.pin', { suggestion: id }),
  c('suggestion.unpin', { suggestion: v.optional(id) }),
  /** Applies its patch if it has one; `hand`: the driver finished it by hand, the patch is left alone. */
  c('suggestion.accept', { suggestion: id, how: v.optional(v.literal('hand')) }),
  c('suggestion.unaccept', { suggestion: id }),
  c('run.request', { force: v.optional(v.pipe(v.array(stageName), v.maxLength(20))) }),
  c('run.cancel', { run: id }),
  c('revision.restore', { revision }),
  // facilitator
  c('driver.take', {}),
  c('driver.revoke', {}),
  c('suggestion.approve', { suggestion: id }),
  c('suggestion.decline', { suggestion: id, reason: text(LIMITS.reason) }),
  c('suggestion.merge', { suggestion: id, into: id }),
  c('moderation.undo', { seq: v.pipe(v.number(), v.integer(), v.minValue(1)) }),
  c('hand.lowerAll', {}),
  c('participant.remove', { participant: id }),
  c('timer.set', { minutes: v.nullable(v.pipe(v.number(), v.minValue(1), v.maxValue(120))) }),
  c('checkpoint.load', { name: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,40}$/)) }),
  c('session.configure', settingsEntries),
  c('session.end', {}),
]);

export type ClientCommand = Readonly<v.InferOutput<typeof clientCommandSchema>>;

/** path -> sha256 of the text: what a revision is. */
export type Tree = Readonly<Record<string, string>>;

/** Told by the house itself, never by the wire: `meta.actor.participant` is null. */
export type SystemCommand =
  | {
      readonly type: 'session.create';
      readonly session: string;
      readonly title: string;
      readonly joinCode: string;
      readonly approveFirst: boolean;
      readonly sealed: 'hidden' | 'shown' | 'off';
      readonly task: Task;
      readonly facilitatorHash: string;
      readonly tree: Tree;
      readonly checkpoint: string;
    }
  /** A further facilitator link; the earlier ones stay valid. */
  | { readonly type: 'facilitator.link'; readonly hash: string }
  | {
      readonly type: 'participant.join';
      readonly alias: string;
      readonly tokenHash: string;
      readonly facilitator: boolean;
    }
  /** An already joined participant showed the facilitator's secret. */
  | { readonly type: 'participant.promote'; readonly participant: string }
  /** The lease of this holder ran out: nobody of the seat's tab was connected for `LIMITS.leaseMs`. */
  | { readonly type: 'driver.lapse'; readonly participant?: string; readonly tab?: string }
  /** Nobody answered the offer of that moment for `LIMITS.offerMs`. */
  | { readonly type: 'driver.offerLapse'; readonly to: string; readonly at: number }
  /** Typing paused, someone opened the code: cut a revision if the text differs from the last. */
  | { readonly type: 'revision.cut' }
  | { readonly type: 'run.start'; readonly run: string }
  | { readonly type: 'run.report'; readonly run: string; readonly report: RunSummary }
  | { readonly type: 'run.interrupt'; readonly run: string }
  /** The document room saw merge states change; only the changed ones. */
  | { readonly type: 'patch.states'; readonly states: Readonly<Record<string, MergeState>> }
  /** Ask for previews of suggestions that the settings name (top N, approved). */
  | { readonly type: 'preview.due'; readonly suggestion: string };

export type Command = ClientCommand | SystemCommand;

export type MergeState =
  | { readonly state: 'clean' | 'stale' }
  | { readonly state: 'conflict'; readonly file: string; readonly line: number };

export type Against = Comparison & { readonly against: string };

/** A RunReport without what is kept beside the log (log lines, plots, predictions): those lie in a blob named by `detail`. */
export interface RunSummary {
  readonly status: RunReport['status'];
  readonly stages: RunReport['stages'];
  readonly metrics: RunReport['metrics'];
  readonly error?: NonNullable<RunReport['error']>;
  readonly findings: RunReport['findings'];
  readonly sealed?: number;
  readonly ms: number;
  /** sha256 of the blob that holds the whole RunReport as JSON. */
  readonly detail: string;
  /** Against the last successful main run before it (main), or the run it was based on (preview). */
  readonly comparison?: Against;
  /** Against the best run so far of the same series. */
  readonly againstBest?: Against;
}

/** The patch as it stands against the live text, looked up by the actor before `decide`. */
export type MergeFact =
  | { readonly ok: true; readonly state: 'clean' | 'stale'; readonly tree: Tree; readonly before: Tree }
  | { readonly ok: false; readonly file: string; readonly line: number; readonly message: string };

/** Facts only the edge knows, gathered before `decide`, so that `decide` stays pure. */
export interface Facts {
  /** The live text's tree now: `decide` cuts a revision from it where the law says so. */
  readonly tree?: Tree;
  /** suggestion.add: why its patch does not fit the revision it names, where it does not. */
  readonly patchFault?: string;
  /** driver.offer: whether the person it is for is connected. */
  readonly online?: boolean;
  /** suggestion.add: the new patch against the live text; accept: the patch merged into the live text; unaccept: its reverse; restore, checkpoint.load: the tree to come. */
  readonly merge?: MergeFact;
  /**
   * suggestion.add, approve, unaccept, moderation.undo: cards whose patch makes of the text what this one makes, though
   * its lines are counted from another revision.
   */
  readonly twins?: readonly string[];
  /** checkpoint.load: the question it answers. */
  readonly task?: Task;
  /** The word filter's finding in the text or alias of this command. */
  readonly flagged?: boolean;
  /** preview: the tree that would run (base revision + patch), or where it does not merge. */
  readonly preview?: {
    readonly base: 'run' | 'revision';
    readonly revision: number;
    readonly against: string | null;
    readonly merge: MergeFact;
    /** Where this content ran before, compared with another run: how it stands against `against`. */
    readonly comparison?: Against;
  };
}

export interface Actor {
  /** null: the system. */
  readonly participant: string | null;
  readonly facilitator: boolean;
}
export interface Meta {
  /** Milliseconds since 1970, from the edge's clock, never going back within a session. */
  readonly at: number;
  readonly actor: Actor;
  /** The client's command id, or a name for system commands. */
  readonly cause: string;
  /** Tab of the connection that sent it; '' where it named none. */
  readonly tab?: string;
  readonly facts?: Facts;
}
