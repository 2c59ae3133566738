// A session in few words: who gives which command, and what comes of it. No server, no clock, no shared text.

import type { PlannedAgenda } from '#session-core/model/agenda.ts';
import type { Patch } from '#session-core/model/client-commands.ts';
import type { SessionEvent } from '#session-core/model/events.ts';
import type { RejectionCode } from '#session-core/model/rejection.ts';
import { initialState, type SessionState } from '#session-core/model/state.ts';
import type { Command } from '#session-core/model/system-commands.ts';
import type { Id, RunSummary, Tree } from '#session-core/model/types.ts';
import type { DecisionContext, MergeFact, Meta } from '#session-core/rules/context.ts';
import { answerBefore } from '#session-core/rules/idempotency.ts';
import { messageOf } from '#session-core/sentences/message.ts';
import { decide, evolve } from '#session-core/session.ts';
import type { Presence } from '#session-core/view/view-types.ts';

export const START = 1_800_000_000_000;
/** The participants of `start()`, by the seq of their joining; the server is null. */
export const HOST = 'p4';
export const ANNA = 'p5';
export const BEN = 'p6';
export const CLEO = 'p7';
/** The first main run, which has succeeded. */
export const RUN1 = 'r3';
/** The id that the next suggestion or run gets. */
export const next = (kind: 's' | 'r' | 'p', state: SessionState): Id => `${kind}${(state.seq + 1).toString(16)}`;

export const TREE1: Tree = { 'params.yaml': 'params-1', 'src/train.ts': 'train-1', 'README.md': 'readme-1' };
export const tree = (changes: Tree): Tree => ({ ...TREE1, ...changes });
export const TASK = {
  course: 'student-grades',
  id: 'grades',
  kind: 'regression',
  sentence: 'Predict a grade.',
  dataset: 'por',
  target: 'average_grade',
  targetUnit: 'grade points',
  classes: [],
  forbidden: ['G1'],
  metric: 'cv.rmse',
  measure: 'rmse',
  baselineMetric: 'baseline.rmse',
  unit: 'grade points',
  direction: 'lower',
  folds: 5,
  holdoutFraction: 0.2,
  groups: null,
} as const;

export const report = (more: Partial<RunSummary> = {}): RunSummary => ({
  status: 'succeeded',
  stages: [],
  metrics: { 'cv.rmse': 2.7 },
  findings: [],
  ms: 5,
  detail: 'd1',
  ...more,
});
export const merged = (after: Tree, before: Tree = TREE1): MergeFact => ({
  ok: true,
  state: 'clean',
  tree: after,
  before,
});
export const conflict: MergeFact = { ok: false, file: 'params.yaml', line: 3 };
export const patch = (added: string, more: Partial<Patch> = {}): Patch => ({
  revision: 1,
  files: [{ path: 'params.yaml', hunks: [{ fromLine: 3, removed: ['trees: 100'], added: [added] }] }],
  ...more,
});
/** What the edge works out for a preview of content that nobody has run. */
export const tried = (after: Tree, against: Id | null = RUN1): DecisionContext => ({
  preview: { revision: 1, against, merge: merged(after) },
});

/** A step for each way in which one becomes done, the first two with neither. */
export const AGENDA: PlannedAgenda = {
  minutes: 45,
  steps: [
    { title: 'Welcome', say: 'Hello.', ask: 'Who drives?', minutes: 5, scene: 'join' },
    {
      title: 'Tour',
      say: 'Look.',
      ask: 'What do you see?',
      minutes: 10,
      scene: 'pipeline',
      show: [
        { file: 'src/train.ts', fromLine: 1, toLine: 2, sentence: 'Here it learns.' },
        { file: 'params.yaml', fromLine: 3, toLine: 3, sentence: 'Here one decides.' },
      ],
    },
    { title: 'Run', say: 'Run it.', ask: 'Better?', minutes: 5, scene: 'results', done: { run: true } },
    { title: 'Score', say: 'Lower.', ask: 'How?', minutes: 5, scene: 'results', done: { score: 2.5 } },
    { title: 'File', say: 'Edit.', ask: 'Where?', minutes: 5, scene: 'code', done: { file: 'params.yaml' } },
  ],
};

export interface Said {
  readonly at?: number;
  readonly cause?: string;
  readonly tab?: string;
  readonly facts?: DecisionContext;
}
/** Who, what, and what the edge knows. */
export type Line = readonly [who: Id | null, command: Command, said?: Said];

function metaOf(state: SessionState, who: Id | null, said: Said): Meta {
  const { at = START + state.seq * 1000, cause = `cause-of-${state.seq + 1}`, ...rest } = said;
  return { at, cause, actor: { participant: who }, ...rest };
}

/** As the server does it: a resend is answered before anything else is asked. */
export function decideLine(state: SessionState, [who, command, said = {}]: Line): ReturnType<typeof decide> {
  const meta = metaOf(state, who, said);
  const answered = who !== null && answerBefore(state, who, meta.cause) !== null;
  return answered ? { ok: true, value: [] } : decide(state, command, meta);
}

/** The state after all lines; a refusal is a mistake of the test. */
export function play(state: SessionState, ...lines: readonly Line[]): SessionState {
  return lines.reduce((now, line) => {
    const outcome = decideLine(now, line);
    if (!outcome.ok) throw new Error(`${line[1].type} by ${line[0]}: ${messageOf(outcome.error)}`);
    return replay(outcome.value, now);
  }, state);
}

export const replay = (events: readonly SessionEvent[], from: SessionState = initialState): SessionState =>
  events.reduce(evolve, from);

export const eventsOf = (state: SessionState, line: Line): readonly SessionEvent[] => {
  const outcome = decideLine(state, line);
  if (!outcome.ok) throw new Error(messageOf(outcome.error));
  return outcome.value;
};

/** What comes of it: the refusal's code, or what happened in order, as `type` or `[type, payload]`. */
export function when(
  state: SessionState,
  ...line: Line
): RejectionCode | readonly (readonly [SessionEvent['type'], object])[] {
  const outcome = decideLine(state, line);
  return outcome.ok ? outcome.value.map(({ type, payload }) => [type, payload] as const) : outcome.error.code;
}
/** Only the kinds of what happened, or the refusal's code. */
export function kinds(state: SessionState, ...line: Line): string | readonly string[] {
  const outcome = when(state, ...line);
  return typeof outcome === 'string' ? outcome : outcome.map(([type]) => type);
}

export const CREATE: Command = {
  type: 'session.create',
  session: 'session',
  title: 'Grades',
  joinCode: 'BCDFGH',
  approveFirst: false,
  holdout: 'hidden',
  task: TASK,
  facilitatorHash: 'facilitator-hash',
  tree: TREE1,
  checkpoint: '1-start',
};
export const join = (displayName: string, facilitator = false): Line => [
  null,
  { type: 'participant.join', displayName, tokenHash: `token-of-${displayName}`, facilitator },
];

/** A facilitator, three people, one run that succeeded with 2.7; nobody drives. */
export const start = (): SessionState =>
  play(initialState, [null, CREATE], join('Host', true), join('Anna'), join('Ben'), join('Cleo'), [
    null,
    { type: 'run.report', run: RUN1, report: report() },
  ]);
/** As `start`, and Anna drives. */
export const driven = (): SessionState =>
  play(
    start(),
    [HOST, { type: 'driver.offer', to: ANNA }],
    [ANNA, { type: 'driver.accept' }, { tab: 'anna-1', facts: { tree: TREE1 } }],
  );

/** The state with one more suggestion, and its id. */
export function withSuggestion(
  state: SessionState,
  suggestion: { readonly by?: Id; readonly text?: string; readonly patch?: Patch } & Said = {},
): readonly [SessionState, Id] {
  const { by = BEN, text = 'more trees', patch: change, ...said } = suggestion;
  const command: Command = { type: 'suggestion.add', text, ...(change ? { patch: change } : {}) };
  return [play(state, [by, command, said]), next('s', state)];
}

export const PRESENCE: Presence = {
  online: new Set([HOST, ANNA, BEN]),
  viewers: 1,
  mostParticipants: 1_200,
  gaps: [],
  retention: { keptUntil: 0 },
};
