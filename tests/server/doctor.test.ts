// `npm run doctor` on machines where something is wrong: each fault is real, is said in a sentence, and has what to do.
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { defaultCourse } from '#sandbox/index.ts';
import { checkAddress, checkClock, checkDisk, checkPort, checkSandbox, spaceFinding } from '#server/doctor.ts';
import { type Config, readConfig } from '#server/platform/config.ts';
import { createManualPool } from '../support/manual-pool.ts';
import { freePort } from '../support/server-process.ts';
import { startTestServer } from '../support/test-server.ts';

const ROOT = join(import.meta.dirname, '../..');

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'doctor-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function config(env: Record<string, string>): Config {
  const read = readConfig([], { DATA_DIR: folder, ...env });
  if (!read.ok) throw new Error(read.line);
  return read.config;
}

it('says whose a port is that is taken', async () => {
  const port = await freePort();
  expect(await checkPort(config({ PORT: String(port) }))).toEqual({
    state: 'ok',
    text: `Port ${port} at 127.0.0.1 is free.`,
  });
  const other = createServer().listen(port, '127.0.0.1');
  // Something that speaks no HTTP.
  other.on('connection', (socket) => socket.end('220 mail\r\n', () => socket.destroy()));
  expect(await checkPort(config({ PORT: String(port) }))).toMatchObject({
    state: 'failed',
    todo: expect.stringContaining(`--port ${port + 1}`),
  });
  await new Promise((done) => other.close(done));
  const server = await startTestServer();
  expect(await checkPort(config({ PORT: String(server.port) }))).toMatchObject({ state: 'warning' });
  await server.close();
  expect(await checkPort(config({ HOST: '192.0.2.77', PORT: String(port) }))).toMatchObject({ state: 'failed' });
});

it('says that a name of PUBLIC_URL is unknown, and that only this machine can join', async () => {
  expect(await checkAddress(config({ PUBLIC_URL: 'https://crowd.invalid' }))).toMatchObject({ state: 'failed' });
  expect(await checkAddress(config({ PUBLIC_URL: 'http://localhost:4000' }))).toMatchObject({ state: 'ok' });
  expect(await checkAddress(config({}))).toMatchObject({ state: 'warning', todo: expect.stringContaining('--lan') });
});

it('says that the data folder takes nothing, and leaves nothing in one that does', async () => {
  writeFileSync(join(folder, 'a-file'), '');
  for (const dataDir of [join(folder, 'a-file'), join(folder, 'a-file/below'), '/proc/crowd', '/sys'])
    expect(await checkDisk({ dataDir }), dataDir).toMatchObject([
      { state: 'failed', todo: expect.stringContaining('DATA_DIR') },
    ]);
  const dataDir = join(folder, 'not/yet/there');
  expect((await checkDisk({ dataDir })).map(({ state }) => state)).not.toContain('failed');
  expect(readdirSync(folder)).toEqual(['a-file']);
  expect([1e8, 1e9, 1e10].map((bytes) => spaceFinding(bytes).state)).toEqual(['failed', 'warning', 'ok']);
});

it('says that the clock is behind the newest session', () => {
  expect(checkClock({ dataDir: folder })).toMatchObject({ state: 'ok' });
  const file = join(folder, 'sessions.db');
  writeFileSync(file, '');
  const ahead = new Date(Date.now() + 3 * 24 * 3_600_000);
  utimesSync(file, ahead, ahead);
  expect(checkClock({ dataDir: folder })).toMatchObject({
    state: 'failed',
    text: expect.stringContaining(ahead.toISOString().slice(0, 10)),
  });
});

it('says that the sandbox does not start, or that its first run fails', async () => {
  const course = [defaultCourse()] as const;
  const broken = () => Promise.reject(new Error('no memory for a child'));
  expect(await checkSandbox({ courseData: null }, course, broken)).toMatchObject([
    { state: 'failed', text: expect.stringContaining('no memory for a child') },
  ]);
  const gap = 'Children have no network namespace of their own.';
  const pool = { ...createManualPool(), gaps: [gap] };
  const checked = checkSandbox({ courseData: null }, course, () => Promise.resolve(pool));
  await expect.poll(() => pool.jobs).toHaveLength(1);
  pool.jobs[0]!.finish({
    status: 'failed',
    error: { stage: 'train', kind: 'limit', code: 'stage_time', facts: { ms: 1 } },
  });
  const [protection, run] = await checked;
  expect(protection).toMatchObject({ state: 'warning', text: gap, todo: expect.stringContaining('trust') });
  expect(run).toMatchObject({
    state: 'failed',
    text: expect.stringContaining('stage_time in train'),
  });
});

it('as a command: a QR code, a checklist, a real run; with a taken port it ends with 1', async () => {
  const port = await freePort();
  // It must read, or it never sees that its caller went away.
  const taken = createServer((socket) => socket.resume()).listen(port, '127.0.0.1');
  const ended = await promisify(execFile)(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', 'server/doctor-command.ts', '--port', String(port)],
    { cwd: ROOT, env: { PATH: process.env['PATH'], DATA_DIR: join(folder, 'data'), NODE_ENV: 'production' } },
  ).then(
    () => ({ code: 0, stdout: '' }),
    (error: { code: number; stdout: string }) => error,
  );
  await new Promise((done) => taken.close(done));
  expect(ended.code).toBe(1);
  const { stdout } = ended;
  expect(stdout).toContain(`FAILED  Port ${port} is used by another program.`);
  expect(stdout).toMatch(/ok {6}A run of ".+" takes \d+\.\d s \(cv\.rmse \d\.\d+\)/);
  expect(stdout).toMatch(/[█▀▄]{10}/);
  expect(stdout).toContain('Before the talk:');
  expect(stdout).toContain('Not ready');
  expect(readdirSync(folder)).toEqual([]);
}, 180_000);
