// Which run a run is compared with, and which runs are measured alike.
import { afterEach, expect, it } from 'vitest';
import { openSessions } from '../../support/registry-kit.ts';
import { PREDICTIONS, runs, say } from '../../support/run-steps.ts';

const { open, closeAll } = openSessions();
afterEach(closeAll);

it('a main run is compared with the last successful one, and begins a series where the evaluation changes', async () => {
  const { kit, session, host } = await open();
  const finish = async (n: number, rmse: number, shift: number, measureKey = 'm') => {
    kit.pool.jobs[n]?.finish({ metrics: { 'cv.rmse': rmse }, predictions: PREDICTIONS(shift), measureKey });
    await kit.clock.advance(60);
  };
  const again = (force: string) => say(kit, host, { type: 'run.request', force: [force] });
  await finish(0, 2.5, 0);
  await again('a');
  await finish(1, 2.2, -0.4);
  await again('b');
  await finish(2, 2.9, 0.9);
  const [first, second, third] = runs(session).map(([id, run]) => ({ id, report: run.report }));
  expect(first?.report?.comparison).toBeUndefined();
  expect(second?.report?.comparison?.against).toBe(first?.id);
  expect(third?.report?.comparison?.against).toBe(second?.id);
  await again('c');
  await finish(3, 1, 0, 'another protocol');
  const fourth = runs(session)[3]?.[1].report;
  expect(fourth?.comparison?.verdict).toBe('measure-changed');
});

it('a main run continues the series over a change of the evaluation that changes no prediction, and back', async () => {
  const { kit, session, host } = await open();
  const finish = async (rmse: number, shift: number, measureKey: string) => {
    if (kit.pool.jobs.every((job) => job.over())) await say(kit, host, { type: 'run.request', force: [`${rmse}`] });
    kit.pool.jobs.at(-1)?.finish({ metrics: { 'cv.rmse': rmse }, predictions: PREDICTIONS(shift), measureKey });
    await kit.clock.advance(60);
    const { comparison, evaluation } = runs(session).at(-1)?.[1].report ?? {};
    return [comparison?.verdict, evaluation?.series];
  };
  expect(await finish(2.2, 0, 'm')).toEqual([undefined, 'm']);
  expect(await finish(2.9, 9, 'm')).toEqual(['worse', 'm']);
  expect(await finish(2.9, 9, 'm with r2')).toEqual(['same-result', 'm']);
  expect(await finish(2.5, 1, 'm with r2')).toEqual(['better', 'm']);
  expect(await finish(2.6, 3, 'm')).toEqual(['worse', 'm']);
  expect(await finish(1, 0.5, 'easier')).toEqual(['measure-changed', 'easier']);
  expect(await finish(2.9, 9, 'm')).toEqual(['measure-changed', 'm']);
  const again = await (await kit.restart()).open(session.id);
  expect(again?.view().runs[runs(session)[3]![0]]).toMatchObject({ series: 'm' });
});

it('a run without a score is not the same result, though all its predictions are, and nothing is compared with it', async () => {
  const { kit, session, host } = await open();
  const finish = async (metrics: Record<string, number>, shift: number, measureKey: string) => {
    if (kit.pool.jobs.every((job) => job.over())) await say(kit, host, { type: 'run.request', force: [measureKey] });
    kit.pool.jobs.at(-1)?.finish({ metrics, predictions: PREDICTIONS(shift), measureKey });
    await kit.clock.advance(60);
    const [id, { report }] = runs(session).at(-1)!;
    return { id, series: report?.evaluation?.series, ...report?.comparison };
  };
  const first = await finish({ 'cv.rmse': 2.2 }, 0, 'm');
  const silent = await finish({ 'cv.mae': 1 }, 0, 'm with mae alone');
  expect(silent).toMatchObject({
    verdict: 'not-comparable',
    reason: { code: 'score_missing' },
    against: first.id,
  });
  expect(silent).not.toHaveProperty('change');
  expect(await session.compare(first.id, silent.id)).toMatchObject({
    comparison: { verdict: 'not-comparable', reason: { code: 'score_missing' } },
  });
  const again = await finish({ 'cv.rmse': 2.2, 'cv.mae': 1 }, 0, 'm with mae, too');
  expect(again).toMatchObject({ verdict: 'same-result', against: first.id, series: 'm' });
});

it('a main run is compared anew when the run before it is struck, and again when that is taken back', async () => {
  const { kit, session, host } = await open();
  const finish = async (rmse: number, shift: number, more: object = {}) => {
    if (kit.pool.jobs.every((job) => job.over())) await say(kit, host, { type: 'run.request', force: [`${rmse}`] });
    const report = { metrics: { 'cv.rmse': rmse }, predictions: PREDICTIONS(shift), measureKey: 'm', ...more };
    kit.pool.jobs.at(-1)?.finish(report);
    await kit.clock.advance(60);
    return runs(session).at(-1)![0];
  };
  const compared = (run: string) => session.view().runs[run]?.comparison;
  const first = await finish(2.5, 1);
  const alarm = { code: 'leak-own-target', level: 'alarm', facts: { rows: 9, of: 12 } };
  const leaky = await finish(0.5, 0.01, { findings: [alarm] });
  const second = await finish(2.2, 0);
  expect(compared(second)).toMatchObject({ against: first, verdict: 'better' });
  const third = await finish(2.9, 9);
  expect(compared(third)).toMatchObject({ against: second, verdict: 'worse' });
  const before = kit.pool.jobs.length;
  await say(kit, host, { type: 'run.strike', run: second, reason: 'typed by mistake' });
  expect(compared(third)).toMatchObject({ against: first, verdict: 'worse' });
  // The model that is served is another now.
  await expect.poll(() => kit.pool.jobs.length).toBe(before + 1);
  expect(kit.pool.jobs.at(-1)?.job.runId).toBe(third);
  kit.pool.jobs.at(-1)?.finish();
  await say(kit, host, { type: 'run.clear', run: leaky, cleared: true });
  expect(compared(third)).toMatchObject({ against: leaky });
  await say(kit, host, { type: 'run.clear', run: leaky, cleared: false });
  await say(kit, host, { type: 'run.unstrike', run: second });
  expect(compared(third)).toMatchObject({ against: second, verdict: 'worse' });
  const again = await (await kit.restart()).open(session.id);
  expect(again?.view().runs).toEqual(session.view().runs);
});

it('a struck run predicts nothing, also where no other model can take its place', async () => {
  const { kit, session, host } = await open();
  kit.pool.jobs[0]?.finish();
  await kit.clock.advance(60);
  const [id] = runs(session)[0]!;
  const pool = kit.pool as { predict: typeof kit.pool.predict };
  pool.predict = async (_, rows) => ({ runId: id, predicted: rows.map(() => 12) });
  expect(await session.predict({ age: 17 })).toEqual({ prediction: 12, run: id });
  await say(kit, host, { type: 'run.strike', run: id, reason: 'a leak' });
  await expect(session.predict({ age: 17 })).rejects.toThrow(/was struck/);
  await say(kit, host, { type: 'run.unstrike', run: id });
  await expect.poll(() => kit.pool.jobs.every((job) => job.over() || job.job.runId === id)).toBe(true);
  expect(await session.predict({ age: 17 })).toEqual({ prediction: 12, run: id });
});
