// The real server as a child process on a free port, as `npm start` runs it; for stories and for kill -9.
// What it needs built (pages, guest libraries) is built by `npm test` before.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WARM_STAGES } from './rehearsed.ts';

export interface ServerProcess {
  /** http://127.0.0.1:port */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  readonly dataDir: string;
  /** The facilitator's link, from the file that a start without a terminal writes; '' of one node of several. */
  readonly hostUrl: string;
  readonly child: ChildProcess;
  /** Resolves to its exit code. */
  readonly gone: Promise<number | null>;
  /** Everything it printed so far. */
  output(): string;
  /** Milliseconds from its start to its address. */
  readonly startMs: number;
  /** SIGTERM, and waits; resolves to the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL, and waits. The data folder stays. */
  kill(): Promise<void>;
  /** Cuts the channel, as the end of its parent does. */
  disconnect(): void;
  /** Stops it and deletes its data folder. */
  remove(): Promise<void>;
}
export interface StartOptions {
  /** Default: a free one below 32768, so that a restart finds it free. */
  readonly port?: number;
  /** Default: a new folder. */
  readonly dataDir?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly flags?: readonly string[];
  /** Of Node, before the program. */
  readonly nodeFlags?: readonly string[];
  readonly patienceMs?: number;
  /** One of several: it opens no session by itself. */
  readonly isNode?: boolean;
}

const ROOT = join(import.meta.dirname, '../..');

export async function startServer(options: StartOptions = {}): Promise<ServerProcess> {
  const port = options.port ?? (await freePort());
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'crowd-')));
  const began = performance.now();
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      ...(options.nodeFlags ?? []),
      join(ROOT, 'server/main.ts'),
      '--port',
      String(port),
      ...(options.flags ?? []),
    ],
    {
      cwd: ROOT,
      env: {
        PATH: process.env['PATH'],
        NODE_ENV: 'production',
        NODE_COMPILE_CACHE: join(ROOT, '.runtime/compile-cache'),
        DATA_DIR: dataDir,
        ...WARM_STAGES,
        ...options.env,
      },
      // The channel ends the server with us, however we end.
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  const gone = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const shown = options.isNode ? /One node of (.+)/ : /Host\s+in the file (.+)/;
  const found = await printed(child, () => shown.exec(output)?.[1], {
    patienceMs: options.patienceMs ?? 60_000,
    output: () => output,
  }).catch(async (error: unknown) => {
    // It would go on listening, on a port that somebody else may be given.
    child.kill('SIGKILL');
    await gone;
    throw error;
  });
  const hostUrl = options.isNode ? '' : (await readFile(found, 'utf8')).trim();
  const signal = async (name: 'SIGTERM' | 'SIGKILL') => {
    if (child.exitCode === null && child.signalCode === null) child.kill(name);
    return gone;
  };
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    pid: child.pid ?? 0,
    dataDir,
    hostUrl,
    child,
    gone,
    output: () => output,
    startMs: performance.now() - began,
    stop: () => signal('SIGTERM'),
    disconnect: () => child.disconnect(),
    kill: async () => void (await signal('SIGKILL')),
    remove: async () => {
      await signal('SIGTERM');
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function printed(
  child: ChildProcess,
  look: () => string | undefined,
  { patienceMs, output }: { patienceMs: number; output: () => string },
): Promise<string> {
  return new Promise((resolve, reject) => {
    const done = (end: () => void) => {
      clearInterval(watch);
      clearTimeout(timer);
      child.off('exit', died);
      end();
    };
    const died = () => done(() => reject(new Error(`the server ended at its start:\n${output()}`)));
    const timer = setTimeout(
      () => done(() => reject(new Error(`the server did not show its address in ${patienceMs} ms:\n${output()}`))),
      patienceMs,
    );
    const watch = setInterval(() => {
      const found = look();
      if (found !== undefined) done(() => resolve(found));
    }, 10);
    child.once('exit', died);
  });
}

/** Workers of a test run have ports of their own: nobody takes one between the question whether it is free and its use. */
const WORKERS = 16;
const given = new Set<number>();

/** Ports above 32767 are given to outgoing connections, which could take it between two starts. */
export async function freePort(): Promise<number> {
  const own = Number(process.env['VITEST_POOL_ID'] ?? 0) % WORKERS;
  for (;;) {
    const port = 15_000 + WORKERS * Math.floor(Math.random() * 1_000) + own;
    if (given.has(port)) continue;
    const free = await new Promise<boolean>((resolve) => {
      const probe = createServer();
      probe.once('error', () => resolve(false));
      probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
    });
    if (!free) continue;
    given.add(port);
    return port;
  }
}
