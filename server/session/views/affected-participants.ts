// Whose own part of the view (`YouView`) an event may have changed, so that a vote costs one part and not everybody's.
// Invariant: naming too many costs time, naming too few leaves somebody with an outdated page; an event that is not listed
// affects everybody.
import type { SessionEvent } from '#session-core/model/events.ts';
import type { SessionState } from '#session-core/model/state.ts';
import type { Id } from '#session-core/model/types.ts';
import { type ChangedParts, partsChangedBy, unionOfParts } from '#session-core/view/changed-parts.ts';

type Affected = 'all' | ReadonlySet<Id>;

const NOBODY: Affected = new Set<Id>();
const just = (...people: readonly (Id | null | undefined)[]): Affected => new Set(people.filter((id) => id != null));

function affectedBy(event: SessionEvent, state: SessionState): Affected {
  switch (event.type) {
    case 'suggestion.upvoted':
    case 'suggestion.unvoted':
    case 'suggestion.added':
    case 'suggestion.edited':
    case 'hand.raised':
    case 'pulse.set':
    case 'guess.set':
    case 'poll.answered':
    case 'participant.renamed':
    case 'participant.credited':
      return just(event.by);
    case 'hand.lowered':
    case 'participant.promoted':
    case 'name.held':
    case 'name.decided':
    case 'participant.removed':
      return just(event.by, event.payload.participant);
    case 'patch.checked':
    case 'suggestion.fixed':
      return just(event.by, state.suggestions[event.payload.suggestion]?.author);
    case 'patch.states':
      return just(...Object.keys(event.payload.states).map((id) => state.suggestions[id]?.author));
    case 'participant.joined':
    case 'facilitator.linked':
    case 'facilitator.linkUsed':
    case 'facilitator.unlinked':
    case 'joinCode.rotated':
    case 'session.configured':
    case 'session.ended':
    case 'timer.set':
    case 'poll.opened':
    case 'poll.closed':
    case 'scene.shown':
    case 'timer.changed':
    case 'agenda.chosen':
    case 'agenda.begun':
    case 'agenda.ticked':
    case 'agenda.stepAdded':
    case 'agenda.stepChanged':
    case 'agenda.stepMoved':
    case 'agenda.undone':
    case 'revision.cut':
    case 'search.started':
    case 'search.improved':
    case 'search.ended':
      return NOBODY;
    default:
      return 'all';
  }
}

/** What a flush has to look at. */
export interface Change {
  readonly people: Affected;
  readonly parts: ChangedParts;
}

/** Who is connected is looked at by itself. */
export const NO_CHANGE: Change = { people: NOBODY, parts: new Set() };

export const changeOf = (event: SessionEvent, state: SessionState): Change => ({
  people: affectedBy(event, state),
  parts: partsChangedBy(event),
});

export const together = (a: Change, b: Change): Change => ({
  people: unionOf(a.people, b.people),
  parts: unionOfParts(a.parts, b.parts),
});

const unionOf = (a: Affected, b: Affected): Affected => (a === 'all' || b === 'all' ? 'all' : new Set([...a, ...b]));
