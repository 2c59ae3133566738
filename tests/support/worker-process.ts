// A real worker as a process of its own, as `npm run worker` runs it.
import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { getPriority, tmpdir } from 'node:os';
import { join } from 'node:path';

const PROGRAM = join(import.meta.dirname, '../../sandbox/worker-main.ts');
export const WORKER_SECRET = 'a-secret-of-the-workers';
/** Of nodes whose runs workers perform. */
export const FLEET = { RUNS: 'fleet', WORKER_SECRET } as const;

export interface TestWorker {
  readonly pid: number;
  readonly child: ChildProcess;
  /** Of its run caches. */
  readonly folder: string;
  /** What it wrote to stderr. */
  log(): string;
  /** Main runs of the session that it has begun. */
  took(session: string): number;
  /** Process ids of its children. */
  children(): readonly number[];
  /** Those that perform a run, or wait for one: checks and explanations have a lower priority. */
  ofRuns(): readonly number[];
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null>;
}

export async function startWorkerProcess(nodes: readonly string[], secret = WORKER_SECRET): Promise<TestWorker> {
  const folder = await mkdtemp(join(tmpdir(), 'crowd-test-worker-'));
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', PROGRAM], {
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      WORKER_NODES: nodes.join(','),
      WORKER_SECRET: secret,
      WORKER_RUNS: '2',
      WORKER_DIR: folder,
    },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let log = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    log = (log + text).slice(-100_000);
  });
  const ended = new Promise<number | null>((done) => child.once('exit', (code) => done(code)));
  void ended.then(() => rm(folder, { recursive: true, force: true }));
  const ready = new Promise<true>((done) => child.once('message', () => done(true)));
  if ((await Promise.race([ready, ended])) !== true) throw new Error(`a worker ended at its start:\n${log}`);
  const pid = child.pid ?? 0;
  return {
    pid,
    child,
    folder,
    log: () => log,
    took: (session) => log.split(`"event":"taken","session":"${session}","what":"main"`).length - 1,
    children: () => descendantsOf(pid),
    ofRuns() {
      const children = descendantsOf(pid).map((child) => ({ child, nice: nicenessOf(child) }));
      const least = Math.min(...children.map(({ nice }) => nice));
      return children.filter(({ nice }) => nice === least).map(({ child }) => child);
    },
    async end(signal) {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGCONT');
        child.kill(signal);
      }
      return ended;
    },
  };
}

export const isAlive = (pid: number): boolean => {
  try {
    // One that has ended and was not waited for is gone, too.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
};

function descendantsOf(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((one) => /^\d+$/.test(one))) {
    const parent = parentOf(name);
    if (parent !== null) parents.set(Number(name), parent);
  }
  const found: number[] = [];
  for (let open = [pid]; open.length > 0; ) {
    open = [...parents].filter(([, parent]) => open.includes(parent)).map(([child]) => child);
    found.push(...open);
  }
  return found;
}

function nicenessOf(pid: number): number {
  try {
    return getPriority(pid);
  } catch {
    return Number.POSITIVE_INFINITY; // it has ended meanwhile
  }
}

function parentOf(pid: string): number | null {
  try {
    return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  } catch {
    return null; // it has ended meanwhile
  }
}
