// Runs: main runs with their numbers, their queue and the guesses; how any run starts and ends.
// Invariant: at most one main run is running and one queued (the next may be reported as started before the report of the
// previous one arrives). A finished run is final. Guesses close when a main run starts and are returned if it fails.
import type { Task } from '#pipeline-core/core/report.ts';
import type { PayloadOf } from '../model/events.ts';
import { cannotServe, counts, isChecking } from '../model/findings.ts';
import type { Run, RunStatus, SessionState } from '../model/state.ts';
import type { Id, Tree } from '../model/types.ts';
import { given, own, put, sameTable } from '../util/immutable-map.ts';
import type { Deciders, Evolvers, NewEvent } from './decider.ts';
import { happened, idOf, newEvent, noChange, refused } from './decider.ts';
import { currentTree, cutIfChanged } from './revision.ts';
import { changeSuggestion } from './suggestion.ts';

export const unfinished = (run: Run): boolean => run.status === 'queued' || run.status === 'running';

const mains = (state: SessionState): readonly (readonly [Id, Run])[] =>
  Object.entries(state.runs).filter(([, run]) => run.kind === 'main');

/** The newest main run still to end, with its id. */
export const waitingMain = (state: SessionState): readonly [Id, Run] | undefined =>
  mains(state).findLast(([, run]) => unfinished(run));

/** The newest main run of the current task whose result counts: what previews are compared with. */
export const lastSucceeded = (state: SessionState): readonly [Id, Run] | undefined =>
  mains(state).findLast(([, run]) => counts(run) && run.task === state.task.id);

const hasScore = (state: SessionState, run: Run): boolean =>
  own(run.report?.metrics ?? {}, taskOf(state, run).metric) !== undefined;

/**
 * The newest main run whose score counts, whatever its task; with `before`, of those requested before that run. A main run
 * is compared with it, so that the first run of another task begins a new series.
 */
export function newestSucceeded(state: SessionState, before?: Id): readonly [Id, Run] | undefined {
  const all = mains(state);
  const end = all.findIndex(([id]) => id === before);
  return all.slice(0, end === -1 ? undefined : end).findLast(([, run]) => counts(run) && hasScore(state, run));
}

/** The newest main run whose result counts, or is still being checked: what it wrote can be looked at meanwhile. */
export const newestToLookAt = (state: SessionState): readonly [Id, Run] | undefined =>
  mains(state).findLast(
    ([, run]) => counts(run) || (run.status === 'succeeded' && run.struck === undefined && isChecking(run)),
  );

/** The newest main run, not struck, whose model can answer; where none can, the newest of them says why. */
export function newestServable(state: SessionState): readonly [Id, Run] | undefined {
  const models = mains(state).filter(([, run]) => run.status === 'succeeded' && run.struck === undefined);
  return models.findLast(([, run]) => !cannotServe(run.report?.findings ?? [])) ?? models.at(-1);
}

/** The task of the run. */
export const taskOf = (state: SessionState, run: Run | undefined): Task => own(state.tasks, run?.task) ?? state.task;

const sameForce = (a: readonly string[] = [], b: readonly string[] = []): boolean =>
  a.length === b.length && a.every((stage) => b.includes(stage));

type Wanted = Omit<PayloadOf<'run.requested'>, 'kind'>;

/** The events that queue `wanted`; none if the newest waiting run is the same. */
function requestMain(state: SessionState, wanted: Wanted): readonly NewEvent[] {
  const waiting = mains(state).filter(([, run]) => unfinished(run));
  const newest = waiting.at(-1)?.[1];
  if (newest && sameTable(newest.tree, wanted.tree) && sameForce(newest.force, wanted.force)) return [];
  const request = newEvent('run.requested', { kind: 'main', ...wanted });
  if (waiting.length < 2) return [request];
  // The newest code is what the room waits for: its run takes the place of the queued one, and none is refused.
  const queued = waiting.filter(([, run]) => run.status === 'queued').slice(-1);
  return [...queued.map(([run]) => newEvent('run.cancelled', { run })), request];
}

/** The run that follows a change of the text by a command, if the settings want one and the text did not just run. */
export function autoRun(
  state: SessionState,
  after: {
    readonly step: { readonly to: number };
    readonly tree: Tree;
    readonly why: 'accept' | 'unaccept' | 'restore';
    readonly suggestion?: Id;
  },
): readonly NewEvent[] {
  if (!state.settings.autoRun) return [];
  const last = mains(state).findLast(([, { status }]) => status !== 'cancelled' && status !== 'interrupted');
  if (last && sameTable(last[1].tree, after.tree)) return [];
  const { step, tree, why, suggestion } = after;
  return requestMain(state, { revision: step.to, tree, why, ...given({ suggestion }) });
}

const isShown = (state: SessionState, run: Id): boolean =>
  Object.values(state.suggestions).some(({ previews }) => previews.includes(run));

/** Cancels the private previews of one participant that no suggestion and nobody else uses. */
export function cancelDrafts(state: SessionState, participant: Id, only?: RunStatus): readonly NewEvent[] {
  const shown = new Set(Object.values(state.suggestions).flatMap((suggestion) => suggestion.previews));
  for (const [other, { run }] of Object.entries(state.drafts)) if (other !== participant) shown.add(run);
  return Object.entries(state.runs)
    .filter(([id, run]) => run.draftOf === participant && unfinished(run) && !shown.has(id))
    .filter(([, run]) => only === undefined || run.status === only)
    .map(([run]) => newEvent('run.cancelled', { run }));
}

export const runDeciders: Deciders<'run.request' | 'run.start' | 'run.report' | 'run.cancel' | 'run.interrupt'> = {
  'run.request': (state, { force }, meta) => {
    const cut = cutIfChanged(state, meta.facts?.tree, 'run');
    const tree = meta.facts?.tree ?? currentTree(state);
    const revision = state.revision + cut.length;
    if (revision === 0) return refused('not_found', { what: 'revision', id: 1 });
    const run = requestMain(state, { revision, tree, why: 'request', ...given({ force }) });
    return happened(...(run.length > 0 ? [...cut, ...run] : []));
  },

  'run.start': (state, { run }) =>
    own(state.runs, run)?.status === 'queued' ? happened(newEvent('run.started', { run })) : noChange,

  'run.report': (state, { run, report }) => {
    const found = own(state.runs, run);
    if (!found || !unfinished(found)) return noChange;
    if (report.status === 'cancelled') return happened(newEvent('run.cancelled', { run }));
    return happened(
      ...(found.status === 'queued' ? [newEvent('run.started', { run })] : []),
      newEvent('run.finished', { run, report }),
    );
  },

  'run.cancel': (state, { run }, meta) => {
    const found = own(state.runs, run);
    const me = meta.actor.participant;
    // For others than its author, a private preview does not exist.
    if (!found || (me !== null && found.draftOf !== undefined && found.draftOf !== me && !isShown(state, run)))
      return refused('not_found', { what: 'run', id: run });
    return unfinished(found) ? happened(newEvent('run.cancelled', { run })) : refused('run_over');
  },

  'run.interrupt': (state, { run }) => {
    const found = own(state.runs, run);
    return found && unfinished(found) ? happened(newEvent('run.interrupted', { run })) : noChange;
  },
};

/** Accepted suggestions that had no run of the code that contains them, and now have one. */
function credit(state: SessionState, run: Id, { revision, suggestion }: PayloadOf<'run.requested'>): SessionState {
  return Object.entries(state.suggestions).reduce((after, [id, { accepted }]) => {
    // Without a change of code there is no run to credit.
    if (!accepted || accepted.how === 'words') return after;
    const last = own(state.runs, accepted.run)?.status;
    const waits = last === undefined || last === 'cancelled' || last === 'interrupted';
    const theirs = id === suggestion || (waits && accepted.to <= revision && !wentBack(state, accepted.to, revision));
    return theirs ? changeSuggestion(after, id, (s) => ({ ...s, accepted: { ...accepted, run } })) : after;
  }, state);
}

/** Whether an older text or a checkpoint replaced the text after revision `from`, up to and including `to`. */
function wentBack(state: SessionState, from: number, to: number): boolean {
  for (let n = from + 1; n <= to; n++) {
    const why = own(state.revisions, String(n))?.why;
    if (why === 'restore' || why === 'checkpoint') return true;
  }
  return false;
}

function end(state: SessionState, id: Id, changes: Partial<Run>): SessionState {
  const run = own(state.runs, id);
  if (!run || !unfinished(run)) return state;
  const { closed, ...rest } = run;
  const after = { ...state, runs: put(state.runs, id, { ...rest, ...changes }) };
  return closed && changes.status !== 'succeeded' ? { ...after, guesses: { ...closed, ...state.guesses } } : after;
}

/** 2.6 and 2.8 are equally far from 2.7: rounding errors of floating point must not decide who was closest. */
const distance = (a: number, b: number): number => Number(Math.abs(a - b).toPrecision(12));

/** The three guesses closest to the outcome, nearest first; of two as close, the earlier. */
function closest(state: SessionState, closed: Readonly<Record<Id, number>>, actual: number | undefined) {
  if (actual === undefined) return [];
  return Object.entries(closed)
    .filter(([participant]) => own(state.participants, participant)?.removed === false)
    .map(([participant, value]) => ({ participant, value }))
    .sort((a, b) => distance(a.value, actual) - distance(b.value, actual))
    .slice(0, 3);
}

export const runEvolvers: Evolvers<
  'run.requested' | 'run.started' | 'run.finished' | 'run.cancelled' | 'run.interrupted'
> = {
  'run.requested': (state, { seq, at, by, payload }) => {
    const id = idOf('r', seq);
    const { kind, suggestion, draftOf, patch, against } = payload;
    const run: Run = {
      status: 'queued',
      ...payload,
      task: own(state.revisions, String(payload.revision))?.task ?? state.task.id,
      by,
      requestedAt: at,
      ...(kind === 'main' ? { number: mains(state).length + 1 } : {}),
    };
    const after = { ...state, runs: put(state.runs, id, run) };
    if (kind === 'main') return credit(after, id, payload);
    if (draftOf !== undefined && patch)
      return { ...after, drafts: put(after.drafts, draftOf, { run: id, patch, ...given({ against }) }) };
    return changeSuggestion(after, suggestion, ({ previewAgainst: _, previewComparison: __, ...card }) => ({
      ...card,
      previews: [...card.previews, id],
    }));
  },

  'run.started': (state, { at, payload: { run: id } }) => {
    const run = own(state.runs, id);
    if (run?.status !== 'queued') return state;
    const started: Run = { ...run, status: 'running', startedAt: at };
    if (run.kind === 'preview') return { ...state, runs: put(state.runs, id, started) };
    return { ...state, runs: put(state.runs, id, { ...started, closed: state.guesses }), guesses: {} };
  },

  'run.finished': (state, { at, payload: { run: id, report } }) => {
    const run = own(state.runs, id);
    const status = report.status === 'succeeded' ? 'succeeded' : 'failed';
    const guesses = closest(state, run?.closed ?? {}, own(report.metrics, taskOf(state, run).metric));
    return end(state, id, {
      status,
      report,
      endedAt: at,
      ...(run?.kind === 'main' && status === 'succeeded' ? { guesses } : {}),
    });
  },
  'run.cancelled': (state, { at, payload }) => end(state, payload.run, { status: 'cancelled', endedAt: at }),
  'run.interrupted': (state, { at, payload }) => end(state, payload.run, { status: 'interrupted', endedAt: at }),
};
