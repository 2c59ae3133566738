// An idle session: a driver who does nothing and 20 people who watch. No connection may end: neither by the timeout of
// the y-websocket provider (30 s without a message) nor by ours (ping every 10 s, closed after 20 s).
import { io } from 'socket.io-client';
import { expect, it } from 'vitest';
import WebSocket from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { freePort } from '../support/server-process.ts';
import { startStoryProcess } from '../support/story-process.ts';

// Each provider listens for the end of the process; there are twenty-one.
process.setMaxListeners(0);

// Longer than any of these clocks runs; in CI long enough for several rounds of each.
const QUIET_MS = process.env['CI'] ? 120_000 : 40_000;
const WATCHERS = 20;
const CREATE_TOKEN = 'a-create-token-of-the-test';

it(`a driver and ${WATCHERS} watchers idle for ${QUIET_MS / 1_000} s without one reconnect`, async () => {
  const server = await startStoryProcess({ port: await freePort(), env: { CREATE_TOKEN } });
  const post = async (path: string, body: object, token?: string) =>
    (
      await fetch(server.url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
        body: JSON.stringify(body),
      })
    ).json();
  const session = await post('/api/sessions', {}, CREATE_TOKEN);
  const { sessionId } = session;
  const facilitator = await post(`/api/sessions/${sessionId}/facilitator`, { secret: session.facilitatorSecret });
  const tokens: string[] = [facilitator.token];
  for (let n = 0; n < WATCHERS; n++) tokens.push((await post('/api/join', { code: session.joinCode })).token);

  const ended: string[] = [];
  const all = tokens.map((token, n) => {
    const socket = io(server.url, {
      path: '/socket',
      transports: ['websocket'],
      forceNew: true,
      query: { session: sessionId },
      auth: { sessionId, token },
    });
    socket.on('disconnect', (reason) => ended.push(`socket ${n}: ${reason}`));
    class Authorized extends WebSocket {
      constructor(address: string, protocols?: string | string[]) {
        super(address, protocols, { headers: { Authorization: `Bearer ${token}` } });
      }
    }
    const provider = new WebsocketProvider(`${server.url.replace('http', 'ws')}/doc`, sessionId, new Y.Doc(), {
      WebSocketPolyfill: Authorized as unknown as typeof globalThis.WebSocket,
      disableBc: true,
    });
    provider.on('connection-close', (event) => ended.push(`text ${n}: ${event?.code}`));
    return { socket, provider };
  });
  await expect
    .poll(() => all.every(({ socket, provider }) => socket.connected && provider.synced), { timeout: 15_000 })
    .toBe(true);
  const [driver] = all;
  const ack = await driver?.socket.emitWithAck('command', { id: 'start-driving', type: 'driver.take' });
  expect(ack.ok).toBe(true);
  driver?.provider.awareness.setLocalStateField('cursor', { file: 'README.md', line: 1 });

  await new Promise((done) => setTimeout(done, QUIET_MS));
  expect(ended).toEqual([]);
  expect(all.every(({ socket, provider }) => socket.connected && provider.wsconnected)).toBe(true);

  for (const { socket, provider } of all) {
    socket.removeAllListeners();
    socket.close();
    provider.destroy();
  }
  await server.remove();
});
