// Who may give which command: one table for the server's law and for the buttons a page shows.
// Invariant: being facilitator and holding the seat are two independent facts; a facilitator may all that a driver may,
// except move a seat that is not theirs. Whose suggestion it is, the entity asks itself.

import type { ClientCommand } from './client-commands.ts';
import type { Command } from './system-commands.ts';
import type { Id } from './types.ts';

export interface Standing {
  /** null: the system. */
  readonly participant: Id | null;
  readonly facilitator: boolean;
  readonly drives: boolean;
}

type Need = 'joined' | 'seat' | 'driver' | 'facilitator' | 'system';

/** `seat`: who drives, nobody else. `driver`: who drives, or a facilitator. */
const CLIENT: Readonly<Record<ClientCommand['type'], Need>> = {
  'participant.rename': 'joined',
  'participant.credit': 'joined',
  'hand.raise': 'joined',
  'hand.lower': 'joined',
  'pulse.set': 'joined',
  'suggestion.add': 'joined',
  'suggestion.edit': 'joined',
  'suggestion.withdraw': 'joined',
  'suggestion.upvote': 'joined',
  'suggestion.unvote': 'joined',
  'driver.accept': 'joined',
  'driver.refuse': 'joined',
  'preview.request': 'joined',
  'guess.set': 'joined',
  'driver.offer': 'driver',
  'driver.withdrawOffer': 'driver',
  'driver.release': 'driver',
  'driver.move': 'seat',
  'suggestion.pin': 'driver',
  'suggestion.unpin': 'driver',
  'suggestion.accept': 'driver',
  'suggestion.unaccept': 'driver',
  'run.request': 'driver',
  'run.cancel': 'driver',
  'revision.restore': 'driver',
  'driver.take': 'facilitator',
  'driver.revoke': 'facilitator',
  'suggestion.approve': 'facilitator',
  'suggestion.decline': 'facilitator',
  'suggestion.merge': 'facilitator',
  'moderation.undo': 'facilitator',
  'hand.lowerAll': 'facilitator',
  'participant.remove': 'facilitator',
  'timer.set': 'facilitator',
  'checkpoint.load': 'facilitator',
  'session.configure': 'facilitator',
  'session.end': 'facilitator',
};

const SYSTEM: Readonly<Record<Exclude<Command['type'], ClientCommand['type']>, Need>> = {
  'session.create': 'system',
  'facilitator.link': 'system',
  'participant.join': 'system',
  'participant.promote': 'system',
  'driver.lapse': 'system',
  'driver.offerLapse': 'system',
  'revision.cut': 'system',
  'run.start': 'system',
  'run.report': 'system',
  'run.interrupt': 'system',
  'patch.states': 'system',
  'preview.due': 'system',
};

/** What the house may do by itself among the commands of people: end an old session, run its start. */
const HOUSE: ReadonlySet<string> = new Set(['run.request', 'run.cancel', 'session.end']);

const NEEDS: Readonly<Record<Command['type'], Need>> = { ...CLIENT, ...SYSTEM };

export const CLIENT_COMMANDS = Object.keys(CLIENT) as readonly ClientCommand['type'][];

export function can(standing: Standing, command: Command['type']): boolean {
  const need = NEEDS[command];
  if (standing.participant === null) return need === 'system' || HOUSE.has(command);
  switch (need) {
    case 'joined':
      return true;
    case 'seat':
      return standing.drives;
    case 'driver':
      return standing.drives || standing.facilitator;
    case 'facilitator':
      return standing.facilitator;
    case 'system':
      return false;
  }
}

/** For the refusal's sentence: "Only the driver or a facilitator can do this." */
export function whoMay(command: Command['type']): string {
  switch (NEEDS[command]) {
    case 'joined':
      return 'somebody who has joined';
    case 'seat':
      return 'the driver';
    case 'driver':
      return 'the driver or a facilitator';
    case 'facilitator':
      return 'a facilitator';
    case 'system':
      return 'the server itself';
  }
}
