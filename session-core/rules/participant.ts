// Participants: joining, rights, names.
// Invariant: no two participants share a name; that of a removed one is kept from others.

import { LIMITS } from '../model/limits.ts';
import type { Participant, SessionState } from '../model/state.ts';
import type { Id } from '../model/types.ts';
import { cleanText, clip, lengthOf } from '../text/clean-text.ts';
import { displayNameKey, isReservedName } from '../text/display-names.ts';
import { own, put } from '../util/immutable-map.ts';
import { shared } from '../util/memoize.ts';
import type { Meta } from './context.ts';
import type { Deciders, Evolvers } from './decider.ts';
import { actorOf, happened, idOf, newEvent, noChange, refused } from './decider.ts';
import { usingLink } from './facilitator-links.ts';

const keys = shared<string>();
const names = shared<ReadonlyMap<string, Id>>();

/** Names in use, and whose they are. That of a removed participant is not free for others, nor for their own return. */
const namesHere = (state: SessionState): ReadonlyMap<string, Id> =>
  names(
    state.participants,
    [],
    () =>
      new Map(
        Object.entries(state.participants).map(([id, person]) => [
          keys(person, [], () => displayNameKey(person.displayName)),
          id,
        ]),
      ),
  );

function taken(state: SessionState, displayName: string, except?: Id): boolean {
  const holder = namesHere(state).get(displayNameKey(displayName));
  return holder !== undefined && holder !== except;
}

/** "Otter", or "Otter 2" if Otter is in use, and never longer than a display name may be. */
function freeDisplayName(state: SessionState, displayName: string): string {
  if (!taken(state, displayName)) return displayName;
  const here = namesHere(state);
  let stem = { length: 0, text: '', key: '' };
  for (let n = 2; ; n++) {
    const suffix = ` ${n}`;
    // Hundreds may join under one name: the part before the number is recomputed only when the number gains a digit.
    if (suffix.length !== stem.length) {
      const text = clip(displayName, LIMITS.displayName - suffix.length).trimEnd();
      stem = { length: suffix.length, text, key: displayNameKey(text) };
    }
    if (!here.has(stem.key + displayNameKey(String(n)))) return stem.text + suffix;
  }
}

/** Of a removed participant: who joins under it is most likely the same person. */
function ofRemoved(state: SessionState, displayName: string): boolean {
  return own(state.participants, namesHere(state).get(displayNameKey(displayName)))?.removed === true;
}

const displayNameTaken = (displayName: string) => refused('display_name_taken', { displayName });

/** Whether the session is closed to newcomers, by a facilitator or because it is full. */
function notAdmitted(state: SessionState, { facts }: Meta) {
  if (state.settings.locked) return refused('session_locked');
  const most = facts?.mostParticipants;
  return most !== undefined && participantCount(state) >= most ? refused('session_full', { most }) : null;
}

const counts = shared<{ readonly n: number }>();

/** Removed ones do not count. */
export const participantCount = ({ participants }: SessionState): number =>
  counts(participants, [], () => ({ n: Object.values(participants).filter(({ removed }) => !removed).length })).n;

const isFlagged = (state: SessionState, { facts }: Meta): boolean =>
  state.settings.wordFilter && facts?.flagged === true;

function displayNameFault(
  displayName: string,
  { flagged, facilitator }: { readonly flagged: boolean; readonly facilitator: boolean },
) {
  const length = lengthOf(displayName);
  if (length < LIMITS.displayNameLeast || length > LIMITS.displayName)
    return refused('display_name_length', { least: LIMITS.displayNameLeast, most: LIMITS.displayName });
  if (!facilitator && isReservedName(displayName)) return refused('display_name_reserved');
  return flagged ? refused('display_name_flagged') : null;
}

export const participantDeciders: Deciders<
  'participant.join' | 'participant.promote' | 'participant.rename' | 'participant.credit'
> = {
  'participant.join': (state, command, meta) => {
    const displayName = cleanText(command.displayName);
    const fault = displayNameFault(displayName, {
      flagged: isFlagged(state, meta),
      facilitator: command.facilitator,
    });
    if (fault) return fault;
    const { tokenHash, facilitator, link } = command;
    const used = usingLink(state, link);
    if (used === null) return refused('wrong_secret');
    const closed = facilitator
      ? null
      : (notAdmitted(state, meta) ?? (ofRemoved(state, displayName) ? displayNameTaken(displayName) : null));
    if (closed) return closed;
    return happened(
      newEvent('participant.joined', { displayName: freeDisplayName(state, displayName), tokenHash, facilitator }),
      ...used,
    );
  },

  'participant.promote': (state, { participant, link }) => {
    const person = own(state.participants, participant);
    if (!person) return refused('not_found', { what: 'participant', id: participant });
    if (person.removed) return refused('removed');
    const used = usingLink(state, link);
    if (used === null) return refused('wrong_secret');
    const promoted = person.facilitator ? [] : [newEvent('participant.promoted', { participant })];
    // Used up by somebody who is a facilitator already, too: it must not stay valid in a browser's history.
    return happened(...promoted, ...used);
  },

  'participant.rename': (state, command, meta) => {
    const displayName = cleanText(command.displayName);
    const me = actorOf(meta);
    if (own(state.participants, me)?.displayName === displayName) return noChange;
    const fault = displayNameFault(displayName, {
      flagged: isFlagged(state, meta),
      facilitator: own(state.participants, me)?.facilitator === true,
    });
    if (fault) return fault;
    return taken(state, displayName, me)
      ? displayNameTaken(displayName)
      : happened(newEvent('participant.renamed', { displayName }));
  },

  'participant.credit': (state, command, meta) => {
    const name = command.name === null ? null : cleanText(command.name);
    if ((own(state.participants, actorOf(meta))?.credit ?? null) === name) return noChange;
    if (name !== null && (lengthOf(name) < LIMITS.displayNameLeast || lengthOf(name) > LIMITS.credit))
      return refused('credit_length', { least: LIMITS.displayNameLeast, most: LIMITS.credit });
    if (name !== null && own(state.participants, actorOf(meta))?.facilitator !== true && isReservedName(name))
      return refused('display_name_reserved');
    if (name !== null && isFlagged(state, meta)) return refused('display_name_flagged');
    return happened(newEvent('participant.credited', { name }));
  },
};

export function changeParticipant(state: SessionState, id: Id | null, changes: Partial<Participant>): SessionState {
  const person = own(state.participants, id);
  return person && id ? { ...state, participants: put(state.participants, id, { ...person, ...changes }) } : state;
}

export const participantEvolvers: Evolvers<
  'participant.joined' | 'participant.promoted' | 'participant.renamed' | 'participant.credited'
> = {
  'participant.joined': (state, { seq, at, payload: { displayName, tokenHash, facilitator } }) => ({
    ...state,
    participants: put(state.participants, idOf('p', seq), {
      displayName,
      tokenHash,
      facilitator,
      removed: false,
      joinedAt: at,
    }),
  }),
  'participant.promoted': (state, { payload }) => changeParticipant(state, payload.participant, { facilitator: true }),
  'participant.renamed': (state, { by, payload }) => changeParticipant(state, by, { displayName: payload.displayName }),
  'participant.credited': (state, { by, payload: { name } }) => {
    const person = own(state.participants, by);
    if (!person || by === null) return state;
    const { credit: _, ...rest } = person;
    return {
      ...state,
      participants: put(state.participants, by, { ...rest, ...(name === null ? {} : { credit: name }) }),
    };
  },
};
