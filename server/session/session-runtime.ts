// What a fault of ours replaces, made from the log: the loop, the document, the views and when they leave.
// Invariant: after a commit, in this order: text, roles, views, acks, effects.
import { randomBytes } from 'node:crypto';
import { effectsOf } from '#session-core/effects.ts';
import type { SystemCommand } from '#session-core/model/system-commands.ts';
import { createSharedDocument } from '../document/document.ts';
import type { TextStore } from '../document/text-store.ts';
import type { After, Now } from '../platform/clock.ts';
import type { WordFilter } from '../platform/profanity-filter.ts';
import { ConflictError, type SessionRow, type Storage } from '../storage/storage.ts';
import { type Actor, createActor } from './actor.ts';
import { affectedBy, unionOf } from './affected-participants.ts';
import type { Asked, Turn } from './commit.ts';
import type { Comparisons } from './comparisons.ts';
import { type CheckpointOf, createContextLookup } from './decision-context.ts';
import { createDocumentGateway, type DocumentGateway } from './document-gateway.ts';
import type { EffectRunner } from './effect-runner.ts';
import { type LoadedState, loadState } from './load-state.ts';
import { createMergeStateWatcher, type MergeStateWatcher } from './merge-state-watcher.ts';
import type { PresenceTracker } from './presence.ts';
import type { Transport } from './session-api.ts';
import { createViewFlusher, type ViewFlusher } from './view-flusher.ts';
import { type Affected, createViews, type Views } from './views.ts';

export interface SessionRuntime {
  readonly actor: Actor;
  readonly documents: DocumentGateway;
  readonly views: Views;
  readonly flusher: ViewFlusher;
  readonly merges: MergeStateWatcher;
  /** New for each runtime: who holds views of another one takes a snapshot. */
  readonly logId: string;
}

/** What outlives it. */
export interface RuntimeOptions {
  readonly row: SessionRow;
  readonly storage: Storage;
  readonly now: Now;
  readonly after: After;
  readonly isFlagged: WordFilter;
  readonly checkpoint: CheckpointOf;
  readonly comparisons: Comparisons;
  readonly texts: TextStore;
  readonly presence: PresenceTracker;
  readonly effects: EffectRunner;
  readonly transport: () => Transport;
  tell(command: SystemCommand): Promise<unknown>;
  /** After each commit: whether to cache the state is the caller's. */
  keep(state: LoadedState): void;
  /** `asked`: the command that was being decided, if one was. */
  fault(error: unknown, asked: Asked | null): void;
  failed(what: string, error: unknown): void;
}

/** Throws what the storage throws. */
export async function startRuntime(options: RuntimeOptions): Promise<SessionRuntime> {
  const { row, storage, now, after, texts, presence, effects, transport, tell, failed } = options;
  const { id } = row;
  const [loaded, doc] = await Promise.all([loadState(storage, id), storage.docLoad(id)]);
  const room = createSharedDocument(doc.updates);
  const logId = `${row.logId}.${randomBytes(4).toString('hex')}`;
  const documents = createDocumentGateway({
    session: id,
    docId: row.docId,
    room,
    storage,
    lastRow: doc.last,
    rows: doc.updates.length,
    now,
    after,
    actor: () => actor,
    state: () => actor.state(),
    came: (peer) => presence.came(peer, { participant: peer.participant, tab: peer.tab, text: true }),
    left: (peer) => presence.left(peer),
    paused: () => void tell({ type: 'revision.cut' }),
    failed,
  });
  const gather = createContextLookup({
    room,
    texts,
    isFlagged: options.isFlagged,
    isOnline: (participant) => presence.isHere(participant),
    checkpoint: options.checkpoint,
    compare: options.comparisons.between,
  });
  const actor = createActor({
    session: id,
    ...loaded,
    room,
    texts,
    storage,
    now,
    after,
    gather,
    committed: (turn) => committed(turn),
    async rebuild() {
      // An I/O error may come after the change was kept: then the log is ahead of us, and only loading it helps.
      const ahead = await storage.read(id, actor.state().seq);
      if (ahead.length > 0) throw new ConflictError(`the log of ${id} is ahead of its session`);
      const stored = await storage.docLoad(id);
      room.reset(stored.updates);
      documents.wasReset(stored.last);
    },
    crashed: options.fault,
  });
  const views = createViews({
    logId,
    first: { state: loaded.state, presence: presence.presence() },
    transport,
    listens: (participant) => presence.isHere(participant),
  });
  const promotions: string[] = [];
  const flusher = createViewFlusher({
    now,
    after,
    flush(affected: Affected) {
      views.flush({ state: actor.state(), presence: presence.presence() }, affected);
      for (const participant of promotions.splice(0)) {
        views.promoted(participant);
        transport().promoted(participant);
      }
    },
    fault: (error) => options.fault(error, null),
  });
  const merges = createMergeStateWatcher({
    room,
    texts,
    after,
    state: () => actor.state(),
    tell: (states) => void tell({ type: 'patch.states', states }),
    failed: (error) => failed('merge_watch_failed', error),
  });
  function committed(turn: Turn): void {
    documents.committed(turn);
    const { driver } = turn.after;
    if (driver !== turn.before.driver) {
      presence.seat(driver);
      documents.rolesChanged();
    }
    if (turn.after.offer !== turn.before.offer) presence.offered(turn.after.offer);
    let affected: Affected = new Set();
    for (const { event, state: then } of turn.steps) {
      affected = unionOf(affected, affectedBy(event, then));
      if (event.type === 'participant.promoted') promotions.push(event.payload.participant);
    }
    // Acks wait for the flush; a refusal has nothing to wait for.
    for (const { asked, outcome } of turn.answers) if (!outcome.ok) asked.answer(outcome);
    const answer = () => {
      for (const { asked, outcome } of turn.answers) if (outcome.ok) asked.answer(outcome);
    };
    if (turn.steps.length > 0) flusher.changed(affected, answer);
    else flusher.afterFlush(answer);
    if (turn.docUpdates.length > 0 || turn.steps.length > 0) merges.changed();
    for (const { event, state: then } of turn.steps)
      for (const effect of effectsOf(event, then)) effects.perform(effect);
    options.keep({ state: turn.after, lastAt: actor.lastAt() });
  }
  presence.seat(loaded.state.driver);
  presence.offered(loaded.state.offer);
  merges.changed();
  return { actor, documents, views, flusher, merges, logId };
}
