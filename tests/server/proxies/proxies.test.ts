// The proxies of deploy/, with the configuration given there, in front of a server: pages' routes, both kinds
// of sockets, and who counts as local. Where one is not installed, its test is skipped with a line.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import WebSocket from 'ws';
import { freePort } from '../../support/server-process.ts';
import { ask, call, startTestServer, type TestServer } from '../../support/test-server.ts';

const KEY = 'a-token-of-length-24-abc';
const deployed = (name: string) => readFileSync(join(import.meta.dirname, '../../../deploy', name), 'utf8');

interface Ports {
  readonly proxy: number;
  readonly server: number;
  readonly folder: string;
}
/** What the test changes: ports, and TLS, for which it has no certificate. */
const PROXIES: Readonly<
  Record<string, { config(ports: Ports): string; argv(file: string, folder: string): string[] }>
> = {
  nginx: {
    config: ({ proxy, server, folder }) => `
      daemon off; pid ${folder}/pid; error_log stderr;
      events {}
      http {
        access_log off;
        client_body_temp_path ${folder}/1; proxy_temp_path ${folder}/2; fastcgi_temp_path ${folder}/3;
        uwsgi_temp_path ${folder}/4; scgi_temp_path ${folder}/5;
        ${deployed('nginx.conf')
          .replace('listen 443 ssl;', `listen 127.0.0.1:${proxy};`)
          .replace(/ssl_certificate.*\n/g, '')
          .replace('127.0.0.1:3000', `127.0.0.1:${server}`)}
      }`,
    argv: (file, folder) => ['-p', folder, '-e', 'stderr', '-c', file],
  },
  caddy: {
    config: ({ proxy, server }) => `{
      admin off
      auto_https off
    }
    ${deployed('Caddyfile')
      .replace('\ncrowd.example.org', `\nhttp://crowd.example.org:${proxy}`)
      .replace('127.0.0.1:3000', `127.0.0.1:${server}`)}`,
    argv: (file) => ['run', '--adapter', 'caddyfile', '--config', file],
  },
};
const installed = (name: string): boolean => {
  const found = spawnSync('sh', ['-c', `command -v ${name}`], { env: { PATH: PATH } }).status === 0;
  if (!found && process.env['REQUIRE_PROXY'] === '1')
    throw new Error(`${name} is not installed, and REQUIRE_PROXY is 1.`);
  if (!found) console.log(`${name} is not installed: its proxy test is skipped.`);
  return found;
};
const PATH = `${process.env['PATH'] ?? ''}:/usr/sbin`;

let server: TestServer | null = null;
let proxy: ChildProcess | null = null;
let folder = '';
afterEach(async () => {
  if (proxy && proxy.exitCode === null) {
    proxy.kill();
    await once(proxy, 'exit');
  }
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
});

for (const [name, { config, argv }] of Object.entries(PROXIES))
  it.skipIf(!installed(name))(`${name} as in deploy/`, async () => {
    folder = mkdtempSync(join(tmpdir(), 'proxy-'));
    const port = await freePort();
    const url = `http://crowd.example.org:${port}`;
    server = await startTestServer({ PUBLIC_URL: url, TRUST_PROXY: '1', CREATE_TOKEN: KEY });
    const file = join(folder, 'config');
    writeFileSync(file, config({ proxy: port, server: server.port, folder }));
    proxy = spawn(name, argv(file, folder), {
      env: { PATH, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
    });
    let output = '';
    for (const stream of [proxy.stdout, proxy.stderr]) stream?.on('data', (text) => (output += text));
    const headers = { host: `crowd.example.org:${port}`, origin: url };
    const health = () =>
      ask(port, '/healthz', { headers }).then(
        ({ status }) => status,
        () => 0,
      );
    await expect.poll(health, { timeout: 15_000, message: output }).toBe(200);

    const create = (more: object) => ask(port, '/api/sessions', { method: 'POST', body: {}, headers, ...more });
    expect((await create({})).json.error.code).toBe('not_local');
    const made = await create({ token: KEY });
    expect(made.json.joinUrl).toContain(`${url}/j/`);
    const joined = await ask(port, '/api/join', { method: 'POST', body: { code: made.json.joinCode }, headers });
    expect(joined.status).toBe(200);
    const { sessionId, token } = joined.json;

    const person = await call(`http://127.0.0.1:${port}`, { sessionId, token }, headers);
    expect(person.snapshot().you?.participant).toBe(joined.json.participantId);
    person.socket.close();
    const polling = await ask(port, '/socket/?EIO=4&transport=polling', { headers });
    expect([polling.status, polling.text]).toEqual([200, expect.stringMatching(/^0\{"sid"/)]);
    const text = new WebSocket(`ws://127.0.0.1:${port}/doc/${sessionId}`, {
      headers: { ...headers, authorization: `Bearer ${token}` },
    });
    await once(text, 'open');
    // Who is refused after the handshake gets no pong.
    text.ping();
    await once(text, 'pong');
    text.close();
    // Numbers are for the machine of the server.
    expect((await ask(port, '/metrics', { headers })).status).toBe(404);
    const foreign = await ask(port, '/api/display-name', { headers: { ...headers, origin: 'http://evil.example' } });
    expect(foreign.status).toBe(403);
    expect(server.log.join('\n')).not.toContain('proxy_not_trusted');
  });
