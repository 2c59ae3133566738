// Random sessions: steps with commands of random-commands.ts, and facts such as a server may send. Some steps are invalid;
// most are not, so that runs, merges and hand-overs happen.
import type { SessionEvent } from '#session-core/model/events.ts';
import { initialState, type SessionState } from '#session-core/model/state.ts';
import type { Command } from '#session-core/model/system-commands.ts';
import type { Id } from '#session-core/model/types.ts';
import type { DecisionContext, MergeFact } from '#session-core/rules/context.ts';
import { messageOf } from '#session-core/sentences/message.ts';
import { decide, evolve } from '#session-core/session.ts';
import { AGENDA, CREATE, decideLine, HOST, join, START, TASK } from './kit.ts';
import { CLIENT, idFrom, pick, SERVER, type Step, TREES } from './random-commands.ts';

const NOISE = { code: 'within_noise', measure: 'rmse', change: 0.1, low: -0.2, high: 0.4, rows: 9 } as const;
/** With a score that most runs reach. */
const PLAN = {
  ...AGENDA,
  steps: AGENDA.steps.map((step) => (step.done && 'score' in step.done ? { ...step, done: { score: 3 } } : step)),
};
const FIXED = {
  revision: 1,
  files: [{ path: 'params.yaml', hunks: [{ fromLine: 3, removed: ['x'], added: ['trees: 400'] }] }],
};
const SECOND = { ...TASK, id: 'second', metric: 'cv.mae' };

function factsOf(state: SessionState, { a, b, flag }: Step): DecisionContext {
  const merge: MergeFact =
    b % 5 === 0
      ? { ok: false, file: 'params.yaml', line: 3 }
      : { ok: true, state: flag ? 'clean' : 'stale', tree: pick(TREES, a) ?? {}, before: pick(TREES, b) ?? {} };
  if (a % 17 === 0) return {};
  return {
    tree: pick(TREES, b) ?? {},
    merge,
    flagged: flag && a % 5 === 0,
    online: b % 9 !== 0,
    mostParticipants: 12,
    joinCode: pick(['BCDFGH', 'JKMNPQ'], a) ?? 'BCDFGH',
    preview: {
      revision: 1,
      against: flag ? 'r3' : null,
      merge,
      ...(flag && b % 3 === 0
        ? { comparison: { verdict: 'within-noise', change: 0.1, reason: NOISE, against: 'r3' } }
        : {}),
    },
    ...(b % 3 ? { fix: FIXED } : {}),
    ...(b % 4 === 1 ? { comparisons: { [idFrom(state.runs, b)]: null } } : {}),
    ...(b % 4 === 0 ? { duplicates: [idFrom(state.suggestions, a)] } : {}),
    task: a % 3 === 0 ? SECOND : TASK,
    ...(a % 5 === 0 ? { places: [{ file: 'src/train.ts', fromLine: 4, toLine: 6 }, null] } : {}),
    ...(b % 6 === 0 ? {} : { agenda: flag ? PLAN : { ...PLAN, minutes: 90 } }),
  };
}

export interface Random {
  readonly state: SessionState;
  readonly command: Command;
  readonly who: Id | null;
  readonly cause: string;
  readonly at: number;
  readonly facts: DecisionContext;
  /** What happened; empty: nothing, or refused. */
  readonly events: readonly SessionEvent[];
  readonly refused: string | null;
  readonly after: SessionState;
}

/** A session that follows an agenda. */
export const BEGINNING: readonly SessionEvent[] = (() => {
  let state = initialState;
  return [
    [null, { ...CREATE, agenda: PLAN }] as const,
    join('Host', true),
    join('Anna'),
    join('Ben'),
    join('Cleo'),
  ].flatMap((line) => {
    const done = decideLine(state, line);
    if (!done.ok) throw new Error(messageOf(done.error));
    state = done.value.reduce(evolve, state);
    return done.value;
  });
})();

/** Plays the steps one after another; `look` sees each with what came of it. Returns the end. */
export function playRandom(steps: readonly Step[], look: (random: Random) => void = () => {}): SessionState {
  let state = BEGINNING.reduce(evolve, initialState);
  let at = START;
  for (const [i, each] of steps.entries()) {
    at += each.wait;
    const system = each.kind % 4 === 0;
    const people = Object.keys(state.participants);
    // Facilitator and driver act often, else little would happen.
    const favoured = [HOST, state.driver?.participant ?? HOST, state.offer?.to ?? HOST];
    const who = system ? null : (pick(each.who % 2 ? favoured : people, each.who >> 1) ?? HOST);
    const makers = system ? SERVER : CLIENT;
    const command = (pick(makers, each.kind >> 2) ?? makers[0])!(state, each, who);
    const facts = factsOf(state, each);
    const cause = `cause-${i}-of-step`;
    const outcome = decide(state, command, {
      at,
      cause,
      actor: { participant: who },
      tab: `tab-${each.a % 2}`,
      facts,
    });
    const events = outcome.ok ? outcome.value : [];
    const after = events.reduce(evolve, state);
    look({ state, command, who, cause, at, facts, events, refused: outcome.ok ? null : outcome.error.code, after });
    state = after;
  }
  return state;
}

/** Tries on until chance has brought enough; what cannot happen is missing for ever, and the test that follows says so. */
export function untilEnough(tryOut: () => void, isEnough: () => boolean): void {
  tryOut();
  for (let more = 0; !isEnough() && more < 20; more++) tryOut();
}
