// Participants: joining, rights, names.
// Invariant: no two participants share a name; that of a removed one is kept from others.

import type { PayloadOf } from '../model/events.ts';
import { LIMITS } from '../model/limits.ts';
import type { HeldNames, Participant, SessionState } from '../model/state.ts';
import type { Id } from '../model/types.ts';
import { cleanText, clip, lengthOf } from '../text/clean-text.ts';
import { displayNameKey, isReservedName } from '../text/display-names.ts';
import { own, put } from '../util/immutable-map.ts';
import { shared } from '../util/memoize.ts';
import type { Meta } from './context.ts';
import type { Deciders, Evolvers } from './decider.ts';
import { actorOf, happened, idOf, newEvent, noChange, refused } from './decider.ts';
import { letInBy, usingLink } from './facilitator-links.ts';

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

function displayNameFault(displayName: string, facilitator: boolean) {
  const length = lengthOf(displayName);
  if (length < LIMITS.displayNameLeast || length > LIMITS.displayName)
    return refused('display_name_length', { least: LIMITS.displayNameLeast, most: LIMITS.displayName });
  return !facilitator && isReservedName(displayName) ? refused('display_name_reserved') : null;
}

function hold(state: SessionState, wanted: PayloadOf<'name.held'>) {
  const held = own(state.participants, wanted.participant)?.held?.[wanted.what];
  return held === wanted.name ? noChange : happened(newEvent('name.held', wanted));
}

export const participantDeciders: Deciders<
  'participant.join' | 'participant.promote' | 'participant.rename' | 'participant.credit' | 'name.decide'
> = {
  'participant.join': (state, command, meta) => {
    const displayName = cleanText(command.displayName);
    const fault = displayNameFault(displayName, command.facilitator);
    if (fault) return fault;
    const { tokenHash, facilitator, link } = command;
    const used = usingLink(state, link);
    if (used === null) return refused('wrong_secret');
    const closed = facilitator
      ? null
      : (notAdmitted(state, meta) ?? (ofRemoved(state, displayName) ? displayNameTaken(displayName) : null));
    if (closed) return closed;
    const held = !facilitator && isFlagged(state, meta);
    const shown = freeDisplayName(state, held ? (command.substitute ?? 'Guest') : displayName);
    const participant = idOf('p', state.seq + 1);
    return happened(
      newEvent('participant.joined', {
        displayName: shown,
        tokenHash,
        facilitator,
        ...(facilitator ? letInBy(state, link) : {}),
      }),
      ...(held ? [newEvent('name.held', { participant, what: 'displayName', name: displayName })] : []),
      ...used,
    );
  },

  'participant.promote': (state, { participant, link }) => {
    const person = own(state.participants, participant);
    if (!person) return refused('not_found', { what: 'participant', id: participant });
    if (person.removed) return refused('removed');
    const used = usingLink(state, link);
    if (used === null) return refused('wrong_secret');
    const promoted = person.facilitator
      ? []
      : [newEvent('participant.promoted', { participant, ...letInBy(state, link) })];
    // Used up by somebody who is a facilitator already, too: it must not stay valid in a browser's history.
    return happened(...promoted, ...used);
  },

  'participant.rename': (state, command, meta) => {
    const displayName = cleanText(command.displayName);
    const me = actorOf(meta);
    if (own(state.participants, me)?.displayName === displayName) return noChange;
    const fault = displayNameFault(displayName, own(state.participants, me)?.facilitator === true);
    if (fault) return fault;
    if (taken(state, displayName, me)) return displayNameTaken(displayName);
    return isFlagged(state, meta) && own(state.participants, me)?.facilitator !== true
      ? hold(state, { participant: me, what: 'displayName', name: displayName })
      : happened(newEvent('participant.renamed', { displayName }));
  },

  'name.decide': (state, { participant, what, allow }) => {
    const person = own(state.participants, participant);
    if (!person) return refused('not_found', { what: 'participant', id: participant });
    const wanted = person.held?.[what];
    if (wanted === undefined || person.removed) return noChange;
    const free = what === 'displayName' && taken(state, wanted, participant) ? freeDisplayName(state, wanted) : wanted;
    return happened(newEvent('name.decided', { participant, what, name: allow ? free : null }));
  },

  'participant.credit': (state, command, meta) => {
    const name = command.name === null ? null : cleanText(command.name);
    if ((own(state.participants, actorOf(meta))?.credit ?? null) === name) return noChange;
    if (name !== null && (lengthOf(name) < LIMITS.displayNameLeast || lengthOf(name) > LIMITS.credit))
      return refused('credit_length', { least: LIMITS.displayNameLeast, most: LIMITS.credit });
    if (name !== null && own(state.participants, actorOf(meta))?.facilitator !== true && isReservedName(name))
      return refused('display_name_reserved');
    if (name !== null && isFlagged(state, meta) && own(state.participants, actorOf(meta))?.facilitator !== true)
      return hold(state, { participant: actorOf(meta), what: 'credit', name });
    return happened(newEvent('participant.credited', { name }));
  },
};

export function changeParticipant(state: SessionState, id: Id | null, changes: Partial<Participant>): SessionState {
  const person = own(state.participants, id);
  return person && id ? { ...state, participants: put(state.participants, id, { ...person, ...changes }) } : state;
}

/** Without the name that was held, if one was. */
function unheld({ held, ...person }: Participant, what: keyof HeldNames): Participant {
  const { [what]: _, ...rest } = held ?? {};
  return Object.keys(rest).length > 0 ? { ...person, held: rest } : person;
}

const setParticipant = (
  state: SessionState,
  id: Id | null,
  change: (person: Participant) => Participant,
): SessionState => {
  const person = own(state.participants, id);
  return person && id !== null ? { ...state, participants: put(state.participants, id, change(person)) } : state;
};

export const participantEvolvers: Evolvers<
  | 'participant.joined'
  | 'participant.promoted'
  | 'participant.renamed'
  | 'participant.credited'
  | 'name.held'
  | 'name.decided'
> = {
  'participant.joined': (state, { seq, at, payload: { displayName, tokenHash, facilitator, letInBy } }) => ({
    ...state,
    participants: put(state.participants, idOf('p', seq), {
      displayName,
      tokenHash,
      facilitator,
      removed: false,
      joinedAt: at,
      ...(letInBy === undefined ? {} : { letInBy }),
    }),
  }),
  'participant.promoted': (state, { payload: { participant, letInBy } }) =>
    changeParticipant(state, participant, { facilitator: true, ...(letInBy === undefined ? {} : { letInBy }) }),
  'participant.renamed': (state, { by, payload: { displayName } }) =>
    setParticipant(state, by, (person) => ({ ...unheld(person, 'displayName'), displayName })),
  'name.held': (state, { payload: { participant, what, name } }) =>
    setParticipant(state, participant, (person) => ({ ...person, held: { ...person.held, [what]: name } })),
  'name.decided': (state, { payload: { participant, what, name } }) =>
    setParticipant(state, participant, (person) => ({
      ...unheld(person, what),
      ...(name === null ? {} : { [what]: name }),
    })),
  'participant.credited': (state, { by, payload: { name } }) =>
    setParticipant(state, by, (person) => {
      const { credit: _, ...rest } = unheld(person, 'credit');
      return name === null ? rest : { ...rest, credit: name };
    }),
};
