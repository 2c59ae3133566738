// Questions to everybody: asked, answered once each, closed; what of the answers leaves the server.
import { expect, it } from 'vitest';
import { openPoll, pollsByTime, sharesOf, wordsOf } from '#session-core/client/polls.ts';
import { LIMITS } from '#session-core/model/limits.ts';
import type { SessionState } from '#session-core/model/state.ts';
import { viewOf } from '#session-core/view/view.ts';
import { ANNA, BEN, CLEO, HOST, kinds, PRESENCE, play, start, when } from '../kit.ts';

const ask = (question: string, choices?: string[]) =>
  [HOST, { type: 'poll.open', question, ...(choices ? { choices } : {}) }] as const;
const idOfNewest = (state: SessionState) => Object.keys(state.polls).at(-1) ?? '';
const seen = (state: SessionState) => viewOf(state, { kind: 'public' }, PRESENCE);
const seenByHost = (state: SessionState) => viewOf(state, { kind: 'facilitator' }, PRESENCE);
const own = (state: SessionState, participant: string) => viewOf(state, { kind: 'you', participant }, PRESENCE).answers;

const MODELS = play(start(), ask('Which model?', ['Ridge', 'Forest']));
const MODEL = idOfNewest(MODELS);
const OPEN = play(start(), ask('What would you try?'));
const WORDS = idOfNewest(OPEN);

it('[Q1] a facilitator asks with two to six choices or openly; a new question closes the one before', () => {
  expect(openPoll(seen(MODELS))).toMatchObject({ question: 'Which model?', choices: ['Ridge', 'Forest'], answers: 0 });
  const second = play(MODELS, ask('And then?'));
  expect(pollsByTime(seen(second)).map(({ question, open }) => [question, open])).toEqual([
    ['And then?', true],
    ['Which model?', false],
  ]);
  expect(when(start(), ANNA, { type: 'poll.open', question: 'May I?' })).toBe('not_allowed');
});

it.each([
  [{ question: ' ' }],
  [{ question: 'x'.repeat(LIMITS.question + 1) }],
  [{ question: 'Which?', choices: ['Ridge', ' '] }],
  [{ question: 'Which?', choices: ['Ridge', 'x'.repeat(LIMITS.choice + 1)] }],
  [{ question: 'Which?', choices: ['Ridge', 'ridge '] }],
])('[Q1] %j is no question', (asked) => {
  expect(when(start(), HOST, { type: 'poll.open', ...asked })).toBe('invalid');
});

it('[Q1] a session holds a number of questions', () => {
  let state = start();
  for (let i = 0; i < LIMITS.polls; i++) state = play(state, ask(`Question ${i}?`));
  expect(when(state, HOST, { type: 'poll.open', question: 'One more?' })).toBe('too_many_polls');
});

it('[Q2] everybody answers once, changes the answer or takes it back while the question is open', () => {
  const answer = (choice: number | null) => ({ type: 'poll.answer', poll: MODEL, choice }) as const;
  const two = play(MODELS, [ANNA, answer(0)], [BEN, answer(1)]);
  expect(openPoll(seen(two))).toMatchObject({ counts: [1, 1], answers: 2 });
  const changed = play(two, [ANNA, answer(1)]);
  expect(openPoll(seen(changed))).toMatchObject({ counts: [0, 2], answers: 2 });
  expect(kinds(changed, ANNA, answer(1))).toEqual([]);
  const back = play(changed, [ANNA, answer(null)]);
  expect(openPoll(seen(back))).toMatchObject({ counts: [0, 1], answers: 1 });
  expect(kinds(back, ANNA, answer(null))).toEqual([]);
  expect(when(back, ANNA, answer(2))).toBe('invalid');
  expect(when(back, ANNA, { ...answer(0), poll: 'q99' })).toBe('not_found');
  const closed = play(back, [HOST, { type: 'poll.close', poll: MODEL }]);
  expect(when(closed, ANNA, answer(0))).toBe('poll_closed');
  expect(kinds(closed, HOST, { type: 'poll.close', poll: MODEL })).toEqual([]);
  expect(openPoll(seen(play(back, [HOST, { type: 'session.end' }])))).toBeUndefined();
});

it('[Q3] who answered what is known to that participant alone', () => {
  const state = play(
    OPEN,
    [ANNA, { type: 'poll.answer', poll: WORDS, text: 'More data' }],
    [BEN, { type: 'poll.answer', poll: WORDS, text: 'more data' }],
    [CLEO, { type: 'poll.answer', poll: WORDS, text: 'Trees' }],
  );
  const poll = openPoll(seen(state));
  expect(poll && wordsOf(poll).map(({ text, count }) => [text, count])).toEqual([
    ['More data', 2],
    ['Trees', 1],
  ]);
  expect(JSON.stringify([seen(state).polls, seenByHost(state).polls])).not.toMatch(/"p[0-9a-f]+"/);
  expect(own(state, ANNA)).toEqual({ [WORDS]: { text: 'More data' } });
  expect(own(state, HOST)).toBeUndefined();
});

it('[Q4] what the word filter holds, or a facilitator hides, only its author and the facilitators see', () => {
  const held = play(OPEN, [ANNA, { type: 'poll.answer', poll: WORDS, text: 'Rude' }, { facts: { flagged: true } }]);
  expect(openPoll(seen(held))).toMatchObject({ answers: 0, words: {} });
  expect(own(held, ANNA)).toEqual({ [WORDS]: { text: 'Rude', hidden: true } });
  const [word] = wordsOf(openPoll(seenByHost(held))!);
  expect(word).toMatchObject({ text: 'Rude', hidden: true });
  const hide = (hidden: boolean) => ({ type: 'poll.hideAnswer', poll: WORDS, answer: word!.key, hidden }) as const;
  const shown = play(held, [HOST, hide(false)], [BEN, { type: 'poll.answer', poll: WORDS, text: 'rude' }]);
  expect(openPoll(seen(shown))).toMatchObject({ answers: 2 });
  const hidden = play(shown, [HOST, hide(true)]);
  expect(openPoll(seen(hidden))).toMatchObject({ answers: 0, words: {} });
  expect(kinds(hidden, HOST, hide(true))).toEqual([]);
  expect(when(hidden, ANNA, hide(false))).toBe('not_allowed');
  expect(when(hidden, HOST, { ...hide(true), answer: '999' })).toBe('not_found');
});

it('[Q5] a removal that takes contributions along takes answers along', () => {
  const two = play(
    MODELS,
    [ANNA, { type: 'poll.answer', poll: MODEL, choice: 0 }],
    [BEN, { type: 'poll.answer', poll: MODEL, choice: 0 }],
  );
  const counts = (state: SessionState) => openPoll(seen(state))?.counts;
  expect(counts(play(two, [HOST, { type: 'participant.remove', participant: ANNA }]))).toEqual([1, 0]);
  const kept = play(two, [HOST, { type: 'participant.remove', participant: ANNA, contributions: false }]);
  expect(counts(kept)).toEqual([2, 0]);
});

it('gives shares of the choices in whole percent, 0 where nobody answered', () => {
  expect(sharesOf(openPoll(seen(MODELS))!)).toEqual([0, 0]);
  expect(sharesOf({ ...openPoll(seen(MODELS))!, counts: [1, 2] })).toEqual([33, 67]);
});
