// The session's page is rendered once for all who open it at the same moment, and each gets a policy of their own.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { dressPage, nonceOf } from '#server/http/headers.ts';
import { createSharedPages } from '#server/http/pages/shared-pages.ts';
import { PAGE_FACTS_HEADER, writePageFacts } from '#session-core/protocol/page-facts.ts';

const PAGE = `<p>${'the same for everybody '.repeat(200)}</p>`;
let server: Server;
let url = '';
/** Rendering waits for it. */
let release = Promise.withResolvers<void>();
let rendered = 0;
/** Requests that the server has, whether they are rendered yet or not. */
let arrived = 0;
let fails = false;

const render = async (request: IncomingMessage, response: ServerResponse) => {
  rendered++;
  await release.promise;
  if (fails) throw new Error('rendering failed');
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  response.write(`<script nonce="${nonceOf(request)}"></script>`);
  response.end(PAGE);
};

beforeEach(async () => {
  release = Promise.withResolvers();
  rendered = 0;
  arrived = 0;
  fails = false;
  const show = createSharedPages(render);
  server = createServer((request, response) => {
    arrived++;
    dressPage(request, response, { dev: false, publicUrl: null });
    const first = request.headers['x-first'];
    if (typeof first === 'string') request.headers[PAGE_FACTS_HEADER] = writePageFacts({ first });
    show(request, response, {
      language: String(request.headers['x-language'] ?? 'en'),
      network: String(request.headers['x-network'] ?? 'here'),
    }).catch(() => {
      response.statusCode = 500;
      response.end();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const open = async (headers: Record<string, string> = {}, path = '/s/x') => {
  const answer = await fetch(url + path, { headers: { 'x-first': 'one', ...headers } });
  const text = await answer.text();
  return { status: answer.status, text, policy: answer.headers.get('content-security-policy') ?? '', answer };
};

it('renders once for many at the same moment, with the nonce of each in each', async () => {
  const asked = Array.from({ length: 12 }, (_, i) => open({ 'accept-encoding': ['gzip', 'br', 'identity'][i % 3]! }));
  await expect.poll(() => rendered).toBe(1);
  release.resolve();
  const answers = await Promise.all(asked);
  expect(rendered).toBe(1);
  const nonces = answers.map(({ text }) => /nonce="([^"]+)"/.exec(text)?.[1] ?? '');
  expect(new Set(nonces).size).toBe(12);
  for (const [i, { status, text, policy, answer }] of answers.entries()) {
    expect([status, text.endsWith(PAGE)]).toEqual([200, true]);
    expect(policy).toContain(`'nonce-${nonces[i]}'`);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('vary')).toContain('Accept-Encoding');
  }
});

it.each([
  ['other content', { 'x-first': 'two' }, '/s/x'],
  ['another language', { 'x-language': 'de' }, '/s/x'],
  ['another session', {}, '/s/y'],
  ['the part that another page of ours asks for', { rsc: '1' }, '/s/x'],
])('renders %s anew', async (_, headers: Record<string, string>, path) => {
  release.resolve();
  await open();
  await open();
  expect(rendered).toBe(1);
  await open(headers, path);
  expect(rendered).toBe(2);
});

it('shares no page of somebody who has not joined, and no other page', async () => {
  release.resolve();
  for (let n = 0; n < 2; n++) await fetch(`${url}/s/x`).then((answer) => answer.text());
  for (let n = 0; n < 2; n++) await open({}, '/j/ABC234');
  expect(rendered).toBe(4);
});

it('renders again after a failure', async () => {
  release.resolve();
  fails = true;
  expect((await open()).status).toBe(500);
  fails = false;
  expect((await open()).status).toBe(200);
});

it('renders two pages at a time, and one of each network in turn, however many one of them asks for', async () => {
  const order: string[] = [];
  const asked = (network: string, path: string) =>
    fetch(`${url}${path}`, { headers: { 'x-network': network } }).then(async (answer) => {
      await answer.text();
      order.push(network);
    });
  const many = Array.from({ length: 20 }, (_, i) => asked('loud', `/new?${i}`));
  await expect.poll(() => rendered).toBe(2);
  const other = asked('quiet', '/');
  await expect.poll(() => arrived).toBe(21);
  release.resolve();
  await Promise.all([...many, other]);
  expect(rendered).toBe(21);
  expect(order.indexOf('quiet')).toBeLessThan(8);
});
