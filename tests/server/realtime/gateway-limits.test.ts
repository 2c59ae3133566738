// What one connection of Socket.IO may cost the others: floods of packets and of questions.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, startTestServer, type TestServer } from '#tests/support/test-server.ts';

let server: TestServer;
let session: Awaited<ReturnType<TestServer['create']>>;
beforeAll(async () => {
  server = await startTestServer();
  session = await server.create();
});
afterAll(() => server.close());
const enter = () => call(server.url, { sessionId: session.sessionId }, { origin: server.url });

describe('a flood', () => {
  it('of questions for what is missing gets one answer at a time, to the last of them', async () => {
    const viewer = await enter();
    const snapshots = () => viewer.got.filter(({ event }) => event === 'snapshot').length;
    for (let i = 0; i < 100; i += 1) viewer.socket.emit('resync', { seq: 1_000 });
    // The first, five at once, and one that answers all that were asked meanwhile.
    await expect.poll(snapshots).toBe(7);
    await viewer.command({ type: 'hand.raise' });
    expect(snapshots()).toBe(7);
  });

  it.each(['websocket', 'polling'] as const)('of packets closes its own connection alone, by %s', async (transport) => {
    const quiet = await enter();
    const loud = await call(server.url, { sessionId: session.sessionId }, { origin: server.url }, transport);
    const gone = new Promise((resolve) => loud.socket.on('disconnect', resolve));
    for (let i = 0; i < 400; i += 1) loud.socket.emit('nothing', i);
    expect(await gone).toMatch(/transport/);
    expect(await quiet.command({ type: 'hand.raise' })).toMatchObject({ rejection: { code: 'not_joined' } });
  });
});
