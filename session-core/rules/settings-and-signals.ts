// The session as a whole: created, configured, ended; hands, pulse, guesses and the driver timer.
// Invariant: these need authority or count as votes, so they are events; a pulse and a guess are visible to their author alone.
import type { Task } from '#pipeline-core/core/report.ts';
import { CHECKS } from '../model/checks.ts';
import { LIMITS, PULSE_MS } from '../model/limits.ts';
import type { SessionState } from '../model/state.ts';
import { DEFAULT_SETTINGS } from '../model/state.ts';
import type { Id } from '../model/types.ts';
import { cleanText, clip, lengthOf } from '../text/clean-text.ts';
import { given, own, put, without } from '../util/immutable-map.ts';
import { plannedAgenda } from './agenda/plan.ts';
import type { Deciders, Evolvers } from './decider.ts';
import { actorOf, happened, idOf, newEvent, noChange, refused } from './decider.ts';
import { stopDriving } from './driver.ts';
import { endSearch } from './machine-search.ts';
import { closeOpen } from './poll.ts';
import { unfinished } from './run.ts';

/** Pressing the same again within this time changes nothing. */
const PULSE_STEADY_MS = 10_000;

export const settingsDeciders: Deciders<
  | 'session.create'
  | 'session.configure'
  | 'session.end'
  | 'joinCode.rotate'
  | 'hand.raise'
  | 'hand.lower'
  | 'hand.lowerAll'
  | 'pulse.set'
  | 'guess.set'
  | 'timer.set'
> = {
  'session.create': (state, command) => {
    if (state.seq > 0) return noChange;
    const { session, joinCode, approveFirst, holdout, task, facilitatorHash, tree, checkpoint, agenda } = command;
    const title = clip(cleanText(command.title), LIMITS.title) || 'Crowd programming';
    const { language = DEFAULT_SETTINGS.language } = command;
    const settings = { ...DEFAULT_SETTINGS, approveFirst, holdout, language };
    return happened(
      newEvent('session.created', {
        session,
        title,
        joinCode,
        settings,
        task,
        facilitatorHash,
        ...(command.reusableLink ? { reusableLink: true as const } : {}),
        ...given({ agenda }),
      }),
      newEvent('revision.cut', { n: 1, tree, why: 'start', checkpoint }),
      newEvent('run.requested', { kind: 'main', revision: 1, tree, why: 'start' }),
    );
  },

  'session.configure': (state, { type: _, title: raw, ...wanted }) => {
    const title = raw === undefined ? state.title : cleanText(raw);
    if (lengthOf(title) < 1 || lengthOf(title) > LIMITS.title)
      return refused('invalid', { fault: 'title_length', most: LIMITS.title });
    const before: Readonly<Record<string, unknown>> = { ...state.settings };
    const { requiredChecks } = wanted;
    const entries = Object.entries({
      ...wanted,
      // A list has one order, so that the same choice is the same setting.
      ...(requiredChecks && { requiredChecks: CHECKS.filter((check) => requiredChecks.includes(check)) }),
    });
    const changed = entries.filter(
      ([key, value]) => value !== undefined && JSON.stringify(before[key]) !== JSON.stringify(value),
    );
    const changes = { ...Object.fromEntries(changed), ...(title === state.title ? {} : { title }) };
    return Object.keys(changes).length > 0 ? happened(newEvent('session.configured', { changes })) : noChange;
  },

  'session.end': (state, _, meta) => {
    const driving = state.driver
      ? stopDriving(state, { participant: state.driver.participant, how: 'revoked', tree: meta.facts?.tree })
      : state.offer
        ? [newEvent('driver.offerClosed', { how: 'withdrawn' })]
        : [];
    const runs = Object.entries(state.runs).filter(([, run]) => unfinished(run));
    const pinned = Object.entries(state.suggestions).filter(([, card]) => card.pinned);
    return happened(
      ...driving,
      ...pinned.map(([suggestion]) => newEvent('suggestion.unpinned', { suggestion })),
      ...closeOpen(state),
      ...runs.map(([run]) => newEvent('run.cancelled', { run })),
      ...endSearch(state),
      newEvent('session.ended', {}),
    );
  },

  'joinCode.rotate': (_, __, { facts }) =>
    facts?.joinCode === undefined ? noChange : happened(newEvent('joinCode.rotated', { joinCode: facts.joinCode })),

  'hand.raise': (state, _, meta) => {
    if (own(state.hands, actorOf(meta))) return noChange;
    const me = actorOf(meta);
    return state.driver?.participant === me
      ? refused('already_driving', { displayName: own(state.participants, me)?.displayName ?? '' })
      : happened(newEvent('hand.raised', {}));
  },

  'hand.lower': (state, command, meta) => {
    const participant = command.participant ?? actorOf(meta);
    if (participant !== actorOf(meta) && own(state.participants, actorOf(meta))?.facilitator !== true)
      return refused('not_allowed', { who: 'handOwnerOrFacilitator' });
    if (!own(state.participants, participant)) return refused('not_found', { what: 'participant', id: participant });
    return own(state.hands, participant) ? happened(newEvent('hand.lowered', { participant })) : noChange;
  },

  'hand.lowerAll': (state) =>
    Object.keys(state.hands).length > 0 ? happened(newEvent('hands.lowered', {})) : noChange,

  'pulse.set': (state, { value }, meta) => {
    const now = own(state.pulses, actorOf(meta));
    const same = (now?.value ?? null) === value;
    if (same && (value === null || meta.at - (now?.at ?? 0) < PULSE_STEADY_MS)) return noChange;
    return happened(newEvent('pulse.set', { value }));
  },

  'guess.set': (state, { value }, meta) =>
    (own(state.guesses, actorOf(meta)) ?? null) === value ? noChange : happened(newEvent('guess.set', { value })),

  'timer.set': (state, { minutes }) =>
    minutes === null && state.timer === null ? noChange : happened(newEvent('timer.set', { minutes })),
};

export const settingsEvolvers: Evolvers<
  | 'session.created'
  | 'session.configured'
  | 'task.changed'
  | 'session.ended'
  | 'joinCode.rotated'
  | 'hand.raised'
  | 'hand.lowered'
  | 'hands.lowered'
  | 'pulse.set'
  | 'guess.set'
  | 'timer.set'
  | 'timer.changed'
> = {
  'session.created': (state, { seq, at, payload }) => {
    const { session: id, title, joinCode, task, facilitatorHash, reusableLink = false, agenda } = payload;
    // An older log lacks the settings that came later.
    const link = { hash: facilitatorHash, at, madeBy: 'creation', by: null, reusable: reusableLink } as const;
    const facilitatorLinks = { [idOf('l', seq)]: link };
    const settings = { ...DEFAULT_SETTINGS, ...payload.settings };
    const known = { ...state, id, title, joinCode, settings, createdAt: at, facilitatorLinks };
    const planned = agenda && { agenda: { ...plannedAgenda(seq, agenda.minutes, agenda.steps), undo: [] } };
    return withTask({ ...known, ...planned }, task);
  },
  'task.changed': (state, { payload: { task } }) => withTask(state, task),
  'session.configured': (state, { payload }) => {
    const { title = state.title, ...changes } = payload.changes;
    return { ...state, title, settings: { ...state.settings, ...changes } };
  },
  'session.ended': (state) => ({ ...state, status: 'ended', timer: null }),
  'joinCode.rotated': (state, { payload: { joinCode } }) => ({ ...state, joinCode }),
  'hand.raised': (state, { at, by }) => (by === null ? state : { ...state, hands: put(state.hands, by, { at }) }),
  'hand.lowered': (state, { seq, by, payload: { participant } }) => {
    const hand = own(state.hands, participant);
    const after = { ...state, hands: without(state.hands, participant) };
    return hand && by !== participant ? lowered(after, seq, { [participant]: hand }) : after;
  },
  'hands.lowered': (state, { seq }) => lowered({ ...state, hands: {} }, seq, state.hands),
  'pulse.set': (state, { seq, at, by, payload: { value } }) =>
    by === null ? state : pulse(state, { by, value, at, seq }),
  'guess.set': (state, { by, payload: { value } }) => {
    if (by === null) return state;
    // Added last: of two guesses that are equally close, the earlier wins.
    const others = without(state.guesses, by);
    return { ...state, guesses: value === null ? others : put(others, by, value) };
  },
  'timer.set': (state, { at, payload: { minutes, step } }) => ({
    ...state,
    timer: minutes === null ? null : { minutes, startedAt: at, ...given({ step }) },
  }),
  'timer.changed': (state, { payload: { minutes } }) => ({
    ...state,
    timer: state.timer && { ...state.timer, minutes },
  }),
};

/** Somebody else lowered them: this can be undone. */
const lowered = (state: SessionState, seq: number, hands: SessionState['hands']): SessionState => ({
  ...state,
  moderation: put(state.moderation, String(seq), { kind: 'hands', hands }),
});

/** Not while the hand is raised already, while driving, or after a removal. */
export const mayRaise = (state: SessionState, id: Id): boolean =>
  !own(state.hands, id) && state.driver?.participant !== id && own(state.participants, id)?.removed === false;

/** Raises lowered hands again, each at its earlier place in the order. */
export function raiseAgain(state: SessionState, hands: SessionState['hands']): SessionState {
  const again = Object.entries(hands).filter(([id]) => mayRaise(state, id));
  const all = [...Object.entries(state.hands), ...again].sort(([, a], [, b]) => a.at - b.at);
  return { ...state, hands: Object.fromEntries(all) };
}

const withTask = (state: SessionState, task: Task): SessionState => ({
  ...state,
  task,
  tasks: put(state.tasks, task.id, task),
});

function pulse(
  state: SessionState,
  pressed: { by: string; value: 'fast' | 'lost' | 'fine' | null; at: number; seq: number },
): SessionState {
  const { by, value, at, seq } = pressed;
  const fresh = Object.entries(state.pulses).filter(([id, other]) => id !== by && at - other.at < PULSE_MS);
  const mine = value === null ? [] : [[by, { value, at, seq }] as const];
  return { ...state, pulses: Object.fromEntries([...fresh, ...mine]) };
}
