// The facilitator's page opened by a link: a lost answer is asked for again, and a secret that was not answered is not lost.
import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { HostGate } from '#app/_surfaces/host-gate.tsx';
import { HOST } from '../../session-core/kit.ts';
import { openSession } from './session.tsx';

const SECRET = 'AAAAAAAAAAAAAAAAAAAAAA';
const sent: { secret: string; attempt: string }[] = [];
let failures = 0;

function answering(): void {
  sent.length = 0;
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    const joined = { sessionId: 'session', participantId: HOST, displayName: 'Facilitator', token: 'token' };
    if (path.endsWith('/me')) return new Response(JSON.stringify({ ...joined, facilitator: true }), { status: 200 });
    if (!path.endsWith('/facilitator')) return new Response('{}', { status: 404 });
    sent.push(JSON.parse(String(init.body)));
    if (failures-- > 0) throw new TypeError('Failed to fetch');
    const { secret } = JSON.parse(String(init.body));
    return secret === SECRET
      ? new Response(JSON.stringify(joined), { status: 200 })
      : new Response(JSON.stringify({ error: { code: 'wrong_secret', message: 'This link is not valid.' } }), {
          status: 403,
        });
  });
}
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.useRealTimers();
  history.replaceState(null, '', '/');
});

function openLink(hash: string): void {
  history.replaceState(null, '', `/s/session/host${hash}`);
  openSession();
  answering();
  render(<HostGate sessionId="session">the host page</HostGate>);
}

it.each(['', '.', '>', '&gt;', '"', ')', '%20'])('reads the secret of a link that ends in %j', async (end) => {
  failures = 0;
  openLink(`#${SECRET}${end}`);
  await expect.poll(() => sent.map(({ secret }) => secret)).toEqual([SECRET]);
});

/** The page's clock goes on by a second at each look. */
const later = async <T,>(look: () => T): Promise<T> => {
  await act(() => vi.advanceTimersByTimeAsync(1_000));
  return look();
};

it('asks again with the same attempt where the answer was lost', async () => {
  vi.useFakeTimers();
  failures = 2;
  openLink(`#${SECRET}`);
  await expect.poll(() => later(() => sent.length)).toBe(3);
  expect(new Set(sent.map(({ attempt }) => attempt)).size).toBe(1);
  expect(sent[0]?.attempt).toMatch(/^[\w-]{22,}$/);
  expect(location.hash).toBe('');
});

it('keeps the secret in its field where nothing was answered at all', async () => {
  vi.useFakeTimers();
  failures = 99;
  openLink(`#${SECRET}`);
  const field = () => screen.queryByLabelText<HTMLInputElement>('Facilitator link')?.value;
  await expect.poll(() => later(field)).toBe(SECRET);
});
