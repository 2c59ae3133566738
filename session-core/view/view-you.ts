// What a participant alone sees: their votes, their suggestions that nobody else is shown, their private previews.
// Invariant: nothing of anybody else's that is not in the public view.

import { LIMITS } from '../model/limits.ts';
import type { SessionState } from '../model/state.ts';
import type { Id } from '../model/types.ts';
import { isPublic } from '../rules/suggestion.ts';
import { votedFor } from '../rules/vote.ts';
import { given, own } from '../util/immutable-map.ts';
import { shared } from '../util/memoize.ts';
import { answersOf } from './view-poll.ts';
import { previewView, suggestionView } from './view-suggestion.ts';
import type { YouView } from './view-types.ts';

export function youView(state: SessionState, participant: Id): YouView {
  const person = own(state.participants, participant);
  const drives = state.driver?.participant === participant;
  const { offer, closedOffer } = state;
  const draft = own(state.drafts, participant);
  const preview = draft && previewView(state, draft);
  return {
    participant,
    displayName: person?.displayName ?? '',
    facilitator: person?.facilitator === true,
    drives,
    hand: own(state.hands, participant) !== undefined,
    votes: votesBy(state, participant),
    own: hiddenOf(state, participant),
    previews: previewsOf(state, participant),
    ...given({
      credit: person?.credit,
      held: person?.held,
      driverTab: drives ? state.driver?.tab : undefined,
      offer: offer?.to === participant ? { by: offer.by, at: offer.at } : undefined,
      closedOffer: closedOffer?.by === participant ? { at: closedOffer.at, how: closedOffer.how } : undefined,
      guess: own(state.guesses, participant),
      answers: answersOf(state, participant),
      pulse: own(state.pulses, participant)?.value,
      draftPreview: draft && preview ? { ...preview, patch: draft.patch } : undefined,
    }),
  };
}

const voteTables = shared<{ readonly known: Map<Id, Id[]>; whole: boolean }>();
const hiddenTables = shared<ReadonlyMap<Id, YouView['own']>>();
const NONE: YouView['own'] = {};

/** Up to this many participants are looked up one by one; for more it is cheaper to read all votes once. */
const FEW = 8;

function votesBy(state: SessionState, participant: Id): readonly Id[] {
  const table = voteTables(state.suggestions, [], () => ({ known: new Map(), whole: false }));
  const before = table.known.get(participant);
  if (before || table.whole) return before ?? [];
  const cards = Object.entries(state.suggestions);
  if (table.known.size < FEW) {
    const votes = cards.filter(([, card]) => votedFor(card, participant)).map(([id]) => id);
    table.known.set(participant, votes);
    return votes;
  }
  table.known.clear();
  for (const [id, card] of cards)
    for (const voter of isPublic(card) ? Object.keys(card.voters) : [card.author]) {
      if (!votedFor(card, voter)) continue;
      const votes = table.known.get(voter);
      if (votes) votes.push(id);
      else table.known.set(voter, [id]);
    }
  table.whole = true;
  return table.known.get(participant) ?? [];
}

const previewTables = shared<ReadonlyMap<Id, YouView['previews']>>();
const NO_PREVIEWS: YouView['previews'] = {};

/** The participant's newest private previews. */
function previewsOf(state: SessionState, participant: Id): YouView['previews'] {
  const tables = previewTables(state.runs, [state.task], () => {
    const drafts = Object.entries(state.runs).filter(([, run]) => run.draftOf !== undefined && run.patch !== undefined);
    const byAuthor = Map.groupBy(drafts, ([, run]) => run.draftOf ?? '');
    const shown = (own: typeof drafts) =>
      own.slice(-LIMITS.ownPreviews).flatMap(([id, run]) => {
        const preview = previewView(state, { run: id, ...given({ against: run.against }) });
        return preview && run.patch ? [[id, { ...preview, patch: run.patch, at: run.requestedAt }] as const] : [];
      });
    return new Map([...byAuthor].map(([author, own]) => [author, Object.fromEntries(shown(own))]));
  });
  return tables.get(participant) ?? NO_PREVIEWS;
}

/** The participant's suggestions that the public view does not hold. */
function hiddenOf(state: SessionState, participant: Id): YouView['own'] {
  const tables = hiddenTables(state.suggestions, [state.runs, state.task], () => {
    const hidden = Object.entries(state.suggestions).filter(([, card]) => !isPublic(card));
    const byAuthor = Map.groupBy(hidden, ([, card]) => card.author);
    const shown = (cards: typeof hidden) =>
      Object.fromEntries(cards.map(([id, card]) => [id, suggestionView(state, id, card)]));
    return new Map([...byAuthor].map(([author, cards]) => [author, shown(cards)]));
  });
  return tables.get(participant) ?? NONE;
}
