// The peer of our tickets: BullMQ on a Redis of the bench's own, with two workers that perform the same empty runs. Absent where
// redis-server is not installed. BullMQ is installed in a folder of its own, for this bench alone.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Job } from '#sandbox/index.ts';
import { freePort } from '../../support/server-process.ts';

const FOLDER = new URL('./queue/', import.meta.url).pathname;
const REDIS = 'redis-server';
const WORKERS = 2;

export interface QueuePeer {
  /** Milliseconds until all are done. */
  burst(jobs: readonly Job[]): Promise<number>;
  close(): Promise<void>;
}

/** As many as a pool lets wait, with some room. */
const MOST_AT_ONCE = 150;

/** Milliseconds until all are performed, so many at a time. */
export async function allOf(jobs: readonly Job[], perform: (job: Job) => Promise<void>): Promise<number> {
  const began = performance.now();
  const left = [...jobs];
  await Promise.all(
    Array.from({ length: MOST_AT_ONCE }, async () => {
      for (let job = left.shift(); job !== undefined; job = left.shift()) await perform(job);
    }),
  );
  return performance.now() - began;
}

/** null: there is no redis-server. @param places runs at a time of each worker */
export async function startQueuePeer(places: number): Promise<QueuePeer | null> {
  if (spawnSync('sh', ['-c', `command -v ${REDIS}`]).status !== 0) return null;
  if (!existsSync(join(FOLDER, 'node_modules'))) {
    const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: FOLDER, stdio: 'inherit' });
    if (status !== 0) throw new Error(`BullMQ could not be installed in ${FOLDER}.`);
  }
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'redis-'));
  const children: ChildProcess[] = [];
  const close = async () => {
    for (const child of children.reverse()) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    rmSync(folder, { recursive: true, force: true });
  };
  // As Redis is advised for queues: each change is appended to a file, which goes to the disk once a second.
  const argv = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'yes', '--dir', folder];
  // It ends with the bench, however that ends.
  const redis = spawn('setpriv', ['--pdeathsig=KILL', '--', REDIS, ...argv], { stdio: 'ignore' });
  children.push(redis);
  try {
    while (!(await accepts(port))) {
      if (redis.exitCode !== null) throw new Error('redis-server ended at its start');
      await new Promise((done) => setTimeout(done, 50));
    }
    for (let n = 0; n < WORKERS; n += 1) {
      const child = spawn(
        process.execPath,
        [
          '--disable-warning=ExperimentalWarning',
          join(import.meta.dirname, 'queue-worker.ts'),
          String(port),
          String(places),
        ],
        { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
      );
      children.push(child);
      await new Promise<void>((ready, failed) => {
        child.once('message', () => ready());
        child.once('exit', (code) => failed(new Error(`a worker of BullMQ ended with ${code}`)));
      });
    }
  } catch (error) {
    await close();
    throw error;
  }
  const { Queue, QueueEvents } = await bullmq();
  const connection = { host: '127.0.0.1', port };
  const [queue, events] = [new Queue('runs', { connection }), new QueueEvents('runs', { connection })];
  await events.waitUntilReady();
  return {
    burst(jobs) {
      return allOf(jobs, async (job) => {
        const added = await queue.add('run', job, { removeOnComplete: 1_000, removeOnFail: 1_000 });
        await added.waitUntilFinished(events);
      });
    },
    async close() {
      await Promise.all([queue.close(), events.close()]);
      await close();
    },
  };
}

/** What of it is used here: it is not among the packages of the project, so the compiler does not know it. */
interface BullMq {
  readonly Queue: new (
    name: string,
    options: object,
  ) => {
    add(name: string, data: object, options: object): Promise<{ waitUntilFinished(events: object): Promise<unknown> }>;
    close(): Promise<void>;
  };
  readonly QueueEvents: new (
    name: string,
    options: object,
  ) => { waitUntilReady(): Promise<unknown>; close(): Promise<void> };
  readonly Worker: new (
    name: string,
    perform: (job: { readonly data: Job }) => Promise<string>,
    options: object,
  ) => { on(event: 'error', ear: (error: Error) => void): void; waitUntilReady(): Promise<unknown> };
}
export const bullmq = async () =>
  (await import(pathToFileURL(createRequire(`${FOLDER}package.json`).resolve('bullmq')).href)) as BullMq;

const accepts = (port: number) =>
  new Promise<boolean>((done) => {
    const line = net.connect(port, '127.0.0.1');
    line.once('connect', () => {
      line.destroy();
      done(true);
    });
    line.once('error', () => done(false));
  });
