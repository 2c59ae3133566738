// The browser says "offline" and "online" before a connection notices: the page shows it at once and comes back at once.
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { type ConnectionState, connect } from '#app/_session/connection.ts';
import { openText } from '#app/_session/text/doc-provider.ts';
import { startTestServer, type TestServer } from '#tests/support/test-server.ts';

const at = vi.hoisted(() => ({ url: '' }));
vi.mock('socket.io-client', async (original) => {
  const real = await original<typeof import('socket.io-client')>();
  // No back-off ends within the time of a test: what comes back did not wait for it.
  const slow = { reconnectionDelay: 3_600_000, reconnectionDelayMax: 3_600_000, forceNew: true };
  return {
    ...real,
    io: (options: object) => real.io(at.url, { ...options, ...slow, extraHeaders: { origin: at.url } }),
  };
});

let server: TestServer;
let sessionId: string;
beforeAll(async () => {
  server = await startTestServer();
  at.url = server.url;
  sessionId = (await server.create()).sessionId;
});
afterAll(() => server.close());

const listeners = new Map<string, Set<() => void>>();
const happens = (event: string) => {
  for (const listener of [...(listeners.get(event) ?? [])]) listener();
};
let reachable = true;
beforeEach(() => {
  reachable = true;
  listeners.clear();
  vi.stubGlobal('addEventListener', (name: string, listener: () => void) => {
    listeners.set(name, (listeners.get(name) ?? new Set()).add(listener));
  });
  vi.stubGlobal('removeEventListener', (name: string, listener: () => void) => listeners.get(name)?.delete(listener));
  vi.stubGlobal('fetch', () => (reachable ? Promise.resolve(new Response()) : Promise.reject(new Error('offline'))));
});
afterEach(() => vi.unstubAllGlobals());

function openPage() {
  const states: ConnectionState[] = [];
  const page = connect(
    { sessionId, tab: 'a', viewer: true },
    {
      snapshot: () => {},
      patch: () => true,
      you: () => true,
      progress: () => {},
      connection: (state) => states.push(state),
      final: () => {},
      held: () => null,
      shown: () => ({ view: null, you: null }),
    },
  );
  return { page, states, status: () => states.at(-1)?.status };
}

it('is offline as soon as the browser says so and a request fails, and live as soon as there is a network', async () => {
  const { page, status, states } = openPage();
  await expect.poll(status).toBe('live');
  reachable = false;
  happens('offline');
  await expect.poll(status).toBe('offline');
  // Not by way of "delayed", which a lost connection is for its first ten seconds.
  expect(states.map((state) => state.status)).not.toContain('delayed');
  reachable = true;
  happens('online');
  await expect.poll(status).toBe('live');
  page.close();
});

it('stays live where the browser says "offline" and the server answers all the same, as on this machine', async () => {
  const { page, status, states } = openPage();
  await expect.poll(status).toBe('live');
  const before = states.length;
  happens('offline');
  await page.send({ type: 'hand.raise' });
  expect(states.slice(before)).toEqual([]);
  page.close();
});

it('"Try now" does not wait for the back-off', async () => {
  const { page, status } = openPage();
  await expect.poll(status).toBe('live');
  reachable = false;
  happens('offline');
  await expect.poll(status).toBe('offline');
  page.retry();
  await expect.poll(status).toBe('live');
  page.close();
});

it('a text connection that cannot be made says so', async () => {
  class Blocked {
    static readonly OPEN = 1;
    onclose: (event: object) => void = () => {};
    constructor() {
      setTimeout(() => this.onclose({ code: 1006 }), 0);
    }
    close(): void {}
    send(): void {}
  }
  vi.stubGlobal('WebSocket', Blocked);
  const text = openText(`${server.url.replace('http', 'ws')}/doc`, sessionId, 'a');
  expect(text.state().unreachable).toBe(false);
  await expect.poll(() => text.state().unreachable).toBe(true);
  expect(text.state()).toMatchObject({ connected: false, loaded: false, closed: null });
  text.close();
});
