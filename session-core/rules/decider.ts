// The types of the rules: deciders (is it allowed, and which events follow) and evolvers (the state after an event).
// `session.ts` puts their tables together and stamps the events.
// Invariant: a decider reads state, command and meta only; an evolver is total: an unknown id changes nothing.

import type { EventOf, EventType, PayloadOf } from '../model/events.ts';
import type { FactsArgument, Rejection, RejectionCode, Result } from '../model/rejection.ts';
import { rejection } from '../model/rejection.ts';
import type { SessionState } from '../model/state.ts';
import type { Command } from '../model/system-commands.ts';
import type { Id } from '../model/types.ts';
import type { Meta } from './context.ts';

/** An event before it is stamped with seq, at, by and cause. */
export type NewEvent = { [T in EventType]: { readonly type: T; readonly payload: PayloadOf<T> } }[EventType];
export type Outcome = Result<readonly NewEvent[], Rejection>;
export type CommandType = Command['type'];
export type CommandOf<T extends CommandType> = Extract<Command, { readonly type: T }>;

export type Decider<T extends CommandType> = (state: SessionState, command: CommandOf<T>, meta: Meta) => Outcome;
export type Deciders<T extends CommandType> = { readonly [K in T]: Decider<K> };
export type Evolver<T extends EventType> = (state: SessionState, event: EventOf<T>) => SessionState;
export type Evolvers<T extends EventType> = { readonly [K in T]: Evolver<K> };

export const happened = (...events: readonly NewEvent[]): Outcome => ({ ok: true, value: events });
/** Allowed, but nothing changes: acknowledged without an event. */
export const noChange: Outcome = { ok: true, value: [] };
export const refused = <C extends RejectionCode>(code: C, ...facts: FactsArgument<C>): Outcome => ({
  ok: false,
  error: rejection(code, ...facts),
});

export function newEvent<T extends EventType>(type: T, payload: PayloadOf<T>): NewEvent {
  return { type, payload } as NewEvent;
}

/** `s1f`: the suggestion that event 1f created. */
export const idOf = (kind: 'p' | 's' | 'r' | 'l' | 'q' | 'm' | 'a', seq: number): Id => `${kind}${seq.toString(16)}`;

/** The participant who acts; deciders of client commands run only after `session.ts` has found one. */
export const actorOf = (meta: Meta): Id => meta.actor.participant ?? '';
