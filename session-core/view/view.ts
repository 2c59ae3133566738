// What leaves the server, and to whom: one view for all, a superset for facilitators, each participant's own part.
// Invariant: a pending, declined, merged or withdrawn suggestion is visible to its author and facilitators; votes, guesses and
// pulses to who gave them; secrets and texts of files to nobody. Made from shared parts, so a diff reads only what changed.

import type { SessionState } from '../model/state.ts';
import type { Id } from '../model/types.ts';
import { canUndo } from '../rules/moderation.ts';
import { participantCount } from '../rules/participant.ts';
import { letInByOf } from '../rules/removal.ts';
import { lastSucceeded } from '../rules/run.ts';
import { isPublic } from '../rules/suggestion.ts';
import { given, own } from '../util/immutable-map.ts';
import { shared } from '../util/memoize.ts';
import { agendaView } from './view-agenda.ts';
import { participantsView, peopleView } from './view-people.ts';
import { pollsView } from './view-poll.ts';
import { revisionsView, runsView } from './view-run.ts';
import { suggestionForFacilitators, suggestionView } from './view-suggestion.ts';
import type {
  ActivityView,
  Audience,
  FacilitatorView,
  JoinBurst,
  Presence,
  PublicView,
  YouView,
} from './view-types.ts';
import { youView } from './view-you.ts';

/** A field of the shared views. */
export type ViewPart = keyof FacilitatorView;

/** Arrays are sent whole: the list on the page is short, the whole history is in the exported log. */
const ENTRIES_SHOWN = 30;

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
      return partsOf(PUBLIC_PARTS, state, audience.kind, presence);
    case 'facilitator':
      return partsOf(ALL_PARTS, state, audience.kind, presence);
    case 'you':
      return youView(state, audience.participant);
  }
}

/** The view after events that changed nothing but `parts` of it: what `viewOf` gives, by making these alone. */
export function viewAfter<V extends PublicView>(
  before: V,
  parts: Iterable<ViewPart>,
  { state, kind, presence }: { state: SessionState; kind: 'public' | 'facilitator'; presence: Presence },
): V {
  const after: Partial<Record<ViewPart, unknown>> & V = { ...before };
  for (const part of parts) {
    if (kind === 'public' && !Object.hasOwn(PUBLIC, part)) continue;
    const value = MAKERS[part](state, kind, presence);
    if (value === undefined) delete after[part];
    else Object.assign(after, { [part]: value });
  }
  return after;
}

const heldNames = shared<FacilitatorView['heldNames']>();

const heldNamesView = ({ participants }: SessionState): FacilitatorView['heldNames'] =>
  heldNames(participants, [], () =>
    Object.fromEntries(
      Object.entries(participants).flatMap(([id, { held, removed }]) =>
        held && !removed ? [[id, held] as const] : [],
      ),
    ),
  );

const links = shared<FacilitatorView['facilitatorLinks']>();

const linksView = ({ facilitatorLinks }: SessionState): FacilitatorView['facilitatorLinks'] =>
  links(facilitatorLinks, [], () =>
    Object.fromEntries(Object.entries(facilitatorLinks).map(([id, { hash: _, ...link }]) => [id, link])),
  );

const bursts = shared<{ readonly burst: JoinBurst | undefined }>();

/** Of those who joined in a burst, who is still here; nothing once all of them were removed. */
const joinBurstView = (state: SessionState, { joinBurst }: Presence): JoinBurst | undefined =>
  joinBurst &&
  bursts(joinBurst, [state.participants], () => {
    const participants = joinBurst.participants.filter((id) => own(state.participants, id)?.removed === false);
    return { burst: participants.length > 0 ? { ...joinBurst, participants } : undefined };
  }).burst;

type Makers<K extends ViewPart> = {
  readonly [P in K]-?: (
    state: SessionState,
    kind: 'public' | 'facilitator',
    presence: Presence,
  ) => FacilitatorView[P] | undefined;
};

const PUBLIC: Makers<keyof PublicView> = {
  id: ({ id }) => id,
  title: ({ title }) => title,
  joinCode: ({ joinCode }) => joinCode,
  status: ({ status }) => status,
  settings: ({ settings }) => settings,
  task: ({ task }) => task,
  driver: (state) => driverView(state),
  offer: ({ offer }) => offer,
  participants: participantsView,
  people: (state, _, presence) => peopleView(state, presence),
  hands: (state) => handsView(state).hands,
  handsAt: (state) => handsView(state).handsAt,
  suggestions: suggestionsView,
  runs: runsView,
  search: (state) => searchView(state),
  revision: ({ revision }) => revision,
  revisions: revisionsView,
  timer: ({ timer }) => timer,
  scene: ({ scene }) => scene,
  guessCount: ({ guesses }) => Object.keys(guesses).length,
  polls: pollsView,
  activity: (state, kind) => activityView(state, kind),
  online: (_state, _kind, { online, viewers }) => online.size + viewers,
  full: (state, _, { mostParticipants }) => participantCount(state) >= mostParticipants,
  codeChecks: (_state, _kind, { codeChecks }) => codeChecks,
  storageFault: (_state, _kind, { storageFault }) => storageFault,
  restarting: (_state, _kind, { restarting }) => restarting,
};

const FACILITATORS: Makers<Exclude<ViewPart, keyof PublicView>> = {
  agenda: (state) => agendaView(state),
  pulses: (state) => pulsesView(state),
  removed: (state) => removedView(state),
  heldNames: (state) => heldNamesView(state),
  facilitatorLinks: (state) => linksView(state),
  letInBy: (state) => letInByOf(state),
  handsUndo: (state) => handsUndo(state),
  gaps: (_state, _kind, { gaps }) => gaps,
  retention: (_state, _kind, { retention }) => retention,
  joinBurst: (state, _, presence) => joinBurstView(state, presence),
};

const MAKERS: Makers<ViewPart> = { ...PUBLIC, ...FACILITATORS };
const PUBLIC_PARTS = Object.keys(PUBLIC) as readonly ViewPart[];
const ALL_PARTS = Object.keys(MAKERS) as readonly ViewPart[];

function partsOf(
  parts: readonly ViewPart[],
  state: SessionState,
  kind: 'public' | 'facilitator',
  presence: Presence,
): Partial<FacilitatorView> {
  return given(Object.fromEntries(parts.map((part) => [part, MAKERS[part](state, kind, presence)])));
}

const searches = shared<NonNullable<PublicView['search']>>();

const searchView = (state: SessionState): PublicView['search'] => {
  const { search } = state;
  if (search === null) return null;
  const last = lastSucceeded(state)?.[1].report?.evaluation?.key;
  const other = last !== undefined && search.evaluation !== undefined && last !== search.evaluation;
  const outdated = search.task !== state.task.id || other;
  return searches(search, [outdated], () => (outdated ? { ...search, outdated } : search));
};

const driverView = ({ driver }: SessionState): PublicView['driver'] =>
  driver && { participant: driver.participant, since: driver.since };

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
      .filter((entry) => kind === 'facilitator' || entry.private !== true)
      .slice(-ENTRIES_SHOWN)
      .map(({ private: _, ...entry }) => entry),
  );

const pulses = shared<FacilitatorView['pulses']>();

/** Keyed by the event, not by who pressed. */
const pulsesView = (state: SessionState): FacilitatorView['pulses'] =>
  pulses(state.pulses, [], () =>
    Object.fromEntries(Object.values(state.pulses).map(({ seq, value, at }) => [String(seq), { value, at }])),
  );

const removals = shared<FacilitatorView['removed']>();

const removedView = (state: SessionState): FacilitatorView['removed'] =>
  removals(state.moderation, [state.participants], () =>
    Object.fromEntries(
      Object.entries(state.moderation).flatMap(([seq, record]) => {
        const person = record.kind === 'remove' ? own(state.participants, record.participant) : undefined;
        return record.kind === 'remove' && person?.removed
          ? [[record.participant, { displayName: person.displayName, undo: Number(seq) }] as const]
          : [];
      }),
    ),
  );

const handsUndos = shared<FacilitatorView['handsUndo'] | null>();

const handsUndo = (state: SessionState): FacilitatorView['handsUndo'] =>
  handsUndos(state.moderation, [state.hands, state.participants, state.driver], () => {
    const newest = Object.entries(state.moderation).findLast(([, record]) => record.kind === 'hands');
    if (newest?.[1].kind !== 'hands' || !canUndo(state, newest[1])) return null;
    return { seq: Number(newest[0]), participants: Object.keys(newest[1].hands) };
  }) ?? undefined;
