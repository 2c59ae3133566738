// The part of a live session that is made from the log, and made again after an internal error: the loop, the document, the
// views and their flusher.
// Invariant: after a commit, in this order: text and roles, views, acks, effects.
import { randomBytes } from 'node:crypto';
import type { Pool } from '#sandbox/index.ts';
import { effectsOf } from '#session-core/effects.ts';
import type { Patch } from '#session-core/model/client-commands.ts';
import type { SystemCommand } from '#session-core/model/system-commands.ts';
import { createSharedDocument } from '../document/document.ts';
import type { TextStore } from '../document/text-store.ts';
import type { After, Now } from '../platform/clock.ts';
import type { Log } from '../platform/log.ts';
import type { WordFilter } from '../platform/profanity-filter.ts';
import { ConflictError, type SessionRow, type Storage } from '../storage/storage.ts';
import { type Actor, createActor } from './actor.ts';
import { createPatchChecker, type PatchChecker } from './checks/patch-checker.ts';
import type { CommandRequest, Commit } from './commits/commit.ts';
import type { AgendaOf, CheckpointOf } from './course-context.ts';
import { createContextLookup } from './decision-context.ts';
import { createDocumentGateway, type DocumentGateway } from './document-gateway.ts';
import type { EffectRunner } from './effect-runner.ts';
import { type LoadedState, loadState } from './load-state.ts';
import { createMergeStateWatcher } from './merge-state-watcher.ts';
import type { PresenceTracker } from './presence.ts';
import type { Comparisons } from './runs/comparisons.ts';
import type { Transport } from './session-api.ts';
import { logCommit } from './session-log.ts';
import { type Change, changeOf, NO_CHANGE, together } from './views/affected-participants.ts';
import { createViewFlusher, flushMs, type ViewFlusher } from './views/view-flusher.ts';
import { createViews, type Views } from './views/views.ts';

export interface SessionRuntime {
  readonly actor: Actor;
  readonly documents: DocumentGateway;
  readonly views: Views;
  readonly flusher: ViewFlusher;
  readonly checks: Pick<PatchChecker, 'ofCode' | 'results'>;
  /** A command is decided; some wait for what has to be found out first. */
  submit(request: CommandRequest): void;
  /** No more merge states and checks. */
  stopWatching(): void;
  /** New for each runtime: clients that hold views of another one take a snapshot. */
  readonly logId: string;
  readonly storage: Storage;
}

/** What outlives a runtime. */
export interface RuntimeOptions {
  readonly row: SessionRow;
  /** For what is loaded now: it stores nothing once this node owns the session anew. */
  readonly storageOfRuntime: () => Storage;
  readonly pool: Pool;
  readonly now: Now;
  readonly after: After;
  readonly log: Log;
  readonly isFlagged: WordFilter;
  readonly checkpoint: CheckpointOf;
  readonly agenda: AgendaOf;
  readonly mostParticipants: number;
  readonly freeJoinCode: () => Promise<string>;
  readonly comparisons: Comparisons;
  readonly texts: TextStore;
  readonly presence: PresenceTracker;
  readonly effects: EffectRunner;
  readonly transport: () => Transport;
  dispatch(command: SystemCommand): void;
  /** After each commit; the caller decides whether to cache the state. */
  stateStored(state: LoadedState): void;
  /** `request`: the command that was being decided, if one was. */
  crashed(error: unknown, request: CommandRequest | null): void;
  failed(what: string, error: unknown): void;
}

/** Throws what the storage throws. */
export async function startRuntime(options: RuntimeOptions): Promise<SessionRuntime> {
  const { row, now, after, texts, presence, effects, transport, dispatch, failed } = options;
  const storage = options.storageOfRuntime();
  const { id } = row;
  const [loaded, stored] = await Promise.all([loadState(storage, id), storage.docLoad(id)]);
  const document = createSharedDocument(stored.updates);
  const logId = `${row.logId}.${randomBytes(4).toString('hex')}`;
  const documents = createDocumentGateway({
    session: id,
    docId: row.docId,
    document,
    storage,
    lastRow: stored.last,
    rows: stored.updates.length,
    now,
    after,
    actor: () => actor,
    state: () => actor.state(),
    connected: (key) =>
      presence.connected(key, { participant: key.participant, tab: key.tab, narrow: true, text: true }),
    disconnected: (key) => presence.disconnected(key),
    typingPaused: () => dispatch({ type: 'revision.cut' }),
    failed,
    editRefused: (participant, code) => options.log.sampled('edit_refused', { session: id, participant, code }),
  });
  const fixes = new Map<string, Patch>();
  const actor = createActor({
    session: id,
    ...loaded,
    document,
    texts,
    storage,
    now,
    after,
    crowdTickMs: () => flushMs(presence.size()),
    lookUp: createContextLookup({
      document,
      isFlagged: options.isFlagged,
      isOnline: (participant) => presence.isOnline(participant),
      checkpoint: options.checkpoint,
      agenda: options.agenda,
      mostParticipants: options.mostParticipants,
      freeJoinCode: options.freeJoinCode,
      compare: options.comparisons.between,
      fixOf: (suggestion) => fixes.get(suggestion),
    }),
    committed: (commit) => committed(commit),
    async resetDocument() {
      // An I/O error may come after the change was stored: then the log is ahead of us, and only loading it helps.
      const ahead = await storage.read(id, actor.state().seq);
      if (ahead.length > 0) throw new ConflictError(`the log of ${id} is ahead of its session`);
      const kept = await storage.docLoad(id);
      // The same for the text: what was stored after all, nobody was sent.
      if (kept.last !== documents.lastRow()) throw new ConflictError(`the text of ${id} is ahead of its session`);
      document.reset(kept.updates);
      documents.documentReset(kept.last);
    },
    refused: (refusals) => documents.answerRefusals(refusals),
    crashed: options.crashed,
  });
  const views = createViews({
    logId,
    first: { state: loaded.state, presence: presence.current() },
    transport,
    isListening: (participant) => presence.isOnline(participant),
  });
  const promotions: string[] = [];
  const flusher = createViewFlusher({
    now,
    after,
    listeners: () => presence.size(),
    flush(change: Change) {
      views.flush({ state: actor.state(), presence: presence.current() }, change);
      for (const participant of promotions.splice(0)) {
        views.promoted(participant);
        transport().promoted(participant);
      }
    },
    crashed: (error) => options.crashed(error, null),
  });
  const merges = createMergeStateWatcher({
    document,
    texts,
    after,
    state: () => actor.state(),
    changed: (states) => dispatch({ type: 'patch.states', states }),
    failed: (error) => failed('merge_watch_failed', error),
  });
  const checks = createPatchChecker({
    session: id,
    pool: options.pool,
    texts,
    after,
    state: () => actor.state(),
    dispatch,
    codeChecked: () => presence.surroundingsChanged(),
    failed: (error) => failed('checks_failed', error),
  });
  /** The formatter is asked before: everybody else's commands do not wait for it. */
  async function submitFix(request: CommandRequest, suggestion: string): Promise<void> {
    const fix = await checks.fixOf(suggestion).catch((error: unknown) => failed('checks_failed', error));
    if (fix) fixes.set(suggestion, fix);
    actor.submit({
      ...request,
      answer: (outcome) => {
        fixes.delete(suggestion);
        request.answer(outcome);
      },
    });
  }
  /** Somebody waits for them: previews come with the next run of the code otherwise. */
  function renewChecks(suggestion: string): void {
    checks.wanted(suggestion);
    effects.renewPreview(suggestion);
  }
  function committed(commit: Commit): void {
    const { before, after: stateNow, steps, answers, docUpdates } = commit;
    documents.committed(commit);
    if (stateNow.driver !== before.driver) presence.driverChanged(stateNow.driver);
    if (stateNow.offer !== before.offer) presence.offerChanged(stateNow.offer);
    let change = NO_CHANGE;
    for (const { event, state } of steps) {
      change = together(change, changeOf(event, state));
      if (event.type === 'participant.promoted') promotions.push(event.payload.participant);
    }
    // Acks wait for the flush; a refusal has nothing to wait for.
    for (const { request, outcome } of answers) {
      if (outcome.ok) continue;
      request.answer(outcome);
      if (request.command.type === 'suggestion.accept' && outcome.error.code === 'check_required')
        renewChecks(request.command.suggestion);
    }
    const acknowledge = () => {
      for (const { request, outcome } of answers) if (outcome.ok) request.answer(outcome);
    };
    if (steps.length > 0) flusher.changed(change, acknowledge);
    else flusher.afterFlush(acknowledge);
    if (docUpdates.length > 0 || steps.length > 0) {
      merges.changed();
      checks.changed();
    }
    logCommit(options.log, id, commit);
    for (const { event, state } of steps) for (const effect of effectsOf(event, state)) effects.perform(effect);
    options.stateStored({ state: stateNow, lastAt: actor.lastAt() });
  }
  presence.driverChanged(loaded.state.driver);
  presence.offerChanged(loaded.state.offer);
  merges.changed();
  checks.changed();
  return {
    actor,
    documents,
    views,
    flusher,
    checks,
    logId,
    storage,
    submit(request) {
      if (request.command.type === 'suggestion.fix') void submitFix(request, request.command.suggestion);
      else actor.submit(request);
    },
    stopWatching() {
      merges.stop();
      checks.stop();
    },
  };
}
