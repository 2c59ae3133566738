// A stage of tests: what people write in it, what everybody reads, and that it decides neither status nor score.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { withText } from '#tests/support/report-text.ts';
import { openRig, type Rig, SMALL } from '../rig.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await openRig();
});
afterAll(() => rig.close());

const TEST_STAGE = `  test:
    cmd: node src/test.ts
    deps:
      - data/processed/points.csv
      - src/test.ts
    outs:
      - reports/tests.json
`;
/** Before the others in dvc.yaml, so that only the runner can put it last. */
const withTests = (code: string) => ({
  ...SMALL,
  'dvc.yaml': SMALL['dvc.yaml']!.replace('stages:\n', `stages:\n${TEST_STAGE}`),
  'src/test.ts': code,
});
const states = (report: { stages: readonly { name: string; status: string }[] }) =>
  report.stages.map(({ name, status }) => `${name} ${status}`).join(', ');
const run = (code: string, more: object = {}) => rig.run({ files: withTests(code), sessionId: 'tests', ...more });

const MIXED = `import { expect, readCsv, test } from 'workshop';
const points = readCsv<{ x: number; y: number }>('data/processed/points.csv');
test('thirty points', () => expect(points).toHaveLength(30));
test('awaits', async () => {
  await Promise.resolve();
  expect(points[1]!.y).toBe(4);
});
test('throws a text', () => {
  throw 'nothing';
});
test('uses the last line', () => expect(last).toBeGreaterThan(50));
const last = points.at(-1)!.y;
`;

it('counts its tests, names those that fail with their line, changes no score, and is kept like any stage', async () => {
  const report = await run(MIXED);
  expect(report).toMatchObject({ status: 'succeeded', metrics: { 'cv.rmse': 2 } });
  expect(states(report)).toBe('prepare ran, evaluate ran, test ran');
  expect(report.tests).toEqual({
    passed: 2,
    failed: 2,
    failures: [
      {
        name: 'awaits',
        message: 'expected 3 to be 4',
        file: 'src/test.ts',
        line: 6,
        column: 24,
        source: '  expect(points[1]!.y).toBe(4);',
      },
      {
        name: 'throws a text',
        message: 'threw nothing, which is no Error',
        file: 'src/test.ts',
        line: 8,
        column: 1,
        source: "test('throws a text', () => {",
      },
    ],
  });
  expect(report.log.map(({ text }) => text).slice(-3)).toEqual([
    'Failing test: awaits (src/test.ts:6): expected 3 to be 4',
    'Failing test: throws a text (src/test.ts:8): threw nothing, which is no Error',
    '2 of 4 tests pass',
  ]);
  const again = await run(MIXED);
  expect(states(again)).toBe('prepare cached, evaluate cached, test cached');
  expect(again.tests).toEqual(report.tests);
});

it.each([
  [
    'that never ends',
    "test('good', () => {});\ntest('endless', () => {\n  for (;;) {}\n});",
    { testMs: 300 },
    { message: 'The test stage took longer than 0.3 s and was stopped', kind: 'limit', file: 'src/test.ts', line: 4 },
    'endless',
  ],
  [
    'that waits for ever',
    "test('waits', () => new Promise(() => {}));",
    {},
    { message: 'waits for something that never happens', kind: 'user' },
    'waits',
  ],
  [
    'beyond the limit',
    "for (let i = 0; i < 5000; i++) test('many', () => {});",
    { testMs: 60_000, stageMs: 60_000 },
    { message: 'RangeError: A stage runs at most 1000 tests', file: 'src/test.ts', line: 2 },
    undefined,
  ],
])('a test %s is named with its limit, and the run keeps its score', async (_what, code, limits, error, during) => {
  const report = await run(`import { test } from 'workshop';\n${code}\n`, { limits });
  expect(report).toMatchObject({ status: 'succeeded', metrics: { 'cv.rmse': 2 } });
  expect(report.error).toBeUndefined();
  expect(withText(report.tests?.error)).toMatchObject({ stage: 'test', ...error });
  expect(report.tests?.during).toBe(during);
  expect(report.stages.at(-1)).toMatchObject({ name: 'test', status: 'failed' });
});

it('what reads the tests only is no part of the model, and what writes something else is said to be no tests', async () => {
  const plain = await rig.run({ files: SMALL, sessionId: 'key' });
  const files = withTests("import { writeJson } from 'workshop';\nwriteJson('reports/tests.json', { passed: 1 });\n");
  const report = await rig.run({
    files: {
      ...files,
      'dvc.yaml': files['dvc.yaml']!.replace('      - src/test.ts\n', '      - src/evaluate.ts\n      - src/test.ts\n'),
    },
    sessionId: 'key',
  });
  expect(report.measureKey).toBe(plain.measureKey);
  expect(report.tests).toBeUndefined();
  expect(report.findings.map(({ code }) => code)).toEqual(['tests-unreadable']);
});

it('without the out, the line that dvc.yaml lacks is offered', async () => {
  const files = { ...SMALL, 'src/evaluate.ts': `import { test } from 'workshop';\ntest('a', () => {});\n` };
  const report = await rig.run({ files, sessionId: 'no-out' });
  expect(report.error).toMatchObject({
    stage: 'evaluate',
    line: 2,
    quickFix: { item: 'reports/tests.json', section: 'outs' },
  });
});
