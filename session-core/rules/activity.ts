// The feed: who did what, one line per act, made from events.
// Invariant: no text of a suggestion, no voter, no guess, no secret stands here; `about` names the card or run, and the page
// shows of it what its reader may see. Acts that are not everybody's are marked private: facilitators alone read them.

import type { SessionEvent } from '../model/events.ts';
import { LIMITS } from '../model/limits.ts';
import type { SessionState } from '../model/state.ts';
import type { Id } from '../model/types.ts';
import { given, own } from '../util/immutable-map.ts';
import { idOf } from './decider.ts';
import { taskOf } from './run.ts';

interface Act {
  /** What `by` did ("raised a hand"), or a sentence of its own where nobody did it. */
  readonly what: string;
  readonly about?: Id;
  readonly private?: true;
}

const named = (state: SessionState, id: Id): string => own(state.participants, id)?.displayName ?? 'somebody';

function runName(state: SessionState, id: Id): string {
  const run = own(state.runs, id);
  return run?.kind === 'main' ? `run #${run.number}` : 'a preview';
}

/** Main runs are everybody's; a preview's line is on its card. */
const mainOnly = (state: SessionState, run: Id, act: Act): Act | null =>
  own(state.runs, run)?.kind === 'main' ? act : null;

/** The act that an event is, told after it happened; null: not worth a line. */
function actOf(state: SessionState, event: SessionEvent): Act | null {
  switch (event.type) {
    case 'session.created':
      return { what: 'the session was opened' };
    case 'session.ended':
      return { what: 'ended the session' };
    case 'task.changed':
      return { what: `put another question: ${event.payload.task.sentence}` };
    case 'participant.joined':
      return { what: `${event.payload.displayName} joined`, about: idOf('p', event.seq), private: true };
    case 'participant.removed':
      return {
        what: `removed ${named(state, event.payload.participant)}`,
        about: event.payload.participant,
        private: true,
      };
    case 'hand.raised':
      return { what: 'raised a hand' };
    case 'hands.lowered':
      return { what: 'lowered all hands' };
    case 'timer.set':
      return event.payload.minutes === null
        ? { what: 'stopped the timer' }
        : { what: `set the timer to ${event.payload.minutes} minutes` };
    case 'driver.started':
      return event.payload.how === 'moved' ? null : { what: 'took the driver seat', about: event.payload.participant };
    case 'driver.offered':
      return { what: `offered the seat to ${named(state, event.payload.to)}`, about: event.payload.to };
    case 'driver.offerClosed':
      return event.payload.how === 'lapsed' ? { what: 'nobody took the seat that was offered' } : null;
    case 'driver.stopped':
      return { what: vacated(named(state, event.payload.participant), event.payload.how) };
    case 'suggestion.added':
      return {
        what: event.payload.patch ? 'suggested a change of the code' : 'suggested an idea',
        about: idOf('s', event.seq),
        ...(event.payload.status === 'pending' ? { private: true } : {}),
      };
    case 'suggestion.approved':
      return { what: 'let an idea through', about: event.payload.suggestion, private: true };
    case 'suggestion.declined':
      return { what: 'declined an idea', about: event.payload.suggestion, private: true };
    case 'suggestion.merged':
      return { what: 'merged an idea into another', about: event.payload.into, private: true };
    case 'moderation.undone':
      return { what: 'took a moderation back', private: true };
    case 'suggestion.pinned':
      return { what: 'is implementing an idea now', about: event.payload.suggestion };
    case 'suggestion.accepted':
      return { what: 'accepted an idea', about: event.payload.suggestion };
    case 'suggestion.unaccepted':
      return { what: 'took an accepted idea back', about: event.payload.suggestion };
    case 'revision.cut':
      if (event.payload.restored !== undefined) return { what: `went back to revision ${event.payload.restored}` };
      return event.payload.why === 'checkpoint' ? { what: `loaded the checkpoint ${event.payload.checkpoint}` } : null;
    case 'run.requested': {
      const id = idOf('r', event.seq);
      return mainOnly(state, id, { what: `started ${runName(state, id)}`, about: id });
    }
    case 'run.finished': {
      const { run, report } = event.payload;
      const { metric: name } = taskOf(state, own(state.runs, run));
      const value = own(report.metrics, name);
      const outcome = report.status === 'succeeded' ? 'finished' : `failed${stageOf(report.error?.stage)}`;
      const metric = report.status === 'succeeded' && value !== undefined ? `: ${name} ${round(value)}` : '';
      return mainOnly(state, run, { what: `${runName(state, run)} ${outcome}${metric}`, about: run });
    }
    case 'run.cancelled':
      return mainOnly(state, event.payload.run, {
        what:
          event.by === null
            ? `${runName(state, event.payload.run)} was cancelled`
            : `cancelled ${runName(state, event.payload.run)}`,
        about: event.payload.run,
      });
    case 'run.interrupted':
      return mainOnly(state, event.payload.run, {
        what: `${runName(state, event.payload.run)} was interrupted`,
        about: event.payload.run,
      });
    default:
      return null;
  }
}

const stageOf = (stage: string | null | undefined): string => (stage ? ` in ${stage}` : '');
const round = (value: number): string => String(Number(value.toPrecision(4)));

function vacated(displayName: string, how: 'released' | 'revoked' | 'lapsed' | 'removed'): string {
  switch (how) {
    case 'released':
      return 'gave the driver seat up';
    case 'revoked':
      return `took the seat back from ${displayName}`;
    case 'lapsed':
      return `${displayName} lost the connection, the seat is free`;
    case 'removed':
      return `freed the seat of ${displayName}`;
  }
}

/** `state`, in which the event already happened, with its line in the feed. */
export function noteActivity(state: SessionState, event: SessionEvent): SessionState {
  const act = actOf(state, event);
  if (!act) return state;
  const { seq, at, by } = event;
  const line = { seq, at, by, what: act.what, ...given({ about: act.about, private: act.private }) };
  return { ...state, activity: [...state.activity, line].slice(-LIMITS.activity) };
}
