// Upvotes: one removable vote per person and suggestion, without downvotes.
// Invariant: voting twice changes nothing. The author's own vote stays. A vote for a merged suggestion goes to its target.

import type { SessionState, Suggestion } from '../model/state.ts';
import type { Id } from '../model/types.ts';
import { own, put, without } from '../util/immutable-map.ts';
import type { Meta } from './context.ts';
import type { Deciders, Evolvers, Outcome } from './decider.ts';
import { actorOf, happened, newEvent, noChange, refused } from './decider.ts';
import { changeSuggestion, isPublic, seen, unknown } from './suggestion.ts';

/** The suggestion that a vote for `id` counts for: the one it was merged into, if any. */
export function voteTarget(state: SessionState, id: Id): Id {
  let at = id;
  // Merges go into open suggestions only, so they cannot form cycles; the limit is a safeguard.
  for (let steps = 0; steps < 100; steps++) {
    const into = own(state.suggestions, at)?.mergedInto;
    if (into === undefined) return at;
    at = into;
  }
  return at;
}

function open(state: SessionState, id: Id, meta: Meta): { readonly card: Suggestion } | { readonly no: Outcome } {
  const card = seen(state, id, meta);
  if (!card) return { no: unknown(id) };
  if (card.status !== 'open') return { no: refused('wrong_status', { status: card.status, wanted: 'open' }) };
  return { card };
}

export const voteDeciders: Deciders<'suggestion.upvote' | 'suggestion.unvote'> = {
  'suggestion.upvote': (state, command, meta) => {
    const suggestion = voteTarget(state, command.suggestion);
    const found = open(state, suggestion, meta);
    if ('no' in found) return found.no;
    return own(found.card.voters, actorOf(meta)) ? noChange : happened(newEvent('suggestion.upvoted', { suggestion }));
  },

  'suggestion.unvote': (state, command, meta) => {
    const suggestion = voteTarget(state, command.suggestion);
    const card = seen(state, suggestion, meta);
    if (!card) return unknown(suggestion);
    if (card.author === actorOf(meta) || !own(card.voters, actorOf(meta))) return noChange;
    const found = open(state, suggestion, meta);
    return 'no' in found ? found.no : happened(newEvent('suggestion.unvoted', { suggestion }));
  },
};

export const voteEvolvers: Evolvers<'suggestion.upvoted' | 'suggestion.unvoted'> = {
  'suggestion.upvoted': (state, { by, payload }) =>
    changeSuggestion(state, payload.suggestion, (card) =>
      by === null ? card : { ...card, voters: put(card.voters, by, true) },
    ),
  'suggestion.unvoted': (state, { by, payload }) =>
    changeSuggestion(state, payload.suggestion, (card) =>
      by === null ? card : { ...card, voters: without(card.voters, by) },
    ),
};

/** Votes as everybody sees them: how many. */
export const votesOf = (card: Suggestion): number => Object.keys(card.voters).length;
/** Whether this counts as voted for on the participant's page. */
export const votedFor = (card: Suggestion, participant: Id): boolean =>
  (isPublic(card) || card.author === participant) && own(card.voters, participant) === true;
