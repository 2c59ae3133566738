// The core of a session: `decide` (which events a command causes, or why it is rejected) and `evolve` (the state after one).
// Invariant: pure; time, actor and what only the server knows come in `meta`; ids are made from the event's seq. `decide`
// rejects with a value, `evolve` never rejects: replaying the log yields the same state.

import type { EventType, SessionEvent } from './model/events.ts';
import type { Rejection, Result } from './model/rejection.ts';
import { rejection } from './model/rejection.ts';
import { can, whoMay } from './model/rights.ts';
import type { SessionState } from './model/state.ts';
import type { Command } from './model/system-commands.ts';
import { acceptDeciders, acceptEvolvers } from './rules/accept.ts';
import { noteActivity } from './rules/activity.ts';
import { agendaDeciders, agendaEvolvers } from './rules/agenda/agenda.ts';
import { mayTick, tickOf } from './rules/agenda/ticks.ts';
import { checkDeciders, checkEvolvers } from './rules/checks.ts';
import type { Meta } from './rules/context.ts';
import type { CommandType, Decider, Deciders, Evolver, Evolvers, NewEvent } from './rules/decider.ts';
import { driverDeciders, driverEvolvers } from './rules/driver.ts';
import { linkDeciders, linkEvolvers } from './rules/facilitator-links.ts';
import { noteCommand } from './rules/idempotency.ts';
import { searchDeciders, searchEvolvers } from './rules/machine-search.ts';
import { moderationDeciders, moderationEvolvers } from './rules/moderation.ts';
import { participantDeciders, participantEvolvers } from './rules/participant.ts';
import { pollDeciders, pollEvolvers } from './rules/poll.ts';
import { presentationDeciders, presentationEvolvers } from './rules/presentation.ts';
import { previewDeciders, previewEvolvers } from './rules/preview.ts';
import { removalDeciders, removalEvolvers } from './rules/removal.ts';
import { restoreDeciders } from './rules/restore.ts';
import { revisionDeciders, revisionEvolvers } from './rules/revision.ts';
import { runDeciders, runEvolvers } from './rules/run.ts';
import { judgementDeciders, judgementEvolvers } from './rules/run-judgement.ts';
import { settingsDeciders, settingsEvolvers } from './rules/settings-and-signals.ts';
import { suggestionDeciders, suggestionEvolvers } from './rules/suggestion.ts';
import { voteDeciders, voteEvolvers } from './rules/vote.ts';
import { own } from './util/immutable-map.ts';

const DECIDERS: Deciders<CommandType> = {
  ...settingsDeciders,
  ...participantDeciders,
  ...linkDeciders,
  ...presentationDeciders,
  ...agendaDeciders,
  ...pollDeciders,
  ...removalDeciders,
  ...driverDeciders,
  ...suggestionDeciders,
  ...voteDeciders,
  ...moderationDeciders,
  ...acceptDeciders,
  ...runDeciders,
  ...judgementDeciders,
  ...searchDeciders,
  ...previewDeciders,
  ...checkDeciders,
  ...revisionDeciders,
  ...restoreDeciders,
};

const EVOLVERS: Evolvers<EventType> = {
  ...settingsEvolvers,
  ...participantEvolvers,
  ...linkEvolvers,
  ...presentationEvolvers,
  ...agendaEvolvers,
  ...pollEvolvers,
  ...removalEvolvers,
  ...driverEvolvers,
  ...suggestionEvolvers,
  ...voteEvolvers,
  ...moderationEvolvers,
  ...acceptEvolvers,
  ...runEvolvers,
  ...judgementEvolvers,
  ...searchEvolvers,
  ...previewEvolvers,
  ...checkEvolvers,
  ...revisionEvolvers,
};

/** After the end participants may still come back to look; the server may still finish what was open. */
const AFTER_END: ReadonlySet<CommandType> = new Set([
  'facilitator.link',
  'facilitator.unlink',
  'scene.show',
  'comparison.show',
  'agenda.begin',
  'agenda.tick',
  'tour.show',
  'participant.promote',
  'driver.lapse',
  'revision.cut',
  'run.start',
  'run.report',
  'run.interrupt',
  'run.check',
  'search.finish',
  'patch.states',
  'patch.check',
  'preview.due',
]);

function unknownActor(state: SessionState, { actor: { participant } }: Meta): Rejection | null {
  if (participant === null) return null;
  const person = own(state.participants, participant);
  if (!person) return rejection('not_joined');
  return person.removed ? rejection('removed') : null;
}

function forbidden(state: SessionState, command: Command, { actor: { participant } }: Meta): Rejection | null {
  const person = own(state.participants, participant);
  if (state.status === 'ended' && !AFTER_END.has(command.type)) return rejection('session_ended');
  // Rights come from the state alone, not from what a connection claims about itself.
  const facilitator = person?.facilitator === true;
  const drives = participant !== null && state.driver?.participant === participant;
  return can({ participant, facilitator, drives }, command.type)
    ? null
    : rejection('not_allowed', { who: whoMay(command.type) });
}

/**
 * The events that `command` causes, stamped; none if nothing changes. Or why it is rejected. Whether the command is a
 * resend is asked before, with `answerBefore`.
 */
export function decide(state: SessionState, command: Command, meta: Meta): Result<readonly SessionEvent[], Rejection> {
  const unknown = unknownActor(state, meta);
  if (unknown) return { ok: false, error: unknown };
  const no = forbidden(state, command, meta);
  if (no) return { ok: false, error: no };
  const decider = DECIDERS[command.type] as Decider<CommandType>;
  const outcome = decider(state, command, meta);
  if (!outcome.ok) return outcome;
  const events = outcome.value.map((event, i) => stamp(event, i, { state, meta }));
  const tick = mayTick(state, events) ? tickOf(events.reduce(evolve, state), events) : null;
  return { ok: true, value: tick ? [...events, stamp(tick, events.length, { state, meta })] : events };
}

function stamp(event: NewEvent, i: number, { state, meta }: { state: SessionState; meta: Meta }): SessionEvent {
  const head = { seq: state.seq + 1 + i, at: meta.at, by: meta.actor.participant };
  return (i === 0 ? { ...head, cause: meta.cause, ...event } : { ...head, ...event }) as SessionEvent;
}

/** The state after the event. An event of an unknown type only advances `seq`. */
export function evolve(state: SessionState, event: SessionEvent): SessionState {
  const evolver = own<Evolver<EventType>>(EVOLVERS as Readonly<Record<string, Evolver<EventType>>>, event.type);
  const after = evolver ? evolver(state, event) : state;
  return noteCommand(noteActivity({ ...after, seq: event.seq }, event), event);
}
