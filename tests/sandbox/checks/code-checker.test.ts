// Types, format and lint of real workspaces by the real compiler and linter, contained; and hostile workspaces.
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { DIST } from '#sandbox/build/build-options.ts';
import { buildWhenStale } from '#sandbox/build/build-when-stale.ts';
import { CodeChecker } from '#sandbox/checks/code-checker.ts';
import { typeProblems } from '#sandbox/checks/type-check.ts';
import { type Containment, findContainment } from '#sandbox/child-process/containment.ts';
import type { CodeFindings } from '#sandbox/protocol/code-check.ts';
import { readCheckpoint } from '#tests/support/student-course.ts';

const FILES = readCheckpoint('1-start');
const TRAIN = FILES['src/train.ts'] ?? '';
let containment: Containment;
let checker: CodeChecker;
let started = 0;
let busy = false;
const lines: string[] = [];

beforeAll(async () => {
  const stamp = await buildWhenStale();
  containment = findContainment(spawnSync, join(DIST, stamp.folder));
  checker = newChecker();
});
afterAll(() => checker.close());

const counting = ((...args: Parameters<typeof spawn>) => {
  started++;
  return spawn(...args);
}) as typeof spawn;
const newChecker = (more: Partial<ConstructorParameters<typeof CodeChecker>[0]> = {}) =>
  new CodeChecker({
    spawn: counting,
    spawnSync,
    containment,
    fallbackFolder: DIST,
    busy: () => busy,
    log: (line) => lines.push(line),
    ...more,
  });

const check = (changes: Readonly<Record<string, string>>, language = 'en') =>
  checker.check({
    sessionId: 's',
    files: { ...FILES, ...changes },
    styled: Object.keys(changes),
    language,
  });
const codesOf = (found: CodeFindings['types'] | CodeFindings['style']) =>
  'problems' in found ? found.problems.map(({ file, line, code }) => `${file}:${line} ${code}`) : found.unchecked;
const endOf = TRAIN.split('\n').length;

it('has nothing to say of the code that people begin with', async () => {
  const found = await check({ 'src/train.ts': TRAIN });
  expect([codesOf(found.types), codesOf(found.style)]).toEqual([[], []]);
  expect(lines).toEqual([]);
});

it('finds a type error in another file than the one that changed, in the language asked for', async () => {
  const model = (FILES['src/model.ts'] ?? '').replace('{ alpha: ridge.alpha }', '{ alfa: ridge.alpha }');
  const found = await check({ 'src/model.ts': model });
  expect(codesOf(found.types)).toEqual([expect.stringMatching(/^src\/model\.ts:\d+ TS\d+$/)]);
  const asked = "import { params } from 'workshop';\nexport const beta: number = params().ridge.beta;\n";
  const params = await check({ 'src/asked.ts': asked }, 'de');
  expect(params.types).toMatchObject({
    problems: [{ file: 'src/asked.ts', line: 2, code: 'TS2339', message: expect.stringContaining('Eigenschaft') }],
  });
  // A file that is called as ours was neither takes its place nor loses its own.
  const named = `import type { Mine } from '../params.d.ts';\n${asked}export const mine: Mine = 'a';\n`;
  const both = await check({ 'src/asked.ts': named, 'params.d.ts': 'export type Mine = 1;\n' });
  expect(codesOf(both.types)).toEqual(['src/asked.ts:3 TS2339', 'src/asked.ts:4 TS2322']);
  const beta = await check({ 'src/asked.ts': asked, 'params.yaml': 'ridge:\n  beta: 1\n' });
  expect(codesOf(beta.types)).toEqual([]);
});

it('finds what the linter and the formatter would write otherwise', async () => {
  const found = await check({ 'src/train.ts': `${TRAIN}let  seed = 1;\nexport const same = seed == 2;\n` });
  expect(codesOf(found.style)).toEqual([
    `src/train.ts:${endOf} lint/style/useConst`,
    `src/train.ts:${endOf + 1} lint/suspicious/noDoubleEquals`,
  ]);
  expect(found.style).toMatchObject({
    formatted: { 'src/train.ts': `${TRAIN}let seed = 1;\nexport const same = seed == 2;\n` },
    fixed: { 'src/train.ts': `${TRAIN}const seed = 1;\nexport const same = seed == 2;\n` },
  });
});

it('keeps what it found by the content, whatever else is in the workspace', async () => {
  const text = `${TRAIN}export const once = 1;\n`;
  await check({ 'src/train.ts': text });
  const before = started;
  await checker.check({
    sessionId: 'other',
    files: { ...FILES, 'src/train.ts': text, 'README.md': 'other words' },
    styled: ['src/train.ts'],
    language: 'en',
  });
  expect(started).toBe(before);
});

it('waits while a run runs', async () => {
  busy = true;
  const before = started;
  const checking = check({ 'src/train.ts': `${TRAIN}export const later = 1;\n` });
  await new Promise((resolve) => setImmediate(resolve));
  expect(started).toBe(before);
  busy = false;
  expect(codesOf((await checking).types)).toEqual([]);
});

it.each<[string, Readonly<Record<string, string>>]>([
  ['a path out of the folder', { '../../escape.ts': 'export {}', 'src/train.ts': TRAIN }],
  ['settings of the tools', { 'src/tsconfig.json': '{', 'biome.json': '{"extends": ["/etc/passwd"]}' }],
  ['a reference to a file of the system', { 'src/train.ts': `/// <reference path="/etc/passwd" />\n${TRAIN}` }],
  ['files with the names of ours', { 'params.d.ts': 'export {};', 'src/params.d.ts': 'export {};' }],
  ['a file that is deep', { 'src/train.ts': `export const x = ${'('.repeat(20_000)}1${')'.repeat(20_000)};\n` }],
  [
    'types that grow',
    {
      'src/train.ts': `type D = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;\ntype N<T extends string> = T extends \`\${infer A}\${infer B}\` ? N<B> | N<A> : T;\nexport type All = N<\`\${D}\${D}\${D}\${D}\`>;\n`,
    },
  ],
  ['bytes that are no text', { 'src/train.ts': 'export const a = "\u0000\ufffd\u2028";\n'.repeat(3_000) }],
])('answers %s, and stays of use', async (_, files) => {
  const { types, style } = await check(files);
  for (const found of [types, style])
    expect('unchecked' in found ? ['time', 'memory', 'ended'] : found.problems).toBeDefined();
  expect(JSON.stringify([types, style])).not.toContain('root:');
  expect(existsSync('/escape.ts')).toBe(false);
  expect(codesOf((await check({ 'src/train.ts': `${TRAIN}// ${Object.keys(files)}\n` })).types)).toEqual([]);
});

it('reads no file out of the workspace, however its import is written', async () => {
  const outside = mkdtempSync(join(tmpdir(), 'outside-'));
  chmodSync(outside, 0o755);
  writeFileSync(join(outside, 'hidden.ts'), 'export const hidden = "deep secret" as const;\n');
  writeFileSync(join(outside, 'hidden.json'), '{"hidden": {"deep secret": 1}}\n');
  // From the folder of the check up to the root.
  const up = `${'../'.repeat(20)}${outside.slice(1)}`;
  const found = await check({
    'src/reach.ts': [
      `import { hidden } from '${up}/hidden.ts';`,
      `import data from '${outside}/hidden.json';`,
      `export const one: number = hidden;`,
      `export const two: number = data.hidden;`,
      `export const three: typeof import('${up.replace('.', '\\x2e')}/hidden.ts').hidden = 1;\n`,
    ].join('\n'),
  });
  rmSync(outside, { recursive: true });
  expect(codesOf(found.types)).toEqual(['src/reach.ts:1 TS2307', 'src/reach.ts:2 TS2732', 'src/reach.ts:5 TS2307']);
  expect(JSON.stringify(found)).not.toContain('deep secret');
});

it('checks the same content once, whoever asks, and refuses no session for what another one asks', async () => {
  busy = true;
  const ask = (sessionId: string, text: string) =>
    checker.check({ sessionId, files: { ...FILES, 'src/train.ts': text }, styled: [], language: 'en' });
  const texts = Array.from({ length: 25 }, (_, i) => `${TRAIN}export const many = ${i};\n`);
  const asked = texts.map((text) => ask('loud', text));
  const same = [ask('loud', texts[0]!), ask('calm', texts[0]!), ask('calm', texts[0]!)];
  for (const refused of await Promise.all(asked.slice(20))) expect(refused.types).toEqual({ unchecked: 'ended' });
  const before = started;
  busy = false;
  const answers = await Promise.all(same);
  expect(new Set([...answers, await asked[0]]).size).toBe(1);
  expect(codesOf(answers[0]!.types)).toEqual([]);
  // Its check, and at most the one that began after it.
  expect(started - before).toBeLessThanOrEqual(2);
  checker.forget('loud');
});

it('does not take a compiler that breaks down for one that finds nothing', () => {
  const out = 'panic: out of range\nsrc/train.ts';
  expect(typeProblems({ code: 2, out }, FILES)).toBeNull();
  expect(typeProblems({ code: 0, out: '' }, FILES)).toEqual([]);
  const error = (file: string) => `${file}(3,7): error TS2322: wrong\n`;
  expect(typeProblems({ code: 1, out: error('../node_modules/danfojs/index.d.ts') }, FILES)).toEqual([]);
  expect(typeProblems({ code: 1, out: `Some words\n${error('src/train.ts')}` }, FILES)).toEqual([
    { file: 'src/train.ts', line: 3, column: 7, code: 'TS2322', message: 'wrong' },
  ]);
});

it('says so where the programs are not installed', async () => {
  const bare = newChecker({ tools: { compiler: null, linter: null } });
  expect(await bare.check({ sessionId: 's', files: FILES, styled: ['src/train.ts'], language: 'en' })).toEqual({
    types: { unchecked: 'missing' },
    style: { unchecked: 'missing' },
  });
  expect(lines.splice(0)).toEqual([
    'Code is not checked by the compiler: it is not installed for this platform',
    'Code is not checked by the linter: it is not installed for this platform',
  ]);
  await bare.close();
});

it('keeps that a limit was reached for a minute: then the same content is checked again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tools-'));
  chmodSync(folder, 0o755);
  const compiler = join(folder, 'compiler');
  writeFileSync(compiler, '#!/bin/sh\nexec yes\n');
  chmodSync(compiler, 0o755);
  // Not as another user, who may be unable to read the folder of this test.
  const limited = newChecker({ tools: { compiler, linter: null }, containment: { wrap: () => [], gaps: [] } });
  const ask = () => limited.check({ sessionId: 's', files: FILES, styled: [], language: 'en' });
  const before = started;
  expect((await ask()).types).toEqual({ unchecked: 'memory' });
  await ask();
  expect(started - before).toBe(1);
  const later = performance.now() + 60_001;
  const clock = vi.spyOn(performance, 'now').mockReturnValue(later);
  expect((await ask()).types).toEqual({ unchecked: 'memory' });
  expect(started - before).toBe(2);
  clock.mockRestore();
  await limited.close();
  rmSync(folder, { recursive: true });
});

it('answers what waits when it is closed', async () => {
  const closing = newChecker();
  busy = true;
  const waiting = closing.check({ sessionId: 's', files: FILES, styled: [], language: 'fr' });
  await closing.close();
  busy = false;
  expect(await waiting).toMatchObject({ types: { unchecked: 'ended' } });
  expect(await closing.check({ sessionId: 's', files: FILES, styled: [], language: 'fr' })).toMatchObject({
    types: { unchecked: 'ended' },
  });
});
