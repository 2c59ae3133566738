// How late each command may still be sent after the connection was lost: decided here, command by command.
// Invariant: what changes the shared code, starts work, or acts on people, roles or the session is never sent late, since
// what it was meant for may have changed meanwhile.
import { t } from '#app/_strings/strings.ts';
import type { ClientCommand } from '#session-core/model/client-commands.ts';
import type { Ack } from '#session-core/protocol/messages.ts';

/**
 * `kept`: sent again with the same id until answered: suggestions and votes, which mean the same at any time.
 * `soon`: the same for a few seconds: idempotent and with an explicit target, but pointless later.
 * `now`: refused while there is no connection, and never sent a second time.
 */
export type Delivery = 'kept' | 'soon' | 'now';

const DELIVERY: Readonly<Record<ClientCommand['type'], Delivery>> = {
  'participant.rename': 'kept',
  'participant.credit': 'kept',
  'hand.raise': 'kept',
  'hand.lower': 'kept',
  'suggestion.add': 'kept',
  'suggestion.edit': 'kept',
  'suggestion.withdraw': 'kept',
  'suggestion.fix': 'soon',
  'suggestion.upvote': 'kept',
  'suggestion.unvote': 'kept',
  'pulse.set': 'soon',
  'guess.set': 'soon',
  'poll.answer': 'kept',
  'poll.open': 'now',
  'poll.close': 'now',
  'poll.hideAnswer': 'soon',
  'preview.request': 'soon',
  'run.cancel': 'soon',
  'search.start': 'soon',
  'search.stop': 'soon',
  'run.strike': 'now',
  'run.unstrike': 'now',
  'run.clear': 'now',
  'driver.refuse': 'soon',
  'driver.withdrawOffer': 'soon',
  'suggestion.pin': 'soon',
  'suggestion.unpin': 'soon',
  'suggestion.approve': 'soon',
  'suggestion.decline': 'soon',
  'suggestion.merge': 'soon',
  'moderation.undo': 'soon',
  'suggestion.accept': 'now',
  'suggestion.unaccept': 'now',
  'run.request': 'now',
  'revision.restore': 'now',
  'checkpoint.load': 'now',
  'driver.accept': 'now',
  'driver.offer': 'now',
  'driver.release': 'now',
  'driver.move': 'now',
  'driver.take': 'now',
  'driver.revoke': 'now',
  'hand.lowerAll': 'now',
  'participant.remove': 'now',
  'participant.removeAll': 'now',
  'joinCode.rotate': 'now',
  'facilitator.unlink': 'now',
  'name.decide': 'soon',
  'timer.set': 'now',
  'scene.show': 'now',
  'comparison.show': 'now',
  'holdout.reveal': 'now',
  'agenda.choose': 'now',
  'agenda.begin': 'now',
  'tour.show': 'now',
  'agenda.add': 'now',
  'agenda.edit': 'soon',
  'agenda.move': 'now',
  'agenda.tick': 'soon',
  'agenda.undo': 'now',
  'session.configure': 'now',
  'session.end': 'now',
};

export const deliveryOf = (command: Pick<ClientCommand, 'type'>): Delivery => DELIVERY[command.type];

const refusal = (code: string, message: string): Ack => ({ ok: false, rejection: { code, message } });

/** It was not sent. */
export function notSent({ type }: Pick<ClientCommand, 'type'>): Ack {
  return refusal('not_sent', type === 'suggestion.accept' ? t.connection.notApplied : t.connection.notSent);
}
/** It was sent and not answered: the server may have done it. */
export const unanswered = (): Ack => refusal('unanswered', t.connection.unanswered);
/** The connection was lost whenever it was sent. */
export const neverTaken = (): Ack => refusal('never_taken', t.connection.neverTaken);
export const sessionClosed = (): Ack => refusal('session_ended', t.connection.sessionClosed);
