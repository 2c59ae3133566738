// Joining with and without cookies: who has joined is in, once, and is not shown the form again.
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { JoinForm } from '#app/_features/join/join-form.tsx';
import { JoinHere } from '#app/_features/join/join-here.tsx';
import { ask } from '#app/_session/http.ts';
import { tabToken } from '#app/_session/tokens.ts';
import { t } from '#app/_strings/strings.ts';
import { JoinSurface } from '#app/_surfaces/join-surface.tsx';
import { ParticipantSurface } from '#app/_surfaces/participant-surface.tsx';
import { SessionGate } from '#app/_surfaces/session-gate.tsx';
import { meRoute } from '#session-core/protocol/http-api/session-routes.ts';
import { BEN, HOST } from '../../session-core/kit.ts';
import { pushed } from './navigation.ts';
import { openSession } from './session.tsx';

const REFUSED = { error: { code: 'not_joined', message: 'Join the session first.' } };
let joins = 0;
let headers: (string | undefined)[] = [];
const assigned: string[] = [];

/** @param me what the server says to somebody who comes with the cookie that it has just set */
function answering(sessionId: string, me: (who: string) => readonly [number, object]) {
  const joined = { sessionId, participantId: 'p5', displayName: 'Anna', token: 'token-of-anna' };
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    if (path.endsWith('/me')) {
      headers.push((init.headers as Record<string, string>)['authorization']);
      const [status, body] = me(joined.participantId);
      return new Response(JSON.stringify(body), { status });
    }
    joins += 1;
    return new Response(JSON.stringify(joined), { status: 200 });
  });
}

async function join(onHeld: (session: string) => void = () => undefined): Promise<void> {
  render(<JoinForm code="BCDFGH" title="Grades" displayName="Anna" onHeld={onHeld} />);
  await userEvent.setup().click(screen.getByRole('button', { name: t.join.go }));
}

beforeEach(() => {
  joins = 0;
  headers = [];
  pushed.length = 0;
  assigned.length = 0;
  vi.spyOn(location, 'assign').mockImplementation((to) => void assigned.push(String(to)));
});

it('goes on without a page load where the cookie was kept', async () => {
  answering('kept', (participantId) => [
    200,
    { sessionId: 'kept', participantId, displayName: 'Anna', facilitator: false },
  ]);
  await join();
  await expect.poll(() => pushed).toEqual(['/s/kept']);
  await expect.poll(() => headers).toEqual([undefined]);
  expect([tabToken('kept'), assigned]).toEqual([null, []]);
});

it('does not take a lost connection for a browser without cookies', async () => {
  answering('lost', () => [502, {}]);
  await join();
  await expect.poll(() => pushed).toEqual(['/s/lost']);
  expect(tabToken('lost')).toBeNull();
});

it('fetches what the session will need while somebody reads the form, four at once, and goes on where one does not come', async () => {
  const files = Array.from({ length: 9 }, (_, i) => `/_next/static/chunks/${i}.js`);
  let under = 0;
  let most = 0;
  const fetched: string[] = [];
  vi.stubGlobal('fetch', async (path: string) => {
    fetched.push(path);
    under += 1;
    most = Math.max(most, under);
    await new Promise((done) => setTimeout(done, 5));
    under -= 1;
    if (path === files[0]) throw new TypeError('no network');
    return new Response('');
  });
  render(<JoinForm code="BCDFGH" title="Grades" displayName="Anna" ahead={files} />);
  await expect.poll(() => fetched).toEqual(files);
  expect(most).toBe(4);
});

describe('a browser that keeps no cookies', () => {
  it.each([
    ['none at all', 'none', () => [401, REFUSED] as const],
    [
      'an old one of somebody else',
      'old',
      () => [200, { sessionId: 'old', participantId: 'p9', displayName: 'Ben', facilitator: false }] as const,
    ],
  ])('or %s joins once and goes on by the token, without a page load', async (_, sessionId, me) => {
    answering(sessionId, me);
    await join();
    await expect.poll(() => pushed).toEqual([`/s/${sessionId}`]);
    expect([joins, assigned]).toEqual([1, []]);
    await expect.poll(() => tabToken(sessionId)).toBe('token-of-anna');
    await ask(meRoute, { params: { id: sessionId } });
    expect(headers).toEqual([undefined, 'Bearer token-of-anna']);
    await ask(meRoute, { params: { id: 'another' } });
    expect(headers.at(-1)).toBeUndefined();
    cleanup();
  });
});

describe('under a path, where the next page is loaded anew', () => {
  beforeEach(() => {
    document.documentElement.dataset['base'] = '/crowd';
  });
  afterEach(() => {
    delete document.documentElement.dataset['base'];
    history.replaceState(null, '', '/');
  });

  it('a browser without cookies goes on in this one', async () => {
    const held: string[] = [];
    answering('path-none', () => [401, REFUSED]);
    await join((session) => void held.push(session));
    await expect.poll(() => held).toEqual(['path-none']);
    expect([tabToken('path-none'), assigned, pushed, joins]).toEqual(['token-of-anna', [], [], 1]);
    expect(location.pathname).toBe('/crowd/s/path-none');
  });

  it('which is then called by the session, with the focus where the session begins', async () => {
    const session = openSession();
    answering('path-here', () => [401, REFUSED]);
    document.title = 'Join';
    const { user } = await session.show(BEN, <JoinSurface code="BCDFGH" title="Grades" displayName="Anna" />);
    await user.click(screen.getByRole('button', { name: t.join.go }));
    await screen.findByRole('navigation', { name: t.tabs.label });
    expect(document.title).toBe(`Grades · ${t.product}`);
    await expect.poll(() => document.activeElement).toBe(screen.getByRole('main'));
    expect(document.activeElement?.id).toBe('main');
  });

  it('any other loads it once the cookie is known to be kept', async () => {
    answering('path-kept', (participantId) => [
      200,
      { sessionId: 'path-kept', participantId, displayName: 'Anna', facilitator: false },
    ]);
    await join();
    await expect.poll(() => assigned).toEqual(['/crowd/s/path-kept']);
    expect([tabToken('path-kept'), headers]).toEqual([null, [undefined]]);
  });
});

it("goes on where the session begins after a join on the session's own page", async () => {
  const session = openSession();
  answering(session.id, (participantId) => [
    200,
    { sessionId: session.id, participantId, displayName: 'Anna', facilitator: false },
  ]);
  history.replaceState(null, '', `/s/${session.id}`);
  const { user } = await session.show(
    null,
    <SessionGate sessionId={session.id}>
      <ParticipantSurface />
    </SessionGate>,
  );
  session.becomes(BEN);
  await user.click(await screen.findByRole('button', { name: t.join.go }));
  await screen.findByRole('navigation', { name: t.tabs.label });
  await expect.poll(() => document.activeElement?.id).toBe('main');
  history.replaceState(null, '', '/');
});

it('says before a name is asked for that the session is closed to newcomers, and asks once it is open again', async () => {
  const session = openSession();
  await session.say(HOST, { type: 'session.configure', locked: true });
  await session.show(null, <JoinHere code="BCDFGH" title="Grades" />);
  expect((await screen.findByRole('alert')).textContent).toBe(t.rejections.session_locked({}));
  expect(screen.queryByRole('button', { name: t.join.go })).toBeNull();
  await session.say(HOST, { type: 'session.configure', locked: false });
  await screen.findByRole('button', { name: t.join.go });
});
