// The commands of random sessions: they find their ids in the state, and sometimes nowhere.
import fc from 'fast-check';
import type { Patch } from '#session-core/model/client-commands.ts';
import type { Run, SessionState } from '#session-core/model/state.ts';
import type { Command } from '#session-core/model/system-commands.ts';
import type { Id, Tree } from '#session-core/model/types.ts';
import { HOST, report, TREE1, tree } from './kit.ts';
import { agendaCommand } from './random-agenda.ts';

export interface Step {
  readonly who: number;
  readonly kind: number;
  readonly a: number;
  readonly b: number;
  readonly flag: boolean;
  readonly wait: number;
}
export const step: fc.Arbitrary<Step> = fc.record({
  who: fc.nat(1000),
  kind: fc.nat(1000),
  a: fc.nat(1000),
  b: fc.nat(1000),
  flag: fc.boolean(),
  wait: fc.constantFrom(0, 10, 10, 100, 1_000, 1_000, 11_000, 61_000),
});

const WEIRD = ['__proto__', 'constructor', 's99', 'p99', 'r99', 'toString'];
export const TREES: readonly Tree[] = [TREE1, ...['a', 'b', 'c', 'd'].map((x) => tree({ 'params.yaml': x })), {}];
const ADDED = ['trees: 200', 'trees: 300', 'depth: 3'];

export const pick = <T>(from: readonly T[], n: number): T | undefined => from[n % Math.max(1, from.length)];
/** Mostly one that is there, sometimes nothing at all. */
export const idFrom = (table: object, n: number): Id =>
  (n % 13 === 0 ? pick(WEIRD, n) : (pick(Object.keys(table).slice(-8), n) ?? 's99')) as Id;

const patchOf = (state: SessionState, n: number): Patch => ({
  revision: 1 + (n % Math.max(1, state.revision + (n % 11 === 0 ? 1 : 0))),
  files: [
    { path: 'params.yaml', hunks: [{ fromLine: 3, removed: n % 3 ? ['x'] : [], added: [pick(ADDED, n) ?? ''] }] },
  ],
});

type Make = (state: SessionState, step: Step, who: Id | null) => Command;
const suggestion = (type: 'upvote' | 'unvote' | 'withdraw' | 'approve' | 'pin' | 'accept'): Make => {
  return (s, { a }) => ({ type: `suggestion.${type}`, suggestion: idFrom(s.suggestions, a) }) as Command;
};
const suggestionText = (s: SessionState) => `suggestion canary-${s.seq}- of the session`;
const only = ({ suggestions }: SessionState, wanted: 'open' | 'accepted' | 'pending') =>
  Object.fromEntries(Object.entries(suggestions).filter(([, { status }]) => status === wanted));
const merge: Make = (s, { a, b }) => ({
  type: 'suggestion.merge',
  suggestion: idFrom(s.suggestions, a),
  into: idFrom(only(s, 'open'), b),
});
const approve: Make = (s, { a }) => ({ type: 'suggestion.approve', suggestion: idFrom(only(s, 'pending'), a) });
const accept: Make = (s, { a }) => ({ type: 'suggestion.accept', suggestion: idFrom(only(s, 'open'), a) });
const edit: Make = (s, { a }, who) => {
  const mine = Object.entries(s.suggestions).filter(([, { author }]) => author === who);
  return { type: 'suggestion.edit', suggestion: idFrom(Object.fromEntries(mine), a), text: suggestionText(s) };
};
const unaccept: Make = (s, { a }) => ({ type: 'suggestion.unaccept', suggestion: idFrom(only(s, 'accepted'), a) });
const plain =
  (command: Command): Make =>
  () =>
    command;

const newestRun = ({ runs }: SessionState, is: (run: Run) => boolean): Id =>
  Object.keys(runs).findLast((id) => is(runs[id]!)) ?? 'r99';
const LEAK = [{ code: 'leak-own-target', level: 'alarm', facts: { rows: 4, of: 9 } }] as const;
/** Rare by itself: it needs an offer, and the one whom it was made to. */
const acceptOffer: Make = (s, { a }) =>
  s.offer ? { type: 'driver.accept' } : { type: 'driver.offer', to: idFrom(s.participants, a) };

const nameDecision: Make = ({ participants }, { a, flag }) => {
  const waiting = Object.fromEntries(Object.entries(participants).filter(([, { held }]) => held));
  const participant = idFrom(waiting, a);
  const what = waiting[participant]?.held?.credit === undefined ? 'displayName' : 'credit';
  return { type: 'name.decide', participant, what, allow: flag };
};

/** Mostly to the newest question, which is the open one. */
const answer: Make = ({ polls }, { a, b }) => {
  const poll = a % 4 ? (Object.keys(polls).at(-1) ?? 'q99') : idFrom(polls, a);
  return Object.hasOwn(polls, poll) && polls[poll]?.choices
    ? { type: 'poll.answer', poll, choice: b % 4 }
    : { type: 'poll.answer', poll, text: pick(['Trees', 'trees', 'More data', ''], b) ?? '' };
};
/** One that somebody gave in words, where there is one. */
const hideAnswer: Make = ({ polls }, { a, flag }) => {
  const given = Object.entries(polls).flatMap(([poll, { answers }]) =>
    Object.values(answers).flatMap((answer) => ('text' in answer ? [{ poll, answer: String(answer.seq) }] : [])),
  );
  return { type: 'poll.hideAnswer', ...(pick(given, a) ?? { poll: 'q99', answer: '9' }), hidden: flag };
};

/** Client commands, some more often than others. */
export const CLIENT: readonly Make[] = [
  suggestion('upvote'),
  suggestion('unvote'),
  suggestion('withdraw'),
  suggestion('approve'),
  approve,
  approve,
  (s, { a }) => ({ type: 'suggestion.fix', suggestion: idFrom(only(s, 'open'), a) }),
  suggestion('pin'),
  suggestion('accept'),
  accept,
  accept,
  unaccept,
  unaccept,
  (s) => ({ type: 'suggestion.add', text: suggestionText(s) }),
  (s, { a }) => ({ type: 'suggestion.add', text: suggestionText(s), patch: patchOf(s, a) }),
  (s, { a }) => ({ type: 'suggestion.add', text: suggestionText(s), patch: patchOf(s, a) }),
  (s, { a, b }) => ({
    type: 'suggestion.add',
    text: suggestionText(s),
    stage: 'train',
    anchor: { file: 'a', fromLine: 1 + (a % 3), toLine: 2, revision: 1 + (b % 3) },
  }),
  edit,
  edit,
  (s, { a, b }) => ({
    type: 'suggestion.decline',
    suggestion: idFrom(s.suggestions, a),
    reason: b % 7 ? 'later' : ' ',
  }),
  merge,
  merge,
  merge,
  (s, { a }) => ({ type: 'moderation.undo', seq: Number(pick(Object.keys(s.moderation), a) ?? 1) }),
  (s, { a, flag }) =>
    flag ? { type: 'suggestion.unpin' } : { type: 'suggestion.unpin', suggestion: idFrom(s.suggestions, a) },
  (s, { a }) => ({ type: 'suggestion.accept', suggestion: idFrom(s.suggestions, a), how: 'hand' }),
  (s, { a, flag }) =>
    flag
      ? { type: 'preview.request', suggestion: idFrom(s.suggestions, a) }
      : { type: 'preview.request', patch: patchOf(s, a) },
  plain({ type: 'run.request' }),
  plain({ type: 'run.request', force: ['train'] }),
  (s, { a }) => ({ type: 'run.cancel', run: idFrom(s.runs, a) }),
  (_, { a }) => ({ type: 'search.start', seconds: 10 + (a % 110) }),
  plain({ type: 'search.stop' }),
  (s, { a }) => ({ type: 'revision.restore', revision: 1 + (a % (s.revision + 1)) }),
  (s, { a }) => ({ type: 'driver.offer', to: idFrom(s.participants, a) }),
  acceptOffer,
  acceptOffer,
  acceptOffer,
  plain({ type: 'driver.refuse' }),
  plain({ type: 'driver.withdrawOffer' }),
  plain({ type: 'driver.release' }),
  plain({ type: 'driver.move' }),
  plain({ type: 'driver.take' }),
  plain({ type: 'driver.revoke' }),
  (s, { a, b }) => ({ type: 'run.strike', run: idFrom(s.runs, a), reason: b % 5 ? 'a leak' : ' ' }),
  (s) => ({ type: 'run.unstrike', run: newestRun(s, ({ struck }) => struck !== undefined) }),
  (s, { flag }) => ({ type: 'run.clear', run: newestRun(s, ({ report }) => report?.findings === LEAK), cleared: flag }),
  plain({ type: 'hand.raise' }),
  plain({ type: 'hand.lower' }),
  plain({ type: 'hand.lowerAll' }),
  (s, { a }) => ({ type: 'hand.lower', participant: idFrom(s.participants, a) }),
  (_, { a }) => ({ type: 'pulse.set', value: pick(['fast', 'lost', 'fine', null] as const, a) ?? null }),
  (_, { a, flag }) => ({ type: 'guess.set', value: flag ? a / 100 : null }),
  (_, { a }) => ({ type: 'guess.set', value: 2 + a / 1000 }),
  (_, { a }) => ({ type: 'participant.rename', displayName: pick(['Otter', 'Fox', 'x', 'Heron'], a) ?? 'Fox' }),
  (_, { a, flag }) => ({ type: 'participant.credit', name: flag ? `Name ${a % 7}` : null }),
  (s, { a, b }) =>
    b % 5
      ? { type: 'hand.raise' }
      : { type: 'participant.remove', participant: idFrom(s.participants, a), contributions: a % 3 > 0 },
  (s, { a, b }) =>
    b % 7
      ? { type: 'joinCode.rotate' }
      : { type: 'participant.removeAll', participants: [idFrom(s.participants, a), idFrom(s.participants, b)] },
  (s, { a, b }) =>
    b % 7 ? { type: 'hand.raise' } : { type: 'facilitator.unlink', link: idFrom(s.facilitatorLinks, a) },
  nameDecision,
  nameDecision,
  (_, { flag }) => ({ type: 'timer.set', minutes: flag ? 5 : null }),
  (_, { flag }) => ({ type: 'scene.show', scene: flag ? 'code' : 'data', ...(flag ? {} : { column: 'rooms' }) }),
  (s, { a, b }) => ({ type: 'comparison.show', before: idFrom(s.runs, a), after: idFrom(s.runs, b) }),
  agendaCommand,
  agendaCommand,
  agendaCommand,
  agendaCommand,
  agendaCommand,
  agendaCommand,
  () => ({ type: 'holdout.reveal' }),
  (s, { b, flag }) => ({
    type: 'poll.open',
    question: `Question ${s.seq}?`,
    ...(flag ? { choices: ['Ridge', 'Forest', 'Boosting'].slice(0, 2 + (b % 2)) } : {}),
  }),
  (s) => ({ type: 'poll.open', question: `Question ${s.seq}?` }),
  answer,
  answer,
  answer,
  answer,
  hideAnswer,
  hideAnswer,
  hideAnswer,
  hideAnswer,
  (s, { a }) => ({ type: 'poll.close', poll: idFrom(s.polls, a) }),
  plain({ type: 'checkpoint.load', name: '3-forest' }),
  (_, { a, flag }) => ({
    type: 'session.configure',
    ...(pick(
      [
        { approveFirst: flag },
        { frozen: flag && a % 4 === 0 },
        { locked: flag && a % 4 === 0 },
        { wordFilter: flag },
        { autoRun: flag },
        { previews: flag ? 'top' : 'approved' },
        { holdout: flag ? 'shown' : 'hidden' },
        { title: `t${a}` },
        { language: flag ? 'de' : 'fr' },
      ] as const,
      a,
    ) ?? {}),
  }),
  (_, { a, b }) => (a % 10 === 0 && b % 2 === 0 ? { type: 'session.end' } : { type: 'run.request' }),
];
const PASSED = { result: 'passed', problems: [], count: 0 } as const;
const UNCHECKED = { result: 'unchecked', why: 'time' } as const;
export const SERVER: readonly Make[] = [
  (s, { a, b, flag }) => {
    const suggestion = idFrom(only(s, 'open'), a);
    const version = b % 5 ? (Object.hasOwn(s.suggestions, suggestion) && s.suggestions[suggestion]?.version) || 1 : 2;
    const revision = s.revision - (a % 2);
    const checks = { types: flag ? PASSED : UNCHECKED, style: PASSED };
    return { type: 'patch.check', suggestion, version, revision, checks };
  },
  (s, { a }) => ({ type: 'run.start', run: idFrom(s.runs, a) }),
  (s, { a }) => ({ type: 'run.start', run: Object.keys(s.runs)[a % 50] ?? 'r3' }),
  (s, { a, b, flag }) => ({
    type: 'run.report',
    run: idFrom(s.runs, a),
    report: report(
      flag || b % 3
        ? { metrics: { 'cv.rmse': 2 + b / 1000, 'cv.mae': 1 + b / 1000 }, holdout: 77.5 }
        : {
            status: b % 2 ? 'failed' : 'cancelled',
            metrics: {},
            error: { stage: 'train', kind: b % 4 ? 'user' : 'internal', code: 'thrown', facts: { message: 'no' } },
          },
    ),
  }),
  (s, { a, b }) => ({
    type: 'run.report',
    run: idFrom(s.runs, a),
    report: report({
      metrics: { 'cv.rmse': 2 + a / 1000 },
      findings: b % 3 ? [] : LEAK,
      ...(b % 2 ? { checking: true } : {}),
    }),
  }),
  (s, { a, b }) => ({
    type: 'run.check',
    run: Object.entries(s.runs).find(([, { report: made }]) => made?.checking)?.[0] ?? idFrom(s.runs, a),
    findings: b % 3 ? [] : LEAK,
  }),
  (s, { a }) => ({ type: 'run.interrupt', run: idFrom(s.runs, a) }),
  (s, { a, b }) => ({
    type: 'search.report',
    search: a % 9 ? (s.search?.id ?? 'm9') : 'm9',
    trials: b,
    base: 2.7,
    best: { metric: 2 + a / 1000, changes: [{ key: 'trees', before: '1', after: '2' }], patch: patchOf(s, b) },
  }),
  (s, { a }) => ({ type: 'search.finish', search: s.search?.id ?? 'm9', why: 'budget', trials: a }),
  plain({ type: 'revision.cut' }),
  plain({ type: 'driver.lapse' }),
  (s, { flag }) => ({ type: 'driver.offerLapse', to: s.offer?.to ?? 'p99', at: flag ? (s.offer?.at ?? 0) : 1 }),
  (s, { a, flag }) => ({
    type: 'patch.states',
    states: {
      [idFrom(s.suggestions, a)]: flag ? { state: 'stale' } : { state: 'conflict', file: 'params.yaml', line: 3 },
    },
  }),
  (s, { a }) => ({ type: 'preview.due', suggestion: idFrom(s.suggestions, a) }),
  (_, { a }) => ({
    type: 'participant.join',
    displayName: pick(['Otter', 'Fox', 'Wren'], a) ?? 'Fox',
    tokenHash: `secret-token-${a}`,
    facilitator: a % 9 === 0,
  }),
  (s, { a, b }) => ({
    type: 'participant.promote',
    participant: a % 6 ? 'p99' : idFrom(s.participants, a),
    link: idFrom(s.facilitatorLinks, b),
  }),
  (_, { a, flag }) => ({
    type: 'facilitator.link',
    hash: `secret-link-${a % 9}`,
    madeBy: flag ? 'start' : 'facilitator',
    by: flag ? null : HOST,
    ...(a % 3 === 0 ? { reusable: true as const } : {}),
  }),
];
