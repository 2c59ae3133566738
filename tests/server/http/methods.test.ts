// Which methods pages and routes take, over a real socket.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '#tests/support/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

it('says which methods a route takes', async () => {
  const { status, headers, json } = await server.ask('/api/join');
  expect([status, headers.allow, json.error.code]).toEqual([405, 'POST', 'method_not_allowed']);
  expect((await server.ask('/api/nothing')).status).toBe(404);
  expect((await server.ask('/healthz', { method: 'HEAD' })).text).toBe('');
});

it.each(['TRACE', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND', 'PURGE'])(
  'answers %s neither as a page nor as a route',
  async (method) => {
    const asked = async (path: string) => {
      const { status, headers, json } = await server.ask(path, { method, headers: { cookie: 'private=1' } });
      return [path, status, headers.allow, json?.error.code];
    };
    for (const [path, allow] of [
      ['/', 'GET, HEAD'],
      ['/s/abc/host', 'GET, HEAD'],
      ['/_next/static/chunks/a.js', 'GET, HEAD'],
      ['/new', 'GET, HEAD, POST'],
      ['/j/BCDFGH', 'GET, HEAD, POST'],
      ['/api/join', 'POST'],
      ['/healthz', 'GET'],
    ])
      expect(await asked(path!)).toEqual([path, 405, allow, 'method_not_allowed']);
  },
);

it('takes no form at a page that has none', async () => {
  const { status, headers } = await server.ask('/s/abc', { method: 'POST', body: 'displayName=Ana' });
  expect([status, headers.allow]).toEqual([405, 'GET, HEAD']);
});
