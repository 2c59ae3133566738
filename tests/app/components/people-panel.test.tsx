// The participants on the host page: who let whom in, and who goes with a facilitator who is removed.
import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { PeoplePanel } from '#app/_features/people/people-panel.tsx';
import { HOST, next, play, start } from '../../session-core/kit.ts';
import { openSession } from './session.tsx';

/** `start`, with Second, let in by the host, and Third, let in by Second. */
function withCoHosts() {
  const letIn = (by: string, displayName: string, before = start()) => {
    const linked = play(before, [null, { type: 'facilitator.link', hash: displayName, madeBy: 'facilitator', by }]);
    const link = Object.keys(linked.facilitatorLinks).at(-1) ?? '';
    const id = next('p', linked);
    const join = { type: 'participant.join', displayName, tokenHash: displayName, facilitator: true, link } as const;
    return { id, state: play(linked, [null, join]) };
  };
  const second = letIn(HOST, 'Second');
  const third = letIn(second.id, 'Third', second.state);
  return { second: second.id, third: third.id, state: third.state };
}

it('names whom a removed facilitator let in, and removes them along unless one says not to', async () => {
  const { state, second, third } = withCoHosts();
  const session = openSession(state);
  const { user } = await session.show(HOST, <PeoplePanel />);
  const row = () => screen.getByText('Second', { selector: 'li > span > span' }).closest('li') as HTMLElement;
  expect(screen.getByText(/let in by .*Second/)).toBeTruthy();
  await user.click(within(row()).getByRole('button', { name: 'Remove' }));
  const along = () =>
    within(screen.getByRole('dialog')).getByRole('switch', { name: /Remove whom they let in.*Third/ });
  expect(along().getAttribute('aria-checked')).toBe('true');
  await user.click(along());
  await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Cancel' }));
  // Asked anew, it is as by default.
  await user.click(within(row()).getByRole('button', { name: 'Remove' }));
  expect(along().getAttribute('aria-checked')).toBe('true');
  await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Remove' }));
  expect([second, third].map((id) => session.state().participants[id]?.removed)).toEqual([true, true]);
});

it('asks nothing of the kind for a facilitator who let nobody in', async () => {
  const { state } = withCoHosts();
  const session = openSession(state);
  const { user } = await session.show(HOST, <PeoplePanel />);
  const row = screen.getByText('Third', { selector: 'li > span > span' }).closest('li') as HTMLElement;
  await user.click(within(row).getByRole('button', { name: 'Remove' }));
  expect(within(screen.getByRole('dialog')).getAllByRole('switch')).toHaveLength(1);
});
