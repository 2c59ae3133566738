// What is exported: its stages in plain Node give the very metrics of the sandbox.

import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ABSENT_FUNCTIONS } from '#sandbox/guest/danfojs/absent/functions.ts';
import { guestTypes, outsideFolder } from '#sandbox/index.ts';
import { nodeOf } from '#tests/support/older-nodes.ts';
import { DATA_PATH, loadDataset, readCheckpoint } from '#tests/support/student-course.ts';
import { openRig, type Rig } from '../rig.ts';

let rig: Rig;
let home: string;
beforeAll(async () => {
  rig = await openRig();
  home = mkdtempSync(join(tmpdir(), 'outside-'));
});
afterAll(async () => {
  await rig.close();
  rmSync(home, { recursive: true, force: true });
});

it.each(['1-start', '3-forest'])('%s runs in plain Node with bit-identical outs', async (checkpoint) => {
  const files = readCheckpoint(checkpoint);
  const data = { [DATA_PATH]: loadDataset({ synthetic: true, seed: 11 }).visibleCsv };
  const report = await rig.run({ files, data });
  expect(report.error).toBeUndefined();

  const folder = join(home, checkpoint);
  for (const [path, text] of Object.entries({ ...files, ...data, 'package.json': '{"type": "module"}' })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  cpSync(outsideFolder(), folder, { recursive: true });
  for (const stage of ['prepare', 'train', 'evaluate', 'test']) {
    execFileSync(process.execPath, [`src/${stage}.ts`], { cwd: folder, stdio: 'pipe' });
  }
  for (const { path, sha256 } of report.stages.flatMap((stage) => stage.outs)) {
    const own = readFileSync(join(folder, path));
    const kept = readFileSync(join(rig.home, 'session/objects', sha256));
    expect(own.equals(kept), path).toBe(true);
  }
  const metrics = JSON.parse(readFileSync(join(folder, 'reports/metrics.json'), 'utf8')) as { cv: { rmse: number } };
  expect(metrics.cv.rmse).toBe(report.metrics['cv.rmse']);
});

const CHANCE = `import './dice.ts';
import { writeJson } from 'workshop';
import { first } from './dice.ts';
const day = new Date(2020, 5, 1, 12);
writeJson('reports/chance.json', {
  first,
  random: [Math.random(), Math.random()] as number[],
  now: [Date.now(), new Date().toISOString(), String(new Date()), day.getTime(), day.getTimezoneOffset()],
  zone: [Intl.DateTimeFormat().resolvedOptions().timeZone, new Intl.NumberFormat().resolvedOptions().locale],
  text: [day.toLocaleString(), day.toLocaleDateString(), (1234567.891).toLocaleString(), 'I'.toLocaleLowerCase()],
  intl: [new Intl.DateTimeFormat().format(), new Intl.NumberFormat().format(0.5), [1.5, 2.5].toLocaleString()],
  names: ['crypto', 'performance', 'setTimeout', 'setImmediate', 'queueMicrotask', 'fetch', 'process', 'Buffer', 'URL', 'structuredClone', 'TextEncoder', 'WeakRef', 'Atomics'].map((name) => name in globalThis),
  guarded: typeof crypto === 'undefined' ? Math.random() : crypto.getRandomValues(new Uint32Array(1))[0],
  called: ['setTimeout(() => 1, 1)', 'performance.now()', 'crypto.randomUUID()'].map((code) => { try { return String((0, eval)(code)); } catch (error) { return String(error); } }),
  order: ['z', 'ä', 'a', 'Z'].sort((a, b) => a.localeCompare(b)),
});
`;
const CHANCE_FILES = {
  'dvc.yaml': `stages:
  later:
    cmd: node src/later.ts
    deps: [src/later.ts, reports/chance.json]
    outs: [reports/later.json]
  chance:
    cmd: node src/chance.ts
    deps: [src/chance.ts, src/dice.ts]
    outs: [reports/chance.json]
`,
  'params.yaml': 'seed: 1\n',
  'src/chance.ts': CHANCE,
  'src/dice.ts': 'export const first: number = Math.random();\n',
  'src/later.ts':
    "import { readJson, writeJson } from 'workshop';\nwriteJson('reports/later.json', [readJson('reports/chance.json'), Math.random()]);\n",
};

function olderNodes(): [string, string][] {
  return ([20, 22] as const).flatMap((major): [string, string][] => {
    const node = nodeOf(major);
    return node === null ? [] : [[`v${major}`, node]];
  });
}

it('chance, clock, zone and language are those of the sandbox, on older versions of Node as well', async () => {
  const report = await rig.run({ files: CHANCE_FILES, data: {} });
  expect(report.error).toBeUndefined();
  for (const [version, node] of [['', process.execPath] as const, ...olderNodes()]) {
    const folder = join(home, `chance-${version}`);
    for (const [path, text] of Object.entries({ ...CHANCE_FILES, 'package.json': '{"type": "module"}' })) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    cpSync(outsideFolder(), folder, { recursive: true });
    const env = { ...process.env, TZ: 'America/New_York', LC_ALL: 'tr_TR.UTF-8' };
    execFileSync(node, ['node_modules/workshop/start.js'], { cwd: folder, stdio: 'pipe', env });
    for (const { path, sha256 } of report.stages.flatMap((stage) => stage.outs)) {
      const kept = readFileSync(join(rig.home, 'session/objects', sha256), 'utf8');
      expect(readFileSync(join(folder, path), 'utf8'), `${version} ${path}`).toBe(kept);
    }
    // As `dvc repro` starts it: nothing but the command.
    if (version !== '') continue;
    execFileSync(node, ['src/later.ts'], { cwd: folder, stdio: 'pipe', env });
    const out = report.stages.flatMap((stage) => stage.outs).find(({ path }) => path === 'reports/later.json')!;
    expect(readFileSync(join(folder, out.path), 'utf8')).toBe(
      readFileSync(join(rig.home, 'session/objects', out.sha256), 'utf8'),
    );
  }
}, 180_000);

it('`npm test` runs the tests and what they read, and fails with the first that does', () => {
  const folder = join(home, '1-start');
  const start = (...more: string[]) =>
    spawnSync(process.execPath, ['node_modules/workshop/start.js', ...more], { cwd: folder, encoding: 'utf8' });
  const passing = start('--test');
  expect([passing.status, passing.stdout.trim().split('\n').at(-1)]).toEqual([0, '6 of 6 tests pass']);
  const path = join(folder, 'src/test.ts');
  const code = readFileSync(path, 'utf8');
  const added = code.split('\n').length;
  writeFileSync(path, `${code}test('waits', async () => {\n  await Promise.resolve();\n  expect(1).toBe(2);\n});\n`);
  const failing = start('--test');
  expect(failing.status).toBe(1);
  expect(failing.stdout).toContain(`Failing test: waits (src/test.ts:${added + 2}): expected 1 to be 2`);
  // The pipeline itself goes on, as in a session.
  const all = start();
  expect([all.status, all.stdout.trim().split('\n').at(-1)]).toEqual([0, '6 of 7 tests pass']);
});

it('outside, a stage may not read what it does not declare either', () => {
  const folder = join(home, '1-start');
  writeFileSync(
    join(folder, 'src/train.ts'),
    "import { readText } from 'workshop';\nreadText('data/raw/students.csv');\n",
  );
  expect(() => execFileSync(process.execPath, ['src/train.ts'], { cwd: folder, stdio: 'pipe' })).toThrow(
    /train reads data\/raw\/students.csv, which is not among its deps/,
  );
});

it('declares every name the libraries export, and types params() from params.yaml', () => {
  const stamp = JSON.parse(readFileSync(join(outsideFolder(), '../stamp.json'), 'utf8')) as {
    exports: Record<string, string[]>;
  };
  const types = guestTypes('k: 3\nmodel: ridge\nforest:\n  trees: 5\n');
  for (const name of ['danfojs', 'workshop']) {
    const declared = types[`${name}/index.d.ts`]!;
    // Names of pandas that only say what is written here are for nobody to complete.
    const absent = stamp.exports[name]!.filter(
      (key) => key !== 'default' && !Object.hasOwn(ABSENT_FUNCTIONS, key) && !new RegExp(`\\b${key}\\b`).test(declared),
    );
    expect(absent).toEqual([]);
  }
  expect(types['workshop/params.d.ts']).toContain('"k": number;');
  expect(types['workshop/params.d.ts']).toMatch(/"forest": \{\s+"trees": number;/);
  expect(types['pipeline-core/index.d.ts']).toContain('export');
  expect(guestTypes('k: [')['workshop/params.d.ts']).toBeUndefined();
});

it('every package whose code is in a standalone library is named in the notices', () => {
  const home = join(outsideFolder(), 'node_modules');
  for (const library of readdirSync(home)) {
    const code = readFileSync(join(home, library, library === 'crowd' ? 'crowd.mjs' : 'index.js'), 'utf8');
    // The bundler heads each file with its path.
    const packages = new Set(
      [...code.matchAll(/^\/\/ node_modules\/((?:@[^/]+\/)?[^/]+)\//gm)].map(([, name]) => name),
    );
    const notices = readFileSync(join(home, library, 'THIRD_PARTY_NOTICES.txt'), 'utf8');
    for (const name of packages) expect(notices).toMatch(new RegExp(`^${name} [\\d.]+ \\(`, 'm'));
    if (library === 'danfojs') expect([...packages]).toContain('danfojs');
  }
});

it('the bundle of the guest libraries stays small', () => {
  expect(statSync(join(outsideFolder(), '../guest.js')).size).toBeLessThan(1_000_000);
});

it('the template is free of type errors by these declarations, as the editor shows it', () => {
  const options = {
    target: 'es2024',
    lib: ['es2024'],
    types: [],
    module: 'esnext',
    moduleResolution: 'bundler',
    strict: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    verbatimModuleSyntax: true,
  };
  for (const checkpoint of ['1-start', '3-forest']) {
    const folder = join(home, `types-${checkpoint}`);
    for (const [path, text] of Object.entries({
      ...readCheckpoint(checkpoint),
      'tsconfig.json': JSON.stringify({ compilerOptions: options, include: ['src'] }),
    })) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    cpSync(outsideFolder(), folder, { recursive: true });
    const compiler = join(import.meta.dirname, '../../../node_modules/typescript/bin/tsc');
    const check = () => execFileSync(process.execPath, [compiler, '-p', folder], { encoding: 'utf8' });
    expect(check()).toBe('');
    writeFileSync(join(folder, 'src/wrong.ts'), "import { readCsv } from 'workshop';\nreadCsv(5);\n");
    expect(check).toThrow();
  }
});
