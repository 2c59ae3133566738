// What is refused before a handler sees it: malformed addresses, bodies over the limit, requests over the limit.
import http, { type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppContext } from '#server/http/app-context.ts';
import { dispatch } from '#server/http/dispatch.ts';
import { json } from '#server/http/reply.ts';
import { RateLimit } from '#server/platform/rate-limit.ts';
import type { Route } from '#session-core/protocol/http-api/route.ts';
import { ROUTES } from '#session-core/protocol/http-api/routes.ts';
import { startTestServer, type TestServer } from '#tests/support/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

describe('addresses', () => {
  it.each(['/s/%E0%A4%A', '/api/sessions/%E0%A4%A', '/%', '/api/sessions/x/runs/%ff'])(
    '%s is malformed: 400, not 500',
    async (path) => {
      const { status, json } = await server.ask(path);
      expect([status, json.error.code]).toEqual([400, 'malformed_address']);
    },
  );

  /** The first line of the answer to what no client library sends. */
  const answerTo = (text: string) =>
    new Promise<string>((resolve, reject) => {
      const socket = connect(server.port, '127.0.0.1', () => socket.write(text));
      let answer = '';
      socket.on('data', (piece: Buffer) => {
        answer += String(piece);
        if (!answer.includes('\r\n\r\n')) return;
        socket.destroy();
        resolve(answer.slice(0, answer.indexOf('\r\n')));
      });
      socket.on('error', reject);
      socket.on('close', () => resolve(''));
    });

  it('a probe by HTTP/1.0, which names no host, is answered; nothing else is without one', async () => {
    expect(await answerTo('GET /healthz HTTP/1.0\r\n\r\n')).toMatch(/ 200 /);
    expect(await answerTo('GET /healthz HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n')).toMatch(/ 200 /);
    expect(await answerTo('GET /api/display-name HTTP/1.0\r\n\r\n')).toMatch(/ 421 /);
  });

  it.each(['[fd00:0:0:0:0:0:0:12]', '[::ffff:10.0.0.5]', '[fe80::1%25eth0]', 'a:99999'])(
    'a probe by the address %s is answered',
    async (host) =>
      expect(await answerTo(`GET /readyz HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)).toMatch(
        / (200|503) /,
      ),
  );

  it('an offer of HTTP/2 is not taken, and the request is answered, with its body', async () => {
    const offer = `Host: 127.0.0.1:${server.port}\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n`;
    expect(await answerTo(`GET /api/display-name HTTP/1.1\r\n${offer}\r\n`)).toMatch(/ 200 /);
    const body = '{"code":"?"}';
    const length = `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n`;
    expect(await answerTo(`POST /api/join HTTP/1.1\r\n${offer}${length}\r\n${body}`)).toMatch(/ 4(00|04|22) /);
  });

  it('an address with its host is read as any other, by that host', async () => {
    const own = `127.0.0.1:${server.port}`;
    expect(await answerTo(`GET http://${own}/api/display-name HTTP/1.1\r\nHost: x\r\n\r\n`)).toMatch(/ 200 /);
    expect(await answerTo(`GET http://x/api/display-name HTTP/1.1\r\nHost: ${own}\r\n\r\n`)).toMatch(/ 421 /);
    expect(await answerTo(`OPTIONS * HTTP/1.1\r\nHost: ${own}\r\n\r\n`)).toMatch(/ 400 /);
  });

  it.each(['/api/none', '/api', '/api/sessions/a/b/c/d', '/api//sessions'])('%s is no route', async (path) => {
    const { status, json } = await server.ask(path);
    expect([status, json.error.code]).toEqual([404, 'route_not_found']);
  });
});

describe('bodies', () => {
  /** Sends in pieces, without a length, until the server answers. */
  const sendForever = () =>
    new Promise<{ status: number; sent: number }>((resolve, reject) => {
      let sent = 0;
      const request = http.request(
        { host: '127.0.0.1', port: server.port, path: '/api/join', method: 'POST', agent: false },
        (response) => {
          clearInterval(timer);
          request.destroy();
          resolve({ status: response.statusCode ?? 0, sent });
        },
      );
      const timer = setInterval(() => {
        sent += 16_384;
        request.write('x'.repeat(16_384));
      }, 2);
      request.on('error', reject);
    });

  it('without a length are read up to the limit', async () => {
    expect((await sendForever()).status).toBe(413);
  });

  it('that name a length over the limit are not waited for', async () => {
    const headers = { 'content-length': String(10 ** 9), 'content-type': 'application/json' };
    const status = await new Promise((resolve, reject) => {
      const request = http.request(
        { host: '127.0.0.1', port: server.port, path: '/api/join', method: 'POST', agent: false, headers },
        (response) => {
          request.destroy();
          resolve(response.statusCode);
        },
      );
      request.on('error', reject);
      request.write('{');
    });
    expect(status).toBe(413);
  });
});

describe('limits', () => {
  it('every route that reads a session has one', () => {
    for (const route of Object.values<Route>(ROUTES))
      if (route.path.includes(':id')) expect(route.limit, route.path).toBeDefined();
  });

  it('let a thousand phones behind one address read a run twice', () => {
    for (const { limit } of [ROUTES.getRun, ROUTES.getFiles, ROUTES.getSession])
      expect(limit.burst).toBeGreaterThanOrEqual(2_000);
  });

  it('are asked before a session is loaded, per network and session, and say how long to wait', async () => {
    let now = 0;
    const opened: string[] = [];
    const app = {
      limits: new RateLimit(() => now),
      log: server.instance.log,
      origins: {
        check: () => ({ ok: true, origin: false }),
        addressOf: ({ headers }: IncomingMessage) => headers.from,
      },
      registry: {
        read: async (id: string) => {
          opened.push(id);
          return null;
        },
      },
    } as unknown as AppContext;
    const route: Route = { ...ROUTES.getRun, limit: { per: 'address', burst: 2, perSecond: 1 / 4 } };
    const codeFor = async (from: string, id: string) => {
      const request = { method: 'GET', headers: { from } } as IncomingMessage;
      const asked = { request, params: { id, run: 'r1' }, query: {}, text: async () => '' };
      const { error, headers } = await dispatch(app, { name: 'getRun', route, handler: () => json({}) }, asked);
      return [error?.code, error?.['seconds'], headers?.['Retry-After']];
    };
    const missing = ['not_found', undefined, undefined];
    for (let n = 0; n < 2; n++) expect(await codeFor('2001:db8::1', 's1')).toEqual(missing);
    expect(await codeFor('2001:db8::2', 's1')).toEqual(['rate_limited', 4, '4']);
    expect(opened).toHaveLength(2);
    expect(await codeFor('2001:db8::1', 's2')).toEqual(missing);
    expect(await codeFor('192.0.2.1', 's1')).toEqual(missing);
    now += 4_000;
    expect(await codeFor('2001:db8::1', 's1')).toEqual(missing);
  });

  it('of the repository are per participant', async () => {
    const { sessionId, joinCode } = await server.create();
    const [ana, ben] = [await server.join(joinCode), await server.join(joinCode)];
    const statusFor = async (token: string) =>
      (await server.ask(`/api/sessions/${sessionId}/repository`, { token })).status;
    for (let n = 0; n < ROUTES.getRepository.limit.burst; n++) expect(await statusFor(ana.token)).toBe(200);
    expect([await statusFor(ana.token), await statusFor(ben.token)]).toEqual([429, 200]);
  });
});
