// pgbouncer in session mode in front of a Postgres of the test's own. Without the package its tests skip with a plain line; under
// REQUIRE_POSTGRES=1 that fails.
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import { freePort } from './server-process.ts';

const PROGRAM = 'pgbouncer';
const PATH = `${process.env['PATH'] ?? ''}:/usr/sbin`;

/** True where the tests must be skipped; says so, or throws where it is required. */
export function withoutPgbouncer(): boolean {
  if (spawnSync('sh', ['-c', `command -v ${PROGRAM}`], { env: { PATH } }).status === 0) return false;
  const sentence = 'pgbouncer is not installed: its tests are skipped.';
  if (process.env['REQUIRE_POSTGRES'] === '1') throw new Error(sentence);
  console.log(sentence);
  return true;
}

export interface Pgbouncer {
  readonly port: number;
  close(): Promise<void>;
}

/** @param database port of the Postgres behind it */
export async function startPgbouncer(database: number): Promise<Pgbouncer> {
  const folder = mkdtempSync('/var/tmp/pgbouncer-');
  const port = await freePort();
  writeFileSync(join(folder, 'users'), '"crowd" ""\n');
  writeFileSync(
    join(folder, 'pgbouncer.ini'),
    [
      '[databases]',
      `* = host=127.0.0.1 port=${database}`,
      '[pgbouncer]',
      'listen_addr = 127.0.0.1',
      `listen_port = ${port}`,
      'unix_socket_dir =',
      'auth_type = trust',
      `auth_file = ${join(folder, 'users')}`,
      'pool_mode = session',
      'default_pool_size = 60',
      '',
    ].join('\n'),
  );
  chmodSync(folder, 0o755);
  // It refuses to run as root.
  const asRoot = process.getuid?.() === 0;
  const user = asRoot ? ['--reuid=postgres', '--regid=postgres', '--init-groups'] : [];
  const program = execFileSync('sh', ['-c', `command -v ${PROGRAM}`], { env: { PATH }, encoding: 'utf8' }).trim();
  const child: ChildProcess = spawn(
    'setpriv',
    [...user, '--pdeathsig=INT', '--', program, join(folder, 'pgbouncer.ini')],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let said = '';
  child.stderr?.on('data', (text: Buffer) => (said = `${said}${text}`.slice(-4_000)));
  while (!(await accepts(port))) {
    if (child.exitCode !== null) throw new Error(`pgbouncer ended at its start:\n${said}`);
    await new Promise((done) => setTimeout(done, 50));
  }
  return {
    port,
    async close() {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGKILL');
        await once(child, 'exit');
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const accepts = (port: number) =>
  new Promise<boolean>((done) => {
    const line = net.connect(port, '127.0.0.1');
    line.once('connect', () => {
      line.destroy();
      done(true);
    });
    line.once('error', () => done(false));
  });
