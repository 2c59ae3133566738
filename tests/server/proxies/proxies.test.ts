// The proxies of deploy/, with the configuration given there, in front of a server: pages' routes, both kinds of sockets,
// clones, and who counts as local; at the root of their host, and under a path of it that they pass on or take off.
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { isInstalled, type ProxyName, type ProxyPath, startProxy } from '../../support/real-proxy.ts';
import { freePort } from '../../support/server-process.ts';
import { ask, call, startTestServer, type TestServer } from '../../support/test-server.ts';

const KEY = 'a-token-of-length-24-abc';
const HOST = 'crowd.example.org';
const FORMS: readonly (readonly [string, ProxyPath | null])[] = [
  ['as in deploy/', null],
  ['under a path that it passes on', { path: '/workshops/crowd', keeps: true }],
  ['under a path that it takes off', { path: '/workshops/crowd', keeps: false }],
];

let server: TestServer | null = null;
let proxy: Awaited<ReturnType<typeof startProxy>> | null = null;
afterEach(async () => {
  await proxy?.close();
  await server?.close();
  proxy = null;
  server = null;
});

for (const name of ['nginx', 'caddy'] satisfies ProxyName[])
  describe.skipIf(!isInstalled(name))(name, () => {
    it.each(FORMS)('%s', async (_, under) => {
      const port = await freePort();
      const path = under?.path ?? '';
      const origin = `http://${HOST}:${port}`;
      const url = origin + path;
      server = await startTestServer({ PUBLIC_URL: `${url}/`, TRUST_PROXY: '1', CREATE_TOKEN: KEY });
      proxy = await startProxy(name, { host: HOST, port, server: server.port, under });
      const headers = { host: `${HOST}:${port}`, origin };
      const through = (address: string, more: object = {}) => ask(port, path + address, { headers, ...more });

      // As people type it: with and without the slash at its end.
      if (under !== null) {
        const typed = await ask(port, path, { headers });
        expect([typed.status, new URL(typed.headers['location'] ?? '', url).pathname]).toEqual([
          expect.toBeOneOf([301, 302]),
          `${path}/`,
        ]);
      }
      const create = (more: object) => through('/api/sessions', { method: 'POST', body: {}, ...more });
      expect((await create({})).json.error.code).toBe('not_local');
      const made = await create({ token: KEY });
      expect(made.json.joinUrl).toBe(`${url}/j/${made.json.joinCode}`);
      expect(made.json.hostUrl).toContain(`${url}/s/`);
      const joined = await through('/api/join', { method: 'POST', body: { code: made.json.joinCode } });
      expect(joined.status).toBe(200);
      // Another app of the same host never sees it.
      expect(joined.headers['set-cookie']).toEqual([expect.stringContaining(`; Path=${path || '/'};`)]);
      const { sessionId, token } = joined.json;
      const cookie = joined.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
      expect((await through(`/api/sessions/${sessionId}/me`, { cookie })).json.participantId).toBe(
        joined.json.participantId,
      );

      const person = await call(`http://127.0.0.1:${port}${path}`, { sessionId, token }, headers);
      expect(person.snapshot().you?.participant).toBe(joined.json.participantId);
      person.socket.close();
      const polling = await through('/socket/?EIO=4&transport=polling');
      expect([polling.status, polling.text]).toEqual([200, expect.stringMatching(/^0\{"sid"/)]);
      const text = new WebSocket(`ws://127.0.0.1:${port}${path}/doc/${sessionId}`, {
        headers: { ...headers, authorization: `Bearer ${token}` },
      });
      await once(text, 'open');
      // Who is refused after the handshake gets no pong.
      text.ping();
      await once(text, 'pong');
      text.close();

      const link = await through(`/api/sessions/${sessionId}/clone-links`, { method: 'POST', token });
      expect(link.json.url).toContain(`${url}/git/`);
      expect(await filesOfClone(link.json.url, port)).toContain('dvc.yaml');
      expect((await through(`/s/${sessionId}.git/info/refs?service=git-upload-pack`)).text).toContain('clone link');
      const { servers } = (await through('/api/openapi.json')).json;
      expect(servers).toEqual([{ url }]);
      expect((await through(`/api/sessions/${sessionId}/replay`, { token })).status).toBe(200);

      // Numbers are for the machine of the server.
      expect((await through('/metrics')).status).toBe(404);
      const foreign = await through('/api/display-name', { headers: { ...headers, origin: 'http://evil.example' } });
      expect(foreign.status).toBe(403);
      expect(server.log.join('\n')).not.toContain('proxy_not_trusted');
    });
  });

async function filesOfClone(url: string, port: number): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'clone-'));
  const git = async (...argv: string[]) => {
    const env = { PATH: process.env['PATH'], HOME: folder, GIT_TERMINAL_PROMPT: '0' };
    return (await promisify(execFile)('git', argv, { env })).stdout;
  };
  try {
    const into = join(folder, 'here');
    await git('-c', `http.curloptResolve=${HOST}:${port}:127.0.0.1`, 'clone', '-q', url, into);
    return (await git('-C', into, 'ls-files')).split('\n');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
