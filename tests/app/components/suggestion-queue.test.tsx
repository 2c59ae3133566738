// The queue in front of somebody: what is first, what waits, and that nothing moves under a finger.
import { fireEvent, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { SuggestionQueue } from '#app/_features/suggestions/suggestion-queue.tsx';
import { t } from '#app/_strings/strings.ts';
import type { SessionState } from '#session-core/model/state.ts';
import type { Id } from '#session-core/model/types.ts';
import { ANNA, BEN, CLEO, HOST, patch, play, start, withSuggestion } from '../../session-core/kit.ts';
import { openSession } from './session.tsx';

/** Ben's three, the oldest first, with one vote each. */
function three(): readonly [SessionState, Record<'trees' | 'age' | 'knn', Id>] {
  const [one, trees] = withSuggestion(start(), { text: 'more trees', patch: patch('trees: 200') });
  const [two, age] = withSuggestion(one, { text: 'leave out age' });
  const [all, knn] = withSuggestion(two, { text: 'try knn' });
  return [all, { trees, age, knn }];
}
const vote = (suggestion: Id) => ({ type: 'suggestion.upvote', suggestion }) as const;
const cards = () => screen.queryAllByRole('article').map((card) => card.querySelector('[dir="auto"]')?.textContent);

describe('the order', () => {
  it('is by votes, then by age, with the pinned one on top; or the newest first', async () => {
    const [state, { knn, age }] = three();
    const voted = play(state, [ANNA, vote(knn)], [CLEO, vote(knn)], [ANNA, vote(age)]);
    const session = openSession(play(voted, [HOST, { type: 'suggestion.pin', suggestion: age }]));
    const { user } = await session.show(ANNA, <SuggestionQueue />);
    expect(cards()).toEqual(['leave out age', 'try knn', 'more trees']);
    expect(screen.getAllByText(t.card.pinned)).toHaveLength(1);
    await user.click(screen.getByRole('button', { name: t.queue.fresh }));
    expect(cards()).toEqual(['try knn', 'leave out age', 'more trees']);
  });

  it('stays while votes change, and follows at a press', async () => {
    const [state, { knn }] = three();
    const session = openSession(state);
    const { user } = await session.show(ANNA, <SuggestionQueue />);
    const before = ['more trees', 'leave out age', 'try knn'];
    expect(cards()).toEqual(before);
    await session.say(CLEO, vote(knn));
    expect(cards()).toEqual(before);
    await user.click(screen.getByRole('button', { name: t.queue.orderPill(0, true) }));
    expect(cards()).toEqual(['try knn', 'more trees', 'leave out age']);
    expect(screen.queryByRole('button', { name: t.queue.orderPill(0, true) })).toBeNull();
  });

  it('is brought up to date while nobody sees the page', async () => {
    const [state, { knn }] = three();
    const session = openSession(state);
    await session.show(ANNA, <SuggestionQueue />);
    const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
    fireEvent(document, new Event('visibilitychange'));
    await session.say(CLEO, vote(knn));
    hidden.mockRestore();
    expect(cards()).toEqual(['try knn', 'more trees', 'leave out age']);
  });
});

it('shows the answer that somebody looked at when it is asked for, as they saw it', async () => {
  const code = "df.groupby(['school']).mean()";
  const expression = { code, table: 'data/raw/students.csv', as: 'chart' } as const;
  const session = openSession();
  await session.say(BEN, { type: 'suggestion.add', text: 'Look at this', expression });
  const rows = [
    ['GP', 16.5],
    ['MS', 17],
  ];
  session.answers['/answer'] = {
    table: expression.table,
    tables: [expression.table],
    answer: { kind: 'table', names: ['school', 'age'], columns: ['school', 'age'], rows, total: 2 },
  };
  const { user } = await session.show(ANNA, <SuggestionQueue />);
  expect(screen.getByText(code)).toBeDefined();
  expect(screen.queryByRole('figure')).toBeNull();
  await user.click(screen.getByRole('button', { name: t.card.answer.chart }));
  expect((await screen.findByRole('figure')).textContent).toContain(code);
  await user.click(screen.getByRole('button', { name: t.scratch.values }));
  expect(screen.getByRole('table').textContent).toContain('GP16.5');
  await user.click(screen.getByRole('button', { name: t.card.hideAnswer }));
  expect(screen.queryByRole('table')).toBeNull();
});

describe('new ones', () => {
  it('are at the end at once, where nothing moves', async () => {
    const [state] = three();
    const session = openSession(state);
    await session.show(ANNA, <SuggestionQueue />);
    await session.say(CLEO, { type: 'suggestion.add', text: 'scale the inputs' });
    expect(cards()).toEqual(['more trees', 'leave out age', 'try knn', 'scale the inputs']);
  });

  it("of others wait behind a button where they would push the rest down; one's own is there at once", async () => {
    const [state] = three();
    const session = openSession(state);
    const { user } = await session.show(ANNA, <SuggestionQueue />);
    await user.click(screen.getByRole('button', { name: t.queue.fresh }));
    await session.say(CLEO, { type: 'suggestion.add', text: 'scale the inputs' });
    await session.say(BEN, { type: 'suggestion.add', text: 'drop outliers' });
    const before = ['try knn', 'leave out age', 'more trees'];
    expect(cards()).toEqual(before);
    await session.say(ANNA, { type: 'suggestion.add', text: 'use boosting' });
    expect(cards()).toEqual(['use boosting', ...before]);
    await user.click(screen.getByRole('button', { name: t.queue.orderPill(2, false) }));
    expect(cards()).toEqual(['use boosting', 'drop outliers', 'scale the inputs', ...before]);
    expect(screen.queryByRole('button', { name: t.queue.orderPill(2, false) })).toBeNull();
  });

  it('stay where they are when they are accepted, say so, and leave at a press', async () => {
    const [state, { age }] = three();
    const session = openSession(play(state, [HOST, { type: 'driver.take' }]));
    const { user } = await session.show(ANNA, <SuggestionQueue />);
    await session.say(HOST, { type: 'suggestion.accept', suggestion: age });
    expect(cards()).toEqual(['more trees', 'leave out age', 'try knn']);
    expect(screen.getAllByRole('article')[1]?.textContent).toContain(t.card.accepted);
    await user.click(screen.getByRole('button', { name: t.queue.orderPill(0, true) }));
    expect(cards()).toEqual(['more trees', 'try knn']);
  });

  it('are gone at once when they are declined: nobody shall read them any more', async () => {
    const [state, { age }] = three();
    const session = openSession(state);
    await session.show(ANNA, <SuggestionQueue />);
    await session.say(HOST, { type: 'suggestion.decline', suggestion: age, reason: 'Later' });
    expect(cards()).toEqual(['more trees', 'try knn']);
  });
});

describe('finding', () => {
  it('by words and filters, and the way back to all', async () => {
    const session = openSession(three()[0]);
    const { user } = await session.show(ANNA, <SuggestionQueue />);
    const search = screen.getByRole('searchbox', { name: t.queue.search });
    await user.type(search, 'TREES');
    expect(cards()).toEqual(['more trees']);
    await user.type(search, ' and nothing like it');
    expect(cards()).toEqual([]);
    expect(screen.getByText(t.queue.emptyFilter)).toBeDefined();
    await user.click(screen.getByRole('button', { name: t.queue.showAll }));
    expect(cards()).toHaveLength(3);
    const filter = screen.getByRole('combobox', { name: t.queue.filter });
    await user.selectOptions(filter, t.queue.withCode);
    expect(cards()).toEqual(['more trees']);
    await user.selectOptions(filter, t.queue.mine);
    expect(cards()).toEqual([]);
  });

  it('says what an empty queue is for, and that new ones are paused', async () => {
    const session = openSession();
    await session.show(ANNA, <SuggestionQueue />);
    expect(screen.getByText(t.queue.empty)).toBeDefined();
    expect(screen.queryByText(t.queue.frozen)).toBeNull();
    await session.say(HOST, { type: 'session.configure', frozen: true });
    expect(screen.getByText(t.queue.frozen)).toBeDefined();
  });
});
