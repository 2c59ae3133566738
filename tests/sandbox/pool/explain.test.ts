// Explanations of a served model: found through `predict` alone, kept with the run, at the lowest priority, ended by the
// next main run.
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Explained, Job } from '#sandbox/index.ts';
import { oneStage, openRig, POINTS, type Rig, SMALL } from '../rig.ts';

const task: NonNullable<Job['task']> = {
  target: 'y',
  measure: 'rmse',
  classes: [],
  markers: [],
  forbidden: ['y'],
  actual: Array.from({ length: 30 }, (_, i) => 2 * i + 1),
};
const data = { 'data/raw/points.csv': POINTS };
const PREDICT = 'src/predict.ts';
/** Answers so many calls of an isolate, and is then busy for ever. */
const busyAfter = (calls: number): Job['files'] => ({
  ...SMALL,
  [PREDICT]: `let calls = 0;
export const predict = (rows: { x: number }[]): number[] => {
  if (++calls > ${calls}) for (;;);
  return rows.map(({ x }) => 2 * x);
};
`,
});

/** Of every thread of the process. */
const niceness = (pid: number): number[] =>
  readdirSync(`/proc/${pid}/task`).map((thread) => {
    const stat = readFileSync(`/proc/${pid}/task/${thread}/stat`, 'latin1');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16]);
  });

describe('explaining a model', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await openRig();
  });
  afterAll(() => rig.close());

  const explained = async (files: Job['files'], key: string, onPart: (part: Explained) => void = () => {}) => {
    const job = rig.job({ files, data, task, sessionId: key });
    expect((await rig.pool.runJob(job, () => {}).report).status).toBe('succeeded');
    return { job, found: await rig.pool.explain({ ...job, key }, onPart).done };
  };

  it('says what the model uses, how its answer moves, and what pushed one answer; a second time from the cache', async () => {
    const { job, found } = await explained(SMALL, 'uses');
    expect(found).toMatchObject({ rows: 30, of: 30, share: 1, error: 2 });
    expect(found?.importance.map(({ column, used }) => [column, used])).toEqual([
      ['x', true],
      ['name', false],
    ]);
    expect(found!.importance[0]!.interval[0]).toBeGreaterThan(5);
    expect(Object.keys(found!.dependence)).toEqual(['x']);
    const { grid, average, counts, lines } = found!.dependence['x']!;
    grid.forEach((x, g) => {
      expect(average[g]).toBeCloseTo(2 * Number(x) + 3, 9);
    });
    expect(counts.reduce((sum, n) => sum + n, 0)).toBe(30);
    expect(lines).toHaveLength(24);

    const pushes = await rig.pool.pushes({
      sessionId: job.sessionId,
      row: { x: 20, name: 'p1' },
      csv: POINTS,
      forbidden: task.forbidden,
      used: ['x'],
    });
    // Against the mean of 0..29.
    expect(pushes).toMatchObject({ answer: 43, exact: true, runId: job.runId, background: 30 });
    expect(pushes.pushes).toEqual([{ column: 'x', push: expect.closeTo(11, 9), error: 0 }]);
    const all = await rig.pool.pushes({
      sessionId: job.sessionId,
      row: { x: 20, name: 'p1' },
      csv: POINTS,
      forbidden: ['y'],
    });
    expect(all.pushes.map(({ push }) => push)).toEqual([expect.closeTo(11, 9), 0]);

    // The model is another run's by now: nothing is asked again.
    await rig.run({ files: busyAfter(99), data, task, sessionId: 'uses' });
    let parts = 0;
    const again = await rig.pool.explain({ ...job, key: 'uses' }, () => parts++).done;
    expect(again).toEqual(found);
    expect(parts).toBe(0);
    // Under another key: from the outs that the run cache has.
    expect(await rig.pool.explain({ ...job, key: 'anew' }, () => {}).done).toEqual(found);
  });

  it('is ended by the next main run of its session, and lets nothing wait', async () => {
    const job = rig.job({ files: busyAfter(3), data, task, sessionId: 'next' });
    // The check of the run has a low priority, too.
    await rig.pool.runJob(job, () => {}).checked;
    let child: number[] = [];
    const begun = Promise.withResolvers<void>();
    const handle = rig.pool.explain({ ...job, key: 'next' }, () => begun.resolve());
    await begun.promise;
    child = readdirSync('/proc')
      .filter((pid) => /^\d+$/.test(pid))
      .map(Number)
      .filter((pid) => lineOf(pid).includes('child.cjs') && parentOf(pid) === process.pid)
      .filter((pid) => niceness(pid).every((nice) => nice >= 15));
    expect(child).toHaveLength(1);
    const report = await rig.run({ files: SMALL, data, task, sessionId: 'next' });
    expect(report.status).toBe('succeeded');
    expect(await handle.done).toBeNull();
    await expect.poll(() => lineOf(child[0]!)).toBe('');
  });

  it('says why where a model does not answer, and keeps to its word about rows that it refuses', async () => {
    const picky = `export const predict = (rows: { x: number; name: string }[]): number[] =>
  rows.map(({ x, name }) => {
    if (name !== 'p' + (x % 3)) throw new Error('an impossible row');
    return x;
  });
`;
    const { found } = await explained({ ...SMALL, [PREDICT]: picky }, 'picky');
    expect(found).toMatchObject({ rows: 30, importance: [], dependence: {}, share: 1 });
    const none = oneStage("import { writeJson } from 'workshop'; writeJson('out.json', { a: 1 });");
    expect((await explained(none, 'none')).found).toBeNull();
    const { found: broken } = await explained(
      { ...SMALL, [PREDICT]: 'throw new Error("not today"); export const predict = () => [];' },
      'broken',
    );
    expect(broken).toMatchObject({ fault: { code: 'refused', message: expect.stringContaining('not today') } });
    await expect(
      rig.pool.pushes({ sessionId: 'nobody', row: { x: 1 }, csv: POINTS, forbidden: ['y'] }),
    ).rejects.toThrow('No run has succeeded yet');
  });
});

function lineOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1');
  } catch {
    return '';
  }
}
function parentOf(pid: number): number {
  try {
    return Number(/^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]);
  } catch {
    return 0;
  }
}
