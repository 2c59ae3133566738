// The exported repository as somebody goes on with it: installed, tested, run, reproduced and served, on the oldest and the
// newest version of Node that it is for; on all three where EVERY_NODE is set.
import { type ChildProcess, execFile, execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { crc32, inflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { outsideFolder } from '#sandbox/index.ts';
import { environmentOf } from '#server/export/environment.ts';
import { zipOfRepository } from '#server/export/export-repository.ts';
import type { LiveSession } from '#server/session/session-api.ts';
import { buildImage, readDockerfile, runContainer } from '../../support/dockerfile.ts';
import { exportedRepository } from '../../support/exported-repository.ts';
import { nodeOf } from '../../support/older-nodes.ts';
import { freePort } from '../../support/server-process.ts';

const run = promisify(execFile);
const ENCLOSED = { notice: 'data/raw/students.csv is a table of the town, CC BY 4.0.', inRepository: true };
const cleanups: (() => unknown)[] = [];
let made: Awaited<ReturnType<typeof exportedRepository>>;
let home: string;
let session: LiveSession;
let repository: string;

const ownRun = () => made.ownRun();
const git = (...words: string[]) => execFileSync('git', ['-C', repository, ...words], { encoding: 'utf8' }).trim();

beforeAll(async () => {
  made = await exportedRepository(ENCLOSED);
  cleanups.push(() => made.close());
  ({ home, session, repository } = made);
}, 60_000);
afterAll(async () => {
  for (const clean of cleanups) await clean();
});

it('has what a project has, and a lock that is true', async () => {
  const paths = git('ls-files')
    .split('\n')
    .filter((path) => !path.startsWith('libraries/'));
  for (const path of [
    ...['.dockerignore', '.dvc/config', '.gitattributes', '.githooks/pre-commit', '.github/workflows/ci.yml'],
    ...['.pre-commit-config.yaml', 'Dockerfile', 'LICENSE', 'Makefile', 'README.md', 'THIRD_PARTY_NOTICES.txt'],
    ...['dvc.lock', 'dvc.yaml', 'package-lock.json', 'package.json', 'params.yaml', 'tsconfig.json', 'biome.json'],
    ...['notebooks/session.ipynb', 'references/data-dictionary.md', 'references/schema.json'],
    ...['reports/figures/score.svg', 'reports/metrics.json', 'reports/report.html', 'tests/repository.test.mjs'],
  ])
    expect(paths).toContain(path);
  expect(git('fsck', '--strict', '--no-dangling')).toBe('');
  // npm start writes the lock that reproduce compares with.
  const workflow = readFileSync(join(repository, '.github/workflows/ci.yml'), 'utf8');
  expect([...workflow.matchAll(/- run: (npm .+)/g)].map(([, command]) => command)).toEqual([
    ...['npm ci --ignore-scripts', 'npm run check', 'npm ci --omit=dev --ignore-scripts'],
    ...['npm run reproduce', 'npm test', 'npm start'],
  ]);
  // main as people pull it has no report: it is a commit of its own.
  expect(git('log', '-1', '--format=%an|%s')).toBe('Crowd Programming|Add the report of the session');
  expect(git('ls-tree', '-r', '--name-only', 'HEAD~1')).not.toMatch(/report\.html|dvc\.lock|metrics\.json/);
  const report = await session.report(ownRun()!.id);
  const lock = readFileSync(join(repository, 'dvc.lock'), 'utf8');
  for (const { outs } of report!.stages)
    for (const { path } of outs) expect(lock).toContain(`- path: ${path}\n      hash: md5\n      md5: `);
  expect(JSON.parse(readFileSync(join(repository, 'reports/metrics.json'), 'utf8')).cv.rmse).toBe(
    ownRun()?.metrics['cv.rmse'],
  );
  const zip = await zipOfRepository(session, { outside: outsideFolder(), ...ENCLOSED }, 'session');
  const zipped = unzipped(zip!);
  expect([...zipped.keys()].sort()).toEqual(
    git('ls-files')
      .split('\n')
      .map((path) => `session/${path}`)
      .sort(),
  );
  for (const [path, text] of zipped) expect(readFileSync(join(home, path), 'utf8')).toBe(text);
});

it('runs the same in the sandbox again, from an empty cache', async () => {
  const { id } = ownRun()!;
  await session.reproduce(id);
  await expect.poll(() => session.reproduction(id).state, { timeout: 30_000 }).toBe('done');
  expect(session.reproduction(id).value).toMatchObject({ same: 8, of: 8, differing: [] });
  const { lock, libraries, seeds } = await environmentOf(session, ownRun()!, outsideFolder());
  expect(lock).toBe(readFileSync(join(repository, 'dvc.lock'), 'utf8'));
  expect(libraries.map(({ name }) => name)).toEqual(['danfojs', 'pipeline-core', 'workshop']);
  expect(seeds).toEqual([{ key: 'seed', value: '42' }]);
});

const nodes = [20, 22, 24].filter((major) => major !== 22 || process.env['EVERY_NODE'] !== undefined);
describe.each(nodes)('on Node %i', (major) => {
  const node = major === 24 ? process.execPath : nodeOf(major as 20 | 22);
  const ours = process.env['PATH'] ?? '';
  const env = { ...process.env, PATH: `${dirname(node ?? '')}${delimiter}${ours}`, TZ: 'America/New_York' };

  it.skipIf(node === null)(
    'gives the numbers of the session to the last bit, and answers as its model',
    async () => {
      const folder = join(home, `node-${major}`);
      cpSync(repository, folder, { recursive: true });
      const npm = (...words: string[]) => run('npm', words, { cwd: folder, env });
      expect((await run('node', ['--version'], { env })).stdout).toMatch(new RegExp(`^v${major}\\.`));
      await npm('ci', '--omit=dev', '--ignore-scripts', '--offline', '--no-audit', '--no-fund');
      expect((await npm('test')).stdout).toMatch(/6 of 6 tests pass[\s\S]* pass 2\n/);
      if (major === 24) expect((await npm('run', 'reproduce')).stdout).toContain('Same to the last bit: 8 of 8 outs.');
      else await npm('start');
      // The lock, the metrics and everything else are as the session left them.
      expect(execFileSync('git', ['-C', folder, 'status', '--porcelain'], { encoding: 'utf8' })).toBe('');

      const row = visibleRow();
      const { prediction } = await session.predict(row);
      const served = await serve(folder, env);
      const ask = (body: unknown, type = 'application/json') =>
        fetch(`${served.url}/predict`, {
          method: 'POST',
          headers: { 'content-type': type },
          body: JSON.stringify(body),
        });
      expect(await (await ask({ row })).json()).toEqual({ prediction });
      expect(await (await ask({ rows: [row, row] })).json()).toEqual({ predictions: [{ prediction }, { prediction }] });
      expect((await ask({ row: { ...row, G3: 12 } })).status).toBe(400);
      expect((await ask({ row: { nonsense: 1 } })).status).toBe(400);
      expect((await ask('x')).status).toBe(400);
      expect((await ask({ row }, 'text/plain')).status).toBe(415);
      const page = await fetch(served.url);
      expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    },
    120_000,
  );
});

it('says which out differs', () => {
  const folder = join(home, 'changed');
  cpSync(repository, folder, { recursive: true });
  const start = (...words: string[]) =>
    spawnSync(process.execPath, ['libraries/workshop/start.js', ...words], { cwd: folder, encoding: 'utf8' });
  execFileSync('npm', ['ci', '--omit=dev', '--ignore-scripts', '--offline'], { cwd: folder, stdio: 'pipe' });
  const params = join(folder, 'params.yaml');
  writeFileSync(params, readFileSync(params, 'utf8').replace('seed: 42', 'seed: 43'));
  const changed = start('--reproduce');
  expect(changed.status).toBe(1);
  expect(changed.stdout).toMatch(/^same +data\/processed\/students\.csv$/m);
  expect(changed.stdout).toMatch(/^differs +reports\/metrics\.json$/m);
});

it.skipIf(process.platform !== 'linux')(
  'is served from its Dockerfile: whole, not as root, in health, and gone when it is asked to stop',
  async () => {
    const file = readDockerfile(readFileSync(join(repository, 'Dockerfile'), 'utf8'));
    expect(file).toMatchObject({ image: `node:${process.versions.node}-slim`, user: 'node' });
    const folder = mkdtempSync(join(home, 'image-'));
    chmodSync(home, 0o755);
    buildImage(file, repository, folder);
    const port = await freePort();
    const container = runContainer(file, folder, port);
    cleanups.unshift(() => container.remove());
    expect(container.health()).toBe(1);
    await vi.waitFor(() => expect(container.said()).toContain(`http://localhost:${port}`), { timeout: 30_000 });
    expect(container.health()).toBe(0);
    const row = visibleRow();
    const answer = await fetch(`http://127.0.0.1:${port}/predict`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ row }),
    });
    expect(await answer.json()).toEqual({ prediction: (await session.predict(row)).prediction });
    container.stop();
    expect(await container.ended).toBe(0);
    await expect(fetch(`http://127.0.0.1:${port}`)).rejects.toThrow();
  },
  120_000,
);

/** Path -> text, by its directory, each checked as programs for zip files check it. */
function unzipped(zip: Buffer): ReadonlyMap<string, string> {
  const end = zip.length - 22;
  expect(zip.readUInt32LE(end)).toBe(0x06054b50);
  const files = new Map<string, string>();
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    expect(zip.readUInt32LE(at)).toBe(0x02014b50);
    const [packed, size, length] = [zip.readUInt32LE(at + 20), zip.readUInt32LE(at + 24), zip.readUInt16LE(at + 28)];
    const local = zip.readUInt32LE(at + 42);
    expect(zip.readUInt32LE(local)).toBe(0x04034b50);
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const bytes = inflateRawSync(zip.subarray(from, from + packed));
    expect([bytes.length, crc32(bytes)]).toEqual([size, zip.readUInt32LE(at + 16)]);
    files.set(zip.toString('utf8', at + 46, at + 46 + length), bytes.toString('utf8'));
    at += 46 + length;
  }
  return files;
}

/** The first row of the table, without what the task forbids. */
function visibleRow(): Record<string, string | number> {
  const [header = '', first = ''] = Object.values(session.tables())[0]!.split('\n');
  const cells = first.split(',');
  const { forbidden } = session.state().task;
  return Object.fromEntries(
    header.split(',').flatMap((name, i) => {
      const cell = cells[i] ?? '';
      return forbidden.includes(name) ? [] : [[name, /^-?[\d.]+$/.test(cell) ? Number(cell) : cell]];
    }),
  );
}

async function serve(folder: string, env: NodeJS.ProcessEnv): Promise<{ readonly url: string }> {
  const child: ChildProcess = spawn('node', ['libraries/workshop/start.js', '--serve'], {
    cwd: folder,
    env: { ...env, PORT: '0' },
    detached: true,
  });
  cleanups.unshift(() => {
    // The server is a child of the starter: both are one group.
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
  });
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout?.on('data', (text: Buffer) => {
      said += text.toString();
      const [url] = /http:\/\/\S+/.exec(said) ?? [];
      if (url !== undefined) resolve({ url });
    });
    child.stderr?.on('data', (text: Buffer) => {
      said += text.toString();
    });
    child.once('exit', () => reject(new Error(said)));
  });
}
