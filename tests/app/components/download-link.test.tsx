// Downloads in a browser that keeps no cookies: by the token of the tab, with the name that the server gives the file.
import { screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { DownloadLink } from '#app/_session/download-link.tsx';
import { keepJoined } from '#app/_session/keep-joined.ts';
import { HOST } from '../../session-core/kit.ts';
import { openSession } from './session.tsx';

const REFUSED = { error: { code: 'not_joined', message: 'Join the session first.' } };
const json = (status: number, body: object) => new Response(JSON.stringify(body), { status });
afterEach(() => {
  vi.restoreAllMocks();
});

it('is a plain link where there is a cookie', async () => {
  const session = openSession();
  await session.show(HOST, <DownloadLink href="/api/x.csv">CSV</DownloadLink>);
  expect(screen.getByRole('link', { name: 'CSV' }).getAttribute('href')).toBe('/api/x.csv');
});

it('fetches with the token where there is none, and says what the server answers', async () => {
  const session = openSession();
  const asked: (string | null)[] = [];
  let full = true;
  const saved: string[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    saved.push(this.download);
  });
  await session.show(HOST, <DownloadLink href="/api/x.csv">CSV</DownloadLink>);
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    if (path.endsWith('/me')) return json(401, REFUSED);
    asked.push(new Headers(init.headers).get('authorization'));
    if (full) return json(401, REFUSED);
    return new Response('a,b', { headers: { 'content-disposition': 'attachment; filename="votes.csv"' } });
  });
  await keepJoined({ sessionId: session.id, participantId: HOST, token: 'token-of-anna' }, false);
  const button = await screen.findByRole('button', { name: 'CSV' });
  button.click();
  expect((await screen.findByRole('alert')).textContent).toBe('Join the session first.');
  full = false;
  button.click();
  await expect.poll(() => saved).toEqual(['votes.csv']);
  await expect.poll(() => screen.queryByRole('alert')).toBeNull();
  expect(asked).toEqual(['Bearer token-of-anna', 'Bearer token-of-anna']);
});
