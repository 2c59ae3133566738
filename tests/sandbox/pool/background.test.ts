// What nobody waits for: it runs no more than its score needs, and gives way to a run.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openRig, type Rig, SMALL } from '../rig.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await openRig();
});
afterAll(() => rig.close());

const EXTRA = `  draw:
    cmd: node src/draw.ts
    deps:
      - data/processed/points.csv
      - src/draw.ts
    outs:
      - reports/drawn.json
`;
const FILES = {
  ...SMALL,
  'dvc.yaml': `${SMALL['dvc.yaml']}${EXTRA}`,
  'src/draw.ts': "import { writeJson } from 'workshop';\nwriteJson('reports/drawn.json', 1);\n",
};

it('runs the stages that the score comes from, and checks nothing', async () => {
  const actual = Array.from({ length: 30 }, (_, i) => 2 * i + 1);
  const task = { target: 'y', forbidden: [], measure: 'rmse', classes: [], markers: [], actual } as const;
  const handle = rig.pool.runJob(rig.job({ files: FILES, kind: 'preview', background: true, task }), () => {});
  const report = await handle.report;
  expect(report).toMatchObject({ status: 'succeeded', metrics: { 'cv.rmse': 2 } });
  expect(report.stages.map(({ name }) => name)).toEqual(['prepare', 'evaluate']);
  expect([report.checking, await handle.checked]).toEqual([undefined, []]);
  const main = await rig.run({ files: FILES, sessionId: 'main' });
  expect(report.measureKey).toBe(main.measureKey);
});

it('gives way to whatever comes, and begins when that is over', async () => {
  const endless = { ...FILES, 'src/evaluate.ts': 'for (;;) {}\n' };
  const started = Promise.withResolvers<void>();
  const slow = rig.pool.runJob(
    rig.job({ files: endless, kind: 'preview', background: true, limits: { stageMs: 60_000, runMs: 120_000 } }),
    ({ type }) => type === 'stage' && started.resolve(),
  );
  await started.promise;
  const main = rig.run({ files: FILES, sessionId: 'other' });
  const next = rig.pool.runJob(rig.job({ files: FILES, kind: 'preview', background: true }), () => {});
  expect((await slow.report).status).toBe('cancelled');
  expect((await main).status).toBe('succeeded');
  expect((await next.report).status).toBe('succeeded');
});
