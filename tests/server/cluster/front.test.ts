// The front of a node, before plain servers: who answers a request, as what it arrives there, and who waits.
import { once } from 'node:events';
import http, { type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import net from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createFront, type Front, type FrontOptions } from '#server/cluster/front.ts';
import { createLocate } from '#server/cluster/locate.ts';
import type { Claim } from '#server/cluster/ownership.ts';
import { tableKeyOf } from '#server/cluster/session-address.ts';
import { peerAddressOf } from '#server/platform/peer-address.ts';
import { ask } from '../../support/test-server.ts';

const SECRET = 'a-secret-of-the-cluster';
const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

interface Node {
  readonly port: number;
  readonly url: string;
  readonly front: Front;
  /** What its own server got, in order. */
  readonly got: { url: string; body: string; peer: string; headers: IncomingMessage['headers'] }[];
  readonly upgraded: net.Socket[];
}

async function startNode(
  name: string,
  claim: (session: string) => Promise<Claim | null>,
  more: Partial<FrontOptions> & { mine?: ReadonlySet<string> } = {},
): Promise<Node> {
  const got: Node['got'] = [];
  const upgraded: net.Socket[] = [];
  const inner = http.createServer();
  inner.on('request', async (request, response) => {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    got.push({ url: request.url ?? '', body, peer: peerAddressOf(request), headers: request.headers });
    if (request.url?.includes('never')) return;
    const missing = request.url?.includes('missing') && name === 'a';
    response.writeHead(
      missing ? 404 : 200,
      [
        [request.url?.includes('says') ? 'X-Crowd-Session' : 'X-Node', name],
        ['Set-Cookie', 'one=1'],
        ['Set-Cookie', 'two=2'],
      ].flat(),
    );
    response.end(`${name}: ${body}`);
  });
  inner.on('upgrade', (request, socket: net.Socket, head) => {
    got.push({ url: request.url ?? '', body: head.toString(), peer: peerAddressOf(request), headers: request.headers });
    upgraded.push(socket);
    socket.write(`HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\nX-Node: ${name}\r\n\r\n`);
    socket.pipe(socket);
  });
  const failures: unknown[] = [];
  const front = createFront({
    secret: SECRET,
    locate: createLocate({
      isMine: (session) => more.mine?.has(session) ?? false,
      claim,
      now: () => performance.now(),
      failed: (error) => failures.push(error),
    }),
    sessionOfCode: async (code) => (code.startsWith('c-') ? code.slice(2) : null),
    hasBuilt: async () => true,
    others: () => [],
    failed: (_, error) => failures.push(error),
    ...more,
  });
  const outer = front.listener(inner);
  await new Promise<void>((done) => outer.listen(0, '127.0.0.1', done));
  closing.push(() => {
    front.close();
    for (const socket of upgraded) socket.destroy();
    outer.closeAllConnections();
    outer.close();
    expect(failures).toEqual([]);
  });
  const { port } = outer.address() as AddressInfo;
  return { port, url: `http://127.0.0.1:${port}`, front, got, upgraded };
}
const nowhere = async () => null;
const claimAt = (url: string | null): Claim => ({ mine: false, epoch: 1, url, newer: null });
const at = (url: string | null) => async () => claimAt(url);

async function upgrade(port: number, path: string, more = ''): Promise<{ socket: net.Socket; answer: string }> {
  const socket = net.connect(port, '127.0.0.1');
  closing.push(() => void socket.destroy());
  socket.write(`GET ${path} HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: echo\r\n${more}\r\n`);
  const [answer] = (await once(socket, 'data')) as [Buffer];
  return { socket, answer: answer.toString() };
}

describe('a request', () => {
  it('of a session of another node is answered by that one, whole, as the visitor sent it', async () => {
    const b = await startNode('b', nowhere);
    const a = await startNode('a', at(b.url));
    const answer = await ask(a.port, '/api/sessions/x/files?q=1', {
      method: 'POST',
      body: 'a body',
      headers: { host: 'crowd.example.org', 'x-forwarded-for': '9.9.9.9' },
    });
    expect([answer.status, answer.text, answer.headers['x-node']]).toEqual([200, 'b: a body', 'b']);
    expect(answer.headers['set-cookie']).toEqual(['one=1', 'two=2']);
    expect(a.got).toEqual([]);
    const [{ url, peer, headers }] = b.got as [Node['got'][0]];
    expect([url, peer]).toEqual(['/api/sessions/x/files?q=1', '127.0.0.1']);
    expect(headers).toMatchObject({ host: 'crowd.example.org', 'x-forwarded-for': '9.9.9.9' });
    expect(JSON.stringify(headers)).not.toContain(SECRET);
    expect(a.front.counts).toEqual({ forwarded: 1, held: 0 });
  });

  it.each([
    ['of nobody', '/s/x', nowhere],
    ['without a session', '/new', at('http://127.0.0.1:1')],
  ])('%s is answered here', async (_, path, claim) => {
    const a = await startNode('a', claim);
    expect((await ask(a.port, path, {})).text).toBe('a: ');
  });

  it('of a session that is ours is answered here without a question to the database', async () => {
    const a = await startNode('a', () => Promise.reject(new Error('asked')), { mine: new Set(['x']) });
    expect((await ask(a.port, '/s/x', {})).text).toBe('a: ');
  });

  it('goes one hop at most, and only who shows the secret says who its visitor is', async () => {
    const a = await startNode('a', at('http://127.0.0.1:1'));
    const hop = (secret: string) =>
      ask(a.port, '/s/x', { headers: { 'x-crowd-hop': secret, 'x-crowd-peer': '7.7.7.7' } });
    expect((await hop(SECRET)).text).toBe('a: ');
    expect(a.got[0]).toMatchObject({ peer: '7.7.7.7' });
    const b = await startNode('b', nowhere);
    const c = await startNode('c', at(b.url));
    const answer = await ask(c.port, '/s/x', { headers: { 'x-crowd-hop': 'guessed', 'x-crowd-peer': '7.7.7.7' } });
    expect(answer.text).toBe('b: ');
    expect(b.got[0]).toMatchObject({ peer: '127.0.0.1' });
  });

  it('to join is sent to the session of its code, with its body', async () => {
    const b = await startNode('b', nowhere);
    const a = await startNode('a', at(b.url));
    const join = (body: unknown) => ask(a.port, '/api/join', { method: 'POST', body });
    expect((await join({ code: 'c-x', displayName: 'Ana' })).text).toBe('b: {"code":"c-x","displayName":"Ana"}');
    expect((await join({ code: 'wrong' })).text).toBe('a: {"code":"wrong"}');
    expect((await join('')).text).toBe('a: ');
    const long = JSON.stringify({ code: 'c-x', displayName: 'x'.repeat(100_000) });
    expect((await join(long)).text).toBe(`a: ${long}`);
    expect((await ask(a.port, '/j/c-x', {})).text).toBe('b: ');
  });

  it('to join says to a balancer whose session it is about, where that is ours', async () => {
    const b = await startNode('b', nowhere, { mine: new Set(['x']) });
    const a = await startNode('a', at(b.url));
    const named = async (port: number, path: string) => (await ask(port, path, {})).headers['x-crowd-session'];
    expect([await named(b.port, '/j/c-x'), await named(a.port, '/j/c-x')]).toEqual(['x', undefined]);
    expect([await named(b.port, '/j/wrong'), await named(b.port, '/s/x')]).toEqual([undefined, undefined]);
    const d = await startNode('d', nowhere, { others: () => [b.url] });
    const body = { table: { id: `${tableKeyOf(b.url)}x` } };
    const made = await ask(d.port, '/api/sessions?says', { method: 'POST', body });
    expect([made.text[0], made.headers['x-crowd-session']]).toEqual(['b', undefined]);
  });

  it('for an uploaded table is sent to the node that has it, with its body; a node that is gone has none', async () => {
    const b = await startNode('b', nowhere);
    const a = await startNode('a', nowhere, { others: () => ['http://127.0.0.1:1', b.url] });
    const table = `${tableKeyOf(b.url)}x`;
    const post = (path: string, body: unknown) => ask(a.port, path, { method: 'POST', body });
    expect((await post(`/api/tables/${table}/proposal`, { target: 'y' })).text).toBe('b: {"target":"y"}');
    const create = { title: 'A', table: { id: table } };
    expect((await post('/api/sessions', create)).text).toBe(`b: ${JSON.stringify(create)}`);
    expect((await post('/api/sessions', { title: 'A' })).text).toBe('a: {"title":"A"}');
    for (const gone of [tableKeyOf('http://127.0.0.1:1'), tableKeyOf('http://127.0.0.1:2'), '']) {
      expect((await post(`/api/tables/${gone}x/proposal`, {})).text).toBe('a: {}');
      expect((await post('/api/sessions', { table: { id: `${gone}x` } })).text).toMatch(/^a: /);
    }
  });

  it('with a code that leads to no session, or is not looked at yet, is answered here', async () => {
    const b = await startNode('b', nowhere);
    const a = await startNode('a', at(b.url), { sessionOfCode: async () => null });
    expect((await ask(a.port, '/api/join', { method: 'POST', body: { code: 'c-x' } })).text).toMatch(/^a: /);
    expect((await ask(a.port, '/j/c-x', {})).text).toBe('a: ');
  });

  it('for a built file that only another build has is answered by that one', async () => {
    const b = await startNode('b', nowhere);
    const a = await startNode('a', nowhere, {
      hasBuilt: async (file) => file.includes('ours'),
      others: () => ['http://127.0.0.1:1', b.url],
    });
    expect((await ask(a.port, '/_next/static/chunks/ours.js', {})).text).toBe('a: ');
    expect((await ask(a.port, '/_next/static/chunks/theirs.js', {})).text).toBe('b: ');
    expect(b.got).toHaveLength(1);
  });
});

describe('while the owner is late', () => {
  it('visitors wait, and are answered by whoever has the session then', async () => {
    const b = await startNode('b', nowhere);
    let owner = claimAt(null);
    const a = await startNode('a', async () => owner);
    const answers = ['/s/x', '/api/sessions/x'].map((path) => ask(a.port, path, {}));
    const stream = upgrade(a.port, '/doc/x');
    await expect.poll(() => a.front.counts.held).toBe(3);
    owner = claimAt(b.url);
    expect((await Promise.all(answers)).map(({ text }) => text)).toEqual(['b: ', 'b: ']);
    expect((await stream).answer).toContain('X-Node: b');
    expect(a.front.counts.held).toBe(0);
  });

  it('one whose owner cannot be reached waits, too, until it is ours', async () => {
    const closed = http.createServer();
    await new Promise<void>((done) => closed.listen(0, '127.0.0.1', done));
    const { port } = closed.address() as AddressInfo;
    await new Promise<void>((done) => closed.close(() => done()));
    let owner = claimAt(`http://127.0.0.1:${port}`);
    const a = await startNode('a', async () => owner);
    const answer = ask(a.port, '/api/sessions/x', { method: 'POST', body: 'kept' });
    await expect.poll(() => a.front.counts.held).toBe(1);
    owner = { mine: true, epoch: 2, url: null, newer: null };
    expect((await answer).text).toBe('a: kept');
  });

  it('whoever has waited long enough, or is one too many, is refused for now', async () => {
    const a = await startNode('a', at(null), { limits: { holdMs: 300, mostHeld: 1 } });
    const first = ask(a.port, '/s/x', {});
    await expect.poll(() => a.front.counts.held).toBe(1);
    const second = await ask(a.port, '/s/x', {});
    expect([second.status, second.headers['retry-after']]).toEqual([503, '1']);
    expect((await first).status).toBe(503);
    expect((await upgrade(a.port, '/doc/x')).answer).toContain('503');
    expect(a.got).toEqual([]);
  });
});

describe('while the database is slow to say who has a session', () => {
  it('its visitors count as waiting, and one too many is refused; those of a session that is known go on', async () => {
    const b = await startNode('b', nowhere);
    const slow = Promise.withResolvers<Claim>();
    const claim = async (session: string) => (session === 'x' ? slow.promise : claimAt(b.url));
    const a = await startNode('a', claim, { mine: new Set(['ours']), limits: { mostHeld: 1 } });
    const first = ask(a.port, '/s/x', {});
    await expect.poll(() => a.front.counts.held).toBe(1);
    expect((await ask(a.port, '/s/x', {})).status).toBe(503);
    expect((await ask(a.port, '/s/ours', {})).text).toBe('a: ');
    slow.resolve(claimAt(b.url));
    expect((await first).text).toBe('b: ');
    expect(a.front.counts.held).toBe(0);
  });

  it('who has gone meanwhile is not passed on', async () => {
    const b = await startNode('b', nowhere);
    const slow = Promise.withResolvers<Claim>();
    const a = await startNode('a', () => slow.promise);
    const visitor = net.connect(a.port, '127.0.0.1');
    visitor.write('GET /s/x HTTP/1.1\r\nHost: h\r\n\r\n');
    await expect.poll(() => a.front.counts.held).toBe(1);
    visitor.destroy();
    // It has heard of the end once it has answered somebody who came later.
    expect((await ask(a.port, '/new', {})).text).toBe('a: ');
    slow.resolve(claimAt(b.url));
    await expect.poll(() => a.front.counts.held).toBe(0);
    expect((await ask(b.port, '/new', {})).text).toBe('b: ');
    expect(b.got.map(({ url }) => url)).toEqual(['/new']);
  });
});

describe('a stream', () => {
  it('to another node passes bytes both ways, and ends with either side', async () => {
    const b = await startNode('b', nowhere);
    const a = await startNode('a', at(b.url));
    const { socket, answer } = await upgrade(a.port, '/socket/?session=x', 'Cookie: k=1\r\n');
    expect(answer).toContain('X-Node: b');
    expect(b.got[0]?.headers).toMatchObject({ cookie: 'k=1', upgrade: 'echo', connection: 'Upgrade', host: 'h' });
    socket.write('hello');
    expect(String((await once(socket, 'data'))[0])).toBe('hello');
    expect(a.front.openTo()).toEqual([b.url]);
    b.upgraded[0]?.destroy();
    await once(socket, 'close');
    await expect.poll(() => a.front.openTo()).toEqual([]);
  });

  it('and a request to a node whose time is up are cut', async () => {
    const b = await startNode('b', nowhere);
    const a = await startNode('a', at(b.url));
    const { socket } = await upgrade(a.port, '/doc/x');
    const waiting = ask(a.port, '/api/sessions/x/never', {});
    await expect.poll(() => b.got.length).toBe(2);
    a.front.cut('http://127.0.0.1:1');
    expect(a.front.openTo()).toEqual([b.url]);
    a.front.cut(b.url);
    await once(socket, 'close');
    expect((await waiting).status).toBe(503);
    await expect.poll(() => a.front.openTo()).toEqual([]);
  });
});
