// Removing participants, alone or many at once, and what a removal takes along; undoing it.
// Invariant: a removed participant stays in the history and keeps their name from others. Undo gives back what the removal
// took, unless it has changed since.

import { goingAlong, type LetInBy } from '../model/let-in.ts';
import { forgetRecentCommands } from '../model/recent-commands.ts';
import type { ModerationRecord, SessionState, Suggestion } from '../model/state.ts';
import type { Id } from '../model/types.ts';
import { own, put, without } from '../util/immutable-map.ts';
import { shared } from '../util/memoize.ts';
import type { Meta } from './context.ts';
import type { Deciders, Evolvers, NewEvent } from './decider.ts';
import { actorOf, happened, newEvent, noChange, refused } from './decider.ts';
import { stopDriving } from './driver.ts';
import { linksKnownTo } from './facilitator-links.ts';
import { changeParticipant } from './participant.ts';
import { withoutAnswersOf } from './poll.ts';
import { cancelDrafts } from './run.ts';
import { changeSuggestion, unpinned } from './suggestion.ts';
import { voteTarget } from './vote.ts';

type Removal = Extract<ModerationRecord, { readonly kind: 'remove' }>;

function removalOf(
  state: SessionState,
  { participant, contributions = true }: { readonly participant: Id; readonly contributions?: boolean | undefined },
  meta: Meta,
): readonly NewEvent[] {
  return [
    ...stopDriving(state, { participant, how: 'removed', tree: meta.facts?.tree }),
    ...cancelDrafts(state, participant),
    ...linksKnownTo(state, participant),
    newEvent('participant.removed', { participant, ...(contributions ? { contributions } : {}) }),
  ];
}

const lettersIn = shared<LetInBy>();

/** Of the facilitators who are here. */
export const letInByOf = ({ participants }: SessionState): LetInBy =>
  lettersIn(participants, [], () =>
    Object.fromEntries(
      Object.entries(participants).flatMap(([id, { facilitator, letInBy: by }]) =>
        facilitator && by !== undefined ? [[id, by] as const] : [],
      ),
    ),
  );

export const removalDeciders: Deciders<'participant.remove' | 'participant.removeAll'> = {
  'participant.remove': (state, command, meta) => {
    const { participant } = command;
    const person = own(state.participants, participant);
    if (!person) return refused('not_found', { what: 'participant', id: participant });
    if (participant === actorOf(meta)) return refused('invalid', { fault: 'remove_self' });
    if (person.removed) return noChange;
    const along = goingAlong(letInByOf(state), { removed: participant, actor: actorOf(meta) });
    const people = (command.letIn ?? along.byDefault) ? along.people : [];
    return happened(
      ...[participant, ...people].flatMap((each) => removalOf(state, { ...command, participant: each }, meta)),
    );
  },

  'participant.removeAll': (state, { participants, contributions }, meta) => {
    const here = [...new Set(participants)].filter((id) => {
      const person = own(state.participants, id);
      // A list that a page made from what it saw must not remove who runs the session.
      return person && !person.removed && !person.facilitator;
    });
    return happened(...here.flatMap((participant) => removalOf(state, { participant, contributions }, meta)));
  },
};

const isWaiting = ({ status }: Suggestion): boolean => status === 'open' || status === 'pending';

/** The state without the suggestions and votes of `participant`, and what is needed to give them back. */
function withoutContributions(
  state: SessionState,
  participant: Id,
): { readonly state: SessionState } & Required<Pick<Removal, 'suggestions' | 'votes'>> {
  const cards = Object.entries(state.suggestions);
  const mine = cards.filter(([, card]) => card.author === participant && isWaiting(card));
  const voted = cards.filter(
    ([, card]) => card.author !== participant && isWaiting(card) && own(card.voters, participant) === true,
  );
  const changed = new Map<Id, Suggestion>([
    ...mine.map(([id, card]) => [id, { ...unpinned(card), status: 'withdrawn' }] as const),
    ...voted.map(([id, card]) => [id, { ...card, voters: without(card.voters, participant) }] as const),
  ]);
  return {
    state:
      changed.size === 0
        ? state
        : { ...state, suggestions: Object.fromEntries(cards.map(([id, card]) => [id, changed.get(id) ?? card])) },
    suggestions: Object.fromEntries(mine),
    votes: voted.map(([id]) => id),
  };
}

/** Which of the suggestions that a removal took can be given back: their author alone could change them since. */
export const takenSuggestions = (state: SessionState, { suggestions = {} }: Removal): readonly Id[] =>
  Object.keys(suggestions).filter((id) => own(state.suggestions, id)?.status === 'withdrawn');

/** Undoes a removal. Votes for a suggestion that was merged meanwhile go where its votes went. */
export function undoRemoval(state: SessionState, record: Removal): SessionState {
  const { participant, facilitator, suggestions = {}, votes = [] } = record;
  const back = changeParticipant(state, participant, { removed: false, facilitator });
  const reopened = takenSuggestions(state, record).reduce(
    (now, id) =>
      changeSuggestion(now, id, (card) => ({ ...card, status: own(suggestions, id)?.status ?? card.status })),
    back,
  );
  return votes.reduce(
    (now, id) =>
      changeSuggestion(now, voteTarget(now, id), (card) =>
        isWaiting(card) ? { ...card, voters: put(card.voters, participant, true) } : card,
      ),
    reopened,
  );
}

export const removalEvolvers: Evolvers<'participant.removed'> = {
  'participant.removed': (state, { seq, payload: { participant, contributions } }) => {
    const facilitator = own(state.participants, participant)?.facilitator === true;
    const { state: rest, ...taken } = contributions
      ? withoutContributions(state, participant)
      : { state, suggestions: undefined, votes: undefined };
    const record: Removal = {
      kind: 'remove',
      participant,
      facilitator,
      ...(taken.suggestions && taken.votes ? { suggestions: taken.suggestions, votes: taken.votes } : {}),
    };
    return {
      ...changeParticipant(rest, participant, { removed: true, facilitator: false }),
      moderation: put(state.moderation, String(seq), record),
      hands: without(state.hands, participant),
      pulses: without(state.pulses, participant),
      guesses: without(state.guesses, participant),
      polls: contributions ? withoutAnswersOf(state.polls, participant) : state.polls,
      drafts: without(state.drafts, participant),
      recentCommands: forgetRecentCommands(state.recentCommands, participant),
    };
  },
};
