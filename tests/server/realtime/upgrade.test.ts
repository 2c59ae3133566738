// The text socket's entry: which sessions and people it opens for, with the close codes of the wire's table.
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { CLOSE } from '#session-core/protocol/close-codes.ts';
import { TOKEN_PROTOCOL } from '#session-core/protocol/messages.ts';
import { call, startTestServer, type TestServer } from '#tests/support/test-server.ts';

let server: TestServer;
let session: Awaited<ReturnType<TestServer['create']>>;
beforeAll(async () => {
  server = await startTestServer();
  session = await server.create();
});
afterAll(() => server.close());

interface Opened {
  readonly socket: WebSocket;
  readonly closed: Promise<number>;
  readonly frames: Buffer[];
}
function text(
  path: string,
  headers: Record<string, string> = { origin: server.url },
  protocols: string[] = [],
): Promise<Opened> {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}${path}`, protocols, { headers });
  const frames: Buffer[] = [];
  socket.on('message', (frame: Buffer) => frames.push(frame));
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('open', () => resolve({ socket, closed, frames }));
  });
}

describe('the text socket', () => {
  it('closes with 4404 where there is no such session', async () => {
    expect(await (await text('/doc/nope')).closed).toBe(CLOSE.notFound);
  });

  it('closes with 4403 for a wrong token and a removed person', async () => {
    const wrong = await text(`/doc/${session.sessionId}`, { authorization: 'Bearer wrong' });
    expect(await wrong.closed).toBe(CLOSE.forbidden);
    const ana = await server.join(session.joinCode, 'Ana');
    const { json: boss } = await server.ask(`/api/sessions/${session.sessionId}/facilitator`, {
      method: 'POST',
      body: { secret: session.facilitatorSecret },
    });
    const hers = { authorization: `Bearer ${ana.token}` };
    const open = await text(`/doc/${session.sessionId}`, hers);
    const caller = await call(server.url, { sessionId: session.sessionId, token: boss.token });
    await caller.command({ type: 'participant.remove', participant: ana.participantId });
    caller.socket.close();
    expect(await open.closed).toBe(CLOSE.forbidden);
    expect(await (await text(`/doc/${session.sessionId}`, hers)).closed).toBe(CLOSE.forbidden);
  });

  it('opens to a viewer of our page, and speaks y-websocket to it', async () => {
    const viewer = await text(`/doc/${session.sessionId}`);
    // Sync step 1 with an empty state vector.
    viewer.socket.send(Buffer.from([0, 0, 1, 0]));
    await expect.poll(() => viewer.frames.length).toBeGreaterThan(0);
    // Frames of the published protocol only: 0 sync, 1 awareness.
    expect(viewer.frames.every((frame) => frame[0] === 0 || frame[0] === 1)).toBe(true);
    viewer.socket.close();
  });

  it('keeps eight of one person: the ninth closes the oldest with 4429', async () => {
    const { token } = await server.join(session.joinCode, 'Tabs');
    const all: Opened[] = [];
    for (let n = 0; n < 9; n++)
      all.push(await text(`/doc/${session.sessionId}?tab=t${n}`, { authorization: `Bearer ${token}` }));
    expect(await all[0]?.closed).toBe(CLOSE.tooManyTabs);
    expect(all.slice(1).every(({ socket }) => socket.readyState === WebSocket.OPEN)).toBe(true);
    for (const { socket } of all) socket.close();
  });

  it('knows a page without cookies by the token in its subprotocol', async () => {
    const { token } = await server.join(session.joinCode, 'Cookieless');
    const open = (shown: string) => text(`/doc/${session.sessionId}`, { origin: server.url }, [TOKEN_PROTOCOL + shown]);
    const wrong = await open('wrong');
    expect(await wrong.closed).toBe(CLOSE.forbidden);
    // Counted as this person's tabs, like those with a cookie.
    const all: Opened[] = [];
    for (let n = 0; n < 9; n++) all.push(await open(token));
    expect(await all[0]?.closed).toBe(CLOSE.tooManyTabs);
    for (const { socket } of all) socket.close();
  });

  it('is closed by a frame above its limit, alone and for good; by one above a megabyte before it is read', async () => {
    const [heavy, light] = [await text(`/doc/${session.sessionId}`), await text(`/doc/${session.sessionId}`)];
    heavy.socket.send(Buffer.alloc(300_000));
    expect(await heavy.closed).toBe(4409);
    const heavier = await text(`/doc/${session.sessionId}`);
    heavier.socket.send(Buffer.alloc(1_100_000));
    expect(await heavier.closed).toBe(1009);
    expect(light.socket.readyState).toBe(WebSocket.OPEN);
    light.socket.close();
  });

  it('does not open anywhere else', async () => {
    for (const path of ['/doc/', '/doc', '/doc/a/b', '/other', '/_next/x'])
      await expect(text(path)).rejects.toThrow('404');
  });

  it('lets go of a refused connection that its client keeps open, and has read nothing of it', async () => {
    const { port } = new URL(server.url);
    const client = connect({ port: Number(port), host: '127.0.0.1', allowHalfOpen: true });
    let answer = '';
    client.on('data', (text) => {
      answer += text;
    });
    const gone = new Promise<void>((resolve) => client.once('close', () => resolve()));
    client.on('error', () => {});
    client.write(
      'GET /doc/x/y HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
        'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\nmore',
    );
    // It never hangs up: a write fails once the server has.
    const writing = setInterval(() => client.write('x'), 50);
    await gone;
    clearInterval(writing);
    expect(answer).toMatch(/^HTTP\/1\.1 40[34] /);
  });
});
