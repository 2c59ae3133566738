// Resends: a command that is sent again, even after a restart, gets its first answer and takes effect once.
// Invariant: the first event of a command carries the command's id; the state keeps the last 50 per participant.
// Rejected commands and those that changed nothing are not kept: they are decided again.

import type { SessionEvent } from '../model/events.ts';
import { putRecentCommands, recentCommandsOf } from '../model/recent-commands.ts';
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
  /** The suggestion or run that the command created or found. */
  readonly about?: Id;
}

/**
 * How this command was answered before; null: it is new. Asked before anything else about a command: a resend is
 * answered although its sender may have lost the right to it since.
 */
export function answerBefore(state: SessionState, participant: Id, cause: string): Answer | null {
  const found = recentCommandsOf(state.recentCommands, participant)?.find((known) => known.cause === cause);
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
    case 'facilitator.linked':
      return idOf('l', event.seq);
    default:
      return undefined;
  }
}

/** For the ack's `about`: what the command created, or, if it changed nothing, what was there already. */
export function aboutOf(
  state: SessionState,
  answered: {
    readonly command: Command;
    readonly participant: Id | null;
    readonly events: readonly SessionEvent[];
    readonly duplicates?: readonly Id[] | undefined;
  },
): Id | undefined {
  const { command, participant, events, duplicates } = answered;
  if (events.length > 0) return events.map(made).find((id) => id !== undefined);
  if (command.type === 'suggestion.add' && command.patch)
    return identicalTo(state, command.patch, { author: participant, duplicates });
  if (command.type === 'run.request') return waitingMain(state)?.[0];
  if (command.type === 'preview.request') return own(state.suggestions, command.suggestion)?.previews.at(-1);
  return undefined;
}

/** `state` after the event, with the command's id and its latest seq. */
export function noteCommand(state: SessionState, event: SessionEvent): SessionState {
  const { seq, by, cause } = event;
  if (cause !== undefined) {
    if (by === null) return state.acting === null ? state : { ...state, acting: null };
    const mine = [
      ...(recentCommandsOf(state.recentCommands, by) ?? []),
      { cause, seq, ...given({ about: made(event) }) },
    ].slice(-KEPT);
    return { ...state, recentCommands: putRecentCommands(state.recentCommands, by, mine), acting: by };
  }
  // A further event of the same command: the ack names the last one.
  const mine = state.acting === null ? undefined : recentCommandsOf(state.recentCommands, state.acting);
  const last = mine?.at(-1);
  if (state.acting === null || !mine || !last) return state;
  const about = last.about ?? made(event);
  return {
    ...state,
    recentCommands: putRecentCommands(state.recentCommands, state.acting, [
      ...mine.slice(0, -1),
      { ...last, seq, ...given({ about }) },
    ]),
  };
}
