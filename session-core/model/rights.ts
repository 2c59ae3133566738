// Who may give which command: one table for the server's rules and for the buttons a page shows.
// Invariant: being facilitator and being driver are independent; a facilitator may do all that a driver may, except move
// somebody else's driver role to another tab. Whether a suggestion is one's own, the rule of the command checks.

import type { ClientCommand } from './client-commands.ts';
import type { Who } from './rejection.ts';
import type { Command } from './system-commands.ts';
import type { Id } from './types.ts';

export interface ActorRole {
  /** null: the system. */
  readonly participant: Id | null;
  readonly facilitator: boolean;
  readonly drives: boolean;
}

type Need = Extract<Who, 'joined' | 'driver' | 'driverOrFacilitator' | 'facilitator' | 'system'>;

const CLIENT: Readonly<Record<ClientCommand['type'], Need>> = {
  'participant.rename': 'joined',
  'participant.credit': 'joined',
  'hand.raise': 'joined',
  'hand.lower': 'joined',
  'pulse.set': 'joined',
  'suggestion.add': 'joined',
  'suggestion.edit': 'joined',
  'suggestion.withdraw': 'joined',
  'suggestion.fix': 'joined',
  'suggestion.upvote': 'joined',
  'suggestion.unvote': 'joined',
  'driver.accept': 'joined',
  'driver.refuse': 'joined',
  'preview.request': 'joined',
  'guess.set': 'joined',
  'poll.answer': 'joined',
  'driver.offer': 'driverOrFacilitator',
  'driver.withdrawOffer': 'driverOrFacilitator',
  'driver.release': 'driverOrFacilitator',
  'driver.move': 'driver',
  'suggestion.pin': 'driverOrFacilitator',
  'suggestion.unpin': 'driverOrFacilitator',
  'suggestion.accept': 'driverOrFacilitator',
  'suggestion.unaccept': 'driverOrFacilitator',
  'run.request': 'driverOrFacilitator',
  'run.cancel': 'driverOrFacilitator',
  'search.start': 'driverOrFacilitator',
  'search.stop': 'driverOrFacilitator',
  'revision.restore': 'driverOrFacilitator',
  'driver.take': 'facilitator',
  'driver.revoke': 'facilitator',
  'suggestion.approve': 'facilitator',
  'suggestion.decline': 'facilitator',
  'suggestion.merge': 'facilitator',
  'moderation.undo': 'facilitator',
  'run.strike': 'facilitator',
  'run.unstrike': 'facilitator',
  'run.clear': 'facilitator',
  'hand.lowerAll': 'facilitator',
  'participant.remove': 'facilitator',
  'participant.removeAll': 'facilitator',
  'joinCode.rotate': 'facilitator',
  'facilitator.unlink': 'facilitator',
  'name.decide': 'facilitator',
  'timer.set': 'facilitator',
  'scene.show': 'facilitator',
  'comparison.show': 'facilitator',
  'holdout.reveal': 'facilitator',
  'agenda.choose': 'facilitator',
  'agenda.begin': 'facilitator',
  'tour.show': 'facilitator',
  'agenda.add': 'facilitator',
  'agenda.edit': 'facilitator',
  'agenda.move': 'facilitator',
  'agenda.tick': 'facilitator',
  'agenda.undo': 'facilitator',
  'checkpoint.load': 'facilitator',
  'poll.open': 'facilitator',
  'poll.close': 'facilitator',
  'poll.hideAnswer': 'facilitator',
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
  'run.check': 'system',
  'search.report': 'system',
  'search.finish': 'system',
  'patch.states': 'system',
  'patch.check': 'system',
  'preview.due': 'system',
};

/** Commands of participants that the server may give by itself: end an old session, run its start. */
const SERVER_MAY: ReadonlySet<string> = new Set(['run.request', 'run.cancel', 'session.end']);

const NEEDS: Readonly<Record<Command['type'], Need>> = { ...CLIENT, ...SYSTEM };

export const CLIENT_COMMANDS = Object.keys(CLIENT) as readonly ClientCommand['type'][];

export function can(role: ActorRole, command: Command['type']): boolean {
  const need = NEEDS[command];
  if (role.participant === null) return need === 'system' || SERVER_MAY.has(command);
  switch (need) {
    case 'joined':
      return true;
    case 'driver':
      return role.drives;
    case 'driverOrFacilitator':
      return role.drives || role.facilitator;
    case 'facilitator':
      return role.facilitator;
    case 'system':
      return false;
  }
}

/** For the facts of the rejection. */
export const whoMay = (command: Command['type']): Who => NEEDS[command];
