// Who may ask from where: Host and Origin on routes, on polling and on both upgrades; proxies; the token for creating.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { call, startTestServer, type TestServer } from '#tests/support/test-server.ts';

let server: TestServer;
let session: Awaited<ReturnType<TestServer['create']>>;
let token: string;
beforeAll(async () => {
  server = await startTestServer();
  session = await server.create();
  ({ token } = await server.join(session.joinCode, 'Ana'));
});
afterAll(() => server.close());

/** Status of the refused handshake, or the close code, or 'open'. */
function upgrade(path: string, headers: Record<string, string>): Promise<number | 'open'> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}${path}`, { headers });
    socket.on('unexpected-response', (request, response) => {
      request.destroy();
      resolve(response.statusCode ?? 0);
    });
    socket.on('error', reject);
    socket.on('close', (code) => resolve(code));
    socket.on('open', () => {
      // Who is shown out after the handshake gets no pong.
      socket.once('pong', () => {
        resolve('open');
        socket.terminate();
      });
      socket.ping();
    });
  });
}
const POLLING = '/socket/?EIO=4&transport=polling';
const SOCKET = '/socket/?EIO=4&transport=websocket';
const doc = () => `/doc/${session.sessionId}`;
const bearer = () => ({ authorization: `Bearer ${token}` });
const FOREIGN = ['http://evil.example', 'null', 'http://localhost:1', 'https://localhost', ''];

describe('foreign origins', () => {
  it.each(FOREIGN)('%j is refused on routes, polling and both upgrades, with a token too', async (origin) => {
    for (const path of ['/healthz', '/api/display-name']) {
      const { status, json } = await server.ask(path, { headers: { origin }, token });
      expect([path, status, json.error.code]).toEqual([path, 403, 'foreign_origin']);
    }
    expect((await server.ask(POLLING, { headers: { origin }, token })).status).toBe(403);
    // engine.io refuses an upgrade with 400, whatever the reason.
    expect(await upgrade(SOCKET, { origin, ...bearer() })).toBe(400);
    expect(await upgrade(doc(), { origin, ...bearer() })).toBe(403);
  });

  it('are refused on an open polling connection, too', async () => {
    const opened = await server.ask(POLLING, { headers: { origin: server.url } });
    const { sid } = JSON.parse(opened.text.slice(1));
    const said = {
      method: 'POST',
      body: '40',
      headers: { origin: 'http://evil.example', 'content-type': 'text/plain' },
    };
    expect((await server.ask(`${POLLING}&sid=${sid}`, said)).status).toBe(400);
    expect((await server.ask(`${POLLING}&sid=${sid}`, { ...said, headers: { origin: server.url } })).text).toBe('ok');
  });
});

describe('our own origins', () => {
  it('are localhost, 127.0.0.1 and [::1] at our port', async () => {
    for (const name of ['localhost', '127.0.0.1', '[::1]']) {
      const headers = { origin: `http://${name}:${server.port}`, host: `${name}:${server.port}` };
      expect((await server.ask('/api/display-name', { headers })).status).toBe(200);
      expect(await upgrade(doc(), headers)).toBe('open');
    }
  });

  it('let in a viewer without any token', async () => {
    const viewer = await call(server.url, { sessionId: session.sessionId }, { origin: server.url });
    expect(viewer.snapshot().you).toBeNull();
    viewer.socket.close();
  });
});

describe('no origin', () => {
  it('needs a Bearer token on the text socket', async () => {
    expect(await upgrade(doc(), {})).toBe(403);
    expect(await upgrade(doc(), { cookie: `cp_${session.sessionId}=${token}` })).toBe(403);
    expect(await upgrade(doc(), bearer())).toBe('open');
  });

  it('needs a token on Socket.IO: in auth or as Bearer, not by cookie', async () => {
    const { sessionId } = session;
    await expect(call(server.url, { sessionId })).rejects.toMatchObject({ data: { code: 'forbidden' } });
    const cookie = { cookie: `cp_${sessionId}=${token}` };
    await expect(call(server.url, { sessionId }, cookie)).rejects.toMatchObject({ data: { code: 'forbidden' } });
    for (const [auth, headers] of [
      [{ sessionId, token }, {}],
      [{ sessionId }, bearer()],
    ] as const) {
      const caller = await call(server.url, auth, headers);
      expect(caller.snapshot().you?.displayName).toBe('Ana');
      caller.socket.close();
    }
  });

  it('is how a page starts to poll: its GET carries none, its POST shows where it is from', async () => {
    const join = async (headers: Record<string, string>) => {
      const { sid } = JSON.parse((await server.ask(POLLING)).text.slice(1));
      const body = `40${JSON.stringify({ sessionId: session.sessionId })}`;
      const said = { method: 'POST', body, headers: { 'content-type': 'text/plain', ...headers } };
      expect((await server.ask(`${POLLING}&sid=${sid}`, said)).text).toBe('ok');
      return (await server.ask(`${POLLING}&sid=${sid}`)).text;
    };
    expect(await join({ origin: server.url })).toMatch(/^40\{"sid"/);
    expect(await join({})).toMatch(/^44\{.*"code":"forbidden"/);
  });

  it('does not let a cookie change anything', async () => {
    const cookie = `cp_${session.sessionId}=${token}`;
    const path = `/api/sessions/${session.sessionId}/predict`;
    const asking = { method: 'POST', body: { row: {} }, cookie };
    expect((await server.ask(path, asking)).status).toBe(401);
    expect((await server.ask(path, { ...asking, headers: { origin: server.url } })).status).not.toBe(401);
  });
});

describe('hosts', () => {
  it('that are not ours are refused everywhere', async () => {
    for (const host of ['evil.example', `evil.example:${server.port}`, 'localhost', '127.0.0.1:1']) {
      expect((await server.ask('/api/display-name', { headers: { host } })).status).toBe(421);
      // Probes ask by address.
      expect((await server.ask('/healthz', { headers: { host } })).status).toBe(200);
      expect((await server.ask('/healthz', { headers: { host, origin: `http://${host}` } })).status).toBe(421);
      expect((await server.ask(POLLING, { headers: { host }, token })).status).toBe(403);
      expect(await upgrade(doc(), { host, ...bearer() })).toBe(403);
      expect(await upgrade(SOCKET, { host, ...bearer() })).toBe(400);
    }
  });
});

describe('behind a public address', () => {
  it('PUBLIC_URL is one of ours, cookies are Secure on https, and links name it', async () => {
    const open = await startTestServer({
      PUBLIC_URL: 'https://crowd.example.org',
      CREATE_TOKEN: 'a-token-of-length-24-abc',
    });
    const made = { json: await open.create() };
    expect(made.json.joinUrl).toMatch(/^https:\/\/crowd\.example\.org\/j\//);
    const headers = { host: 'crowd.example.org', origin: 'https://crowd.example.org' };
    const joined = await open.ask('/api/join', { method: 'POST', body: { code: made.json.joinCode }, headers });
    expect(joined.headers['set-cookie']?.[0]).toMatch(/HttpOnly; SameSite=Lax; Secure$/);
    await open.close();
  });

  it('CREATE_TOKEN creates from elsewhere, and nothing like it does', async () => {
    const secret = 'a-token-of-length-24-abc';
    const open = await startTestServer({ CREATE_TOKEN: secret });
    const from = (name: string) => ({
      method: 'POST',
      body: {},
      headers: { 'x-forwarded-for': '10.0.0.9' },
      token: name,
    });
    expect((await open.ask('/api/sessions', from(secret))).status).toBe(201);
    for (const wrong of [`${secret}x`, secret.slice(1), 'x'])
      expect((await open.ask('/api/sessions', from(wrong))).status).toBe(403);
    await open.close();
  });

  it('X-Forwarded-For counts only with TRUST_PROXY, and only what our own proxy wrote', async () => {
    const failures = async (open: TestServer, forwarded: (n: number) => string) => {
      let last = 0;
      for (let n = 0; n < 11; n++) {
        const headers = { 'x-forwarded-for': forwarded(n) };
        last = (await open.ask('/api/join', { method: 'POST', body: { code: 'BBBBBB' }, headers })).status;
      }
      return last;
    };
    const [plain, proxied] = [await startTestServer(), await startTestServer({ TRUST_PROXY: '1' })];
    expect(await failures(plain, (n) => `10.0.0.${n}`)).toBe(429);
    expect(await failures(proxied, (n) => `10.0.0.${n}`)).toBe(404);
    expect(await failures(proxied, (n) => `1.2.3.${n}, 10.9.9.9`)).toBe(429);
    for (const one of [plain, proxied]) await one.close();
  });
});

describe('join failures', () => {
  it('are limited by address with the seconds left; a right code still gets in', async () => {
    const open = await startTestServer();
    const { joinCode } = await open.create();
    const wrong = () => open.ask('/api/join', { method: 'POST', body: { code: 'BBBBBB' } });
    for (let n = 0; n < 10; n++) expect((await wrong()).status).toBe(404);
    const { status, json, headers } = await wrong();
    expect([status, json.error.code]).toEqual([429, 'rate_limited']);
    expect(json.error.seconds).toBeGreaterThan(50);
    expect(headers['retry-after']).toBe(String(json.error.seconds));
    const people = await Promise.all(Array.from({ length: 30 }, () => open.join(joinCode)));
    expect(new Set(people.map(({ participantId }) => participantId)).size).toBe(30);
    await open.close();
  });
});
