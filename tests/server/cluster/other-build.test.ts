// A built file that only another node's build has: what that node is asked, and that no byte of one visitor gets into the
// request of another one.
import { once } from 'node:events';
import http, { type IncomingHttpHeaders } from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { createFront } from '#server/cluster/front.ts';
import { createLocate } from '#server/cluster/locate.ts';
import { ask } from '../../support/test-server.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});
async function listen(server: http.Server): Promise<number> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** A peer that answers at once, as a server of static files does, and the front of a node that has built nothing. */
async function nodes() {
  const asked: { url: string; headers: IncomingHttpHeaders }[] = [];
  const peer = http.createServer((request, response) => {
    asked.push({ url: request.url ?? '', headers: request.headers });
    if (request.url?.includes('slow')) {
      response.write('first ');
      setTimeout(() => response.end('rest'), 2_500);
    } else if (request.url?.includes('broken')) {
      response.writeHead(200, { 'Content-Length': '100' }).write('first ');
      setTimeout(() => response.destroy(), 100);
    } else response.end('theirs');
  });
  const url = `http://127.0.0.1:${await listen(peer)}`;
  const front = createFront({
    secret: 'a-secret-of-the-cluster',
    locate: createLocate({
      isMine: () => false,
      claim: async () => ({ mine: false, epoch: 1, newer: null, url }),
      now: () => performance.now(),
      failed: () => undefined,
    }),
    sessionOfCode: async () => null,
    hasBuilt: async () => false,
    others: () => [url],
    failed: () => undefined,
  });
  closing.push(() => front.close());
  const inner = http.createServer((request, response) => {
    request.resume();
    response.end('ours');
  });
  return { asked, port: await listen(front.listener(inner)) };
}

it('is asked for with the headers that its answer depends on, and no others', async () => {
  const { asked, port } = await nodes();
  const headers = { cookie: 'key=1', range: 'bytes=0-9', 'x-crowd-peer': '7.7.7.7', 'if-none-match': '"a"' };
  expect((await ask(port, '/_next/static/a.js', { headers })).text).toBe('theirs');
  expect(Object.keys(asked[0]?.headers ?? {}).filter((name) => name !== 'host' && name !== 'connection')).toEqual([
    'x-crowd-hop',
    'if-none-match',
    'range',
  ]);
});

it('is not asked for with the body of a visitor, which would begin the request of the next one', async () => {
  const { asked, port } = await nodes();
  const smuggled = 'GET /api/sessions/other HTTP/1.1\r\nHost: h\r\nX: ';
  for (const body of [`Content-Length: ${smuggled.length}\r\n\r\n${smuggled}`, 'Content-Length: 300\r\n\r\n']) {
    const visitor = net.connect(port, '127.0.0.1');
    closing.push(() => visitor.destroy());
    visitor.write(`GET /_next/static/a.js HTTP/1.1\r\nHost: h\r\n${body}`);
    expect(String((await once(visitor, 'data'))[0])).toContain('ours');
    expect((await ask(port, '/s/x', {})).text).toBe('theirs');
  }
  expect(asked.map(({ url }) => url)).toEqual(['/s/x', '/s/x']);
});

it('may take its time once the answer began, and breaks off where that does', async () => {
  const { port } = await nodes();
  expect((await ask(port, '/_next/static/slow.js', {})).text).toBe('first rest');
  const visitor = net.connect(port, '127.0.0.1');
  closing.push(() => visitor.destroy());
  let got = '';
  visitor.on('data', (part) => {
    got += part;
  });
  // Whether it ends with an error depends on what was still under way.
  visitor.on('error', () => undefined);
  visitor.write('GET /_next/static/broken.js HTTP/1.1\r\nHost: h\r\n\r\n');
  await new Promise((done) => visitor.once('close', done));
  expect(got).toContain('Content-Length: 100');
});
