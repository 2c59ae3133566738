// nginx and Caddy with the configuration of deploy/ in front of a server under test: at the root of their host, or under a
// path of it as docs/operations.md says. Where one is not installed, its test is skipped with a line.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ask } from './test-server.ts';

export type ProxyName = 'nginx' | 'caddy';
/** `keeps`: the path is passed on to the server; else it is taken off. */
export interface ProxyPath {
  readonly path: string;
  readonly keeps: boolean;
}
interface Wanted {
  readonly host: string;
  readonly port: number;
  readonly server: number;
  readonly under: ProxyPath | null;
}

const PATH = `${process.env['PATH'] ?? ''}:/usr/sbin`;
const LOOK_MS = 50;
const deployed = (name: string) => readFileSync(join(import.meta.dirname, '../../deploy', name), 'utf8');

export function isInstalled(name: ProxyName): boolean {
  const found = spawnSync('sh', ['-c', `command -v ${name}`], { env: { PATH } }).status === 0;
  if (!found && process.env['REQUIRE_PROXY'] === '1')
    throw new Error(`${name} is not installed, and REQUIRE_PROXY is 1.`);
  if (!found) console.log(`${name} is not installed: its proxy test is skipped.`);
  return found;
}

/** What the test changes beside the path: host, ports, and TLS, for which it has no certificate. */
const CONFIG: Readonly<Record<ProxyName, (wanted: Wanted, folder: string) => string>> = {
  nginx: ({ host, port, server, under }, folder) => `
    daemon off; pid ${folder}/pid; error_log stderr;
    events {}
    http {
      access_log off;
      client_body_temp_path ${folder}/1; proxy_temp_path ${folder}/2; fastcgi_temp_path ${folder}/3;
      uwsgi_temp_path ${folder}/4; scgi_temp_path ${folder}/5;
      ${deployed('nginx.conf')
        .replace('listen 443 ssl;', `listen 127.0.0.1:${port};`)
        .replaceAll('crowd.example.org', host)
        .replace(/ssl_certificate.*\n/g, '')
        .replace('location / {', `location ${under?.path ?? ''}/ {`)
        .replace('location = /metrics', `location = ${under?.path ?? ''}/metrics`)
        .replace('http://127.0.0.1:3000', `http://127.0.0.1:${server}${under && !under.keeps ? '/' : ''}`)}
    }`,
  caddy: ({ host, port, server, under }) => `{
    admin off
    auto_https off
  }
  ${deployed('Caddyfile')
    .replace('\ncrowd.example.org', `\nhttp://${host}:${port}`)
    .replace('path /metrics', `path ${under?.keeps ? under.path : ''}/metrics`)
    .replace('127.0.0.1:3000', `127.0.0.1:${server}`)
    .replace(/(?<=^http.*\{\n)[\s\S]*(?=^\}\n)/m, (all) =>
      under === null
        ? all
        : `redir ${under.path} ${under.path}/\n${under.keeps ? 'handle' : 'handle_path'} ${under.path}/* {\n${all}}\n`,
    )}`,
};
const ARGV: Readonly<Record<ProxyName, (file: string, folder: string) => string[]>> = {
  nginx: (file, folder) => ['-p', folder, '-e', 'stderr', '-c', file],
  caddy: (file) => ['run', '--adapter', 'caddyfile', '--config', file],
};

/** Resolves once the server answers through it. */
export async function startProxy(name: ProxyName, wanted: Wanted): Promise<{ close(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'proxy-'));
  const file = join(folder, 'config');
  writeFileSync(file, CONFIG[name](wanted, folder));
  const proxy = spawn(name, ARGV[name](file, folder), {
    env: { PATH, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
  });
  let output = '';
  for (const stream of [proxy.stdout, proxy.stderr]) stream.on('data', (text) => (output += text));
  const close = async () => {
    if (proxy.exitCode === null) {
      proxy.kill();
      await once(proxy, 'exit');
    }
    rmSync(folder, { recursive: true, force: true });
  };
  const headers = { host: `${wanted.host}:${wanted.port}` };
  const health = () =>
    ask(wanted.port, `${wanted.under?.path ?? ''}/healthz`, { headers }).then(
      ({ status }) => status,
      () => 0,
    );
  while ((await health()) !== 200) {
    if (proxy.exitCode !== null) {
      await close();
      throw new Error(`${name} ended at its start:\n${output}`);
    }
    await new Promise((done) => setTimeout(done, LOOK_MS));
  }
  return { close };
}
