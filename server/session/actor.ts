// The loop of a session. It drains its queue into a commit batch: decide, evolve, apply what was typed. The batch is
// stored by one durable append; then its state is the session's state, and it is relayed, shown, acknowledged and acted on.
// Invariant: one queue in arrival order; what arrives meanwhile waits for the next drain. Nothing leaves before it is stored; a
// failed append drops the batch and refuses all of it. An exception in here is our own bug: the session is loaded again.

import { type Rejection, type Result, rejection } from '#session-core/model/rejection.ts';
import type { SessionState } from '#session-core/model/state.ts';
import type { Meta } from '#session-core/rules/context.ts';
import { aboutOf, answerBefore } from '#session-core/rules/idempotency.ts';
import { decide } from '#session-core/session.ts';
import type { SharedDocument } from '../document/document.ts';
import type { TextStore } from '../document/text-store.ts';
import type { After, Now } from '../platform/clock.ts';
import { type Storage, StorageUnavailable } from '../storage/storage.ts';
import type { CommandRequest, Commit, TypedUpdate } from './commits/commit.ts';
import { type CommitBatch, createCommitBatch } from './commits/commit-batch.ts';
import type { LookedUp } from './decision-context.ts';

/** Under fast typing alone, the text is stored and relayed once in so many milliseconds. */
const TEXT_TICK_MS = 33;

/** Commands that many people give at the same time, and that wait for each other: one append for a tick of them. */
const CROWD: ReadonlySet<CommandRequest['command']['type']> = new Set([
  'suggestion.upvote',
  'suggestion.unvote',
  'guess.set',
  'pulse.set',
  'poll.answer',
]);

/** Frames of text that are looked at together, and the steps they may cost before other sockets get their turn. */
const FRAMES_AT_ONCE = 16;
const MOST_STEPS = 100_000;

type Item =
  | { readonly kind: 'command'; readonly request: CommandRequest }
  | { readonly kind: 'text'; readonly typed: TypedUpdate }
  /** Called after the commit of what came before it. */
  | { readonly kind: 'callback'; call(): void };

/** What may wait for more of its kind, and what may not. */
type Pace = 'now' | 'crowd' | 'text';
const paceOf = (item: Item): Pace =>
  item.kind === 'text' ? 'text' : item.kind === 'command' && CROWD.has(item.request.command.type) ? 'crowd' : 'now';

export interface ActorOptions {
  readonly session: string;
  readonly state: SessionState;
  /** Of the last event: time never goes back within a session. */
  readonly lastAt: number;
  readonly document: SharedDocument;
  readonly texts: TextStore;
  readonly storage: Storage;
  readonly now: Now;
  readonly after: After;
  /** Between two appends of what a crowd does. */
  readonly crowdTickMs: () => number;
  /** What `decide` needs besides the state; a rejection where that already decides. */
  lookUp(
    request: CommandRequest,
    batch: CommitBatch,
  ): Promise<Result<LookedUp, Rejection>> | Result<LookedUp, Rejection>;
  committed(commit: Commit): void;
  /** Nothing was stored and the document in memory is ahead of the disk: resolves when it is as stored again. */
  resetDocument(): Promise<void>;
  /** Of a batch that was not stored: what was refused in it is refused all the same. */
  refused(refusals: Commit['refusals']): void;
  /** `request`: the command that was being decided, if one was. */
  crashed(error: unknown, request: CommandRequest | null): void;
}

export interface Actor {
  state(): SessionState;
  /** Time of the last event. */
  lastAt(): number;
  submit(request: CommandRequest): void;
  type(typed: TypedUpdate): void;
  /** After everything that arrived before is stored; at once where nothing is waiting. */
  whenStored(call: () => void): void;
  /** Typed text is waiting for the disk. */
  hasUnstoredText(): boolean;
  /** Resolves when the drain under way has ended; everything later is refused as `busy`. */
  stop(): Promise<void>;
}

export function createActor(options: ActorOptions): Actor {
  const { session, document, texts, storage, now, after } = options;
  let state = options.state;
  let lastAt = options.lastAt;
  let queue: Item[] = [];
  /** Items in the queue. */
  let counts: Record<Pace, number> = { now: 0, crowd: 0, text: 0 };
  /** The last drain left items in the queue: other sockets get their turn before the next one. */
  let interrupted = false;
  let draining: Promise<void> | null = null;
  let drainsText = false;
  const storedAt = { crowd: Number.NEGATIVE_INFINITY, text: Number.NEGATIVE_INFINITY };
  let tick: { readonly wait: number; cancel(): void } | null = null;
  let stopped = false;
  let deciding: CommandRequest | null = null;

  function enqueue(item: Item): void {
    if (stopped) {
      if (item.kind === 'command') item.request.answer({ ok: false, error: rejection('busy') });
      return;
    }
    queue.push(item);
    counts[paceOf(item)] += 1;
    schedule();
  }

  /** Milliseconds until the queue may be drained. */
  function waitOf(): number {
    if (interrupted || counts.now > 0) return 0;
    const ticks = { crowd: options.crowdTickMs(), text: TEXT_TICK_MS };
    // A clock that was set back must not hold anything for an hour.
    const waits = (['crowd', 'text'] as const)
      .filter((pace) => counts[pace] > 0)
      .map((pace) => Math.min(ticks[pace], ticks[pace] - (now() - storedAt[pace])));
    return Math.max(0, Math.min(...waits));
  }

  function schedule(): void {
    if (draining !== null || queue.length === 0 || stopped) return;
    const wait = waitOf();
    if (wait <= 0 && !interrupted) {
      tick?.cancel();
      tick = null;
      draining = drain();
      return;
    }
    if (tick && tick.wait <= wait) return;
    tick?.cancel();
    const cancel = after(wait, () => {
      tick = null;
      interrupted = false;
      storedAt.crowd = Number.NEGATIVE_INFINITY;
      storedAt.text = Number.NEGATIVE_INFINITY;
      schedule();
    });
    tick = { wait, cancel };
  }

  async function drain(): Promise<void> {
    const all = queue;
    let items: readonly Item[] = all;
    queue = [];
    const drained = counts;
    counts = { now: 0, crowd: 0, text: 0 };
    drainsText = drained.text > 0;
    const batch = createCommitBatch({ before: state, document, texts });
    try {
      const done = await fill(batch, all);
      items = all.slice(0, done);
      putBack(all.slice(done));
      const commit = batch.commit();
      if (commit.steps.length > 0 || commit.docUpdates.length > 0) await store(commit);
      lastAt = commit.steps.at(-1)?.event.at ?? lastAt;
      state = commit.after;
      for (const pace of ['crowd', 'text'] as const) if (drained[pace] > 0) storedAt[pace] = now();
      options.committed(commit);
      for (const item of items) if (item.kind === 'callback') item.call();
    } catch (error) {
      await dropBatch(items, batch.commit(), error);
    } finally {
      draining = null;
      drainsText = false;
    }
    schedule();
  }

  /** In front of what arrived meanwhile. */
  function putBack(items: readonly Item[]): void {
    if (items.length === 0) return;
    queue = [...items, ...queue];
    for (const item of items) counts[paceOf(item)] += 1;
    interrupted = true;
  }

  /** How many of the items are in the batch: all of them, unless the text among them cost too much. */
  async function fill(batch: CommitBatch, items: readonly Item[]): Promise<number> {
    for (let at = 0; at < items.length; at += 1) {
      const item = items[at]!;
      if (item.kind === 'command') {
        deciding = item.request;
        await decideOne(item.request, batch);
        deciding = null;
      }
      if (item.kind !== 'text') continue;
      const consecutive: TypedUpdate[] = [item.typed];
      for (
        let next = items[at + 1];
        next?.kind === 'text' && consecutive.length < FRAMES_AT_ONCE;
        next = items[at + 1]
      ) {
        consecutive.push(next.typed);
        at += 1;
      }
      batch.type(consecutive);
      if (batch.textSteps() > MOST_STEPS) return at + 1;
    }
    return items.length;
  }

  async function decideOne(request: CommandRequest, batch: CommitBatch): Promise<void> {
    const { command, participant, cause } = request;
    const known = participant === null ? null : answerBefore(batch.state(), participant, cause);
    if (known) return batch.answer(request, { ok: true, ...known, events: [] });
    batch.addTexts(request.texts ?? []);
    const found = await options.lookUp(request, batch);
    if (!found.ok) return batch.answer(request, found);
    const { context, replacement } = found.value;
    const meta: Meta = {
      at: Math.max(now(), lastAt, batch.lastAt()),
      actor: { participant },
      cause,
      ...(request.tab === undefined ? {} : { tab: request.tab }),
      facts: context,
    };
    const decided = decide(batch.state(), command, meta);
    if (!decided.ok) return batch.answer(request, decided);
    const events = decided.value;
    batch.apply(events, replacement);
    const about = aboutOf(batch.state(), { command, participant, events, duplicates: context.duplicates });
    const { seq } = batch.state();
    batch.answer(request, { ok: true, seq, ...(about === undefined ? {} : { about }), events });
  }

  async function store({ before, steps, docUpdates, blobs }: Commit): Promise<void> {
    const events = steps.map((step) => step.event);
    const ended = events.some((event) => event.type === 'session.ended');
    const rotated = events.findLast((event) => event.type === 'joinCode.rotated');
    const code = rotated ? { joinCode: rotated.payload.joinCode } : {};
    await storage.append({ session, expectedSeq: before.seq, events, docUpdates, blobs, ended, ...code });
    texts.noteStored(blobs);
  }

  async function dropBatch(items: readonly Item[], commit: Commit, error: unknown): Promise<void> {
    const unavailable = error instanceof StorageUnavailable;
    const refusal = rejection(unavailable ? 'storage_unavailable' : 'busy');
    for (const item of items) if (item.kind === 'command') item.request.answer({ ok: false, error: refusal });
    if (!unavailable) return crash(error);
    try {
      if (commit.docUpdates.length > 0) {
        await options.resetDocument();
        // What was typed meanwhile builds on what is gone; whoever typed it will be asked for all of it.
        queue = queue.map((item) => (item.kind === 'text' ? { ...item, typed: { ...item.typed, early: true } } : item));
      }
      options.refused(commit.refusals);
      for (const item of items) if (item.kind === 'callback') item.call();
    } catch (again) {
      crash(again);
    }
  }

  function crash(error: unknown): void {
    stopped = true;
    options.crashed(error, deciding);
  }

  return {
    state: () => state,
    lastAt: () => lastAt,
    submit: (request) => enqueue({ kind: 'command', request }),
    type: (typed) => enqueue({ kind: 'text', typed }),
    whenStored(call) {
      if (draining !== null) enqueue({ kind: 'callback', call });
      else call();
    },
    hasUnstoredText: () => drainsText || counts.text > 0,
    async stop() {
      stopped = true;
      tick?.cancel();
      await draining;
      for (const item of queue)
        if (item.kind === 'command') item.request.answer({ ok: false, error: rejection('busy') });
      queue = [];
      counts = { now: 0, crowd: 0, text: 0 };
    },
  };
}
