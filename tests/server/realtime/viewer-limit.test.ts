// How many may watch without a token: counted by address and by session, on both kinds of socket.
import { afterEach, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { networkOf } from '#server/platform/network.ts';
import { ViewerLimit } from '#server/realtime/viewer-limit.ts';
import { CLOSE } from '#session-core/protocol/close-codes.ts';
import { type Caller, call, startTestServer, type TestServer } from '#tests/support/test-server.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

describe('the count', () => {
  it('lets a whole building watch, and one address no more than it may', () => {
    const limit = new ViewerLimit({ perAddress: 500, perSession: 2_000 });
    const all = Array.from({ length: 500 }, () => limit.enter('10.0.0.1', 's'));
    expect(all.every(({ ok }) => ok)).toBe(true);
    expect(limit.enter('10.0.0.1', 'another')).toEqual({ ok: false, full: 'address' });
    expect(limit.enter('10.0.0.2', 's').ok).toBe(true);
  });

  it('knows a session that is full, wherever people come from', () => {
    const limit = new ViewerLimit({ perAddress: 5, perSession: 2 });
    expect([limit.enter('a', 's'), limit.enter('b', 's')].every(({ ok }) => ok)).toBe(true);
    expect(limit.enter('c', 's')).toEqual({ ok: false, full: 'session' });
    expect(limit.enter('c', 't').ok).toBe(true);
  });

  it('is given back once for each, and then forgets the address', () => {
    const limit = new ViewerLimit({ perAddress: 2, perSession: 2 });
    const first = limit.enter('a', 's');
    limit.enter('a', 's');
    if (!first.ok) throw new Error('it was empty');
    first.leave();
    first.leave();
    const again = limit.enter('a', 's');
    expect(again.ok).toBe(true);
    expect(limit.enter('a', 's').ok).toBe(false);
    const other = new ViewerLimit({ perAddress: 1, perSession: 1 });
    const only = other.enter('a', 's');
    if (only.ok) only.leave();
    expect(other.size).toBe(0);
  });

  it.each([
    ['192.0.2.7:5555', '192.0.2.7'],
    ['"[2001:db8:1:2::3]:443"', '2001:db8:1:2::/64'],
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:1:2::6', '2001:db8:1:2::/64'],
    ['2001:db8::5:6', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['2001:db8:1:2::192.0.2.7', '2001:db8:1:2::/64'],
    ['whatever a header says', 'whatever a header says'],
    ['', ''],
  ])('takes %s as %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});

async function serverWithSession(env: Record<string, string>) {
  const server = await startTestServer(env);
  cleanups.push(() => server.close());
  return { server, session: await server.create() };
}

function text(server: TestServer, id: string, headers: Record<string, string> = {}) {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/doc/${id}`, {
    headers: { origin: server.url, ...headers },
  });
  cleanups.push(() => socket.terminate());
  const closed = new Promise<{ code: number; sentence: string }>((resolve) =>
    socket.on('close', (code, sentence) => resolve({ code, sentence: sentence.toString() })),
  );
  // The server greets everybody who may stay.
  const stays = new Promise<boolean>((resolve) => {
    socket.on('message', () => resolve(true));
    socket.on('close', () => resolve(false));
    socket.on('open', () => socket.send(Uint8Array.of(0, 0, 1, 0)));
  });
  return { socket, closed, stays };
}

describe('a text socket without a token', () => {
  it('is closed with a sentence when its address has too many, and let in when one has left', async () => {
    const { server, session } = await serverWithSession({ VIEWERS_PER_ADDRESS: '2' });
    const [one, two] = [text(server, session.sessionId), text(server, session.sessionId)];
    expect([await one.stays, await two.stays]).toEqual([true, true]);
    expect(await text(server, session.sessionId).closed).toEqual({
      code: CLOSE.tooManyViewers,
      sentence: expect.stringMatching(/^Too many viewers from your network .*join with the code/),
    });
    const { token } = await server.join(session.joinCode, 'Ana');
    expect(await text(server, session.sessionId, { authorization: `Bearer ${token}` }).stays).toBe(true);
    one.socket.close();
    await one.closed;
    await expect.poll(() => text(server, session.sessionId).stays).toBe(true);
  });

  it('is counted by the address that the proxy saw', async () => {
    const { server, session } = await serverWithSession({ VIEWERS_PER_ADDRESS: '1', TRUST_PROXY: '1' });
    const from = (address: string) => text(server, session.sessionId, { 'x-forwarded-for': address });
    expect(await from('192.0.2.1').stays).toBe(true);
    expect(await from('192.0.2.2').stays).toBe(true);
    expect((await from('192.0.2.1').closed).code).toBe(CLOSE.tooManyViewers);
  });

  it('is closed when the session has too many, and another session is not full', async () => {
    const { server, session } = await serverWithSession({ VIEWERS_PER_SESSION: '1' });
    expect(await text(server, session.sessionId).stays).toBe(true);
    expect(await text(server, session.sessionId).closed).toEqual({
      code: CLOSE.tooManyViewers,
      sentence: expect.stringMatching(/^Too many viewers of this session/),
    });
    expect(await text(server, (await server.create()).sessionId).stays).toBe(true);
  });
});

describe('a Socket.IO connection without a token', () => {
  const enter = async (server: TestServer, auth: object, headers: Record<string, string> = {}): Promise<Caller> => {
    const caller = await call(server.url, auth, { origin: server.url, ...headers });
    cleanups.push(() => caller.socket.close());
    return caller;
  };

  it('is refused with a sentence when there are too many; who has a token gets in, and may watch', async () => {
    const { server, session } = await serverWithSession({ VIEWERS_PER_ADDRESS: '2' });
    const auth = { sessionId: session.sessionId };
    const first = await enter(server, auth);
    await enter(server, auth);
    await expect(enter(server, auth)).rejects.toMatchObject({
      data: { code: 'too_many_viewers', message: expect.stringMatching(/^Too many viewers from your network/) },
    });
    const { token } = await server.join(session.joinCode, 'Ana');
    await enter(server, { ...auth, token });
    const projector = await enter(server, { ...auth, viewer: true }, { cookie: `cp_${session.sessionId}=${token}` });
    expect(projector.snapshot().you).toBeNull();
    first.socket.close();
    await expect
      .poll(() =>
        enter(server, auth).then(
          () => true,
          () => false,
        ),
      )
      .toBe(true);
  });

  it('does not count two hundred people of one address who come at once as too many', async () => {
    const { server, session } = await serverWithSession({});
    const all = await Promise.all(Array.from({ length: 200 }, () => enter(server, { sessionId: session.sessionId })));
    expect(all.every(({ socket }) => socket.connected)).toBe(true);
  });

  it('that never says who it is takes one of a bounded number of places, and gives it back', async () => {
    const { server, session } = await serverWithSession({ VIEWERS_PER_ADDRESS: '2' });
    const silent = Array.from({ length: 6 }, () => {
      const socket = new WebSocket(`${server.url.replace('http', 'ws')}/socket/?EIO=4&transport=websocket`, {
        headers: { origin: server.url },
      });
      cleanups.push(() => socket.terminate());
      return socket;
    });
    const closed = () => silent.filter(({ readyState }) => readyState === WebSocket.CLOSED).length;
    await expect.poll(closed).toBe(2);
    expect(silent.filter(({ readyState }) => readyState === WebSocket.OPEN)).toHaveLength(4);
    for (const socket of silent) socket.close();
    await expect.poll(closed).toBe(6);
    expect((await enter(server, { sessionId: session.sessionId })).socket.connected).toBe(true);
  });
});
