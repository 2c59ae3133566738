// When a step of the agenda ticks itself: a run, a score or a changed file, as the step says.
// Invariant: asked once after each command, of the events that it caused; a step ticks once, and a tick is an event.
import type { DoneWhen } from '../../model/agenda.ts';
import type { SessionEvent } from '../../model/events.ts';
import { counts } from '../../model/findings.ts';
import type { SessionState } from '../../model/state.ts';
import type { Id } from '../../model/types.ts';
import { own } from '../../util/immutable-map.ts';
import type { NewEvent } from '../decider.ts';
import { newEvent } from '../decider.ts';
import { currentTree } from '../revision.ts';
import { lastSucceeded } from '../run.ts';

/** Events that may fulfil what a step waits for. */
const MATTERS: ReadonlySet<SessionEvent['type']> = new Set([
  'agenda.begun',
  'run.finished',
  'run.checked',
  'run.cleared',
  'run.unstruck',
  'revision.cut',
]);

/** Whether it is worth working out the state after these events. */
export const mayTick = ({ agenda }: SessionState, events: readonly SessionEvent[]): boolean =>
  (agenda.now !== null || events.some(({ type }) => type === 'agenda.begun')) &&
  events.some(({ type }) => MATTERS.has(type));

/** The tick that follows `events`; `after`: the state after them. */
export function tickOf(after: SessionState, events: readonly SessionEvent[]): NewEvent | null {
  const { now, steps, progress } = after.agenda;
  const done = own(steps, now)?.done;
  const { doneAt, unticked } = own(progress, now) ?? {};
  if (now === null || done === undefined || doneAt !== undefined || unticked) return null;
  const why = reached(after, events, { step: now, done });
  return why === null ? null : newEvent('agenda.ticked', { step: now, done: true, why });
}

function reached(
  after: SessionState,
  events: readonly SessionEvent[],
  { step, done }: { readonly step: Id; readonly done: DoneWhen },
): 'run' | 'score' | 'file' | null {
  if ('run' in done) return events.some((event) => isSuccess(after, event)) ? 'run' : null;
  if ('score' in done) return events.some((event) => scores(after, event, done)) ? 'score' : null;
  return differs(after, step, done.file) ? 'file' : null;
}

const isSuccess = (after: SessionState, event: SessionEvent): boolean => {
  const run = event.type === 'run.finished' ? own(after.runs, event.payload.run) : undefined;
  return run?.kind === 'main' && run.status === 'succeeded';
};

/** At the beginning of a step the newest result may be good enough already. */
function scores(
  after: SessionState,
  event: SessionEvent,
  { score: wanted, task = after.task.id }: { readonly score: number; readonly task?: string },
): boolean {
  // The step may begin before its checkpoint is loaded: the scores of another task are other quantities.
  if (task !== after.task.id) return false;
  const named = event.type === 'agenda.begun' ? lastSucceeded(after)?.[0] : runOf(event);
  const run = own(after.runs, named);
  if (run?.kind !== 'main' || run.task !== after.task.id || !counts(run)) return false;
  const score = own(run.report?.metrics ?? {}, after.task.metric);
  if (score === undefined) return false;
  return after.task.direction === 'lower' ? score <= wanted : score >= wanted;
}

function runOf(event: SessionEvent): Id | undefined {
  switch (event.type) {
    case 'run.finished':
    case 'run.checked':
    case 'run.cleared':
    case 'run.unstruck':
      return event.payload.run;
    default:
      return undefined;
  }
}

/** From what it was when the step began, or when a checkpoint was loaded since: that is no work of this step. */
function differs(after: SessionState, step: Id, file: string): boolean {
  let since = own(after.agenda.progress, step)?.revision ?? after.revision;
  for (let n = since + 1; n <= after.revision; n++)
    if (own(after.revisions, String(n))?.why === 'checkpoint') since = n;
  return own(own(after.revisions, String(since))?.tree ?? {}, file) !== own(currentTree(after), file);
}
