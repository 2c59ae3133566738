// What leaves the house, and to whom: one view for all, a superset for facilitators, each one's own part.
// Law: a pending, declined, merged or withdrawn suggestion is its author's and the facilitators'; who voted, guessed or
// pressed is theirs; secrets and texts of files are nobody's. Made from shared parts, so a diff reads only what changed.
// RUNS IN server
import { shared } from './memo.ts';
import { given, own } from './record.ts';
import type { Id, Participant, SessionState } from './state.ts';
import { isPublic } from './suggestion.ts';
import { revisionsView, runsView } from './view-run.ts';
import { previewView, suggestionForFacilitators, suggestionView } from './view-suggestion.ts';
import type {
  ActivityView,
  Audience,
  FacilitatorView,
  Presence,
  PublicView,
  SuggestionView,
  YouView,
} from './view-types.ts';
import { votedFor } from './vote.ts';

/** Arrays travel whole: the feed on the page is short, the long one comes from the log. */
const ACTS_SHOWN = 30;

export function viewOf(state: SessionState, audience: { readonly kind: 'public' }, presence: Presence): PublicView;
export function viewOf(
  state: SessionState,
  audience: { readonly kind: 'facilitator' },
  presence: Presence,
): FacilitatorView;
export function viewOf(
  state: SessionState,
  audience: { readonly kind: 'you'; readonly participant: Id },
  presence: Presence,
): YouView;
export function viewOf(
  state: SessionState,
  audience: Audience,
  presence: Presence,
): PublicView | FacilitatorView | YouView;
export function viewOf(state: SessionState, audience: Audience, presence: Presence) {
  switch (audience.kind) {
    case 'public':
      return common(state, 'public', presence);
    case 'facilitator':
      return { ...common(state, 'facilitator', presence), pulses: pulsesView(state), gaps: presence.gaps };
    case 'you':
      return youView(state, audience.participant);
  }
}

function common(state: SessionState, kind: 'public' | 'facilitator', presence: Presence): PublicView {
  const { id, title, joinCode, status, settings, task, offer, revision, timer } = state;
  return {
    id,
    title,
    joinCode,
    status,
    settings,
    task,
    driver: driverView(state),
    offer,
    participants: participantsView(state, presence),
    ...handsView(state),
    suggestions: suggestionsView(state, kind),
    runs: runsView(state, kind),
    revision,
    revisions: revisionsView(state),
    timer,
    guessCount: Object.keys(state.guesses).length,
    activity: activityView(state, kind),
    online: presence.online.size + presence.viewers,
  };
}

function driverView({ driver, offer }: SessionState): PublicView['driver'] {
  if (!driver) return null;
  return {
    participant: driver.participant,
    since: driver.since,
    ...given({ offeredTo: offer?.to, offeredAt: offer?.at }),
  };
}

const here = shared<PublicView['participants'][string]>();
const away = shared<PublicView['participants'][string]>();

function participantsView(state: SessionState, { online }: Presence): PublicView['participants'] {
  const row = (id: Id, { alias, facilitator }: Participant) => ({ alias, online: online.has(id), facilitator });
  const people = Object.entries(state.participants).filter(([, person]) => !person.removed);
  return Object.fromEntries(
    people.map(([id, person]) => [id, (online.has(id) ? here : away)(person, [], () => row(id, person))]),
  );
}

const hands = shared<Pick<PublicView, 'hands' | 'handsAt'>>();

const handsView = (state: SessionState): Pick<PublicView, 'hands' | 'handsAt'> =>
  hands(state.hands, [], () => ({
    hands: Object.keys(state.hands),
    handsAt: Object.fromEntries(Object.entries(state.hands).map(([id, { at }]) => [id, at])),
  }));

const publicCards = shared<PublicView['suggestions']>();
const allCards = shared<PublicView['suggestions']>();

function suggestionsView(state: SessionState, kind: 'public' | 'facilitator'): PublicView['suggestions'] {
  const cards = Object.entries(state.suggestions);
  if (kind === 'facilitator')
    return allCards(state.suggestions, [state.runs, state.task, state.moderation], () =>
      Object.fromEntries(cards.map(([id, card]) => [id, suggestionForFacilitators(state, id, card)])),
    );
  return publicCards(state.suggestions, [state.runs, state.task], () =>
    Object.fromEntries(
      cards.filter(([, card]) => isPublic(card)).map(([id, card]) => [id, suggestionView(state, id, card)]),
    ),
  );
}

const publicFeed = shared<readonly ActivityView[]>();
const fullFeed = shared<readonly ActivityView[]>();

const activityView = (state: SessionState, kind: 'public' | 'facilitator'): readonly ActivityView[] =>
  (kind === 'public' ? publicFeed : fullFeed)(state.activity, [], () =>
    state.activity
      .filter((act) => kind === 'facilitator' || act.private !== true)
      .slice(-ACTS_SHOWN)
      .map(({ seq, at, by, what, about }) => ({ seq, at, by, what, ...given({ about }) })),
  );

const pulses = shared<FacilitatorView['pulses']>();

/** Keyed by the press, not by who pressed. */
const pulsesView = (state: SessionState): FacilitatorView['pulses'] =>
  pulses(state.pulses, [], () =>
    Object.fromEntries(Object.values(state.pulses).map(({ seq, value, at }) => [String(seq), { value, at }])),
  );

function youView(state: SessionState, participant: Id): YouView {
  const person = own(state.participants, participant);
  const drives = state.driver?.participant === participant;
  const { offer } = state;
  const draft = own(state.drafts, participant);
  const preview = draft && previewView(state, draft);
  return {
    participant,
    alias: person?.alias ?? '',
    facilitator: person?.facilitator === true,
    drives,
    hand: own(state.hands, participant) !== undefined,
    ...mine(state, participant),
    ...given({
      driverTab: drives ? state.driver?.tab : undefined,
      offer: offer?.to === participant ? { by: offer.by, at: offer.at } : undefined,
      guess: own(state.guesses, participant),
      pulse: own(state.pulses, participant)?.value,
      draftPreview: draft && preview ? { ...preview, patch: draft.patch } : undefined,
    }),
  };
}

const ownParts = shared<Map<Id, Pick<YouView, 'votes' | 'own'>>>();

/** Votes and the suggestions that the public view does not hold, kept per person while neither cards nor runs change. */
function mine(state: SessionState, participant: Id): Pick<YouView, 'votes' | 'own'> {
  const known = ownParts(state.suggestions, [state.runs, state.task], () => new Map());
  const before = known.get(participant);
  if (before) return before;
  const votes: Id[] = [];
  const hidden: [Id, SuggestionView][] = [];
  for (const [id, card] of Object.entries(state.suggestions)) {
    if (votedFor(card, participant)) votes.push(id);
    if (card.author === participant && !isPublic(card)) hidden.push([id, suggestionView(state, id, card)]);
  }
  const made = { votes, own: Object.fromEntries(hidden) };
  known.set(participant, made);
  return made;
}
