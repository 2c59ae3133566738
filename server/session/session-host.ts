// One live session, as routes and sockets use it: its runtime, and what outlives it (presence, runs, texts).
// Invariant: an exception in a runtime starts another one from the log; what the storage refused is only refused.
import type { Task } from '#pipeline-core/core/report.ts';
import type { Course, DataProfiles, Pool } from '#sandbox/index.ts';
import { effectsOf } from '#session-core/effects.ts';
import type { ClientCommand } from '#session-core/model/client-commands.ts';
import type { SessionEvent } from '#session-core/model/events.ts';
import { rejection } from '#session-core/model/rejection.ts';
import type { SystemCommand } from '#session-core/model/system-commands.ts';
import { CLOSE } from '#session-core/protocol/close-codes.ts';
import { type Ack, PROTOCOL } from '#session-core/protocol/messages.ts';
import { ackOfRejection, closeReason } from '#session-core/protocol/messages-for-programs.ts';
import { messageOf } from '#session-core/sentences/message.ts';
import { createTextStore } from '../document/text-store.ts';
import type { After, Now } from '../platform/clock.ts';
import { factsOf, type Log } from '../platform/log.ts';
import type { WordFilter } from '../platform/profanity-filter.ts';
import type { SessionRow, Storage } from '../storage/storage.ts';
import type { CommandOutcome } from './commits/commit.ts';
import type { AgendaOf, CheckpointOf } from './course-context.ts';
import { createEffectRunner } from './effect-runner.ts';
import { createJoinWatch } from './join-watch.ts';
import { cacheState, type LoadedState } from './load-state.ts';
import { createPresenceTracker, type PresenceTrackerOptions } from './presence.ts';
import { createComparisons } from './runs/comparisons.ts';
import { createExplanations } from './runs/explanations.ts';
import { createExpressions } from './runs/expressions.ts';
import { closeLostRuns } from './runs/lost-runs.ts';
import { createModelQuestions } from './runs/prediction.ts';
import { createReproductions } from './runs/reproductions.ts';
import { type LiveSession, NO_TRANSPORT, type Sender, type Transport } from './session-api.ts';
import type { SessionData } from './session-courses.ts';
import { createSessionQueries } from './session-queries.ts';
import { readingsOf } from './session-readings.ts';
import { type SessionRuntime, startRuntime } from './session-runtime.ts';
import { newId } from './tokens.ts';
import { createUnusedTimer } from './unused-timer.ts';
import { NO_CHANGE } from './views/affected-participants.ts';

const CACHE_EVERY = 500;
const RELOAD_TRIES = 5;
const RELOAD_PAUSE_MS = 1_000;

export interface HostOptions
  extends Pick<PresenceTrackerOptions, 'retention' | 'storageFault' | 'isDraining' | 'mostParticipants'> {
  readonly row: SessionRow;
  readonly storage: Storage;
  readonly pool: Pool;
  readonly now: Now;
  readonly after: After;
  readonly log: Log;
  readonly cacheDir: string;
  readonly isFlagged: WordFilter;
  readonly checkpoint: CheckpointOf;
  readonly agenda: AgendaOf;
  readonly freeJoinCode: () => Promise<string>;
  readonly storageOfRuntime: () => Storage;
  /** No other node owns it; claims it where nobody does. */
  isOurs(): Promise<boolean>;
  readonly data: (task: Task) => SessionData;
  readonly course: (id: string) => Course;
  /** At its tables, alone and beside predictions. */
  readonly looks: DataProfiles;
  /** Of a session just created: the effects of these events are still to be performed. */
  readonly firstEvents?: readonly SessionEvent[];
  /** Somebody who has joined uses it. */
  used(): void;
  /** Milliseconds without a connection, a request or a run, after which `unused` is called. */
  readonly unusedAfter: number;
  unused(session: SessionHost): void;
  /** Called when it is ready, before anything is sent. */
  opened(session: LiveSession): void;
  /** Another node owns it, or it could not be loaded again after an error: the next visitor tries again. */
  lost(): void;
}

export interface SessionHost extends LiveSession {
  readonly isConnected: () => boolean;
  /** Closes it for everybody, without storing anything any more. */
  drop(code: number): Promise<void>;
}

/** Throws what the storage throws. */
export async function hostSession(options: HostOptions): Promise<SessionHost> {
  const { row, storage, pool, now, after, log, data, course, looks, cacheDir } = options;
  const { id } = row;
  const texts = createTextStore(storage, id);
  let transport = NO_TRANSPORT;
  let runtime: SessionRuntime;
  let [reloading, closed, cachedAt] = [false, false, 0];
  /** Commands that made our own code throw: sent again, they must not bring the session down again. */
  const poisonous = new Set<string>();
  const state = () => runtime.actor.state();
  const failed = (what: string, error: unknown) => log.error(what, { session: id, ...factsOf(error) });
  const presence = createPresenceTracker({
    ...options,
    gaps: () => pool.gaps,
    codeChecks: () => runtime?.checks.ofCode(),
    changed: () => runtime?.flusher.changed(NO_CHANGE),
    leaseExpired: (driver) => void dispatch({ type: 'driver.lapse', ...driver }),
    offerExpired: ({ to, at }) => void dispatch({ type: 'driver.offerLapse', to, at }),
  });
  const joins = createJoinWatch(now);
  const queries = createSessionQueries({ storage, session: id, texts, state, now, dispatch });
  const comparisons = createComparisons({ state, report: queries.reportOf });
  const effects = createEffectRunner({
    ...options,
    session: id,
    texts,
    state,
    dispatch: (command, named) => void dispatch(command, named),
    progress: (message, only) => transport.progress(message, only),
    comparisons,
    explain: (run) => void explanations.model.begin(run).catch((error: unknown) => failed('explain_failed', error)),
    failed,
    disconnect: (participant) => {
      transport.disconnect(participant, CLOSE.forbidden);
      runtime.documents.close(CLOSE.forbidden, (peer) => peer.participant === participant);
    },
    ended: () => runtime.documents.close(CLOSE.ended),
  });
  const progress: Transport['progress'] = (message) => transport.progress(message);
  const working = { session: id, pool, cacheDir, state, data, jobOf: effects.jobOf, progress, failed };
  const [explanations, again] = [createExplanations(working), createReproductions(working)];
  const found = { ...explanations.readings, reproduction: again.of };
  const readings = { session: id, storage, data, course, looks, compare: comparisons.between, ...found };

  function send(command: ClientCommand, { commandId, ...from }: Sender): Promise<CommandOutcome> {
    if (poisonous.has(`${from.participant} ${commandId}`))
      return Promise.resolve({ ok: false, error: rejection('busy') });
    return new Promise((answer) => {
      runtime.submit({ command, ...from, cause: commandId, answer });
    });
  }
  function dispatch(command: SystemCommand, named: readonly string[] = []): Promise<CommandOutcome> {
    return new Promise((answer) => {
      runtime.actor.submit({ command, participant: null, cause: command.type, texts: named, answer });
    });
  }
  const ackOf = (outcome: CommandOutcome): Ack =>
    outcome.ok
      ? { ok: true, seq: outcome.seq, ...(outcome.about === undefined ? {} : { about: outcome.about }) }
      : ackOfRejection(outcome.error);

  const start = (): Promise<SessionRuntime> =>
    startRuntime({
      ...options,
      comparisons,
      texts,
      presence,
      effects,
      transport: () => transport,
      dispatch: (command) => void dispatch(command),
      stateStored: (loaded) => cacheNowAndThen(loaded),
      crashed(error, request) {
        if (request?.participant) poisonous.add(`${request.participant} ${request.cause}`);
        void reload(error);
      },
      failed,
    });

  function cacheNowAndThen(loaded: LoadedState): void {
    if (loaded.state.seq - cachedAt < CACHE_EVERY) return;
    cachedAt = loaded.state.seq;
    cacheState(runtime.storage, id, loaded).catch((error: unknown) => failed('cache_failed', error));
  }

  const closeLost = () => closeLostRuns({ state: state(), effects, dispatch: (command) => void dispatch(command) });

  async function reload(error: unknown): Promise<void> {
    if (reloading || closed) return;
    reloading = true;
    failed('session_fault', error);
    disconnectAll(CLOSE.reload);
    runtime.flusher.stop();
    runtime.stopWatching();
    await runtime.actor.stop();
    for (let tries = 1; !closed; tries += 1) {
      try {
        if (!(await options.isOurs())) return giveUp();
        const former = runtime;
        runtime = await start();
        former.documents.stop();
        reloading = false;
        return closeLost();
      } catch (again) {
        failed('reload_failed', again);
        if (tries === RELOAD_TRIES) return giveUp();
        await new Promise<void>((resolve) => after(RELOAD_PAUSE_MS, resolve));
      }
    }
  }

  async function giveUp(): Promise<void> {
    options.lost();
    await stop(CLOSE.restart);
  }
  const unusedTimer = createUnusedTimer({
    after,
    ms: options.unusedAfter,
    isBusy: () =>
      reloading || presence.isConnected() || Object.keys(state().runs).some((run) => effects.isRunning(run)),
    unused: () => options.unused(session),
  });
  const used = (): void => {
    options.used();
    unusedTimer.restart();
  };

  const disconnectAll = (code: number): void => {
    transport.disconnect(null, code);
    runtime.documents.close(code);
  };
  /** @param how atOnce: nobody waits for a write that is under way: where the database is gone it ends seconds later */
  async function stop(code: number, how?: 'atOnce' | 'unused'): Promise<void> {
    if (closed) return;
    closed = true;
    if (how === 'atOnce') disconnectAll(code);
    unusedTimer.stop();
    await runtime.actor.stop();
    runtime.flusher.flushNow();
    runtime.flusher.stop();
    runtime.stopWatching();
    presence.close();
    effects.stop();
    disconnectAll(code);
    if (how === 'unused') await runtime.documents.renew(newId());
    runtime.documents.stop();
  }

  runtime = await start();
  const session: SessionHost = {
    ...readingsOf({ ...readings, state, queries, texts, views: () => runtime.views }),
    get logId() {
      return runtime.logId;
    },
    send: async (command, from) => ackOf(await send(command, from)),
    used,
    isConnected: () => presence.isConnected(),
    surroundingsChanged: () => presence.surroundingsChanged(),
    async join({ network, ...person }) {
      used();
      const outcome = await dispatch({ type: 'participant.join', ...person });
      if (!outcome.ok) {
        const refused = ackOfRejection(outcome.error);
        return refused.ok ? { ok: false, rejection: { code: 'busy', message: messageOf(rejection('busy')) } } : refused;
      }
      const participant = outcome.about ?? '';
      const burst = network === undefined ? null : joins.joined(network, participant);
      if (burst) presence.joinBurst(burst);
      return { ok: true, participant, displayName: state().participants[participant]?.displayName ?? '' };
    },
    promote: async (participant, link) => ackOf(await dispatch({ type: 'participant.promote', participant, link })),
    addFacilitatorLink: async (link) => ackOf(await dispatch({ type: 'facilitator.link', ...link })),
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
    connected({ id: socket, participant, tab, narrow = false }) {
      if (participant !== null) used();
      presence.connected(socket, { participant, tab, narrow, text: false });
    },
    disconnected({ id: socket }) {
      presence.disconnected(socket);
      unusedTimer.restart();
    },
    joinText(socket, who) {
      if (reloading || closed) return socket.close(CLOSE.reload, closeReason(CLOSE.reload));
      if (who.participant !== null) used();
      runtime.documents.join(socket, who);
    },
    checks: (suggestion) => runtime.checks.results(suggestion),
    explain: explanations.model.begin,
    startLearningCurve: explanations.curve.begin,
    reproduce: again.begin,
    ...createExpressions({ ...options, session: id, state, restoreModel: effects.restoreModel }),
    ...createModelQuestions({ session: id, pool, state, explanations, restoreModel: effects.restoreModel }),
    async close(why) {
      await stop(CLOSE.restart, why);
      const kept = { state: state(), lastAt: runtime.actor.lastAt() };
      await cacheState(runtime.storage, id, kept).catch((error: unknown) => failed('cache_failed', error));
    },
    drop: (code) => stop(code, 'atOnce'),
  };
  options.opened(session);
  unusedTimer.restart();
  if (options.firstEvents)
    for (const event of options.firstEvents) for (const effect of effectsOf(event, state())) effects.perform(effect);
  else closeLost();
  return session;
}
