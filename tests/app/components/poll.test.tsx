// A question to everybody: asked by the facilitator, answered by a tap or in words, hidden and closed.
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, it } from 'vitest';
import { NoticeBell } from '#app/_features/notices/notice-bell.tsx';
import { NoticesProvider } from '#app/_features/notices/notices.tsx';
import { PollCard } from '#app/_features/poll/poll-card.tsx';
import { PollPanel } from '#app/_features/poll/poll-panel.tsx';
import { useShownPoll } from '#app/_features/poll/use-shown-poll.ts';
import { t } from '#app/_strings/strings.ts';
import { PollScene } from '#app/_surfaces/projector/poll-scene.tsx';
import { UpdatePill } from '#app/_ui/update-pill.tsx';
import type { Command } from '#session-core/model/system-commands.ts';
import { ANNA, BEN, HOST, play, start } from '../../session-core/kit.ts';
import { openSession } from './session.tsx';

const MODELS: Extract<Command, { type: 'poll.open' }> = {
  type: 'poll.open',
  question: 'Which model?',
  choices: ['Ridge', 'Forest'],
};
const WORDS = { type: 'poll.open', question: 'What would you try?' } as const;
/** As the Now tab shows it. */
function Shown() {
  const { shown, isNew, update } = useShownPoll();
  return (
    <>
      <PollCard poll={shown} />
      <UpdatePill label={isNew ? t.now.newQuestion : null} onUpdate={update} />
    </>
  );
}
function Pill() {
  const [label, setLabel] = useState<string | null>('Update');
  return (
    <main data-testid="list">
      <UpdatePill label={label} onUpdate={() => setLabel(null)} />
    </main>
  );
}
const choice = (name: string) => screen.findByRole('button', { name: new RegExp(`^${name}`) });

it('is answered with a tap, again with another, and taken back with the same', async () => {
  const session = openSession(play(start(), [HOST, MODELS]));
  const { user } = await session.show(ANNA, <Shown />);
  await user.click(await choice('Forest'));
  expect((await choice('Forest')).getAttribute('aria-pressed')).toBe('true');
  expect((await choice('Forest')).textContent).toContain('1');
  await user.click(await choice('Ridge'));
  expect((await choice('Forest')).getAttribute('aria-pressed')).toBe('false');
  await user.click(await choice('Ridge'));
  expect(screen.getByText(t.poll.count(0))).toBeDefined();
  await session.say(HOST, { type: 'poll.close', poll: Object.keys(session.state().polls)[0]! });
  // It keeps its place: what is below does not move.
  expect(screen.getByText('Which model?')).toBeDefined();
  expect(screen.getByText(t.poll.closed)).toBeDefined();
  expect(screen.queryByRole('button', { name: /^Forest/ })).toBeNull();
});

it('waits behind a pill where it opens while the tab is shown', async () => {
  const session = openSession();
  const { user } = await session.show(ANNA, <Shown />);
  await session.say(HOST, MODELS);
  expect(screen.queryByText('Which model?')).toBeNull();
  await user.click(screen.getByRole('button', { name: t.now.newQuestion }));
  expect(await choice('Forest')).toBeDefined();
  expect(screen.queryByRole('button', { name: t.now.newQuestion })).toBeNull();
});

it('is answered in words, which an answer of the word filter keeps to their author', async () => {
  const session = openSession(play(start(), [HOST, WORDS]));
  const { user } = await session.show(ANNA, <Shown />);
  await user.type(await screen.findByLabelText(t.poll.answer), 'More data');
  await user.click(screen.getByRole('button', { name: t.poll.send }));
  expect(await screen.findAllByText('More data')).not.toHaveLength(0);
  expect(screen.queryByText(t.poll.held)).toBeNull();
  await session.say(HOST, {
    type: 'poll.hideAnswer',
    poll: Object.keys(session.state().polls)[0]!,
    answer: String(session.state().seq),
    hidden: true,
  });
  expect(await screen.findByText(t.poll.held)).toBeDefined();
  await user.click(screen.getByRole('button', { name: t.poll.takeBack }));
  expect(screen.queryByText('More data')).toBeNull();
});

it('is composed by the facilitator with up to six choices, and asked', async () => {
  const session = openSession();
  const { user } = await session.show(HOST, <PollPanel />);
  const ask = await screen.findByRole('button', { name: t.poll.open });
  expect((ask as HTMLButtonElement).disabled).toBe(true);
  await user.type(screen.getByLabelText(t.poll.question), 'Which model?');
  await user.type(screen.getByLabelText(t.poll.choice(1)), 'Ridge');
  expect((ask as HTMLButtonElement).disabled).toBe(true);
  await user.type(screen.getByLabelText(t.poll.choice(2)), 'Forest');
  for (let i = 0; i < 4; i++) await user.click(screen.getByRole('button', { name: t.poll.add }));
  expect(screen.queryByRole('button', { name: t.poll.add })).toBeNull();
  await user.click(screen.getByRole('button', { name: t.poll.remove(6) }));
  await user.click(ask);
  // The empty ones are left out.
  expect(session.sent).toContainEqual(MODELS);
  expect(await screen.findByRole('button', { name: t.poll.close })).toBeDefined();
  await user.click(screen.getByRole('switch', { name: t.poll.words }));
  await user.type(screen.getByLabelText(t.poll.question), WORDS.question);
  await user.click(ask);
  expect(session.sent.at(-1)).toEqual(WORDS);
  const earlier = within(screen.getByRole('region', { name: t.poll.earlier }));
  expect(earlier.getByRole('heading', { name: 'Which model?' })).toBeDefined();
});

it('reaches a participant as a notice, and fills a scene of the projector', async () => {
  const session = openSession();
  const { leave } = await session.show(
    ANNA,
    <NoticesProvider>
      <NoticeBell />
    </NoticesProvider>,
  );
  await session.say(HOST, MODELS);
  expect(screen.getByRole('region', { name: t.notice.popUp }).textContent).toContain('Which model?');
  leave();
  await session.say(BEN, { type: 'poll.answer', poll: Object.keys(session.state().polls)[0]!, choice: 1 });
  await session.show(null, <PollScene />);
  expect(screen.getByRole('heading', { name: 'Which model?' })).toBeDefined();
  expect(screen.getByText(t.poll.of(1, 100))).toBeDefined();
});

it('keeps what somebody types when it is closed and the next is asked: it cannot be sent any more', async () => {
  const session = openSession(play(start(), [HOST, WORDS]));
  const { user } = await session.show(ANNA, <Shown />);
  const field = (await screen.findByLabelText(t.poll.answer)) as HTMLInputElement;
  await user.type(field, 'More da');
  await session.say(BEN, { type: 'poll.answer', poll: Object.keys(session.state().polls)[0]!, text: 'Trees' });
  await session.say(HOST, { type: 'poll.close', poll: Object.keys(session.state().polls)[0]! });
  expect([screen.getByLabelText(t.poll.answer), document.activeElement]).toEqual([field, field]);
  await session.say(HOST, MODELS);
  await user.type(field, 'ta{Enter}');
  expect([field.value, document.activeElement]).toEqual(['More data', field]);
  expect(session.sent).toEqual([]);
  expect(screen.getByText(t.poll.closed)).toBeDefined();
  expect(screen.getByText('Trees')).toBeDefined();
  expect((screen.getByRole('button', { name: t.poll.send }) as HTMLButtonElement).disabled).toBe(true);
  // The next one takes the focus of the pill that asked for it.
  screen.getByRole('button', { name: t.now.newQuestion }).focus();
  await user.keyboard('{Enter}');
  expect(document.activeElement).toBe(screen.getByText('Which model?'));
});

it('leaves the focus at its place where the pill goes', async () => {
  render(<Pill />);
  screen.getByRole('button', { name: 'Update' }).focus();
  await userEvent.setup().keyboard('{Enter}');
  expect(screen.queryByRole('button')).toBeNull();
  expect(document.activeElement?.parentElement).toBe(screen.getByTestId('list'));
});
