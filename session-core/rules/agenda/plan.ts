// The agenda as a plan: its steps, their order, what of it stays when another length is chosen, and what undo gives back.
// Invariant: steps are the same where title and number of that title are; a timer is of a step that is there, or of none.
import type { Agenda, AgendaStep, AgendaUndo, PlannedStep, StepChanges } from '../../model/agenda.ts';
import { LIMITS } from '../../model/limits.ts';
import type { SessionState } from '../../model/state.ts';
import type { Id } from '../../model/types.ts';
import { own, put, without } from '../../util/immutable-map.ts';
import { idOf } from '../decider.ts';

export function placed(order: readonly Id[], step: Id, after: Id | null): readonly Id[] {
  const others = order.filter((id) => id !== step);
  const at = after === null ? 0 : others.indexOf(after) + 1;
  return [...others.slice(0, at), step, ...others.slice(at)];
}

export function changed(step: AgendaStep, { skipped, ...changes }: StepChanges): AgendaStep {
  const { skipped: was = false, ...rest } = step;
  return { ...rest, ...changes, ...((skipped ?? was) ? { skipped: true as const } : {}) };
}

export const noted = (agenda: Agenda, entry: AgendaUndo): Pick<Agenda, 'undo'> => ({
  undo: [...agenda.undo, entry].slice(-LIMITS.agendaUndo),
});

/** The steps of a course's agenda, named after the event that brought them. */
export function plannedAgenda(seq: number, minutes: number, steps: readonly PlannedStep[]): Omit<Agenda, 'undo'> {
  const named = steps.map((step, i) => [`${idOf('a', seq)}.${i}`, step] as const);
  return { minutes, order: named.map(([id]) => id), steps: Object.fromEntries(named), now: null, progress: {} };
}

/** A step's title, and which of that title it is. */
function titlesOf({ order, steps }: Pick<Agenda, 'order' | 'steps'>): ReadonlyMap<Id, string> {
  const seen = new Map<string, number>();
  return new Map(
    order.map((id) => {
      const title = own(steps, id)?.title ?? '';
      const n = (seen.get(title) ?? 0) + 1;
      seen.set(title, n);
      return [id, `${n} ${title}`];
    }),
  );
}

/** The same steps of another length keep what was reached. */
export function carriedOver(from: Agenda, to: Omit<Agenda, 'undo'>): Omit<Agenda, 'undo'> {
  const now = from.now === null ? undefined : titlesOf(from).get(from.now);
  const names = titlesOf(to);
  const byTitle = new Map([...titlesOf(from)].map(([id, title]) => [title, own(from.progress, id)]));
  const progress = to.order.flatMap((id) => {
    const reached = byTitle.get(names.get(id) ?? '');
    return reached ? [[id, reached] as const] : [];
  });
  return {
    ...to,
    now: to.order.find((id) => now !== undefined && names.get(id) === now) ?? to.now,
    progress: { ...to.progress, ...Object.fromEntries(progress) },
  };
}

export const withAgenda = (state: SessionState, agenda: Partial<Agenda>): SessionState => ({
  ...state,
  agenda: { ...state.agenda, ...agenda },
});

/** The timer goes on under its step's new id; where the step is gone, it is no step's. */
export function withTimerOf(before: SessionState, after: SessionState): SessionState {
  const { timer, agenda } = after;
  if (timer?.step === undefined || own(agenda.steps, timer.step)) return after;
  const { step, ...plain } = timer;
  const title = titlesOf(before.agenda).get(step);
  const renamed = [...titlesOf(agenda)].find(([, its]) => its === title)?.[0];
  return { ...after, timer: renamed === undefined ? plain : { ...plain, step: renamed } };
}

export function undone(state: SessionState): SessionState {
  const { agenda } = state;
  const last = agenda.undo.at(-1);
  if (!last) return state;
  const undo = agenda.undo.slice(0, -1);
  switch (last.edit) {
    case 'add':
      return withTimerOf(
        state,
        withAgenda(state, {
          order: agenda.order.filter((id) => id !== last.step),
          steps: without(agenda.steps, last.step),
          progress: without(agenda.progress, last.step),
          now: agenda.now === last.step ? null : agenda.now,
          undo,
        }),
      );
    case 'change': {
      const step = own(agenda.steps, last.step);
      return withAgenda(
        state,
        step ? { steps: put(agenda.steps, last.step, changed(step, last.before)), undo } : { undo },
      );
    }
    case 'move':
      return withAgenda(state, { order: placed(agenda.order, last.step, last.after), undo });
    case 'choose':
      return withTimerOf(state, withAgenda(state, { ...carriedOver(agenda, last.before), undo }));
  }
}
