// What of a session's commits an operator reads in the log: who was removed, how runs ended, that the session ended.
// Invariant: ids, counts and codes only.
import type { SessionEvent } from '#session-core/model/events.ts';
import type { SessionState } from '#session-core/model/state.ts';
import type { Log, LogFacts } from '../platform/log.ts';
import type { Commit } from './commits/commit.ts';

type Line = readonly [name: string, facts: LogFacts];

export function logCommit(log: Log, session: string, { answers, after }: Pick<Commit, 'answers' | 'after'>): void {
  for (const { request, outcome } of answers) {
    if (!outcome.ok) continue;
    for (const event of outcome.events) {
      const line = lineOf(event, after);
      if (line === null) continue;
      const [name, facts] = line;
      log.info(name, { session, ...facts, ...(request.request === undefined ? {} : { request: request.request }) });
    }
  }
}

function lineOf(event: SessionEvent, state: SessionState): Line | null {
  switch (event.type) {
    case 'participant.removed':
      return ['removed', { participant: event.payload.participant, by: event.by }];
    case 'run.finished': {
      const { run, report } = event.payload;
      const { status, error, ms } = report;
      return runEnded(state, run, { result: status, reason: error?.code ?? null, ms: Math.round(ms) });
    }
    case 'run.cancelled':
      return runEnded(state, event.payload.run, { result: 'cancelled', reason: 'cancelled', by: event.by });
    case 'run.interrupted':
      return runEnded(state, event.payload.run, { result: 'interrupted', reason: 'interrupted' });
    case 'session.ended':
      return ['session_ended', { by: event.by }];
    default:
      return null;
  }
}

const runEnded = (state: SessionState, run: string, facts: LogFacts): Line => [
  'run_ended',
  { run, kind: state.runs[run]?.kind ?? '', ...facts },
];
