// What `npm test` of an exported repository and `crowd run --test` have in common.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { preloadsIn, stageEnv, testStages, testsFailed } from '#sandbox/build/standalone-run.ts';
import { readWorkspace } from '#sandbox/workspace/workspace.ts';

const PIPELINE = `stages:
  check:
    cmd: node src/check.ts
    deps: [src/check.ts, clean.csv]
    outs: [tests.json]
  train:
    cmd: node src/train.ts
    deps: [src/train.ts, clean.csv]
    outs: [model.json]
  prepare:
    cmd: node src/prepare.ts
    deps: [src/prepare.ts]
    outs: [clean.csv]
`;
const { stages } = readWorkspace(
  { 'dvc.yaml': PIPELINE, 'src/check.ts': '', 'src/train.ts': '', 'src/prepare.ts': '' },
  [],
);

it('takes the stages of tests and what they read from, and no other', () => {
  const { testing, needed } = testStages(stages);
  expect(testing.map(({ name }) => name)).toEqual(['check']);
  expect(needed.map(({ name }) => name)).toEqual(['check', 'prepare']);
  expect(testStages(stages.filter(({ name }) => name !== 'check'))).toEqual({ testing: [], needed: [] });
});

it.each([
  ['all pass', '{"passed":2,"failed":0,"failures":[]}', false],
  ['one fails', '{"passed":1,"failed":1,"failures":[]}', true],
  ['something else was written', '[]', true],
  ['nothing was written', null, true],
])('fails where a test does or nobody knows: %s', (_, written, fails) => {
  const home = mkdtempSync(join(tmpdir(), 'standalone-run-'));
  onTestFinished(() => rmSync(home, { recursive: true }));
  if (written !== null) writeFileSync(join(home, 'tests.json'), written);
  expect(stages.filter((stage) => testsFailed(home, stage)).map(({ name }) => name)).toEqual(fails ? ['check'] : []);
});

it('starts a stage with the libraries of its folder and the language and zone of the sandbox', () => {
  expect(preloadsIn(new URL('file:///home/a%20b/workshop/')).at(-1)).toBe(
    '--import=file:///home/a%20b/workshop/index.js',
  );
  expect(stageEnv('train')).toEqual({ TZ: 'UTC', LC_ALL: 'en_US.UTF-8', DVC_STAGE: 'train' });
});
