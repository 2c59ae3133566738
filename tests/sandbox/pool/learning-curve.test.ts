// The learning curve of a run: the score of its own code on parts of the table, kept with the run, ended by the next one.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Job, LearningCurve } from '#sandbox/index.ts';
import { openRig, type Rig, SMALL } from '../rig.ts';

const ROWS = 80;
const csv = `x,y\n${Array.from({ length: ROWS }, (_, i) => `${i},${2 * i + 1}`).join('\n')}\n`;
const task: NonNullable<Job['task']> = {
  target: 'y',
  measure: 'rmse',
  classes: [],
  markers: [],
  forbidden: ['y'],
  actual: Array.from({ length: ROWS }, (_, i) => 2 * i + 1),
};
/** The score tells the rows that were there; the model that is served is off by 3 on each of them. */
const COUNTS: Job['files'] = {
  ...SMALL,
  'src/evaluate.ts': `import { readCsv, writeCsv, writeJson } from 'workshop';
const points = readCsv<{ x: number; y: number }>('data/processed/points.csv');
if (points.length === 40) throw new Error('not forty');
const off = 100 / points.length;
writeCsv('reports/predictions.csv', points.map(({ y }, row) => ({ row, fold: row % 5, actual: y, predicted: y + off })));
writeJson('reports/metrics.json', { cv: { rmse: off } });
`,
  'src/predict.ts': 'export const predict = (rows: { x: number }[]): number[] => rows.map(({ x }) => 2 * x + 4);\n',
};

describe('the learning curve of a run', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await openRig();
  });
  afterAll(() => rig.close());
  const jobOf = (sessionId: string): Job => {
    return rig.job({ files: COUNTS, data: { 'data/raw/points.csv': csv }, task, sessionId });
  };

  it('has the score of the code on each size, ends at the score of the run, and counts what failed; it is kept', async () => {
    const job = jobOf('curve');
    const report = await rig.pool.runJob(job, () => {}).report;
    const parts: LearningCurve[] = [];
    const found = await rig.pool.learningCurve({ ...job, key: 'k' }, (part) => parts.push(part)).done;
    expect(found).toMatchObject({ of: ROWS, share: 1 });
    const flat = (mean: number) => ({
      mean: expect.closeTo(mean, 9),
      low: expect.closeTo(mean, 9),
      high: expect.closeTo(mean, 9),
    });
    expect(found?.points).toEqual([
      { rows: 20, samples: 4, failed: 0, unseen: flat(5), seen: flat(3) },
      { rows: 60, samples: 2, failed: 0, unseen: flat(100 / 60), seen: flat(3) },
      { rows: 80, samples: 1, failed: 0, unseen: flat(1.25), seen: flat(3) },
    ]);
    expect(found?.points.at(-1)?.unseen.mean).toBe(report.metrics['cv.rmse']);
    const shares = parts.map(({ share }) => share);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBeLessThan(1);
    expect(existsSync(join(job.cacheDir, 'curve'))).toBe(false);
    expect(await rig.pool.learningCurve({ ...job, key: 'k' }, () => expect.unreachable()).done).toEqual(found);
  });

  it('is ended by the next main run of its session', async () => {
    const job = jobOf('ended');
    await rig.pool.runJob(job, () => {}).checked;
    const begun = Promise.withResolvers<void>();
    const handle = rig.pool.learningCurve({ ...job, key: 'e' }, () => begun.resolve());
    await begun.promise;
    expect((await rig.run({ ...jobOf('ended'), force: ['evaluate'] })).status).toBe('succeeded');
    expect(await handle.done).toBeNull();
    expect(existsSync(join(job.cacheDir, 'curve'))).toBe(false);
  });
});
