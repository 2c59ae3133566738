// By which names the server is asked, and who may create sessions: ports, root dots, its own addresses, proxies that say
// nothing of themselves.
import type { IncomingMessage } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { OriginCheck } from '#server/http/origin-check.ts';
import { startTestServer, type TestServer } from '#tests/support/test-server.ts';

const servers: TestServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});
async function start(env: Record<string, string> = {}) {
  const server = await startTestServer(env);
  servers.push(server);
  return server;
}

describe('behind a proxy at https://crowd.example.org', () => {
  it.each([
    ['crowd.example.org', 'https://crowd.example.org'],
    ['crowd.example.org:443', 'https://crowd.example.org'],
    ['Crowd.Example.Org', 'https://crowd.example.org'],
    ['crowd.example.org.', 'https://crowd.example.org.'],
    ['crowd.example.org.:443', 'https://crowd.example.org:443'],
    // Of a proxy behind another one that ends TLS: `Host $host:$server_port`.
    ['crowd.example.org:80', 'https://crowd.example.org'],
  ])('answers to Host %s with Origin %s', async (host, origin) => {
    const server = await start({ PUBLIC_URL: 'https://crowd.example.org' });
    const { status, headers } = await server.ask('/api/display-name', { headers: { host, origin } });
    expect(status).toBe(200);
    expect(headers['strict-transport-security']).toBe('max-age=31536000');
  });

  it.each([
    'crowd.example.org:8080',
    'crowd.example.org:8443',
    'crowd.example.org..',
    'x.crowd.example.org',
    'crowd.example.org/',
    'a@crowd.example.org',
  ])('not to Host %s', async (host) => {
    const server = await start({ PUBLIC_URL: 'https://crowd.example.org' });
    expect((await server.ask('/api/display-name', { headers: { host } })).status).toBe(421);
  });

  it('says so in words to a person who opened the wrong address', async () => {
    const server = await start();
    const { status, headers, text } = await server.ask('/j/BCDFGH', {
      headers: { host: '10.1.2.3', accept: 'text/html,*/*' },
    });
    expect([status, headers['content-type']]).toEqual([421, 'text/plain; charset=utf-8']);
    expect(text).toMatch(/^This server does not answer to that host name/);
    expect(headers['strict-transport-security']).toBeUndefined();
  });

  it('says once in the log that the proxy is not trusted', async () => {
    const server = await start({ PUBLIC_URL: 'https://crowd.example.org' });
    for (let n = 0; n < 3; n++) await server.ask('/healthz', { headers: { 'x-forwarded-for': '10.0.0.1' } });
    expect(server.log.filter((line) => line.includes('proxy_not_trusted'))).toHaveLength(1);
  });
});

describe('creating a session', () => {
  const create = (server: TestServer, headers: Record<string, string>, token?: string) =>
    server.ask('/api/sessions', { method: 'POST', body: {}, headers, ...(token === undefined ? {} : { token }) });

  it('is for pages in a browser on this machine, not for whatever comes from it', async () => {
    const server = await start();
    expect((await create(server, { origin: server.url })).status).toBe(201);
    expect((await create(server, {})).json.error.code).toBe('not_local');
  });

  it('is for nobody who comes through a proxy on this machine and writes our Host and Origin themselves', async () => {
    const server = await start();
    const written = { host: `localhost:${server.port}`, origin: `http://localhost:${server.port}` };
    // No proxy passes on what a connection is asked for: nginx says "close", HAProxy nothing.
    for (const connection of ['close', '', 'upgrade'])
      expect((await create(server, { ...written, connection })).json.error.code, connection).toBe('not_local');
    for (const name of [
      'cf-connecting-ip',
      'true-client-ip',
      'x-client-ip',
      'x-forwarded-server',
      'x-original-host',
      'client-ip',
      'x_forwarded_for',
      'wl-proxy-client-ip',
      'x-request-id',
    ])
      expect((await create(server, { ...written, [name]: 'a' })).json.error.code, name).toBe('not_local');
    expect((await create(server, written)).status).toBe(201);
  });

  it('is for nobody without a key behind a PUBLIC_URL: a plain proxy makes every visitor look local', async () => {
    const key = 'a-token-of-length-24-abc';
    const server = await start({ PUBLIC_URL: 'https://crowd.example.org', CREATE_TOKEN: key });
    const shown = { host: 'crowd.example.org', origin: 'https://crowd.example.org' };
    // As nginx sends it on by default, and as somebody may write it by hand.
    const rewritten = { host: `127.0.0.1:${server.port}`, origin: 'https://crowd.example.org' };
    const forged = { host: `127.0.0.1:${server.port}`, origin: server.url };
    for (const headers of [shown, rewritten, forged])
      expect((await create(server, headers)).json.error.code).toBe('not_local');
    expect((await create(server, shown, key)).status).toBe(201);
    const terminal = new URL(server.instance.createUrl());
    expect(terminal.origin + terminal.pathname).toBe('https://crowd.example.org/new');
    expect((await create(server, shown, terminal.hash.slice(1))).status).toBe(201);
  });

  it('is limited by address', async () => {
    const server = await start();
    const statuses = [];
    for (let n = 0; n < 61; n++) statuses.push((await create(server, { origin: server.url })).status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(60);
    expect(statuses.at(-1)).toBe(429);
  });
});

describe('on a network', () => {
  const asking = (host: string, origin?: string) =>
    ({ headers: { host, ...(origin === undefined ? {} : { origin }) }, socket: {} }) as unknown as IncomingMessage;
  const names = {
    addresses: () => [
      { address: '192.168.1.23', name: 'wlan0', virtual: false },
      { address: '172.18.0.1', name: 'docker0', virtual: true },
    ],
    hosts: () => new Set(['laptop', 'laptop.local', '192.168.1.23', '172.18.0.1', '[fe80::1]']),
  };
  const lan = (more: { publicUrl?: string } = {}) => {
    const check = new OriginCheck({ publicUrl: null, trustProxy: 0, lan: true, host: '0.0.0.0', ...more }, names);
    check.listensAt(3000, '192.168.1.23');
    return check;
  };

  it('gives the first address, and answers at every one of this machine and at its name', () => {
    const check = lan();
    expect(check.publicUrl).toBe('http://192.168.1.23:3000');
    expect(check.addresses.map(({ origin }) => origin)).toEqual(['http://192.168.1.23:3000', 'http://172.18.0.1:3000']);
    for (const host of [
      '192.168.1.23:3000',
      '172.18.0.1:3000',
      'laptop.local:3000',
      'LAPTOP.local.:3000',
      '[fe80::1]:3000',
      'localhost:3000',
    ])
      expect(check.check(asking(host, `http://${host}`)), host).toEqual({ ok: true, origin: true });
    for (const host of ['192.168.1.24:3000', 'laptop.local', 'evil.local:3000', '192.168.1.23:3001'])
      expect(check.check(asking(host)).ok, host).toBe(false);
    expect(check.check(asking('192.168.1.23:3000', 'https://192.168.1.23:3000'))).toEqual({
      ok: false,
      what: 'origin',
    });
  });

  it('keeps to itself and its PUBLIC_URL where nobody asked for the network', () => {
    const check = new OriginCheck(
      { publicUrl: 'https://x.example', trustProxy: 0, lan: false, host: '0.0.0.0' },
      names,
    );
    check.listensAt(3000, null);
    expect(check.check(asking('192.168.1.23:3000')).ok).toBe(false);
    expect(check.addresses).toEqual([]);
  });

  it('lists its addresses for the host page', async () => {
    const server = await start();
    expect((await server.ask('/api/addresses')).json).toEqual({
      publicUrl: `http://localhost:${server.port}`,
      addresses: [],
    });
  });
});
