// Every HTTP route, over a real socket: body, status, cookie, and the shape of each refusal.
import { readFileSync } from 'node:fs';
import http from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, startTestServer, type TestServer } from '#tests/support/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const post = (path: string, body: unknown, token?: string) =>
  server.ask(path, {
    method: 'POST',
    body,
    headers: { origin: server.url },
    ...(token === undefined ? {} : { token }),
  });
async function lead(session: { sessionId: string; facilitatorSecret: string }) {
  const { json } = await post(`/api/sessions/${session.sessionId}/facilitator`, { secret: session.facilitatorSecret });
  return json as { participantId: string; token: string };
}

describe('health and numbers', () => {
  it('GET /healthz', async () => {
    const { status, json } = await server.ask('/healthz');
    expect(status).toBe(200);
    expect(json).toMatchObject({ status: 'ok', protocol: 3, sessions: expect.any(Number), sockets: 0 });
    expect(json.version).toMatch(/^\d+\.\d+\.\d+/);
    expect(json.loopLagMs).toBeGreaterThanOrEqual(0);
  });

  it('GET /metrics speaks Prometheus', async () => {
    const { status, text, headers } = await server.ask('/metrics');
    expect(status).toBe(200);
    expect(headers['content-type']).toContain('text/plain; version=0.0.4');
    for (const line of text.trim().split(/\n+/))
      expect(line).toMatch(/^(# (HELP|TYPE) \w+ .+|\w+(\{\w+="[^"]*"(,\w+="[^"]*")*\})? [\d.e+-]+)$/);
    for (const name of ['people', 'sessions', 'events_total', 'append_seconds_count', 'runs_queued'])
      expect(text).toContain(`\ncrowd_${name} `);
    expect(text).toContain('crowd_event_loop_lag_seconds');
  });
});

describe('POST /api/sessions', () => {
  it('answers 201 with everything the maker needs, the secret in the fragment', async () => {
    const { status, json } = await post('/api/sessions', {
      title: 'Tuesday',
      approveFirst: true,
      holdout: 'shown',
      language: 'de',
    });
    expect(status).toBe(201);
    const { sessionId, joinCode, facilitatorSecret } = json;
    expect(json).toEqual({
      sessionId,
      joinCode,
      facilitatorSecret,
      hostUrl: `http://localhost:${server.port}/s/${sessionId}/host#${facilitatorSecret}`,
      joinUrl: `http://localhost:${server.port}/j/${joinCode}`,
      projectorUrl: `http://localhost:${server.port}/s/${sessionId}/projector`,
    });
    const live = await server.instance.registry.open(sessionId);
    expect(live?.state()).toMatchObject({
      title: 'Tuesday',
      settings: { approveFirst: true, holdout: 'shown', language: 'de' },
    });
  });

  it.each([
    ['{"title":', 'not_json'],
    [{ titel: 'x' }, 'invalid'],
    [{ title: 7 }, 'invalid'],
    [{ holdout: 'maybe' }, 'invalid'],
    [{ language: 'xx' }, 'invalid'],
    [[], 'invalid'],
  ])('refuses %j', async (body, code) => {
    const { status, json } = await post('/api/sessions', body);
    expect(status).toBe(400);
    expect(json.error).toMatchObject({ code, message: expect.any(String) });
  });

  it('refuses a body above 64 KiB', async () => {
    const { status, json } = await post('/api/sessions', { title: 'x'.repeat(70_000) });
    expect([status, json.error.code]).toEqual([413, 'too_large']);
  });

  it('takes a body that comes in chunks, and refuses one that grows too long', async () => {
    const chunked = (...parts: string[]) =>
      new Promise<{ status: number; text: string }>((resolve, reject) => {
        const headers = { host: `localhost:${server.port}`, origin: `http://localhost:${server.port}` };
        const path = '/api/sessions';
        const request = http.request({ port: server.port, host: '127.0.0.1', method: 'POST', path, headers });
        request.on('response', (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (part: string) => (text += part));
          response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
        });
        request.on('error', reject);
        for (const part of parts) request.write(part);
        request.end();
      });
    expect(await chunked('{"title":', '"In parts"}')).toMatchObject({ status: 201 });
    expect(await chunked('')).toMatchObject({ status: 201 });
    const long = await chunked('{"title":"', 'x'.repeat(70_000), '"}');
    expect([long.status, JSON.parse(long.text).error.code]).toEqual([413, 'too_large']);
  });

  it('refuses an unknown checkpoint', async () => {
    const { status, json } = await post('/api/sessions', { checkpoint: '9-none' });
    expect([status, json.error.code]).toEqual([404, 'not_found']);
  });

  it('refuses whoever a proxy speaks for', async () => {
    for (const name of ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip']) {
      const { status, json } = await server.ask('/api/sessions', {
        method: 'POST',
        body: {},
        headers: { origin: server.url, [name]: '127.0.0.1' },
      });
      expect([name, status, json.error.code]).toEqual([name, 403, 'not_local']);
    }
  });
});

describe('POST /api/join', () => {
  it('gives a token and an HttpOnly SameSite cookie for the session', async () => {
    const { sessionId, joinCode } = await server.create();
    const { status, json, headers } = await post('/api/join', { code: joinCode.toLowerCase(), displayName: 'Ana' });
    expect(status).toBe(200);
    expect(json).toEqual({
      sessionId,
      participantId: expect.any(String),
      displayName: 'Ana',
      token: expect.stringMatching(/^[\w-]{22}$/),
    });
    const [cookie] = headers['set-cookie'] ?? [];
    expect(cookie).toBe(`cp_${sessionId}=${json.token}; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax`);
    const kept = JSON.stringify((await server.instance.registry.open(sessionId))?.state());
    expect(kept).not.toContain(json.token);
  });

  it('makes up a display name where none is given', async () => {
    const { joinCode } = await server.create();
    expect((await server.join(joinCode)).displayName).toMatch(/^[A-Z][a-z]+ [A-Z][a-z]+$/);
  });

  it('gives the same participant to whoever comes with a valid cookie, or the token', async () => {
    const { sessionId, joinCode } = await server.create();
    const first = await server.join(joinCode, 'Ana');
    const origin = { origin: server.url };
    const again = await server.ask('/api/join', {
      method: 'POST',
      body: { code: joinCode, displayName: 'Other' },
      cookie: `other=1; cp_${sessionId}=${first.token}`,
      headers: origin,
    });
    expect(again.json).toEqual(first);
    expect((await post('/api/join', { code: joinCode }, first.token)).json).toEqual(first);
    const stranger = await server.ask('/api/join', {
      method: 'POST',
      body: { code: joinCode },
      cookie: `cp_${sessionId}=nonsense`,
      headers: origin,
    });
    expect(stranger.json.participantId).not.toBe(first.participantId);
  });

  it('keeps a facilitator one', async () => {
    const session = await server.create();
    const leader = await lead(session);
    const { json } = await post('/api/join', { code: session.joinCode }, leader.token);
    expect(json.participantId).toBe(leader.participantId);
    const me = await server.ask(`/api/sessions/${session.sessionId}/me`, { token: leader.token });
    expect(me.json.facilitator).toBe(true);
  });

  it('numbers a display name that is taken, and refuses one that is too long with a sentence', async () => {
    const { joinCode } = await server.create();
    await server.join(joinCode, 'Ana');
    expect((await server.join(joinCode, 'ANA')).displayName).toBe('ANA 2');
    const long = await post('/api/join', { code: joinCode, displayName: 'x'.repeat(21) });
    expect([long.status, long.json.error.code]).toEqual([400, 'display_name_length']);
  });

  it('answers a wrong, a malformed and a closed code alike', async () => {
    const session = await server.create();
    const leader = await lead(session);
    const socket = await call(server.url, { sessionId: session.sessionId, token: leader.token });
    expect(await socket.command({ type: 'session.end' })).toMatchObject({ ok: true });
    socket.socket.close();
    const answers = [];
    for (const code of [session.joinCode, 'BBBBBB', 'no code'])
      answers.push(await post('/api/join', { code, displayName: 'Ana' }));
    const [closed] = answers;
    expect([closed?.status, closed?.json.error.code]).toEqual([404, 'no_such_code']);
    for (const { status, text } of answers) expect([status, text]).toEqual([closed?.status, closed?.text]);
  });
});

describe('POST /api/sessions/:id/facilitator', () => {
  it('makes the holder of the secret a facilitator, new or already joined', async () => {
    const session = await server.create();
    const ana = await server.join(session.joinCode, 'Ana');
    const path = `/api/sessions/${session.sessionId}/facilitator`;
    const promoted = await post(path, { secret: session.facilitatorSecret }, ana.token);
    expect(promoted.json).toMatchObject({ participantId: ana.participantId, token: ana.token });
    const spent = await post(path, { secret: session.facilitatorSecret });
    expect([spent.status, spent.json.error.code]).toEqual([403, 'wrong_secret']);
    const made = await post(`${path}-links`, {}, ana.token);
    expect(made.json).toMatchObject({ link: expect.stringMatching(/^l/), hostUrl: expect.stringContaining('/host#') });
    const fresh = await post(path, { secret: made.json.secret });
    expect(fresh.status).toBe(200);
    expect(fresh.json.participantId).not.toBe(ana.participantId);
    expect(fresh.headers['set-cookie']?.[0]).toContain(`cp_${session.sessionId}=${fresh.json.token}; `);
    const state = (await server.instance.registry.open(session.sessionId))?.state();
    for (const { participantId } of [ana, fresh.json])
      expect(state?.participants[participantId]?.facilitator).toBe(true);
  });

  it('bars a removed facilitator with the links that they made or kept', async () => {
    const session = await server.create({ reusableLink: true });
    const path = `/api/sessions/${session.sessionId}/facilitator`;
    const [host, rogue] = [
      await post(path, { secret: session.facilitatorSecret }),
      await post(path, { secret: session.facilitatorSecret }),
    ];
    const own = await post(`${path}-links`, {}, rogue.json.token);
    const socket = await call(server.url, { sessionId: session.sessionId, token: host.json.token });
    await socket.command({ type: 'participant.remove', participant: rogue.json.participantId });
    socket.socket.close();
    for (const secret of [session.facilitatorSecret, own.json.secret])
      expect((await post(path, { secret })).json.error.code).toBe('wrong_secret');
    expect((await post(`${path}-links`, {}, rogue.json.token)).status).toBe(401);
    const fresh = await post(`${path}-links`, {}, host.json.token);
    const back = await post(path, { secret: fresh.json.secret }, rogue.json.token);
    expect([back.status, back.json.error.code]).toEqual([403, 'removed']);
  });

  it('refuses a wrong secret', async () => {
    const { sessionId } = await server.create();
    const { status, json } = await post(`/api/sessions/${sessionId}/facilitator`, { secret: 'x' });
    expect([status, json.error.code]).toEqual([403, 'wrong_secret']);
  });
});

describe('every answer', () => {
  it('carries the headers that keep a browser in its place', async () => {
    for (const path of ['/healthz', '/api/display-name', '/api/none']) {
      const { headers } = await server.ask(path);
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'same-origin',
        'cross-origin-opener-policy': 'same-origin',
        'cache-control': 'no-store',
      });
      expect(headers['x-powered-by']).toBeUndefined();
    }
  });

  it('leaves the connection open for longer than nginx keeps it, which is 60 seconds', async () => {
    const { headers } = await fetch(`${server.url}/healthz`);
    expect(headers.get('keep-alive')).toBe('timeout=65');
  });

  it('leaves it open for longer than HAProxy as in deploy/, which keeps those of a Caddy before it for longer than Caddy', () => {
    const config = readFileSync(join(import.meta.dirname, '../../../deploy/haproxy.cfg'), 'utf8');
    const seconds = (name: string) => Number(new RegExp(`^ .*${name} (\\d+)s`, 'm').exec(config)?.[1]);
    // Half of those that lie idle are closed each time: of 500, the last one at the ninth.
    expect(9 * seconds('pool-purge-delay')).toBeLessThan(65);
    expect(seconds('timeout http-keep-alive')).toBeGreaterThan(120);
    // Its shorter one counts.
    expect(seconds('timeout client')).toBeGreaterThanOrEqual(seconds('timeout http-keep-alive'));
  });
});
