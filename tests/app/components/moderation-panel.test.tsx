// The facilitator's list of what waits for approval: nothing moves or vanishes under a finger.
import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { ModerationPanel } from '#app/_features/moderation/moderation-panel.tsx';
import { t } from '#app/_strings/strings.ts';
import { ANNA, BEN, CLEO, HOST, play, start, withSuggestion } from '../../session-core/kit.ts';
import { openSession } from './session.tsx';

const cards = () => screen.queryAllByRole('article').map((card) => card.querySelector('[dir="auto"]')?.textContent);
const add = (text: string) => ({ type: 'suggestion.add', text }) as const;

function waiting() {
  const approving = play(start(), [HOST, { type: 'session.configure', approveFirst: true }]);
  const [one] = withSuggestion(approving, { by: BEN, text: 'more trees' });
  return withSuggestion(one, { by: ANNA, text: 'leave out age' })[0];
}

it('keeps a declined card at its place with Undo, and new ones come at the end', async () => {
  const session = openSession(waiting());
  const { user } = await session.show(HOST, <ModerationPanel />);
  expect(cards()).toEqual(['more trees', 'leave out age']);
  const first = () => screen.getAllByRole('article')[0] as HTMLElement;
  await user.click(within(first()).getByRole('button', { name: t.host.decline }));
  await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Later' }));
  expect(cards()).toEqual(['more trees', 'leave out age']);
  expect(within(first()).getByText(t.card.declined('Later'))).toBeTruthy();
  await session.say(CLEO, add('try knn'));
  expect(cards()).toEqual(['more trees', 'leave out age', 'try knn']);
  await user.click(within(first()).getByRole('button', { name: t.host.undo }));
  expect(within(first()).getByRole('button', { name: t.host.approve })).toBeTruthy();
});

it('leaves out what was decided once the facilitator asks for the new order', async () => {
  const session = openSession(waiting());
  const { user } = await session.show(HOST, <ModerationPanel />);
  await user.click(screen.getAllByRole('button', { name: t.host.approve })[0] as HTMLElement);
  expect(cards()).toEqual(['more trees', 'leave out age']);
  await user.click(screen.getByRole('button', { name: t.queue.orderPill(0, true) }));
  expect(cards()).toEqual(['leave out age']);
});
