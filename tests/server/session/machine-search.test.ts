// The machine tries other parameters: which jobs it gives the sandbox, when it gives way, and what becomes of what it found.
import { afterEach, describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { type Job, RunLost } from '#sandbox/index.ts';
import { createManualPool } from '../../support/manual-pool.ts';
import { openSessions } from '../../support/registry-kit.ts';
import { say } from '../../support/run-steps.ts';

const { open, closeAll } = openSessions();
afterEach(closeAll);

const paramsOf = (job: Job) => parseYaml(job.files['params.yaml']!) as { readonly trees: number };

async function started(pool = createManualPool()) {
  const opened = await open({ pool });
  const { kit, host } = opened;
  kit.pool.jobs[0]?.finish();
  await say(kit, host, { type: 'checkpoint.load', name: '5-range' });
  kit.pool.jobs[1]?.finish();
  await kit.clock.advance(60);
  await say(kit, host, { type: 'search.start', seconds: 10 });
  await kit.clock.advance(60);
  return { ...opened, trials: () => kit.pool.jobs.filter(({ job }) => job.background) };
}

describe('a search of the machine', () => {
  it('gives the sandbox a job in the background for each trial, the code as it is first', async () => {
    const { kit, session, trials } = await started();
    expect(trials()).toHaveLength(1);
    const { job } = trials()[0]!;
    expect(job).toMatchObject({ kind: 'preview', background: true });
    const main = kit.pool.jobs.findLast((one) => one.job.kind === 'main')!.job;
    expect(job.files).toEqual(main.files);
    expect(job.cacheDir).not.toBe(main.cacheDir);
    trials()[0]?.finish({ metrics: { 'cv.rmse': 2.5 }, measureKey: 'k' });
    await kit.clock.advance(60);
    expect(session.view().search).toMatchObject({ trials: 1, base: 2.5, evaluation: 'k' });
    expect(trials()).toHaveLength(2);
    trials()[1]?.finish({ metrics: { 'cv.rmse': 2.4 }, measureKey: 'k' });
    await kit.clock.advance(60);
    const { best } = session.view().search!;
    expect(best?.metric).toBe(2.4);
    expect(best?.changes).toHaveLength(1);
    expect(best?.patch.files.map(({ path }) => path)).toEqual(['params.yaml']);
    // Another evaluation is no comparison, however good.
    trials()[2]?.finish({ metrics: { 'cv.rmse': 0.1 }, measureKey: 'other' });
    await kit.clock.advance(60);
    expect(session.view().search?.best?.metric).toBe(2.4);
  });

  it('tries again what had to give way, and ends with its time', async () => {
    const { kit, session, trials } = await started();
    const [first] = trials();
    first?.finish({ status: 'cancelled', metrics: {} });
    await kit.clock.advance(60);
    expect(trials()).toHaveLength(2);
    expect(trials()[1]?.job.files).toEqual(first?.job.files);
    await kit.clock.advance(10_000);
    expect(trials().at(-1)?.over()).toBe(true);
    expect(session.view().search?.ended?.why).toBe('budget');
    await kit.clock.advance(10_000);
    expect(trials()).toHaveLength(2);
  });

  it('ends when it is stopped, and says that the code as it is has no score', async () => {
    const { kit, session, host, trials } = await started();
    await say(kit, host, { type: 'search.stop' });
    expect(trials()[0]?.over()).toBe(true);
    expect(session.view().search?.ended?.why).toBe('stopped');
    await say(kit, host, { type: 'search.start', seconds: 10 });
    await kit.clock.advance(60);
    trials()[1]?.finish({ status: 'failed', metrics: {} });
    await kit.clock.advance(60);
    expect(session.view().search?.ended?.why).toBe('failed');
  });

  it('is interrupted by a restart, and keeps what it found', async () => {
    const { kit, session, trials } = await started();
    trials()[0]?.finish({ metrics: { 'cv.rmse': 2.5 } });
    await kit.clock.advance(60);
    expect(paramsOf(trials()[1]!.job).trees).not.toBe(paramsOf(trials()[0]!.job).trees);
    const again = (await (await kit.restart()).open(session.id))!;
    await kit.clock.advance(60);
    expect(again.view().search).toMatchObject({ base: 2.5, ended: { why: 'interrupted' } });
  });

  it('takes a trial whose machine is gone twice for one that failed', async () => {
    const pool = createManualPool();
    const lost: Job[] = [];
    const runJob: typeof pool.runJob = (job, tell) => {
      const handle = pool.runJob(job, tell);
      if (!job.background || pool.jobs.filter((one) => one.job.background).length === 1) return handle;
      lost.push(job);
      return { ...handle, report: Promise.reject(new RunLost()) };
    };
    const { kit, session } = await started({ ...pool, runJob });
    pool.jobs.find(({ job }) => job.background)?.finish({ metrics: { 'cv.rmse': 2.5 }, measureKey: 'k' });
    await kit.clock.advance(60);
    await expect.poll(() => new Set(lost.map(paramsOf).map((one) => JSON.stringify(one))).size).toBeGreaterThan(1);
    expect(JSON.stringify(paramsOf(lost[0]!))).toBe(JSON.stringify(paramsOf(lost[1]!)));
    expect(JSON.stringify(paramsOf(lost[2]!))).not.toBe(JSON.stringify(paramsOf(lost[1]!)));
    await expect.poll(() => session.view().search?.ended?.why).toBe('exhausted');
  });
});
