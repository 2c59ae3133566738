// The notices that follow from the difference of two views.
import { describe, expect, it } from 'vitest';
import { type Concerns, concernsOf } from '#session-core/client/concerns.ts';
import { holdsNotice, noticesOf } from '#session-core/client/notices.ts';
import { LIMITS } from '#session-core/model/limits.ts';
import type { SessionState } from '#session-core/model/state.ts';
import type { Id } from '#session-core/model/types.ts';
import { viewOf } from '#session-core/view/view.ts';
import {
  ANNA,
  BEN,
  HOST,
  type Line,
  merged,
  PRESENCE,
  patch,
  play,
  report,
  START,
  start,
  TREE1,
  tree,
  withSuggestion,
} from '../kit.ts';

const concerns = (state: SessionState, who: Id, before: Concerns | null = null) =>
  concernsOf(
    viewOf(state, { kind: 'public' }, PRESENCE),
    viewOf(state, { kind: 'you', participant: who }, PRESENCE),
    before,
  );
const between = (before: SessionState, after: SessionState, who: Id, now = START) => {
  const known = concerns(before, who);
  return noticesOf(known, concerns(after, who, known), now).map(({ code, facts }) => [code, facts]);
};
const codes = (...args: Parameters<typeof between>) => between(...args).map(([code]) => code);
const played = (state: SessionState, ...lines: readonly Line[]) => play(state, ...lines);

describe('of a suggestion', () => {
  const [sent, id] = withSuggestion(start(), { by: BEN, text: 'more trees' });

  it('says that it was declined, with the reason, and that it is open again; to its author alone', () => {
    const declined = played(sent, [HOST, { type: 'suggestion.decline', suggestion: id, reason: 'later' }]);
    expect(between(sent, declined, BEN)).toEqual([['suggestion_declined', { text: 'more trees', reason: 'later' }]]);
    expect(codes(sent, declined, ANNA)).toEqual([]);
    const undone = played(declined, [HOST, { type: 'moderation.undo', seq: declined.seq }]);
    expect(codes(declined, undone, BEN)).toEqual(['suggestion_reopened']);
    // What changed back between two views never was.
    expect(codes(sent, undone, BEN)).toEqual([]);
  });

  it('says approved, merged and pinned', () => {
    const waits = played(start(), [HOST, { type: 'session.configure', approveFirst: true }]);
    const [pending, own] = withSuggestion(waits, { by: BEN });
    const open = played(pending, [HOST, { type: 'suggestion.approve', suggestion: own }]);
    expect(codes(pending, open, BEN)).toEqual(['suggestion_approved']);
    expect(codes(sent, played(sent, [HOST, { type: 'suggestion.pin', suggestion: id }]), BEN)).toEqual([
      'suggestion_pinned',
    ]);
    const [two, other] = withSuggestion(sent, { by: ANNA, text: 'a forest' });
    const joined = played(two, [HOST, { type: 'suggestion.merge', suggestion: id, into: other }]);
    expect(between(two, joined, BEN)).toEqual([['suggestion_merged', { text: 'more trees', into: 'a forest' }]]);
  });

  it('says that it was applied, and then with which result; holds while that is so', () => {
    const [open, own] = withSuggestion(start(), { by: BEN, patch: patch('trees: 200') });
    const facts = { merge: merged(tree({ 'params.yaml': 'params-2' })), tree: TREE1 };
    const applied = played(open, [HOST, { type: 'suggestion.accept', suggestion: own }, { facts }]);
    expect(between(open, applied, BEN)).toEqual([['suggestion_applied', { text: 'more trees', result: null }]]);
    const run = Object.keys(applied.runs).at(-1) ?? '';
    const comparison = {
      against: 'r3',
      verdict: 'better',
      reason: { code: 'same_code' },
      change: -0.132,
    } as const;
    const scored = played(
      applied,
      [null, { type: 'run.start', run }],
      [null, { type: 'run.report', run, report: report({ metrics: { 'cv.rmse': 2.5 }, comparison } as never) }],
    );
    const known = concerns(applied, BEN);
    const now = concerns(scored, BEN, known);
    const [notice] = noticesOf(known, now, START);
    expect(notice?.facts).toEqual({ text: 'more trees', result: { run: 2, outcome: 'better', change: -0.132 } });
    expect(notice && [holdsNotice(notice, now), holdsNotice(notice, known)]).toEqual([true, false]);
  });
});

it('says where the newest run failed, and nothing once another is over', () => {
  const asked = played(start(), [
    HOST,
    { type: 'run.request', force: ['train'] },
    { facts: { tree: tree({ a: 'b' }) } },
  ]);
  const run = Object.keys(asked.runs).at(-1) ?? '';
  const error = {
    code: 'thrown',
    facts: { name: 'Error', message: 'no' },
    stage: 'train',
    kind: 'user',
    file: 'src/train.ts',
    line: 12,
  } as never;
  const failed = played(
    asked,
    [null, { type: 'run.start', run }],
    [null, { type: 'run.report', run, report: report({ status: 'failed', metrics: {}, error }) }],
  );
  expect(between(asked, failed, ANNA)).toEqual([
    ['run_failed', { number: 2, stage: 'train', file: 'src/train.ts', line: 12 }],
  ]);
  expect(codes(failed, failed, ANNA)).toEqual([]);
});

it('says to a raised hand that it is next, once, and not to who raises it first', () => {
  const one = played(start(), [ANNA, { type: 'hand.raise' }]);
  const two = played(one, [BEN, { type: 'hand.raise' }]);
  const benFirst = played(two, [ANNA, { type: 'hand.lower' }]);
  expect(codes(start(), one, ANNA)).toEqual([]);
  const before = concerns(two, BEN);
  const now = concerns(benFirst, BEN, before);
  expect(noticesOf(before, now, START).map(({ code }) => code)).toEqual(['hand_next']);
  // Anna's hand goes up behind it: nothing new.
  const again = played(benFirst, [ANNA, { type: 'hand.raise' }]);
  expect(noticesOf(now, concerns(again, BEN, now), START)).toEqual([]);
});

describe('of an offer to drive', () => {
  const offered = played(start(), [HOST, { type: 'driver.offer', to: ANNA }]);
  const at = offered.offer?.at ?? 0;

  it('says who made it', () => {
    expect(between(start(), offered, ANNA)).toEqual([['driving_offered', { name: 'Host' }]]);
  });

  it.each([
    ['accepted', [ANNA, { type: 'driver.accept' }, { tab: 'a', facts: { tree: TREE1 } }], 0, 'offer_accepted'],
    ['declined', [ANNA, { type: 'driver.refuse' }], 0, 'offer_refused'],
    ['withdrawn', [HOST, { type: 'driver.withdrawOffer' }], 0, 'offer_withdrawn'],
    ['expired', [null, { type: 'driver.offerLapse', to: ANNA, at }], LIMITS.offerMs, 'offer_expired'],
  ] as const)('says to who made it that it was %s, and to nobody else', (_, line, later, code) => {
    const answered = played(offered, line);
    expect(between(offered, answered, HOST, at + later)).toEqual([[code, { name: 'Anna' }]]);
    expect(codes(offered, answered, BEN, at + later)).toEqual([]);
  });
});

it('says that a name waits, also to who has just joined, and what came of it', () => {
  const held = played(start(), [
    ANNA,
    { type: 'participant.rename', displayName: 'Rude' },
    { facts: { flagged: true } as never },
  ]);
  expect(noticesOf(null, concerns(held, ANNA), START).map(({ code }) => code)).toEqual(['name_held']);
  const decide = (allow: boolean) =>
    played(held, [HOST, { type: 'name.decide', participant: ANNA, what: 'displayName', allow }]);
  expect(codes(held, decide(true), ANNA)).toEqual(['name_allowed']);
  expect(codes(held, decide(false), ANNA)).toEqual(['name_declined']);
});

it('knows nothing of what was before the page was first opened', () => {
  const [sent, id] = withSuggestion(start(), { by: BEN });
  const declined = played(sent, [HOST, { type: 'suggestion.decline', suggestion: id, reason: 'later' }]);
  expect(noticesOf(null, concerns(declined, BEN), START)).toEqual([]);
});

it('says once to everybody that a question was asked, as long as it is open', () => {
  const asked = played(start(), [HOST, { type: 'poll.open', question: 'Which model?', choices: ['Ridge', 'Forest'] }]);
  expect(between(start(), asked, ANNA)).toEqual([['poll_opened', { question: 'Which model?' }]]);
  expect(codes(asked, asked, ANNA)).toEqual([]);
});
