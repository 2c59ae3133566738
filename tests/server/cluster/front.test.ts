// The front of a node, before plain servers: who answers a request, as what it arrives there, and who waits.
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import net from 'node:net';
import { describe, expect, it } from 'vitest';
import type { Claim } from '#server/cluster/ownership.ts';
import { tableKeyOf } from '#server/cluster/session-address.ts';
import { at, claimAt, type FrontNode, nowhere, SECRET, startNode, upgrade } from '../../support/front-node.ts';
import { ask } from '../../support/test-server.ts';

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
    const [{ url, peer, headers }] = b.got as [FrontNode['got'][0]];
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
