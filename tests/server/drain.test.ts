// A server that is about to stop: pages and load balancers are informed, runs may end, and everybody comes back by
// themselves; and who reads its numbers.
import { afterEach, expect, it } from 'vitest';
import WebSocket from 'ws';
import { createMemoryStorage } from '#server/storage/memory.ts';
import { CLOSE } from '#session-core/protocol/close-codes.ts';
import { call, startTestServer, type TestServer } from '../support/test-server.ts';

const KEY = 'a-token-of-length-24-abc';
const servers: TestServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});
async function start(env: Record<string, string> = {}, options = {}) {
  const server = await startTestServer(env, options);
  servers.push(server);
  return server;
}

it('says so to probes and pages, closes sockets with 1012, and thirty people are back at the next start', async () => {
  // It outlives its server, as a file does.
  const storage = { ...createMemoryStorage(), close: async () => {} };
  const server = await start({}, { storage });
  const { sessionId, joinCode } = await server.create();
  const tokens: string[] = [];
  for (let i = 0; i < 30; i += 1) tokens.push((await server.join(joinCode)).token);
  const connect = (to: TestServer) =>
    Promise.all(tokens.map((token) => call(to.url, { sessionId, token }, { origin: to.url })));
  const people = await connect(server);
  const headers = { authorization: `Bearer ${tokens[0]}` };
  const text = new WebSocket(`${server.url.replace('http', 'ws')}/doc/${sessionId}`, { headers });
  await new Promise((done) => text.once('open', done));
  const closed = new Promise<number>((done) => text.once('close', done));
  expect((await server.ask('/readyz')).json).toEqual({ status: 'ready' });

  const drained = server.instance.drain();
  await Promise.all(
    people.map(({ until }) => until('patch', (patch) => JSON.stringify(patch).includes('"restarting"'))),
  );
  expect(await server.ask('/readyz', { headers: { host: '10.0.0.9' } })).toMatchObject({
    status: 503,
    json: { error: { code: 'not_ready', cause: 'draining' } },
  });
  expect((await server.ask('/healthz')).status).toBe(200);
  await drained;
  await server.close();
  servers.length = 0;
  expect(await closed).toBe(CLOSE.restart);
  await expect.poll(() => people.some(({ socket }) => socket.connected)).toBe(false);

  const again = await start({}, { storage });
  const back = await connect(again);
  expect(back.map((person) => person.snapshot().you !== null)).not.toContain(false);
  expect(back[0]?.snapshot().view).not.toHaveProperty('restarting');
  for (const { socket } of [...people, ...back]) socket.close();
});

it('its numbers are for this machine, or for who has the token', async () => {
  const server = await start({ METRICS_TOKEN: KEY });
  const proxied = { 'x-forwarded-for': '203.0.113.7' };
  expect((await server.ask('/metrics')).text).toContain('crowd_sockets');
  const refused = { status: 403, json: { error: { code: 'metrics_not_local' } } };
  expect(await server.ask('/metrics', { headers: proxied })).toMatchObject(refused);
  expect(await server.ask('/metrics', { headers: proxied, token: `${KEY}x` })).toMatchObject(refused);
  expect((await server.ask('/metrics', { headers: proxied, token: KEY })).status).toBe(200);
});
