// The people of a session in its views. Of many, the first ones and those who are named anywhere else; the others are
// asked for by page (`GET /api/sessions/:id/people`), since each newcomer would be sent all of them.
// Invariant: whoever the rest of the same view names, is among its participants.

import { LIMITS } from '../model/limits.ts';
import type { Participant, SessionState } from '../model/state.ts';
import type { Id } from '../model/types.ts';
import { isPublic } from '../rules/suggestion.ts';
import { given, own } from '../util/immutable-map.ts';
import { shared } from '../util/memoize.ts';
import { revisionsView, runsView } from './view-run.ts';
import type { PersonView, Presence, PublicView } from './view-types.ts';

type Kind = 'public' | 'facilitator';
type People = PublicView['participants'];

const NOBODY: ReadonlySet<Id> = new Set();

const here = shared<PersonView>();
const hereOnPhone = shared<PersonView>();
const away = shared<PersonView>();

function rowOf(id: Id, person: Participant, { online, narrow = NOBODY }: Presence): PersonView {
  const kept = narrow.has(id) ? hereOnPhone : online.has(id) ? here : away;
  return kept(person, [], () => ({
    displayName: person.displayName,
    online: online.has(id),
    facilitator: person.facilitator,
    ...(narrow.has(id) ? { narrow: true as const } : {}),
    ...given({ credit: person.credit }),
  }));
}

const present = shared<readonly (readonly [Id, Participant])[]>();

/** Who was not removed, in the order of joining. */
const presentIn = ({ participants }: SessionState) =>
  present(participants, [], () => Object.entries(participants).filter(([, person]) => !person.removed));

const everybody = shared<People>();

/** All of them, however many. */
export const everybodyIn = (state: SessionState, presence: Presence): People =>
  everybody(state.participants, [presence.online, presence.narrow], () =>
    Object.fromEntries(presentIn(state).map(([id, person]) => [id, rowOf(id, person, presence)])),
  );

const some = { public: shared<People>(), facilitator: shared<People>() };

export function participantsView(state: SessionState, kind: Kind, presence: Presence): People {
  const { online, narrow, mostShown = LIMITS.peopleShown } = presence;
  if (presentIn(state).length <= mostShown) return everybodyIn(state, presence);
  const { driver, offer, hands, suggestions, runs, revisions, activity, moderation } = state;
  const parts = [online, narrow, mostShown, driver, offer, hands, suggestions, runs, revisions, activity, moderation];
  return some[kind](state.participants, parts, () => {
    const named = namedIn(state, kind);
    return Object.fromEntries(
      presentIn(state)
        .filter(([id, person], i) => i < mostShown || person.facilitator || named.has(id))
        .map(([id, person]) => [id, rowOf(id, person, presence)]),
    );
  });
}

/** Facilitators apart, who are always shown. */
function namedIn(state: SessionState, kind: Kind): ReadonlySet<Id | null | undefined> {
  const { driver, offer, hands, suggestions, activity, moderation, participants } = state;
  const ofAll = kind === 'facilitator';
  const lowered = Object.values(moderation).findLast((record) => record.kind === 'hands');
  return new Set([
    driver?.participant,
    offer?.to,
    offer?.by,
    ...Object.keys(hands),
    ...Object.values(suggestions).flatMap((card) => (ofAll || isPublic(card) ? card.author : [])),
    ...Object.values(runsView(state, kind)).flatMap(({ by, guesses = [] }) => [
      by,
      ...guesses.map(({ participant }) => participant),
    ]),
    ...Object.values(revisionsView(state)).map(({ by }) => by),
    ...activity.flatMap(({ by, private: hidden }) => (ofAll || hidden !== true ? by : [])),
    ...(ofAll ? Object.keys(participants).filter((id) => own(participants, id)?.held !== undefined) : []),
    ...(ofAll && lowered?.kind === 'hands' ? Object.keys(lowered.hands) : []),
  ]);
}

const counts = shared<PublicView['people']>();

export const peopleView = (state: SessionState, { online }: Presence): PublicView['people'] =>
  counts(state.participants, [online], () => {
    const all = presentIn(state);
    const guests = all.filter(([, person]) => !person.facilitator);
    return { all: all.length, guests: guests.length, online: guests.filter(([id]) => online.has(id)).length };
  });
