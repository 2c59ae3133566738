// The activity list: one entry per event that is worth one, as a code and facts.
// Invariant: no text of a suggestion, no vote, no guess, no secret; entries that are not for everybody are marked private.

import type { Activity, ActivityEntry } from '../model/activity.ts';
import type { EventOf, SessionEvent } from '../model/events.ts';
import { LIMITS } from '../model/limits.ts';
import type { SessionState } from '../model/state.ts';
import type { Id } from '../model/types.ts';
import { given, own } from '../util/immutable-map.ts';
import { idOf } from './decider.ts';
import { taskOf } from './run.ts';

type Entry = Activity & Pick<ActivityEntry, 'about' | 'private'>;

const named = (state: SessionState, id: Id) => ({ name: own(state.participants, id)?.displayName ?? '' });

/** An entry about a main run; previews have none, they are shown with their suggestion. */
function ofMain(state: SessionState, id: Id, entry: (facts: { readonly run: number }) => Activity): Entry | null {
  const run = own(state.runs, id);
  return run?.kind === 'main' ? { ...entry({ run: run.number ?? 0 }), about: id } : null;
}

function stopped(state: SessionState, { participant, how }: EventOf<'driver.stopped'>['payload']): Entry {
  const facts = named(state, participant);
  switch (how) {
    case 'released':
      return { what: 'driving_stopped', facts: {} };
    case 'revoked':
      return { what: 'driving_revoked', facts };
    case 'lapsed':
      return { what: 'driving_lapsed', facts };
    case 'removed':
      return { what: 'driving_ended', facts };
  }
}

function finished(state: SessionState, { run: id, report }: EventOf<'run.finished'>['payload']): Entry | null {
  return ofMain(state, id, (number) => {
    if (report.status !== 'succeeded') {
      const stage = report.error?.stage;
      return { what: 'run_failed', facts: stage ? { ...number, stage } : number };
    }
    const { metric } = taskOf(state, own(state.runs, id));
    const value = own(report.metrics, metric);
    return { what: 'run_succeeded', facts: value === undefined ? number : { ...number, metric, value } };
  });
}

/** The entry for an event, made after `evolve`; null: not worth one. */
function entryOf(state: SessionState, event: SessionEvent): Entry | null {
  switch (event.type) {
    case 'session.created':
      return { what: 'session_created', facts: {} };
    case 'session.ended':
      return { what: 'session_ended', facts: {} };
    case 'task.changed':
      return { what: 'task_changed', facts: { task: event.payload.task.sentence } };
    case 'participant.joined':
      return {
        what: 'participant_joined',
        facts: { name: event.payload.displayName },
        about: idOf('p', event.seq),
        private: true,
      };
    case 'participant.removed': {
      const { participant } = event.payload;
      return { what: 'participant_removed', facts: named(state, participant), about: participant, private: true };
    }
    case 'facilitator.linked':
      return event.payload.madeBy === 'facilitator'
        ? { what: 'facilitator_link_made', facts: {}, private: true }
        : null;
    case 'facilitator.linkUsed':
      return { what: 'facilitator_link_used', facts: {}, private: true };
    case 'facilitator.unlinked':
      return { what: 'facilitator_links_revoked', facts: { links: event.payload.links.length }, private: true };
    case 'joinCode.rotated':
      return { what: 'join_code_changed', facts: {}, private: true };
    case 'hand.raised':
      return { what: 'hand_raised', facts: {} };
    case 'hands.lowered':
      return { what: 'hands_lowered', facts: {} };
    case 'timer.set': {
      const { minutes, step } = event.payload;
      // The steps of the agenda are for facilitators.
      if (step !== undefined) return null;
      return minutes === null ? { what: 'timer_stopped', facts: {} } : { what: 'timer_set', facts: { minutes } };
    }
    case 'poll.opened':
      return { what: 'poll_opened', facts: { question: event.payload.question } };
    case 'poll.closed': {
      const answers = Object.keys(own(state.polls, event.payload.poll)?.answers ?? {}).length;
      return { what: 'poll_closed', facts: { answers } };
    }
    case 'driver.started': {
      const { how, participant } = event.payload;
      return how === 'moved' ? null : { what: 'driving_started', facts: {}, about: participant };
    }
    case 'driver.offered':
      return { what: 'driving_offered', facts: named(state, event.payload.to), about: event.payload.to };
    case 'driver.offerClosed':
      return event.payload.how === 'lapsed' ? { what: 'offer_expired', facts: {} } : null;
    case 'driver.stopped':
      return stopped(state, event.payload);
    case 'suggestion.added':
      return {
        what: event.payload.patch ? 'patch_suggested' : 'suggestion_added',
        facts: {},
        about: idOf('s', event.seq),
        ...(event.payload.status === 'pending' ? { private: true } : {}),
      };
    case 'suggestion.approved':
      return { what: 'suggestion_approved', facts: {}, about: event.payload.suggestion, private: true };
    case 'suggestion.declined':
      return { what: 'suggestion_declined', facts: {}, about: event.payload.suggestion, private: true };
    case 'suggestion.merged':
      return { what: 'suggestion_merged', facts: {}, about: event.payload.into, private: true };
    case 'moderation.undone':
      return { what: 'moderation_undone', facts: {}, private: true };
    case 'suggestion.pinned':
      return { what: 'suggestion_pinned', facts: {}, about: event.payload.suggestion };
    case 'suggestion.accepted':
      return { what: 'suggestion_accepted', facts: {}, about: event.payload.suggestion };
    case 'suggestion.unaccepted':
      return { what: 'suggestion_unaccepted', facts: {}, about: event.payload.suggestion };
    case 'revision.cut': {
      const { restored, why, checkpoint } = event.payload;
      if (restored !== undefined) return { what: 'revision_restored', facts: { revision: restored } };
      return why === 'checkpoint' && checkpoint !== undefined
        ? { what: 'checkpoint_loaded', facts: { checkpoint } }
        : null;
    }
    case 'run.requested':
      return ofMain(state, idOf('r', event.seq), (facts) => ({ what: 'run_started', facts }));
    case 'run.finished':
      return finished(state, event.payload);
    case 'run.cancelled':
      return ofMain(state, event.payload.run, (facts) => ({ what: 'run_cancelled', facts }));
    case 'run.checked': {
      const alarm = event.payload.findings.some(({ level }) => level === 'alarm');
      return alarm ? ofMain(state, event.payload.run, (facts) => ({ what: 'run_found_suspect', facts })) : null;
    }
    case 'run.struck':
      return ofMain(state, event.payload.run, (facts) => ({ what: 'run_struck', facts }));
    case 'run.unstruck':
      return ofMain(state, event.payload.run, (facts) => ({ what: 'run_unstruck', facts }));
    case 'run.cleared': {
      const what = event.payload.cleared ? 'run_cleared' : 'run_suspected';
      return ofMain(state, event.payload.run, (facts) => ({ what, facts }));
    }
    case 'run.interrupted':
      return ofMain(state, event.payload.run, (facts) => ({ what: 'run_interrupted', facts }));
    default:
      return null;
  }
}

/** `state` after the event, with the event's entry in the activity list. */
export function noteActivity(state: SessionState, event: SessionEvent): SessionState {
  const entry = entryOf(state, event);
  if (!entry) return state;
  const { seq, at, by } = event;
  const { about, private: hidden, ...activity } = entry;
  const whole = { seq, at, by, ...activity, ...given({ about, private: hidden }) } as ActivityEntry;
  return { ...state, activity: [...state.activity, whole].slice(-LIMITS.activity) };
}
