// THE LOOP of a session: drain -> decide and evolve on a draft, typing into the document -> one durable append -> the
// draft is the state -> relay, flush, ack, effects.
// Invariant: one queue in arrival order. What arrives meanwhile waits for the next drain. Nothing leaves before it is stored;
// a failed append drops the draft and refuses all of it. A throw in here is our own bug: the session is loaded anew.

import type { SessionEvent } from '#session-core/model/events.ts';
import { type Rejection, rejection } from '#session-core/model/rejection.ts';
import type { SessionState } from '#session-core/model/state.ts';
import type { DecisionContext, Meta } from '#session-core/rules/context.ts';
import { aboutOf, answerBefore } from '#session-core/rules/idempotency.ts';
import { decide } from '#session-core/session.ts';
import type { SharedDocument } from '../document/document.ts';
import type { TextStore } from '../document/text-store.ts';
import type { After, Now } from '../platform/clock.ts';
import { type Storage, StorageUnavailable } from '../storage/storage.ts';
import { type Asked, sameTree, type Turn, type Typed, treesOf } from './commit.ts';
import { createDraft, type Draft } from './commit-batch.ts';

/** Under fast typing alone, the text is stored and relayed once in so many milliseconds. */
const TEXT_TICK_MS = 33;

type Item =
  | { readonly kind: 'command'; readonly asked: Asked }
  | { readonly kind: 'text'; readonly typed: Typed }
  /** RunCoordinator after the commit of what came before it. */
  | { readonly kind: 'then'; call(): void };

export interface ActorOptions {
  readonly session: string;
  readonly state: SessionState;
  /** Of the last event: time never goes back within a session. */
  readonly lastAt: number;
  readonly room: SharedDocument;
  readonly texts: TextStore;
  readonly storage: Storage;
  readonly now: Now;
  readonly after: After;
  /** What only the edge knows; a Rejection where that already decides. */
  gather(asked: Asked, state: SessionState): Promise<DecisionContext | Rejection> | DecisionContext | Rejection;
  committed(turn: Turn): void;
  /** Nothing was stored and the document in memory is ahead of the disk: resolves when it is as stored again. */
  rebuild(): Promise<void>;
  /** `asked`: the command that was being decided, if one was. */
  crashed(error: unknown, asked: Asked | null): void;
}

export interface Actor {
  state(): SessionState;
  /** Time of the last event. */
  lastAt(): number;
  ask(asked: Asked): void;
  type(typed: Typed): void;
  /** After everything that arrived before is stored; at once where nothing is on its way. */
  whenStored(call: () => void): void;
  /** Text is waiting for the disk. */
  textWaits(): boolean;
  /** Resolves when the drain under way has ended; everything later is refused as `busy`. */
  stop(): Promise<void>;
}

export function createActor(options: ActorOptions): Actor {
  const { session, room, texts, storage, now, after } = options;
  let state = options.state;
  let lastAt = options.lastAt;
  let queue: Item[] = [];
  let draining: Promise<void> | null = null;
  let drainsText = false;
  let textAt = Number.NEGATIVE_INFINITY;
  let tick: (() => void) | null = null;
  let stopped = false;
  let deciding: Asked | null = null;

  function arrive(item: Item): void {
    if (stopped) {
      if (item.kind === 'command') item.asked.answer({ ok: false, error: rejection('busy') });
      return;
    }
    queue.push(item);
    plan();
  }

  function plan(): void {
    if (draining !== null || queue.length === 0 || stopped) return;
    const wait = TEXT_TICK_MS - (now() - textAt);
    if (queue.some((item) => item.kind !== 'text') || wait <= 0) {
      tick?.();
      tick = null;
      draining = drain();
      return;
    }
    tick ??= after(Math.min(wait, TEXT_TICK_MS), () => {
      tick = null;
      textAt = Number.NEGATIVE_INFINITY;
      plan();
    });
  }

  async function drain(): Promise<void> {
    const items = queue;
    queue = [];
    drainsText = items.some((item) => item.kind === 'text');
    const draft = createDraft(state, room);
    try {
      await work(items, draft);
      const turn = draft.turn();
      if (turn.steps.length > 0 || turn.docUpdates.length > 0) await store(turn);
      lastAt = turn.steps.at(-1)?.event.at ?? lastAt;
      state = turn.after;
      if (drainsText) textAt = now();
      options.committed(turn);
      for (const item of items) if (item.kind === 'then') item.call();
    } catch (error) {
      await giveUp(items, draft.turn(), error);
    } finally {
      draining = null;
      drainsText = false;
    }
    plan();
  }

  async function work(items: readonly Item[], draft: Draft): Promise<void> {
    for (let at = 0; at < items.length; at += 1) {
      const item = items[at]!;
      if (item.kind === 'command') {
        deciding = item.asked;
        await decideOne(item.asked, draft);
        deciding = null;
      }
      if (item.kind !== 'text') continue;
      const run: Typed[] = [item.typed];
      for (let next = items[at + 1]; next?.kind === 'text'; next = items[at + 1]) {
        run.push(next.typed);
        at += 1;
      }
      draft.type(run);
    }
  }

  async function decideOne(asked: Asked, draft: Draft): Promise<void> {
    const { command, participant, cause } = asked;
    const known = participant === null ? null : answerBefore(draft.state(), participant, cause);
    if (known) return draft.answer(asked, { ok: true, ...known, events: [] });
    const facts = await options.gather(asked, draft.state());
    if ('code' in facts) return draft.answer(asked, { ok: false, error: facts });
    const meta: Meta = {
      at: Math.max(now(), lastAt, draft.lastAt()),
      actor: { participant },
      cause,
      ...(asked.tab === undefined ? {} : { tab: asked.tab }),
      facts,
    };
    const decided = decide(draft.state(), command, meta);
    if (!decided.ok) return draft.answer(asked, decided);
    for (const event of decided.value) draft.happened(event);
    await follow(decided.value);
    const about = aboutOf(draft.state(), { command, participant, events: decided.value, duplicates: facts.duplicates });
    const seq = draft.state().seq;
    draft.answer(asked, { ok: true, seq, ...(about === undefined ? {} : { about }), events: decided.value });
  }

  /** The live text is what the revision cut last says: a step of the house (accept, undo, restore) is typed here. */
  async function follow(events: readonly SessionEvent[]): Promise<void> {
    const cut = events.findLast((event) => event.type === 'revision.cut');
    if (!cut || sameTree(cut.payload.tree, texts.treeOf(room.texts()))) return;
    room.become(await texts.textsOf(cut.payload.tree));
  }

  async function store(turn: Turn): Promise<void> {
    const events = turn.steps.map((step) => step.event);
    const blobs = texts.unstored(events.flatMap(treesOf));
    await storage.append({
      session,
      expectedSeq: turn.before.seq,
      events,
      docUpdates: turn.docUpdates,
      blobs,
      ended: events.some((event) => event.type === 'session.ended'),
    });
    texts.stored(blobs);
  }

  async function giveUp(items: readonly Item[], turn: Turn, error: unknown): Promise<void> {
    const unavailable = error instanceof StorageUnavailable;
    const refusal = rejection(unavailable ? 'storage_unavailable' : 'busy');
    for (const item of items) if (item.kind === 'command') item.asked.answer({ ok: false, error: refusal });
    if (!unavailable) return crash(error);
    try {
      if (turn.docUpdates.length > 0) await options.rebuild();
      for (const item of items) if (item.kind === 'then') item.call();
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
    ask: (asked) => arrive({ kind: 'command', asked }),
    type: (typed) => arrive({ kind: 'text', typed }),
    whenStored(call) {
      if (draining !== null) arrive({ kind: 'then', call });
      else call();
    },
    textWaits: () => drainsText || queue.some((item) => item.kind === 'text'),
    async stop() {
      stopped = true;
      tick?.();
      await draining;
      for (const item of queue) if (item.kind === 'command') item.asked.answer({ ok: false, error: rejection('busy') });
      queue = [];
    },
  };
}
