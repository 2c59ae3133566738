// Which parts of the shared views an event may have changed, so that a vote costs the list of suggestions and nothing else.
// Invariant: naming too many costs time, naming too few leaves every page outdated; an event that is not listed may have
// changed everything.
import type { EventType, SessionEvent } from '../model/events.ts';
import type { ViewPart } from './view.ts';
import type { Presence } from './view-types.ts';

export type ChangedParts = 'all' | ReadonlySet<ViewPart>;

/** What many people do at the same time. */
const CHANGED: Partial<Record<EventType, readonly ViewPart[]>> = {
  'suggestion.upvoted': ['suggestions'],
  'suggestion.unvoted': ['suggestions'],
  // Of many people only those are in the view whom it names.
  'suggestion.added': ['suggestions', 'activity', 'participants'],
  'suggestion.edited': ['suggestions', 'activity', 'participants'],
  'hand.raised': ['hands', 'handsAt', 'handsUndo', 'activity', 'participants'],
  'hand.lowered': ['hands', 'handsAt', 'handsUndo', 'activity', 'participants'],
  'pulse.set': ['pulses'],
  'guess.set': ['guessCount'],
  'poll.answered': ['polls'],
  'participant.joined': [
    'participants',
    'people',
    'full',
    'heldNames',
    'joinBurst',
    'facilitatorLinks',
    'letInBy',
    'activity',
  ],
  'participant.renamed': ['participants', 'removed', 'heldNames', 'activity'],
  'patch.states': ['suggestions'],
  'patch.checked': ['suggestions'],
  'suggestion.fixed': ['suggestions'],
};

const SETS = new Map(Object.entries(CHANGED).map(([type, parts]) => [type, new Set(parts)]));

export const partsChangedBy = (event: SessionEvent): ChangedParts => SETS.get(event.type) ?? 'all';

/** What shows who is connected and how the server is. */
const OF_PRESENCE: Readonly<Record<keyof Presence, readonly ViewPart[]>> = {
  online: ['participants', 'people', 'online'],
  narrow: ['participants'],
  viewers: ['online'],
  mostParticipants: ['full'],
  mostShown: ['participants'],
  gaps: ['gaps'],
  retention: ['retention'],
  codeChecks: ['codeChecks'],
  storageFault: ['storageFault'],
  restarting: ['restarting'],
  joinBurst: ['joinBurst'],
};
export const PARTS_OF_PRESENCE: ReadonlySet<ViewPart> = new Set(Object.values(OF_PRESENCE).flat());

export const unionOfParts = (a: ChangedParts, b: ChangedParts): ChangedParts =>
  a === 'all' || b === 'all' ? 'all' : b.size === 0 ? a : new Set([...a, ...b]);
