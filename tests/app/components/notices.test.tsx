// Notices: they pop up above everything, one at a time; the list keeps them over a reload, and nothing pops up twice.
import { screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { NoticeBell } from '#app/_features/notices/notice-bell.tsx';
import { NoticesProvider } from '#app/_features/notices/notices.tsx';
import { t } from '#app/_strings/strings.ts';
import { BEN, HOST, start, withSuggestion } from '../../session-core/kit.ts';
import { openSession, stopClock } from './session.tsx';

const page = (
  <NoticesProvider>
    <NoticeBell />
  </NoticesProvider>
);
const popUp = () => screen.queryByRole('region', { name: t.notice.popUp });
const bell = (unread: number) => screen.getByRole('button', { name: t.topBar.openNotices(unread) });

beforeEach(() => localStorage.clear());

describe('a notice', () => {
  it('pops up once, is counted, goes after some seconds and stays in the list over a reload', async () => {
    const pass = stopClock(3_600_000);
    const [state, id] = withSuggestion(start(), { by: BEN, text: 'more trees' });
    const session = openSession(state);
    const first = await session.show(BEN, page);
    expect(popUp()).toBeNull();
    await session.say(HOST, { type: 'suggestion.decline', suggestion: id, reason: 'later' });
    expect(popUp()?.textContent).toContain('later');
    expect(bell(1)).toBeDefined();
    await pass(8_100);
    expect(popUp()).toBeNull();
    first.leave();
    const { user } = await session.show(BEN, page);
    expect(popUp()).toBeNull();
    await user.click(bell(1));
    const list = within(screen.getByRole('dialog'));
    expect(await list.findByText(/more trees/)).toBeDefined();
    await user.click(list.getByRole('button', { name: t.close }));
    expect(bell(0)).toBeDefined();
  });

  it('goes at once where what it says has changed back', async () => {
    stopClock(3_600_000);
    const [state, id] = withSuggestion(start(), { by: BEN });
    const session = openSession(state);
    await session.show(BEN, page);
    await session.say(HOST, { type: 'suggestion.decline', suggestion: id, reason: 'later' });
    expect(popUp()).not.toBeNull();
    await session.say(HOST, { type: 'moderation.undo', seq: session.state().seq });
    expect(popUp()?.textContent).not.toContain('declined');
    expect(popUp()?.textContent).toContain('open again');
  });

  it('waits for the one that is there, which stays under a pointer; those that wait together are counted', async () => {
    const pass = stopClock(3_600_000);
    let state = start();
    const ids: string[] = [];
    for (const text of ['one', 'two', 'three']) {
      const [more, id] = withSuggestion(state, { by: BEN, text });
      state = more;
      ids.push(id);
    }
    const session = openSession(state);
    const { user } = await session.show(BEN, page);
    const decline = (n: number) =>
      session.say(HOST, { type: 'suggestion.decline', suggestion: ids[n] ?? '', reason: 'later' });
    await decline(0);
    const shown = popUp();
    if (shown === null) throw new Error('nothing pops up');
    await user.hover(shown);
    await decline(1);
    await decline(2);
    await pass(20_000);
    expect(popUp()?.textContent).toContain('one');
    await user.unhover(shown);
    await pass(8_100);
    expect(popUp()?.textContent).toContain('three');
    await user.click(screen.getByRole('button', { name: t.notice.more(1) }));
    expect(within(screen.getByRole('dialog')).getAllByRole('listitem')).toHaveLength(3);
    expect(popUp()).toBeNull();
  });

  it('is announced politely, at most once in five seconds', async () => {
    const pass = stopClock(3_600_000);
    const [one, first] = withSuggestion(start(), { by: BEN, text: 'one' });
    const [state, second] = withSuggestion(one, { by: BEN, text: 'two' });
    const session = openSession(state);
    await session.show(BEN, page);
    const said = () => document.querySelector('[aria-live="polite"]')?.textContent ?? '';
    await session.say(HOST, { type: 'suggestion.decline', suggestion: first, reason: 'later' });
    await pass(10);
    expect(said()).toContain('one');
    await session.say(HOST, { type: 'suggestion.decline', suggestion: second, reason: 'later' });
    await pass(2_000);
    expect(said()).not.toContain('two');
    await pass(3_100);
    expect(said()).toContain('two');
  });
});

it('what a facilitator decides about a suggestion of their own is no news to them', async () => {
  vi.useRealTimers();
  const [state, id] = withSuggestion(start(), { by: HOST });
  const session = openSession(state);
  const { DriverActions } = await import('#app/_features/driver/driver-actions.tsx');
  const card = () => {
    const { text, votes } = { text: 'more trees', votes: 1 };
    return { id, author: HOST, text, votes, status: 'open', pinned: false, at: 0 } as const;
  };
  const { user } = await session.show(
    HOST,
    <NoticesProvider>
      <DriverActions card={card()} />
    </NoticesProvider>,
  );
  await user.click(screen.getByRole('button', { name: t.drive.pin }));
  expect(session.state().suggestions[id]?.pinned).toBe(true);
  expect(popUp()).toBeNull();
});
