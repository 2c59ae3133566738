// The driver role: who drives, from which tab, and to whom the role is offered.
// Invariant: at most one driver and one offer. Whenever the driver changes or stops, the text typed so far becomes a
// revision and an open offer is closed; the new driver's hand is lowered. Moving to another tab does none of this.
// A running timer restarts with each new driver, unless it is that of a step of the agenda.

import type { PayloadOf } from '../model/events.ts';
import type { SessionState } from '../model/state.ts';
import type { Id, Tree } from '../model/types.ts';
import { own } from '../util/immutable-map.ts';
import type { Meta } from './context.ts';
import type { Deciders, Evolvers, NewEvent, Outcome } from './decider.ts';
import { actorOf, happened, newEvent, noChange, refused } from './decider.ts';
import { cutIfChanged } from './revision.ts';

const closeOffer = (state: SessionState): readonly NewEvent[] =>
  state.offer ? [newEvent('driver.offerClosed', { how: 'withdrawn' })] : [];

/** The events when `participant` stops driving, or their open offer is closed; none if neither applies. */
export function stopDriving(
  state: SessionState,
  leave: {
    readonly participant: Id;
    readonly how: PayloadOf<'driver.stopped'>['how'];
    readonly tree?: Tree | undefined;
  },
): readonly NewEvent[] {
  const { participant, how, tree } = leave;
  if (state.driver?.participant !== participant) return state.offer?.to === participant ? closeOffer(state) : [];
  return [
    ...cutIfChanged(state, tree, 'handover'),
    ...closeOffer(state),
    newEvent('driver.stopped', { participant, how }),
  ];
}

function startDriving(state: SessionState, meta: Meta, how: 'took' | 'accepted'): Outcome {
  const participant = actorOf(meta);
  return happened(
    ...cutIfChanged(state, meta.facts?.tree, 'handover'),
    ...(how === 'took' ? closeOffer(state) : []),
    newEvent('driver.started', { participant, tab: meta.tab ?? '', how }),
    ...(own(state.hands, participant) ? [newEvent('hand.lowered', { participant })] : []),
  );
}

function move(state: SessionState, meta: Meta): Outcome {
  const tab = meta.tab ?? '';
  if (state.driver?.tab === tab) return noChange;
  return happened(newEvent('driver.started', { participant: actorOf(meta), tab, how: 'moved' }));
}

function leave(state: SessionState, meta: Meta, how: 'released' | 'revoked' | 'lapsed'): Outcome {
  if (!state.driver) return how === 'lapsed' ? noChange : refused('no_driver');
  const { participant } = state.driver;
  return happened(...stopDriving(state, { participant, how, tree: meta.facts?.tree }));
}

export const driverDeciders: Deciders<
  | 'driver.offer'
  | 'driver.withdrawOffer'
  | 'driver.accept'
  | 'driver.refuse'
  | 'driver.take'
  | 'driver.move'
  | 'driver.release'
  | 'driver.revoke'
  | 'driver.lapse'
  | 'driver.offerLapse'
> = {
  'driver.offer': (state, { to }, meta) => {
    const person = own(state.participants, to);
    if (!person || person.removed) return refused('not_found', { what: 'participant', id: to });
    if (state.driver?.participant === to) return refused('already_driving', { displayName: person.displayName });
    if (state.offer?.to === to) return noChange;
    if (meta.facts?.online === false) return refused('not_online', { displayName: person.displayName });
    return happened(...closeOffer(state), newEvent('driver.offered', { to }));
  },
  'driver.withdrawOffer': (state) => happened(...closeOffer(state)),
  'driver.accept': (state, _, meta) =>
    state.offer?.to === actorOf(meta) ? startDriving(state, meta, 'accepted') : refused('no_offer'),
  'driver.refuse': (state, _, meta) =>
    state.offer?.to === actorOf(meta)
      ? happened(newEvent('driver.offerClosed', { how: 'refused' }))
      : refused('no_offer'),
  'driver.take': (state, _, meta) =>
    state.driver?.participant === actorOf(meta) ? move(state, meta) : startDriving(state, meta, 'took'),
  'driver.move': (state, _, meta) => move(state, meta),
  'driver.release': (state, _, meta) =>
    leave(state, meta, state.driver?.participant === actorOf(meta) ? 'released' : 'revoked'),
  'driver.revoke': (state, _, meta) => leave(state, meta, 'revoked'),
  'driver.offerLapse': ({ offer }, { to, at }) =>
    offer?.to === to && offer.at === at ? happened(newEvent('driver.offerClosed', { how: 'lapsed' })) : noChange,
  'driver.lapse': (state, { participant, tab }, meta) => {
    const { driver } = state;
    // Meanwhile somebody else may drive, or another, connected tab of the same participant.
    const other = participant !== undefined && driver?.participant !== participant;
    return other || (tab !== undefined && driver?.tab !== tab) ? noChange : leave(state, meta, 'lapsed');
  },
};

export const driverEvolvers: Evolvers<'driver.started' | 'driver.offered' | 'driver.offerClosed' | 'driver.stopped'> = {
  'driver.started': (state, { at, payload: { participant, tab, how } }) =>
    how === 'moved' && state.driver?.participant === participant
      ? { ...state, driver: { ...state.driver, tab } }
      : {
          ...state,
          driver: { participant, tab, since: at },
          offer: null,
          timer: state.timer?.step === undefined ? state.timer && { ...state.timer, startedAt: at } : state.timer,
        },
  'driver.offered': (state, { at, by, payload: { to } }) => ({ ...state, offer: { to, by, at } }),
  'driver.offerClosed': (state, { payload: { how } }) => ({
    ...state,
    offer: null,
    closedOffer: state.offer ? { ...state.offer, how } : state.closedOffer,
  }),
  'driver.stopped': (state) => ({ ...state, driver: null, offer: null }),
};
