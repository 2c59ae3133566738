// Several real nodes on one Postgres, behind HAProxy as in deploy/ or asked directly.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Haproxy, startHaproxy, withoutHaproxy } from './haproxy.ts';
import { once, startPostgres, type TestPostgres, withoutPostgres } from './postgres.ts';
import { freePort } from './server-process.ts';

const PROGRAM = join(import.meta.dirname, 'node-program.ts');
/** Makes a node one of a newer version, whose events the others do not read. */
export const NEWER = ['--import', join(import.meta.dirname, 'newer-events.ts')] as const;
export const CREATE_TOKEN = 'a-create-token-of-the-tests';

/** The sizes of the issue that asked for several nodes; `npm test` plays a small version of each. */
export const FULL = process.env['CLUSTER'] === 'full';

/** Where a program that is needed is missing, the tests of several nodes are skipped. */
export const withoutNodes = (): boolean => [withoutPostgres(), withoutHaproxy()].some(Boolean);

export interface TestNode {
  readonly port: number;
  readonly url: string;
  readonly child: ChildProcess;
  /** What it wrote to stderr. */
  log(): string;
  /** Sends the signal, and waits until it has ended. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null>;
}
export interface TestCluster {
  readonly postgres: TestPostgres;
  readonly databaseUrl: string;
  /** Where people come: HAProxy. */
  readonly url: string;
  readonly nodes: TestNode[];
  /** Starts one again at its port, as another process, in place of one that has ended. */
  restart(node: TestNode): Promise<TestNode>;
  /** The node whose row the session names. */
  ownerOf(session: string): Promise<{ readonly node: TestNode; readonly epoch: number }>;
  sql<R extends object>(text: string, values?: unknown[]): Promise<R[]>;
  create(): Promise<{ sessionId: string; joinCode: string; facilitatorSecret: string }>;
  close(): Promise<void>;
}

export interface ClusterOptions {
  readonly nodes?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Of the node at this index: where it reaches the database, given the real address. */
  readonly databaseOf?: (node: number, url: string) => string | Promise<string>;
  /** Of Node, for the node at this index. */
  readonly flagsOf?: (node: number) => readonly string[];
}

export async function startNode(options: {
  readonly port: number;
  readonly databaseUrl: string;
  readonly publicUrl: string;
  readonly env?: Readonly<Record<string, string>>;
  /** How many of the courses that ship with the project it has; default: all. */
  readonly courses?: number;
  /** Of Node, before the program. */
  readonly nodeFlags?: readonly string[];
}): Promise<TestNode> {
  const { port, databaseUrl, publicUrl } = options;
  const dataDir = await mkdtemp(join(tmpdir(), 'crowd-node-'));
  const flags = ['--disable-warning=ExperimentalWarning', ...(options.nodeFlags ?? [])];
  const child = spawn(process.execPath, [...flags, PROGRAM, '--port', String(port)], {
    env: {
      ...(options.courses === undefined ? {} : { NODE_COURSES: String(options.courses) }),
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      DATA_DIR: dataDir,
      DATABASE_URL: databaseUrl,
      PUBLIC_URL: publicUrl,
      CLUSTER_SECRET: 'a-secret-of-the-cluster',
      CREATE_TOKEN,
      TRUST_PROXY: '1',
      JOINS_PER_ADDRESS: '10000',
      ...options.env,
    },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let log = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    log = (log + text).slice(-100_000);
  });
  const ended = new Promise<number | null>((done) => child.once('exit', (code) => done(code)));
  void ended.then(() => rm(dataDir, { recursive: true, force: true }));
  const ready = new Promise<true>((done) => child.once('message', () => done(true)));
  if ((await Promise.race([ready, ended])) !== true) throw new Error(`a node ended at its start:\n${log}`);
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    child,
    log: () => log,
    async end(signal) {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      return ended;
    },
  };
}

export async function startCluster(options: ClusterOptions = {}): Promise<TestCluster> {
  const { nodes: count = 2, env = {}, databaseOf = (_, url) => url, flagsOf = () => [] } = options;
  const postgres = await startPostgres();
  const databaseUrl = await postgres.database();
  const publicPort = await freePort();
  const publicUrl = `http://127.0.0.1:${publicPort}`;
  const ports: number[] = [];
  while (ports.length < count) ports.push(await freePort());
  const start = async (port: number, node: number) =>
    startNode({
      port,
      databaseUrl: await databaseOf(node, databaseUrl),
      publicUrl,
      env,
      nodeFlags: flagsOf(node),
    });
  const nodes: TestNode[] = [];
  let haproxy: Haproxy | null = null;
  const close = async () => {
    await haproxy?.close();
    await Promise.all(
      nodes.map(async ({ child, end }) => {
        if (child.exitCode === null && child.signalCode === null) child.kill('SIGCONT');
        await end('SIGKILL');
      }),
    );
    await postgres.close();
  };
  try {
    nodes.push(...(await Promise.all(ports.map(start))));
    haproxy = await startHaproxy(
      ports.map((port) => `127.0.0.1:${port}`),
      publicPort,
    );
  } catch (error) {
    await close();
    throw error;
  }
  const sql = <R extends object>(text: string, values: unknown[] = []) => once<R>(databaseUrl, text, values);
  return {
    postgres,
    databaseUrl,
    url: publicUrl,
    nodes,
    sql,
    async restart(node) {
      const at = nodes.indexOf(node);
      const started = await start(node.port, at);
      nodes[at] = started;
      return started;
    },
    async ownerOf(session) {
      const [row] = await sql<{ owner: string | null; epoch: number }>(
        'SELECT owner, epoch FROM session WHERE id = $1',
        [session],
      );
      const node = nodes.find(({ port }) => row?.owner?.startsWith(`127.0.0.1:${port}-`));
      if (!row || !node) throw new Error(`session ${session} is owned by ${row?.owner ?? 'nobody'}`);
      return { node, epoch: row.epoch };
    },
    async create() {
      const answer = await fetch(`${publicUrl}/api/sessions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${CREATE_TOKEN}` },
        body: '{}',
      });
      const text = await answer.text();
      if (answer.status !== 201) throw new Error(`create answered ${answer.status}: ${text}`);
      return JSON.parse(text) as { sessionId: string; joinCode: string; facilitatorSecret: string };
    },
    close,
  };
}

export const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

/** Waits for what must come to be, however loaded the machine is. Rejects after `ms`. */
export async function until(what: string, test: () => boolean | Promise<boolean>, ms = 30_000): Promise<void> {
  const end = performance.now() + ms;
  while (!(await test())) {
    if (performance.now() > end) throw new Error(`waited ${ms} ms in vain for: ${what}`);
    await pause(20);
  }
}
