// The agenda: a facilitator begins its steps and edits them. Beginning one starts its minutes and shows its scene, or the
// first place of its tour.
// Invariant: an edit changes no step's progress, and undo takes back exactly the newest edit.
import type { AgendaStep, Lines, PlannedStep, StepChanges } from '../../model/agenda.ts';
import { LIMITS } from '../../model/limits.ts';
import type { SessionState } from '../../model/state.ts';
import type { Id } from '../../model/types.ts';
import { cleanText, lengthOf } from '../../text/clean-text.ts';
import { given, own, put } from '../../util/immutable-map.ts';
import type { Meta } from '../context.ts';
import type { Deciders, Evolvers, NewEvent, Outcome } from '../decider.ts';
import { happened, idOf, newEvent, noChange, refused } from '../decider.ts';
import { cutIfChanged } from '../revision.ts';
import { carriedOver, changed, noted, placed, plannedAgenda, undone, withAgenda, withTimerOf } from './plan.ts';

const noStep = (id: Id): Outcome => refused('not_found', { what: 'step', id });

/** The scene that shows a place of a step's tour; null: its file is gone. */
function sceneOfPlace(step: Id, { show = [] }: PlannedStep, index: number, { facts }: Meta): NewEvent | null {
  const place = show[index];
  if (!place) return null;
  const found: Lines | null | undefined = facts?.places ? facts.places[index] : place;
  if (!found) return null;
  const { file, fromLine, toLine } = found;
  const shown = { step, index, of: show.length, file, fromLine, toLine, sentence: place.sentence };
  return newEvent('scene.shown', { scene: 'code', place: shown });
}

/** A step without a rule of its own is done when the session goes on to a later one. */
function leaving({ agenda }: SessionState, next: Id): readonly NewEvent[] {
  const { now, order, steps, progress } = agenda;
  if (now === null || now === next || order.indexOf(now) > order.indexOf(next)) return [];
  if (own(steps, now)?.done !== undefined || own(progress, now)?.doneAt !== undefined) return [];
  return [newEvent('agenda.ticked', { step: now, done: true, why: 'left' })];
}

/** Of a text field that is given: cleaned, or why it is refused. */
function textFault(field: 'title' | 'say' | 'ask', text: string): Outcome | null {
  const most = LIMITS.step[field];
  if (lengthOf(text) > most) return refused('invalid', { fault: 'too_many', field, of: 'characters', limit: most });
  if (field === 'title' && text === '')
    return refused('invalid', { fault: 'too_few', field, of: 'characters', limit: 1 });
  return null;
}

/** The minutes of the current step are those of the timer. */
const timed = ({ timer, agenda }: SessionState, step: Id, minutes: number | undefined): readonly NewEvent[] =>
  minutes !== undefined && timer?.step === step && agenda.now === step ? [newEvent('timer.changed', { minutes })] : [];

export const agendaDeciders: Deciders<
  | 'agenda.choose'
  | 'agenda.begin'
  | 'tour.show'
  | 'agenda.add'
  | 'agenda.edit'
  | 'agenda.move'
  | 'agenda.tick'
  | 'agenda.undo'
> = {
  'agenda.choose': (_, { minutes }, { facts }) =>
    facts?.agenda
      ? happened(newEvent('agenda.chosen', facts.agenda))
      : refused('not_found', { what: 'agenda', id: minutes }),

  'agenda.begin': (state, { step: id }, meta) => {
    const step = own(state.agenda.steps, id);
    if (!step) return noStep(id);
    return happened(
      ...leaving(state, id),
      // What was typed before it begins is no work of this step.
      ...(state.status === 'open' ? cutIfChanged(state, meta.facts?.tree, 'pause') : []),
      newEvent('agenda.begun', { step: id }),
      // After the end no time runs any more.
      ...(state.status === 'open' ? [newEvent('timer.set', { minutes: step.minutes, step: id })] : []),
      sceneOfPlace(id, step, 0, meta) ?? newEvent('scene.shown', { scene: step.scene }),
    );
  },

  'tour.show': (state, { step: id, place }, meta) => {
    const step = own(state.agenda.steps, id);
    if (!step) return noStep(id);
    const scene = sceneOfPlace(id, step, place, meta);
    return scene ? happened(scene) : refused('not_found', { what: 'place', id: place + 1 });
  },

  'agenda.add': ({ agenda }, { after, title: raw, minutes, say = '', ask = '' }) => {
    if (agenda.order.length >= LIMITS.agendaSteps) return refused('too_many_steps', { most: LIMITS.agendaSteps });
    if (after !== null && !own(agenda.steps, after)) return noStep(after);
    const texts = { title: cleanText(raw), say: cleanText(say), ask: cleanText(ask) };
    for (const field of ['title', 'say', 'ask'] as const) {
      const fault = textFault(field, texts[field]);
      if (fault) return fault;
    }
    return happened(newEvent('agenda.stepAdded', { after, minutes, ...texts }));
  },

  'agenda.edit': (state, { type: _, step: id, ...wanted }) => {
    const step = own(state.agenda.steps, id);
    if (!step) return noStep(id);
    const cleaned = { ...wanted };
    for (const field of ['title', 'say', 'ask'] as const) {
      const typed = wanted[field];
      if (typed === undefined) continue;
      const text = cleanText(typed);
      const fault = textFault(field, text);
      if (fault) return fault;
      cleaned[field] = text;
    }
    const before = valuesOf(step);
    const changes: StepChanges = Object.fromEntries(
      Object.entries(cleaned).filter(
        ([key, value]) => value !== undefined && before[key as keyof StepChanges] !== value,
      ),
    );
    if (Object.keys(changes).length === 0) return noChange;
    return happened(newEvent('agenda.stepChanged', { step: id, changes }), ...timed(state, id, changes.minutes));
  },

  'agenda.move': ({ agenda }, { step, after }) => {
    if (!own(agenda.steps, step)) return noStep(step);
    if (after !== null && !own(agenda.steps, after)) return noStep(after);
    return after === step || before(agenda.order, step) === after
      ? noChange
      : happened(newEvent('agenda.stepMoved', { step, after }));
  },

  'agenda.tick': ({ agenda }, { step, done }) => {
    if (!own(agenda.steps, step)) return noStep(step);
    const isDone = own(agenda.progress, step)?.doneAt !== undefined;
    return isDone === done ? noChange : happened(newEvent('agenda.ticked', { step, done, why: 'hand' }));
  },

  'agenda.undo': (state) => {
    const last = state.agenda.undo.at(-1);
    if (!last) return refused('nothing_to_undo');
    const timer = last.edit === 'change' ? timed(state, last.step, last.before.minutes) : [];
    return happened(newEvent('agenda.undone', {}), ...timer);
  },
};

const valuesOf = ({ title, minutes, say, ask, skipped }: AgendaStep): Required<StepChanges> => ({
  title,
  minutes,
  say,
  ask,
  skipped: skipped === true,
});

/** The step before this one. */
const before = (order: readonly Id[], step: Id): Id | null => order[order.indexOf(step) - 1] ?? null;

export const agendaEvolvers: Evolvers<
  | 'agenda.chosen'
  | 'agenda.begun'
  | 'agenda.ticked'
  | 'agenda.stepAdded'
  | 'agenda.stepChanged'
  | 'agenda.stepMoved'
  | 'agenda.undone'
> = {
  'agenda.chosen': (state, { seq, payload: { minutes, steps } }) => {
    const { undo: _, ...before } = state.agenda;
    const planned = carriedOver(state.agenda, plannedAgenda(seq, minutes, steps));
    return withTimerOf(state, withAgenda(state, { ...planned, undo: [{ edit: 'choose', before }] }));
  },
  'agenda.begun': (state, { at, payload: { step } }) => {
    const { progress, steps } = state.agenda;
    if (!own(steps, step)) return state;
    const { unticked: _, ...before } = own(progress, step) ?? {};
    const reached = { ...before, begunAt: at, revision: state.revision };
    return withAgenda(state, { now: step, progress: put(progress, step, reached) });
  },
  'agenda.ticked': (state, { at, payload: { step, done, why } }) => {
    const { progress, steps } = state.agenda;
    if (!own(steps, step)) return state;
    const { doneAt: _, unticked: __, ...reached } = own(progress, step) ?? { begunAt: at, revision: state.revision };
    return withAgenda(state, {
      progress: put(progress, step, {
        ...reached,
        ...given({ doneAt: done ? at : undefined, unticked: !done && why === 'hand' ? (true as const) : undefined }),
      }),
    });
  },
  'agenda.stepAdded': (state, { seq, payload: { after, title, minutes, say, ask } }) => {
    const { order, steps } = state.agenda;
    const id = idOf('a', seq);
    const step: AgendaStep = { title, say, ask, minutes, scene: 'code' };
    return withAgenda(state, {
      order: placed(order, id, after),
      steps: put(steps, id, step),
      ...noted(state.agenda, { edit: 'add', step: id }),
    });
  },
  'agenda.stepChanged': (state, { payload: { step: id, changes } }) => {
    const step = own(state.agenda.steps, id);
    if (!step) return state;
    const values = valuesOf(step);
    const old = Object.fromEntries(Object.keys(changes).map((key) => [key, values[key as keyof StepChanges]]));
    return withAgenda(state, {
      steps: put(state.agenda.steps, id, changed(step, changes)),
      ...noted(state.agenda, { edit: 'change', step: id, before: old }),
    });
  },
  'agenda.stepMoved': (state, { payload: { step, after } }) => {
    const { order, steps } = state.agenda;
    if (!own(steps, step)) return state;
    return withAgenda(state, {
      order: placed(order, step, after),
      ...noted(state.agenda, { edit: 'move', step, after: before(order, step) }),
    });
  },
  'agenda.undone': undone,
};
