// A Postgres of the test's own: a folder, a free port on loopback, no service of the system. Without the package the tests
// that need it skip with a plain line; under REQUIRE_POSTGRES=1 that fails.
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { freePort } from './server-process.ts';

const VERSIONS = '/usr/lib/postgresql';
/** Runs a program as another user, and ends it with its parent. */
const SETPRIV = 'setpriv';
const bin = existsSync(VERSIONS)
  ? (readdirSync(VERSIONS)
      .sort((a, b) => Number(b) - Number(a))
      .map((version) => join(VERSIONS, version, 'bin'))
      .find((folder) => existsSync(join(folder, 'postgres'))) ?? null)
  : null;

/** True where the tests must be skipped; says so, or throws where Postgres is required. */
export function withoutPostgres(): boolean {
  if (bin !== null) return false;
  const sentence = `No Postgres found in ${VERSIONS}: its tests are skipped.`;
  if (process.env['REQUIRE_POSTGRES'] === '1') throw new Error(sentence);
  console.log(sentence);
  return true;
}

export interface TestPostgres {
  readonly port: number;
  /** Process id of the postmaster, for tests that stop it. */
  pid(): number;
  /** A DATABASE_URL with tables of its own: another schema of the same database. */
  database(): Promise<string>;
  /** A program that comes with Postgres, as its operator runs it on a database of this server. */
  tool(name: 'pg_dump' | 'pg_restore', args: readonly string[]): void;
  /** As `pg_ctl stop`: `immediate` is a crash. */
  stop(mode: 'fast' | 'immediate'): Promise<void>;
  start(): Promise<void>;
  /** A copy that follows it: from now on a write is acknowledged when both have it on their disks. */
  standby(): Promise<TestPostgres>;
  /** Makes a standby the server that is written to. */
  promote(): Promise<void>;
  /** Ends it and deletes its folder. */
  close(): Promise<void>;
}

/** @param settings further ones, as `fsync: 'off'` */
export async function startPostgres(settings: Readonly<Record<string, string>> = {}): Promise<TestPostgres> {
  if (bin === null) throw new Error(`No Postgres found in ${VERSIONS}.`);
  // Postgres refuses to run as root.
  const asRoot = process.getuid?.() === 0;
  const user = asRoot ? ['--reuid=postgres', '--regid=postgres', '--init-groups'] : [];
  const canUse = (folder: string) => spawnSync(SETPRIV, [...user, '--', 'test', '-x', folder]).status === 0;
  // root's own folder for temporary files may be closed to others.
  const folder = mkdtempSync(join([tmpdir(), '/var/tmp'].find(canUse) ?? tmpdir(), 'postgres-'));
  if (asRoot) chownSync(folder, idOf('-u'), idOf('-g'));
  const data = join(folder, 'data');
  const initdb = [
    '-D',
    data,
    '-U',
    'crowd',
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--locale=C',
    '--no-sync',
    '--data-checksums',
  ];
  execFileSync(SETPRIV, [...user, '--', join(bin, 'initdb'), ...initdb], { cwd: folder, stdio: 'pipe' });
  const server = await serve({ folder, data, user, settings });
  return {
    ...server,
    async close() {
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Served {
  readonly folder: string;
  readonly data: string;
  /** Arguments that make it another user's. */
  readonly user: readonly string[];
  readonly settings: Readonly<Record<string, string>>;
}

async function serve({ folder, data, user, settings }: Served): Promise<TestPostgres> {
  const port = await freePort();
  const all = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    shared_buffers: '32MB',
    max_connections: '200',
    ...settings,
  };
  const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const base = `postgres://crowd@127.0.0.1:${port}/postgres`;
  let server: ChildProcess | null = null;
  let schemas = 0;

  async function start(): Promise<void> {
    // It ends with the process of the test, however that ends.
    const argv = [...user, '--pdeathsig=INT', '--', join(bin!, 'postgres'), '-D', data, ...flags];
    const started = spawn(SETPRIV, argv, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    started.stderr?.on('data', (chunk: Buffer) => {
      said = (said + chunk).slice(-4_000);
    });
    server = started;
    while (!(await answers(base))) {
      if (started.exitCode !== null) throw new Error(`Postgres ended by itself: ${said}`);
      await new Promise((done) => setTimeout(done, 50));
    }
  }
  async function stop(mode: 'fast' | 'immediate'): Promise<void> {
    const running = server;
    if (running === null) return;
    server = null;
    const ended = new Promise<void>((done) => running.once('exit', () => done()));
    running.kill(mode === 'fast' ? 'SIGINT' : 'SIGQUIT');
    await ended;
  }
  await start();
  return {
    port,
    pid: () => server?.pid ?? 0,
    async database() {
      schemas += 1;
      const name = `test_${schemas}`;
      await once(base, `CREATE SCHEMA ${name}`);
      return `${base}?options=${encodeURIComponent(`-c search_path=${name}`)}`;
    },
    tool: (name, args) =>
      void execFileSync(join(bin!, name), ['-h', '127.0.0.1', '-p', String(port), '-U', 'crowd', ...args]),
    stop,
    start,
    async standby() {
      const copy = join(folder, `standby-of-${port}`);
      const from = ['-h', '127.0.0.1', '-p', String(port), '-U', 'crowd'];
      const argv = [
        ...user,
        '--',
        join(bin!, 'pg_basebackup'),
        '-D',
        copy,
        ...from,
        '-R',
        '-X',
        'stream',
        '-c',
        'fast',
      ];
      execFileSync(SETPRIV, argv, { cwd: folder, stdio: 'pipe' });
      const standby = await serve({ folder, data: copy, user, settings });
      await once(base, `ALTER SYSTEM SET synchronous_standby_names = '*'`);
      await once(base, 'SELECT pg_reload_conf()');
      while ((await once(base, `SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync'`)).length === 0)
        await new Promise((done) => setTimeout(done, 50));
      return standby;
    },
    async promote() {
      await once(base, 'SELECT pg_promote()');
    },
    close: () => stop('immediate'),
  };
}

/** Runs one statement on a connection of its own. */
export async function once<R extends pg.QueryResultRow>(
  url: string,
  sql: string,
  values: unknown[] = [],
): Promise<R[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query<R>(sql, values)).rows;
  } finally {
    await client.end();
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    await once(url, 'SELECT 1');
    return true;
  } catch (error) {
    // Not listening yet, or still starting.
    const code = String((error as { code?: string }).code);
    if (['ECONNREFUSED', 'ECONNRESET', '57P03'].includes(code)) return false;
    throw error;
  }
}

const idOf = (flag: '-u' | '-g') => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
