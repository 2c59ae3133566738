// HAProxy with the configuration of deploy/, in front of the nodes of a test. Without the package its tests skip with a
// plain line; under REQUIRE_POSTGRES=1, which the tests of several nodes need anyway, that fails.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './server-process.ts';

const PATH = `${process.env['PATH'] ?? ''}:/usr/sbin`;
const PROGRAM = 'haproxy';
const CONFIG = join(import.meta.dirname, '../../deploy/haproxy.cfg');

/** True where the tests must be skipped; says so, or throws where it is required. */
export function withoutHaproxy(): boolean {
  if (spawnSync('sh', ['-c', `command -v ${PROGRAM}`], { env: { PATH } }).status === 0) return false;
  const sentence = 'haproxy is not installed: its tests are skipped.';
  if (process.env['REQUIRE_POSTGRES'] === '1') throw new Error(sentence);
  console.log(sentence);
  return true;
}

export interface Haproxy {
  /** http://127.0.0.1:port */
  readonly url: string;
  readonly port: number;
  /** Ends it: a forgotten one would go on to share its port with the next. */
  close(): Promise<void>;
}

/**
 * @param nodes as 127.0.0.1:3001
 * @param port where people come, known before the nodes start since it is their PUBLIC_URL; default: a free one
 */
export async function startHaproxy(nodes: readonly string[], port?: number): Promise<Haproxy> {
  const at = port ?? (await freePort());
  const folder = mkdtempSync(join(tmpdir(), 'haproxy-'));
  const file = join(folder, 'haproxy.cfg');
  const deployed = readFileSync(CONFIG, 'utf8');
  // What a test changes: ports.
  const config = deployed
    .replace('bind 127.0.0.1:8080', `bind 127.0.0.1:${at}`)
    .replace(/^ {2}server node\d.*\n?/gm, '')
    .concat(nodes.map((node, i) => `  server node${i + 1} ${node}\n`).join(''));
  writeFileSync(file, config);
  const child: ChildProcess = spawn(PROGRAM, ['-db', '-f', file], {
    env: { PATH },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (text) => (said = `${said}${text}`.slice(-4_000)));
  const url = `http://127.0.0.1:${at}`;
  const close = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    rmSync(folder, { recursive: true, force: true });
  };
  for (;;) {
    if (child.exitCode !== null) throw new Error(`haproxy ended at its start:\n${said}`);
    const status = await fetch(`${url}/healthz`).then(
      (answer) => answer.status,
      () => 0,
    );
    if (status === 200) return { url, port: at, close };
    await new Promise((done) => setTimeout(done, 50));
  }
}
