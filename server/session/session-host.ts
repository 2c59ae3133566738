// One live session: the loop, the document, the views, who is here and the runs, put unionOf.
// Invariant: after a commit, in this order: text, roles, views, acks, effects. A throw in the core closes the session's sockets
// and loads it from the log again; what the storage refused is refused, and the session lives on.
import type { Task } from '#pipeline-core/core/report.ts';
import type { Pool } from '#sandbox/index.ts';
import { effectsOf } from '#session-core/effects.ts';
import type { ClientCommand } from '#session-core/model/client-commands.ts';
import type { SessionEvent } from '#session-core/model/events.ts';
import { rejection } from '#session-core/model/rejection.ts';
import type { SystemCommand } from '#session-core/model/system-commands.ts';
import { CLOSE, closeReason } from '#session-core/protocol/close-codes.ts';
import { type Ack, ackOfRejection, PROTOCOL } from '#session-core/protocol/messages.ts';
import { messageOf } from '#session-core/sentences/message.ts';
import { createTextStore } from '../document/text-store.ts';
import type { After, Now } from '../platform/clock.ts';
import { factsOf, type Log } from '../platform/log.ts';
import type { WordFilter } from '../platform/profanity-filter.ts';
import type { SessionRow, Storage } from '../storage/storage.ts';
import type { Outcome } from './commit.ts';
import { createComparisons } from './comparisons.ts';
import type { CheckpointOf } from './decision-context.ts';
import { createEffectRunner } from './effect-runner.ts';
import { holdoutRows } from './holdout-scores.ts';
import { cacheState, type LoadedState } from './load-state.ts';
import { createPrediction } from './prediction.ts';
import { createPresenceTracker } from './presence.ts';
import type { LiveSession, Transport } from './session-api.ts';
import type { SessionData } from './session-data.ts';
import { createSessionQueries } from './session-queries.ts';
import { type SessionRuntime, startRuntime } from './session-runtime.ts';

const CACHE_EVERY = 500;
const RELOAD_TRIES = 5;
const RELOAD_PAUSE_MS = 1_000;

export interface HostOptions {
  readonly row: SessionRow;
  readonly storage: Storage;
  readonly pool: Pool;
  readonly now: Now;
  readonly after: After;
  readonly log: Log;
  readonly cacheDir: string;
  readonly isFlagged: WordFilter;
  readonly checkpoint: CheckpointOf;
  readonly data: (task: Task) => SessionData;
  /** Just created: the effects of these events are still to be performed. */
  readonly fresh?: readonly SessionEvent[];
  /** Called when it stands, before anything is pushed. */
  opened(session: LiveSession): void;
  /** It could not be loaded again after a fault: the registry forgets it, and the next visitor tries anew. */
  lost(): void;
}

export interface SessionHost extends LiveSession {
  /** Ends it for everybody, without storing anything any more. */
  drop(code: number): Promise<void>;
}

const NO_TRANSPORT: Transport = {
  publish: () => {},
  publishTo: () => {},
  progress: () => {},
  promoted: () => {},
  disconnect: () => {},
};

/** Throws what the storage throws. */
export async function hostSession(options: HostOptions): Promise<SessionHost> {
  const { row, storage, pool, now, after, log } = options;
  const { id } = row;
  const texts = createTextStore(storage, id);
  let transport = NO_TRANSPORT;
  let runtime: SessionRuntime;
  let reloading = false;
  let closed = false;
  let cachedAt = 0;
  /** Commands that our own code could not bear: a client that sends one again must not bring the session down again. */
  const poison = new Set<string>();
  const state = () => runtime.actor.state();
  const failed = (what: string, error: unknown) => log.error(what, { session: id, ...factsOf(error) });

  const presence = createPresenceTracker({
    after,
    gaps: () => pool.gaps,
    changed: () => runtime?.flusher.changed(new Set()),
    lapsed: (seat) => tell({ type: 'driver.lapse', ...seat }),
    unanswered: ({ to, at }) => tell({ type: 'driver.offerLapse', to, at }),
  });
  const queries = createSessionQueries({ storage, session: id, texts, state, now, tell });
  const comparisons = createComparisons({ state, report: queries.reportOf });
  const effects = createEffectRunner({
    session: id,
    pool,
    cacheDir: options.cacheDir,
    texts,
    now,
    after,
    data: options.data,
    state,
    tell: (command) => void tell(command),
    progress: (message, only) => transport.progress(message, only),
    comparisons,
    failed,
    disconnect: (participant) => {
      transport.disconnect(participant, CLOSE.forbidden);
      runtime.documents.close(CLOSE.forbidden, (peer) => peer.participant === participant);
    },
    ended: () => runtime.documents.close(CLOSE.ended),
  });

  function ask(command: ClientCommand | SystemCommand, from?: { participant: string; tab: string; commandId: string }) {
    return new Promise<Outcome>((resolve) => {
      if (from && poison.has(`${from.participant} ${from.commandId}`))
        return resolve({ ok: false, error: rejection('busy') });
      runtime.actor.ask({
        command,
        participant: from?.participant ?? null,
        cause: from?.commandId ?? command.type,
        ...(from ? { tab: from.tab } : {}),
        answer: resolve,
      });
    });
  }
  function tell(command: SystemCommand): Promise<Outcome> {
    return ask(command);
  }
  const ackOf = (outcome: Outcome): Ack =>
    outcome.ok
      ? { ok: true, seq: outcome.seq, ...(outcome.about === undefined ? {} : { about: outcome.about }) }
      : ackOfRejection(outcome.error);

  const begin = (): Promise<SessionRuntime> =>
    startRuntime({
      ...options,
      comparisons,
      texts,
      presence,
      effects,
      transport: () => transport,
      tell,
      keep: (loaded) => keepState(loaded),
      fault(error, asked) {
        if (asked?.participant) poison.add(`${asked.participant} ${asked.cause}`);
        void reload(error);
      },
      failed,
    });

  function keepState(loaded: LoadedState): void {
    if (loaded.state.seq - cachedAt < CACHE_EVERY) return;
    cachedAt = loaded.state.seq;
    cacheState(storage, id, loaded).catch((error: unknown) => failed('cache_failed', error));
  }

  /** RunCoordinator that nobody performs any more, since the process that did is gone. */
  function interruptLost(): void {
    for (const [run, { status }] of Object.entries(state().runs))
      if ((status === 'queued' || status === 'running') && !effects.holds(run))
        void tell({ type: 'run.interrupt', run });
  }

  async function reload(error: unknown): Promise<void> {
    if (reloading || closed) return;
    reloading = true;
    failed('session_fault', error);
    transport.disconnect(null, CLOSE.reload);
    runtime.documents.close(CLOSE.reload);
    runtime.flusher.stop();
    runtime.merges.stop();
    await runtime.actor.stop();
    for (let tries = 1; !closed; tries += 1) {
      try {
        const gone = runtime;
        runtime = await begin();
        gone.documents.stop();
        reloading = false;
        return interruptLost();
      } catch (again) {
        failed('reload_failed', again);
        if (tries === RELOAD_TRIES) return options.lost();
        await new Promise<void>((resolve) => after(RELOAD_PAUSE_MS, resolve));
      }
    }
  }

  async function stop(code: number): Promise<void> {
    if (closed) return;
    closed = true;
    await runtime.actor.stop();
    runtime.flusher.flushNow();
    runtime.flusher.stop();
    runtime.merges.stop();
    presence.close();
    effects.stop();
    transport.disconnect(null, code);
    runtime.documents.close(code);
    runtime.documents.stop();
  }

  runtime = await begin();
  const session: SessionHost = {
    id,
    get logId() {
      return runtime.logId;
    },
    state,
    view: () => runtime.views.publicView(),
    send: async (command, from) => ackOf(await ask(command, from)),
    async join(person) {
      const outcome = await tell({ type: 'participant.join', ...person });
      if (!outcome.ok) {
        const refused = ackOfRejection(outcome.error);
        return refused.ok ? { ok: false, rejection: { code: 'busy', message: messageOf(rejection('busy')) } } : refused;
      }
      const participant = outcome.about ?? '';
      return { ok: true, participant, displayName: state().participants[participant]?.displayName ?? '' };
    },
    promote: async (participant) => ackOf(await tell({ type: 'participant.promote', participant })),
    addFacilitatorLink: async (hash) => ackOf(await tell({ type: 'facilitator.link', hash })),
    setTransport: (next) => {
      transport = next;
    },
    initialMessages(participant, held) {
      try {
        return runtime.views.initialMessages(participant, held);
      } catch (error) {
        void reload(error);
        // Every socket is closed in a moment, this one too.
        const view = runtime.views.publicView();
        return { kind: 'snapshot', snapshot: { protocol: PROTOCOL, logId: '', seq: 0, view, you: null, youSeq: 0 } };
      }
    },
    connected: ({ id: socket, participant, tab }) => presence.came(socket, { participant, tab, text: false }),
    disconnected: ({ id: socket }) => presence.left(socket),
    joinText: (socket, who) =>
      reloading || closed ? socket.close(CLOSE.reload, closeReason(CLOSE.reload)) : runtime.documents.join(socket, who),
    files: queries.files,
    tables: () => options.data(state().task).tables,
    data: () => options.data(state().task).listing,
    report: queries.report,
    holdout: () =>
      holdoutRows(state(), { actual: options.data(state().task).holdout.actual, reportOf: queries.reportOf }),
    predict: createPrediction({ session: id, pool, serveAgain: effects.serveAgain }),
    events: () => storage.read(id, 0),
    tree: () => state().revisions[String(state().revision)]?.tree ?? {},
    async close() {
      await stop(CLOSE.restart);
      const kept = { state: state(), lastAt: runtime.actor.lastAt() };
      await cacheState(storage, id, kept).catch((error: unknown) => failed('cache_failed', error));
    },
    drop: stop,
  };
  options.opened(session);
  if (options.fresh)
    for (const event of options.fresh) for (const effect of effectsOf(event, state())) effects.perform(effect);
  else interruptLost();
  return session;
}
