// People: join, rights, names, removal.
// Law: no two people who are here share a name; a removed one keeps their place in history and loses everything else.
// RUNS IN server
import { LIMITS } from './commands.ts';
import { leaveSeat } from './driver.ts';
import type { Deciders, Evolvers } from './law.ts';
import { actorOf, draft, happened, idOf, noChange, refused } from './law.ts';
import { own, put, without } from './record.ts';
import { cancelDrafts } from './run.ts';
import type { Id, Participant, SessionState } from './state.ts';
import { aliasKey, cleanText, clip, lengthOf } from './text.ts';

function taken(state: SessionState, alias: string, except?: Id): boolean {
  const key = aliasKey(alias);
  return Object.entries(state.participants).some(
    ([id, other]) => id !== except && !other.removed && aliasKey(other.alias) === key,
  );
}

/** "Otter", or "Otter 2" where Otter is here already, and never longer than an alias may be. */
function freeAlias(state: SessionState, alias: string): string {
  let free = alias;
  for (let n = 2; taken(state, free); n++) {
    const suffix = ` ${n}`;
    free = clip(alias, LIMITS.alias - suffix.length).trimEnd() + suffix;
  }
  return free;
}

function aliasFault(alias: string, flagged: boolean) {
  const length = lengthOf(alias);
  if (length < LIMITS.aliasLeast || length > LIMITS.alias)
    return refused('alias_length', { least: LIMITS.aliasLeast, most: LIMITS.alias });
  return flagged ? refused('alias_flagged') : null;
}

export const participantDeciders: Deciders<
  'participant.join' | 'participant.promote' | 'participant.rename' | 'participant.remove'
> = {
  'participant.join': (state, command, meta) => {
    const alias = cleanText(command.alias);
    const fault = aliasFault(alias, state.settings.wordFilter && meta.facts?.flagged === true);
    if (fault) return fault;
    const { tokenHash, facilitator } = command;
    return happened(draft('participant.joined', { alias: freeAlias(state, alias), tokenHash, facilitator }));
  },

  'participant.promote': (state, { participant }) => {
    const person = own(state.participants, participant);
    if (!person) return refused('not_found', { what: 'participant', id: participant });
    if (person.removed) return refused('removed');
    return person.facilitator ? noChange : happened(draft('participant.promoted', { participant }));
  },

  'participant.rename': (state, command, meta) => {
    const alias = cleanText(command.alias);
    const me = actorOf(meta);
    if (own(state.participants, me)?.alias === alias) return noChange;
    const fault = aliasFault(alias, state.settings.wordFilter && meta.facts?.flagged === true);
    if (fault) return fault;
    return taken(state, alias, me)
      ? refused('alias_taken', { alias })
      : happened(draft('participant.renamed', { alias }));
  },

  'participant.remove': (state, { participant }, meta) => {
    const person = own(state.participants, participant);
    if (!person) return refused('not_found', { what: 'participant', id: participant });
    if (participant === actorOf(meta)) return refused('invalid', { what: 'you cannot remove yourself' });
    if (person.removed) return noChange;
    return happened(
      ...leaveSeat(state, { participant, how: 'removed', tree: meta.facts?.tree }),
      ...cancelDrafts(state, participant),
      draft('participant.removed', { participant }),
    );
  },
};

function change(state: SessionState, id: Id | null, changes: Partial<Participant>): SessionState {
  const person = own(state.participants, id);
  return person && id ? { ...state, participants: put(state.participants, id, { ...person, ...changes }) } : state;
}

export const participantEvolvers: Evolvers<
  'participant.joined' | 'participant.promoted' | 'participant.renamed' | 'participant.removed'
> = {
  'participant.joined': (state, { seq, at, payload: { alias, tokenHash, facilitator } }) => ({
    ...state,
    participants: put(state.participants, idOf('p', seq), {
      alias,
      tokenHash,
      facilitator,
      removed: false,
      joinedAt: at,
    }),
  }),
  'participant.promoted': (state, { payload }) => change(state, payload.participant, { facilitator: true }),
  'participant.renamed': (state, { by, payload }) => change(state, by, { alias: payload.alias }),
  'participant.removed': (state, { payload: { participant } }) => ({
    ...change(state, participant, { removed: true, facilitator: false }),
    hands: without(state.hands, participant),
    pulses: without(state.pulses, participant),
    guesses: without(state.guesses, participant),
    drafts: without(state.drafts, participant),
    causes: without(state.causes, participant),
  }),
};
