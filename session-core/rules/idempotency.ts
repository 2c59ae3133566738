// Resends: a command that comes again, after a restart too, is answered with its first answer and done once.
// Invariant: the first event of a command carries its cause; the state keeps the last 50 per participant. Refusals and
// commands that changed nothing are not remembered: they are decided anew.

import type { SessionEvent } from '../model/events.ts';
import { causesOf, putCauses } from '../model/recent-commands.ts';
import type { SessionState } from '../model/state.ts';
import type { Command } from '../model/system-commands.ts';
import type { Id } from '../model/types.ts';
import { given, own } from '../util/immutable-map.ts';
import { idOf } from './decider.ts';
import { identicalTo } from './duplicate-patch.ts';
import { waitingMain } from './run.ts';

const KEPT = 50;

export interface Answer {
  readonly seq: number;
  /** The suggestion or run that the command made or met. */
  readonly about?: Id;
}

/**
 * How this command was answered before; null: it is new. Asked before anything else about a command: a resend is
 * answered although its sender may have lost the right to it since.
 */
export function answerBefore(state: SessionState, participant: Id, cause: string): Answer | null {
  const found = causesOf(state.causes, participant)?.find((known) => known.cause === cause);
  return found ? { seq: found.seq, ...given({ about: found.about }) } : null;
}

function made(event: SessionEvent): Id | undefined {
  switch (event.type) {
    case 'suggestion.added':
      return idOf('s', event.seq);
    case 'suggestion.upvoted':
      return event.payload.suggestion;
    case 'run.requested':
      return idOf('r', event.seq);
    case 'preview.reused':
      return event.payload.run;
    case 'participant.joined':
      return idOf('p', event.seq);
    default:
      return undefined;
  }
}

/** For the ack's `about`: what the command made, or, where it changed nothing, what stands for it already. */
export function aboutOf(
  state: SessionState,
  told: {
    readonly command: Command;
    readonly participant: Id | null;
    readonly events: readonly SessionEvent[];
    readonly duplicates?: readonly Id[] | undefined;
  },
): Id | undefined {
  const { command, participant, events, duplicates } = told;
  if (events.length > 0) return events.map(made).find((id) => id !== undefined);
  if (command.type === 'suggestion.add' && command.patch)
    return identicalTo(state, command.patch, { author: participant, duplicates });
  if (command.type === 'run.request') return waitingMain(state)?.[0];
  if (command.type === 'preview.request') return own(state.suggestions, command.suggestion)?.previews.at(-1);
  return undefined;
}

/** `state`, in which the event already happened, with the cause and its latest seq. */
export function noteCause(state: SessionState, event: SessionEvent): SessionState {
  const { seq, by, cause } = event;
  if (cause !== undefined) {
    if (by === null) return state.acting === null ? state : { ...state, acting: null };
    const mine = [...(causesOf(state.causes, by) ?? []), { cause, seq, ...given({ about: made(event) }) }].slice(-KEPT);
    return { ...state, causes: putCauses(state.causes, by, mine), acting: by };
  }
  // A further event of the same command: the ack names the last one.
  const mine = state.acting === null ? undefined : causesOf(state.causes, state.acting);
  const last = mine?.at(-1);
  if (state.acting === null || !mine || !last) return state;
  const about = last.about ?? made(event);
  return {
    ...state,
    causes: putCauses(state.causes, state.acting, [...mine.slice(0, -1), { ...last, seq, ...given({ about }) }]),
  };
}
