// The checks of `npm run doctor`: whether this machine is ready for a session with these settings. Each is one finding: a
// plain sentence, and what to do where something is wrong.
// Invariant: nothing is left behind, and no session is read or changed.
import { lookup } from 'node:dns/promises';
import { constants, existsSync, statSync } from 'node:fs';
import { access, mkdtemp, open, rm, statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { availableParallelism, freemem, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Course, createPool, type Pool } from '#sandbox/index.ts';
import type { Config } from './platform/config.ts';
import { ownAddresses } from './platform/own-addresses.ts';
import { sessionCourses } from './session/session-courses.ts';

export interface Finding {
  readonly state: 'ok' | 'warning' | 'failed';
  readonly text: string;
  /** What to do; absent where it is in order. */
  readonly todo?: string;
}

const ok = (text: string): Finding => ({ state: 'ok', text });
const warning = (text: string, todo: string): Finding => ({ state: 'warning', text, todo });
const failed = (text: string, todo: string): Finding => ({ state: 'failed', text, todo });

const LEAST_BYTES = 200 * 1024 * 1024;
const GOOD_BYTES = 2 * 1024 ** 3;
const SLOW_DISK_MS = 50;
const SLOW_RUN_MS = 15_000;
/** Two connections for each of a thousand people, and what the rest needs. */
const GOOD_FILES = 4_096;
const GOOD_MEMORY = 1024 ** 3;
const DAY_MS = 24 * 60 * 60 * 1000;

export async function checkPort({ host, port }: Config): Promise<Finding> {
  const code = await new Promise<string | null>((done) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => done(error.code ?? 'unknown'));
    probe.listen(port, host, () => probe.close(() => done(null)));
  });
  if (code === null) return ok(`Port ${port} at ${host} is free.`);
  if (code === 'EACCES')
    return failed(`This user may not listen at port ${port}.`, 'Choose one above 1023 with PORT or --port.');
  if (code !== 'EADDRINUSE')
    return failed(
      `The address ${host} cannot be listened at (${code}).`,
      'Set HOST to an address of this machine, or leave it out.',
    );
  const other = port === 65_535 ? 3000 : port + 1;
  const health = await fetch(`http://127.0.0.1:${port}/healthz`, { signal: AbortSignal.timeout(3_000) })
    .then((response) => response.json() as Promise<{ protocol?: number }>)
    .catch(() => null);
  return typeof health?.protocol === 'number'
    ? warning(`Crowd Programming is running at port ${port} already.`, 'Nothing, if that is the one you want to use.')
    : failed(
        `Port ${port} is used by another program.`,
        `Stop that program, or start with: npm start -- --port ${other}`,
      );
}

export async function checkAddress({ lan, publicUrl }: Config): Promise<Finding> {
  if (publicUrl !== null) {
    const { hostname } = new URL(publicUrl);
    const found = await lookup(hostname).catch(() => null);
    return found
      ? ok(`${hostname} of PUBLIC_URL leads to ${found.address}.`)
      : failed(`The name ${hostname} of PUBLIC_URL is not known here.`, 'Enter it in the DNS, or correct PUBLIC_URL.');
  }
  if (!lan) return warning('Only this machine can join.', 'For others on your network: npm start -- --lan');
  const [first, ...others] = ownAddresses(null);
  if (!first) return failed('This machine has no network.', 'Connect it to the network that the audience is in.');
  const also = others.length === 0 ? '' : ` (also ${others.map(({ address }) => address).join(', ')})`;
  return first.virtual
    ? warning(
        `The only address, ${first.address}, is of ${first.name}, which phones do not reach.`,
        'Connect to the Wi-Fi of the audience.',
      )
    : ok(`People reach this machine at ${first.address}, ${first.name}${also}.`);
}

export async function checkDisk({ dataDir }: Pick<Config, 'dataDir'>): Promise<readonly Finding[]> {
  // The folder is made by the first start: before that the nearest one that is there counts.
  let folder = dataDir;
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  let scratch: string;
  try {
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    scratch = await mkdtemp(join(folder, '.doctor-'));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    return [
      failed(
        `The data folder ${dataDir} cannot be written (${code}).`,
        'Give this user the right to, or choose another one with DATA_DIR.',
      ),
    ];
  }
  try {
    const { bavail, bsize } = await statfs(folder);
    const ms = await flushTime(join(scratch, 'flush'));
    return [
      spaceFinding(bavail * bsize),
      ms <= SLOW_DISK_MS
        ? ok(`The disk takes a write in ${ms.toFixed(1)} ms.`)
        : warning(
            `The disk takes ${ms.toFixed(0)} ms for a write; each act of a participant waits for one.`,
            'Put DATA_DIR on a local disk, not on a network or memory card.',
          ),
    ];
  } catch (error) {
    return [
      failed(
        `The data folder ${dataDir} takes no data (${(error as NodeJS.ErrnoException).code}).`,
        'Make space, or choose another one with DATA_DIR.',
      ),
    ];
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

export function spaceFinding(bytes: number): Finding {
  const free = `${(bytes / 1024 ** 3).toFixed(1)} GiB are free for data.`;
  if (bytes >= GOOD_BYTES) return ok(free);
  const todo = 'Make space, or choose another disk with DATA_DIR. A full disk refuses everything but reading.';
  return bytes < LEAST_BYTES ? failed(free, todo) : warning(free, todo);
}

/** Milliseconds of a durable write: of twenty the second slowest. */
async function flushTime(file: string): Promise<number> {
  const handle = await open(file, 'w');
  const times: number[] = [];
  try {
    for (let i = 0; i < 20; i += 1) {
      const began = performance.now();
      await handle.write(Buffer.alloc(4096, i));
      await handle.datasync();
      times.push(performance.now() - began);
    }
  } finally {
    await handle.close();
  }
  return times.toSorted((a, b) => a - b).at(-2) ?? 0;
}

/** Without the internet the only other clock is that of the files. */
export function checkClock({ dataDir }: Pick<Config, 'dataDir'>, now = Date.now()): Finding {
  const files = [join(dataDir, 'sessions.db'), join(dataDir, 'sessions.db-wal'), import.meta.filename];
  const newest = Math.max(...files.filter((file) => existsSync(file)).map((file) => statSync(file).mtimeMs));
  const day = (ms: number) => new Date(ms).toISOString().slice(0, 16).replace('T', ' ');
  return newest - now > DAY_MS
    ? failed(
        `The clock says ${day(now)} UTC, but there are files of ${day(newest)}.`,
        'Set the clock: the order of what happens and how long sessions are kept depend on it.',
      )
    : ok(`The clock says ${day(now)} UTC.`);
}

export function checkMachine(): readonly Finding[] {
  const report = process.report.getReport() as { userLimits?: { open_files?: { soft?: number | 'unlimited' } } };
  const files = report.userLimits?.open_files?.soft;
  const cores = availableParallelism();
  const memory = freemem();
  return [
    memory >= GOOD_MEMORY && cores >= 2
      ? ok(`${cores} cores, ${(memory / 1024 ** 3).toFixed(1)} GiB of memory free.`)
      : warning(
          `${cores} cores, ${(memory / 1024 ** 3).toFixed(1)} GiB of memory free.`,
          'Close other programs; docs/operations.md says how much how many people need.',
        ),
    ...(typeof files === 'number' && files < GOOD_FILES
      ? [
          warning(
            `The limit of open files is ${files}, enough for about ${Math.floor((files * 0.75 - 100) / 2)} people.`,
            `For more: ulimit -n ${GOOD_FILES} before the start.`,
          ),
        ]
      : []),
  ];
}

/** The sandbox, and the first run of a session in it. */
export async function checkSandbox(
  config: Pick<Config, 'courseData'>,
  courses: readonly [Course, ...Course[]],
  makePool: () => Promise<Pool> = () => createPool(),
): Promise<readonly Finding[]> {
  let pool: Pool;
  try {
    pool = await makePool();
  } catch (error) {
    return [
      failed(
        `The sandbox does not start: ${(error as Error).message}`,
        'Without it there are no runs. SECURITY.md says what it needs.',
      ),
    ];
  }
  const cacheDir = await mkdtemp(join(tmpdir(), 'doctor-'));
  try {
    const gaps = pool.gaps.map((gap) =>
      warning(gap, 'Until then run sessions only with people whom you trust with this machine.'),
    );
    const { first } = sessionCourses(courses, config.courseData);
    const begin = first.checkpoint(first.first)!;
    const { tables, holdout, checked } = first.data(begin.task.id);
    const job = {
      runId: 'doctor',
      sessionId: 'doctor',
      kind: 'main',
      files: begin.files,
      data: tables,
      holdout,
      cacheDir,
      task: checked,
    } as const;
    const report = await pool.runJob(job, () => {}).report;
    const seconds = (report.ms / 1000).toFixed(1);
    const [name, score] = Object.entries(report.metrics)[0] ?? ['', Number.NaN];
    const run =
      report.status !== 'succeeded'
        ? failed(
            `The first run of "${first.title}" ${report.status}${report.error ? ` (${report.error.code} in ${report.error.stage})` : ''}.`,
            'Look at the course with: npm run course -- check <folder>',
          )
        : report.ms > SLOW_RUN_MS
          ? warning(
              `A run of "${first.title}" takes ${seconds} s.`,
              'Close other programs, or take a faster machine: people wait for every run.',
            )
          : ok(`A run of "${first.title}" takes ${seconds} s (${name} ${score.toFixed(3)}).`);
    return [...(gaps.length > 0 ? gaps : [ok('All sandbox protections are active.')]), run];
  } finally {
    await pool.close();
    await rm(cacheDir, { recursive: true, force: true });
  }
}
