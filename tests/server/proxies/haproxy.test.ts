// deploy/haproxy.cfg in a real HAProxy, in front of two servers that say who they are: a session stays with one of them, whatever
// the form of its address; a server that does not answer is left, its connections are closed, and an error of somebody's
// request is no reason to leave one.

import { readFileSync } from 'node:fs';
import http, { type IncomingMessage } from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type Haproxy, startHaproxy, withoutHaproxy } from '../../support/haproxy.ts';

const config = readFileSync(new URL('../../../deploy/haproxy.cfg', import.meta.url), 'utf8');
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function server(name: string) {
  const seen: IncomingMessage[] = [];
  let health: 'ok' | 'silent' | 'dies' = 'ok';
  const listening = http.createServer((request, response) => {
    if (request.url === '/healthz') {
      if (health !== 'silent') response.end('{}');
      return;
    }
    seen.push(request);
    if (health === 'dies') return void request.socket.destroy();
    if (request.url?.includes('error')) response.writeHead(500);
    const made = /made=(\w+)/.exec(request.url ?? '')?.[1];
    if (made !== undefined) response.setHeader('x-crowd-session', made);
    response.end(name);
  });
  listening.on('upgrade', (request, socket) => {
    seen.push(request);
    socket.on('error', () => socket.destroy());
    socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n');
  });
  await new Promise<void>((done) => listening.listen(0, '127.0.0.1', done));
  const { port } = listening.address() as AddressInfo;
  const close = () => {
    listening.closeAllConnections();
    listening.close();
  };
  ends.push(close);
  return {
    name,
    at: `127.0.0.1:${port}`,
    seen,
    close,
    becomes(now: typeof health) {
      health = now;
    },
  };
}
async function twoServers() {
  const servers = [await server('a'), await server('b')] as const;
  const haproxy = await startHaproxy(servers.map(({ at }) => at));
  ends.push(() => haproxy.close());
  return { servers, haproxy };
}
const ask = async ({ url }: Haproxy, path: string) => {
  const answer = await fetch(url + path);
  return { status: answer.status, name: await answer.text() };
};
/** Resolves with what ends the connection once it does. */
function upgraded({ port }: Haproxy, path: string): Promise<{ ended: Promise<void> }> {
  return new Promise((done, failed) => {
    const socket = net.connect(port, '127.0.0.1');
    ends.push(() => socket.destroy());
    const ended = new Promise<void>((gone) => socket.once('close', () => gone()));
    socket.once('error', failed);
    socket.once('data', () => done({ ended }));
    socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n`);
  });
}

it.skipIf(withoutHaproxy())('says all that several nodes need of a balancer', () => {
  for (const line of [
    'timeout check 2s',
    'timeout tunnel 1h',
    'option redispatch 1',
    'retry-on conn-failure empty-response',
    'http-request disable-l7-retry unless METH_GET',
    'option forwardfor',
    'option httpchk',
    'stick-table type string len 64',
    'stick on var(txn.session)',
    'http-check send meth GET uri /healthz',
    'check inter 500 fall 2',
    'on-marked-down shutdown-sessions',
  ])
    expect(config).toContain(line);
  // The crowd of a dead node would take the next one out of service, too.
  expect(config.replace(/#.*/g, '')).not.toContain('on-error');
});

describe.skipIf(withoutHaproxy())('HAProxy as in deploy/', () => {
  it('sends all that belongs to a session to one server, by path or query, and different sessions to both', async () => {
    const { haproxy } = await twoServers();
    const used = new Set<string>();
    for (let n = 0; n < 20; n += 1) {
      const id = `session${n}`;
      const { name } = await ask(haproxy, `/api/sessions/${id}/files?x=1`);
      used.add(name);
      for (const path of [
        `/s/${id}`,
        `/s/${id}/drive`,
        `/doc/${id}?v=1`,
        `/socket/?session=${id}&EIO=4`,
        `/git/${id}.git/info/refs`,
        `/api/sessions/${id}`,
      ])
        expect([path, (await ask(haproxy, path)).name]).toEqual([path, name]);
    }
    expect(used.size).toBe(2);
  });

  it('learns from the answer of a node which session is there, and keeps that to itself', async () => {
    const { haproxy } = await twoServers();
    const used = new Set<string>();
    for (let n = 0; n < 20; n += 1) {
      const made = await fetch(`${haproxy.url}/api/sessions?made=made${n}`, { method: 'POST' });
      const name = await made.text();
      used.add(name);
      expect(made.headers.get('x-crowd-session')).toBeNull();
      // Others in between, so that it is not by turns.
      for (let others = 0; others < n % 3; others += 1) await ask(haproxy, '/');
      expect((await ask(haproxy, `/s/made${n}`)).name).toBe(name);
    }
    expect(used.size).toBe(2);
  });

  it('says who asked, and keeps numbers and workers to itself', async () => {
    const { servers, haproxy } = await twoServers();
    await ask(haproxy, '/s/x');
    expect(servers.flatMap(({ seen }) => seen.map(({ headers }) => headers['x-forwarded-for']))).toEqual(['127.0.0.1']);
    for (const path of ['/metrics', '/cluster/take', '/cluster/runs/1'])
      expect((await ask(haproxy, path)).status).toBe(404);
    expect(servers.flatMap(({ seen }) => seen)).toHaveLength(1);
  });

  it('goes to the other server where one refuses, and leaves none for the errors that it answers', async () => {
    const { servers, haproxy } = await twoServers();
    const { name } = await ask(haproxy, '/s/x');
    for (let n = 0; n < 20; n += 1) expect((await ask(haproxy, '/s/x?error')).status).toBe(500);
    expect((await ask(haproxy, '/s/x')).name).toBe(name);
    servers.find((one) => one.name === name)!.close();
    const after = await ask(haproxy, '/s/x');
    expect(after).toEqual({ status: 200, name: name === 'a' ? 'b' : 'a' });
  });

  it('asks again for what a server was read from as it ended, and sends nothing twice that changes something', async () => {
    const { servers, haproxy } = await twoServers();
    const { name } = await ask(haproxy, '/s/x');
    const [had, other] = name === 'a' ? servers : [servers[1], servers[0]];
    had.becomes('dies');
    expect((await ask(haproxy, '/s/x')).name).toBe(other.name);
    const seen = () => servers.flatMap((one) => one.seen).filter(({ method }) => method === 'POST').length;
    other.becomes('dies');
    const answer = await fetch(`${haproxy.url}/s/x`, { method: 'POST', body: 'vote' }).catch(() => undefined);
    expect(answer?.status ?? 502).toBe(502);
    expect(seen()).toBe(1);
  });

  it('leaves a server that accepts and does not answer, and closes what is open to it', async () => {
    const { servers, haproxy } = await twoServers();
    const line = await upgraded(haproxy, '/doc/x');
    const had = servers.find(({ seen }) => seen.length > 0)!;
    had.becomes('silent');
    await line.ended;
    expect((await ask(haproxy, '/s/x')).name).not.toBe(had.name);
    had.becomes('ok');
  });
});
