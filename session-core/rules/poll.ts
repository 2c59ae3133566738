// Questions of the facilitators to everybody: with two to six choices, or open, answered in a few words.
// Invariant: one question is open at a time; who gave which answer leaves the server for nobody but that participant.
import { LIMITS } from '../model/limits.ts';
import type { Poll, PollAnswer } from '../model/poll.ts';
import type { SessionState } from '../model/state.ts';
import type { Id } from '../model/types.ts';
import { cleanText, lengthOf } from '../text/clean-text.ts';
import { given, own, put, without } from '../util/immutable-map.ts';
import type { Deciders, Evolvers, NewEvent } from './decider.ts';
import { actorOf, happened, idOf, newEvent, noChange, refused } from './decider.ts';

const isOpen = ({ closedAt }: Poll): boolean => closedAt === null;

/** Closes the question that is open, if any. */
export const closeOpen = (state: SessionState): NewEvent[] =>
  Object.entries(state.polls).flatMap(([poll, each]) => (isOpen(each) ? [newEvent('poll.closed', { poll })] : []));

/** Answers that differ in case only say the same. */
export const sameWords = (text: string): string => text.toLowerCase();

export const pollDeciders: Deciders<'poll.open' | 'poll.close' | 'poll.answer' | 'poll.hideAnswer'> = {
  'poll.open': (state, command) => {
    if (Object.keys(state.polls).length >= LIMITS.polls) return refused('too_many_polls', { most: LIMITS.polls });
    const question = cleanText(command.question);
    const choices = command.choices?.map(cleanText) ?? null;
    const texts = [
      { field: 'question', text: question, most: LIMITS.question },
      ...(choices ?? []).map((text) => ({ field: 'choices', text, most: LIMITS.choice })),
    ];
    for (const { field, text, most } of texts) {
      if (lengthOf(text) < 1) return refused('invalid', { fault: 'too_few', field, of: 'characters', limit: 1 });
      if (lengthOf(text) > most) return refused('invalid', { fault: 'too_many', field, of: 'characters', limit: most });
    }
    if (choices !== null && new Set(choices.map(sameWords)).size < choices.length)
      return refused('invalid', { fault: 'same_choices' });
    return happened(...closeOpen(state), newEvent('poll.opened', { question, choices }));
  },

  'poll.close': (state, { poll: id }) => {
    const poll = own(state.polls, id);
    if (!poll) return refused('not_found', { what: 'poll', id });
    return isOpen(poll) ? happened(newEvent('poll.closed', { poll: id })) : noChange;
  },

  'poll.answer': (state, command, meta) => {
    const { poll: id, choice = null } = command;
    const poll = own(state.polls, id);
    if (!poll) return refused('not_found', { what: 'poll', id });
    if (!isOpen(poll)) return refused('poll_closed');
    const before = own(poll.answers, actorOf(meta));
    const answered = (answer: { choice: number } | { text: string; hidden?: true }): NewEvent =>
      newEvent('poll.answered', { poll: id, ...answer });
    if (poll.choices !== null && choice !== null) {
      if (choice >= poll.choices.length)
        return refused('invalid', { fault: 'too_large', field: 'choice', limit: poll.choices.length - 1 });
      return before && 'choice' in before && before.choice === choice ? noChange : happened(answered({ choice }));
    }
    const text = cleanText(command.text ?? '');
    if (poll.choices === null && text !== '') {
      if (lengthOf(text) > LIMITS.answer)
        return refused('invalid', { fault: 'too_many', field: 'text', of: 'characters', limit: LIMITS.answer });
      if (before && 'text' in before && before.text === text) return noChange;
      const hidden = state.settings.wordFilter && meta.facts?.flagged === true;
      return happened(answered({ text, ...(hidden ? { hidden } : {}) }));
    }
    return before ? happened(newEvent('poll.answered', { poll: id })) : noChange;
  },

  'poll.hideAnswer': (state, { poll: id, answer, hidden }) => {
    const poll = own(state.polls, id);
    if (!poll) return refused('not_found', { what: 'poll', id });
    const meant = textOf(poll, answer);
    if (meant === undefined) return refused('not_found', { what: 'answer', id: answer });
    const changes = sayingTheSame(poll, meant).some(([, one]) => (one.hidden === true) !== hidden);
    return changes ? happened(newEvent('poll.answerHidden', { poll: id, answer, hidden })) : noChange;
  },
};

type Words = Extract<PollAnswer, { readonly text: string }>;

const inWords = ({ answers }: Poll): readonly (readonly [Id, Words])[] =>
  Object.entries(answers).flatMap(([id, answer]) => ('text' in answer ? [[id, answer] as const] : []));

const textOf = (poll: Poll, seq: string): string | undefined =>
  inWords(poll).find(([, one]) => String(one.seq) === seq)?.[1].text;

const sayingTheSame = (poll: Poll, text: string) =>
  inWords(poll).filter(([, one]) => sameWords(one.text) === sameWords(text));

const changed = (state: SessionState, id: Id, change: (poll: Poll) => Poll): SessionState => {
  const poll = own(state.polls, id);
  return poll ? { ...state, polls: put(state.polls, id, change(poll)) } : state;
};

export const pollEvolvers: Evolvers<'poll.opened' | 'poll.closed' | 'poll.answered' | 'poll.answerHidden'> = {
  'poll.opened': (state, { seq, at, payload: { question, choices } }) => ({
    ...state,
    polls: put(state.polls, idOf('q', seq), { question, choices, at, closedAt: null, answers: {} }),
  }),
  'poll.closed': (state, { at, payload: { poll } }) => changed(state, poll, (one) => ({ ...one, closedAt: at })),
  'poll.answered': (state, { seq, by, payload: { poll, choice, text, hidden } }) => {
    if (by === null) return state;
    return changed(state, poll, (one) => {
      const answer: PollAnswer | undefined =
        choice !== undefined ? { seq, choice } : text !== undefined ? { seq, text, ...given({ hidden }) } : undefined;
      return { ...one, answers: answer ? put(one.answers, by, answer) : without(one.answers, by) };
    });
  },
  'poll.answerHidden': (state, { payload: { poll, answer, hidden } }) =>
    changed(state, poll, (one) => {
      const meant = textOf(one, answer);
      if (meant === undefined) return one;
      const shown = sayingTheSame(one, meant).map(([id, { seq, text }]) => [
        id,
        { seq, text, ...(hidden ? { hidden } : {}) },
      ]);
      return { ...one, answers: { ...one.answers, ...Object.fromEntries(shown) } };
    }),
};

/** Undoing a removal does not bring them back: the question may be closed by then. */
export function withoutAnswersOf(polls: SessionState['polls'], participant: Id): SessionState['polls'] {
  if (!Object.values(polls).some(({ answers }) => own(answers, participant))) return polls;
  return Object.fromEntries(
    Object.entries(polls).map(([id, poll]) => [id, { ...poll, answers: without(poll.answers, participant) }]),
  );
}
