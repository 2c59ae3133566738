// Facilitator links on the host page: shown once with Copy, listed without their secret, revoked; kept by who creates.
import { cleanup, screen, within } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { FacilitatorLinks, FirstLink } from '#app/_features/people/facilitator-links.tsx';
import { holdToken } from '#app/_session/tokens.ts';
import { HOST, play, start } from '../../session-core/kit.ts';
import { openSession } from './session.tsx';

const SECRET = 'AAAAAAAAAAAAAAAAAAAAAA';
const made = { link: 'l9', secret: SECRET, hostUrl: `https://elsewhere.example/s/session/host#${SECRET}` };
afterEach(() => history.replaceState(null, '', '/'));

it('shows a new link once, by the address that this browser uses', async () => {
  const session = openSession();
  session.answers['/facilitator-links'] = made;
  const { user } = await session.show(HOST, <FacilitatorLinks />);
  await user.click(screen.getByRole('button', { name: 'A link for a co-host' }));
  const dialog = await screen.findByRole('dialog', { name: 'A link for a co-host' });
  const field = within(dialog).getByLabelText<HTMLInputElement>('Facilitator link');
  expect(field.value).toBe(`${location.origin}/s/session/host#${SECRET}`);
  await user.click(within(dialog).getByRole('button', { name: 'Copy' }));
  expect(await within(dialog).findByRole('button', { name: /Copied|Selected/ })).toBeTruthy();
  await user.click(within(dialog).getByRole('button', { name: 'Done' }));
  expect(document.body.innerHTML).not.toContain(SECRET);
});

it('opens with a link to keep for whoever has just created the session', async () => {
  history.replaceState(null, '', '/s/session/host?created');
  const session = openSession();
  session.answers['/facilitator-links'] = made;
  await session.show(HOST, <FirstLink />);
  expect(await screen.findByRole('dialog', { name: 'Keep this link' })).toBeTruthy();
  expect(location.search).toBe('');
});

it('opens with a link to keep where the browser keeps no cookies, since a reload forgets who this is', async () => {
  const session = openSession();
  session.answers['/facilitator-links'] = made;
  await session.show(HOST, <FirstLink />);
  expect(screen.queryByRole('dialog')).toBeNull();
  cleanup();
  holdToken(session.id, 'token');
  await session.show(HOST, <FirstLink />);
  expect(await screen.findByRole('dialog', { name: 'Keep this link' })).toBeTruthy();
});

it('lists unused links and revokes them', async () => {
  const link = { type: 'facilitator.link', hash: 'h2', madeBy: 'facilitator', by: HOST } as const;
  const session = openSession(play(start(), [null, link]));
  const { user } = await session.show(HOST, <FacilitatorLinks />);
  const row = screen.getByText(/Made by/).closest('li');
  await user.click(within(row as HTMLElement).getByRole('button', { name: 'Revoke' }));
  expect(Object.keys(session.state().facilitatorLinks)).toEqual(['l1']);
  expect(screen.queryByText(/Made by/)).toBeNull();
});
