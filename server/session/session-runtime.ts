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
import { together, touchedBy } from './affected-participants.ts';
import type { Asked, Turn } from './commit.ts';
import type { Comparisons } from './comparisons.ts';
import { type CheckpointOf, createFacts } from './decision-context.ts';
import { createTextDesk, type DocumentGateway } from './document-gateway.ts';
import type { EffectRunner } from './effect-runner.ts';
import { type LoadedState, loadState } from './load-state.ts';
import { createMergeWatch, type MergeWatch } from './merge-state-watcher.ts';
import type { Attendance } from './presence.ts';
import type { Outlet } from './session-api.ts';
import { createFlusher, type Flusher } from './view-flusher.ts';
import { createViews, type Touched, type Views } from './views.ts';

export interface Life {
  readonly actor: Actor;
  readonly desk: DocumentGateway;
  readonly views: Views;
  readonly flusher: Flusher;
  readonly merges: MergeWatch;
  /** New for each life: who holds views of another one takes a snapshot. */
  readonly logId: string;
}

/** What outlives it. */
export interface LifeOptions {
  readonly row: SessionRow;
  readonly storage: Storage;
  readonly now: Now;
  readonly after: After;
  readonly isFlagged: WordFilter;
  readonly checkpoint: CheckpointOf;
  readonly comparisons: Comparisons;
  readonly texts: TextStore;
  readonly attendance: Attendance;
  readonly effects: EffectRunner;
  readonly outlet: () => Outlet;
  tell(command: SystemCommand): Promise<unknown>;
  /** After each commit: whether to cache the state is the caller's. */
  keep(state: LoadedState): void;
  /** `asked`: the command that was being decided, if one was. */
  fault(error: unknown, asked: Asked | null): void;
  failed(what: string, error: unknown): void;
}

/** Throws what the storage throws. */
export async function beginLife(options: LifeOptions): Promise<Life> {
  const { row, storage, now, after, texts, attendance, effects, outlet, tell, failed } = options;
  const { id } = row;
  const [loaded, doc] = await Promise.all([loadState(storage, id), storage.docLoad(id)]);
  const room = createSharedDocument(doc.updates);
  const logId = `${row.logId}.${randomBytes(4).toString('hex')}`;
  const desk = createTextDesk({
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
    came: (peer) => attendance.came(peer, { participant: peer.participant, tab: peer.tab, text: true }),
    left: (peer) => attendance.left(peer),
    paused: () => void tell({ type: 'revision.cut' }),
    failed,
  });
  const gather = createFacts({
    room,
    texts,
    isFlagged: options.isFlagged,
    isOnline: (participant) => attendance.isHere(participant),
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
      desk.wasReset(stored.last);
    },
    crashed: options.fault,
  });
  const views = createViews({
    logId,
    first: { state: loaded.state, presence: attendance.presence() },
    outlet,
    listens: (participant) => attendance.isHere(participant),
  });
  const promotions: string[] = [];
  const flusher = createFlusher({
    now,
    after,
    flush(touched: Touched) {
      views.flush({ state: actor.state(), presence: attendance.presence() }, touched);
      for (const participant of promotions.splice(0)) {
        views.promoted(participant);
        outlet().promoted(participant);
      }
    },
    fault: (error) => options.fault(error, null),
  });
  const merges = createMergeWatch({
    room,
    texts,
    after,
    state: () => actor.state(),
    tell: (states) => void tell({ type: 'patch.states', states }),
    failed: (error) => failed('merge_watch_failed', error),
  });
  function committed(turn: Turn): void {
    desk.committed(turn);
    const { driver } = turn.after;
    if (driver !== turn.before.driver) {
      attendance.seat(driver);
      desk.rolesChanged();
    }
    if (turn.after.offer !== turn.before.offer) attendance.offered(turn.after.offer);
    let touched: Touched = new Set();
    for (const { event, state: then } of turn.steps) {
      touched = together(touched, touchedBy(event, then));
      if (event.type === 'participant.promoted') promotions.push(event.payload.participant);
    }
    // Acks wait for the flush; a refusal has nothing to wait for.
    for (const { asked, outcome } of turn.answers) if (!outcome.ok) asked.answer(outcome);
    const answer = () => {
      for (const { asked, outcome } of turn.answers) if (outcome.ok) asked.answer(outcome);
    };
    if (turn.steps.length > 0) flusher.changed(touched, answer);
    else flusher.afterFlush(answer);
    if (turn.docUpdates.length > 0 || turn.steps.length > 0) merges.changed();
    for (const { event, state: then } of turn.steps)
      for (const effect of effectsOf(event, then)) effects.perform(effect);
    options.keep({ state: turn.after, lastAt: actor.lastAt() });
  }
  attendance.seat(loaded.state.driver);
  attendance.offered(loaded.state.offer);
  merges.changed();
  return { actor, desk, views, flusher, merges, logId };
}
