// Runs on other machines, as a session sees them: one that is lost is interrupted, lost checks are made again, and a model that
// is gone is made again as often as it is.
import { afterEach, expect, it } from 'vitest';
import { type ExpressionAnswer, NoModel, PredictUnavailable, RunLost } from '#sandbox/index.ts';
import { createManualPool } from '../../support/manual-pool.ts';
import { openSessions } from '../../support/registry-kit.ts';
import { runs } from '../../support/run-steps.ts';

const { open, closeAll } = openSessions();
afterEach(closeAll);

const LEAK = { code: 'leak-own-target', level: 'alarm', facts: { rows: 9, of: 10 } } as const;

it('a run that is lost is interrupted, without a score', async () => {
  const pool = createManualPool();
  const lost = Promise.withResolvers<never>();
  const runJob: typeof pool.runJob = (job, tell) => ({ ...pool.runJob(job, tell), report: lost.promise });
  const { kit, session } = await open({ pool: { ...pool, runJob } });
  pool.jobs[0]?.tell({ type: 'started' });
  await kit.clock.advance(60);
  lost.reject(new RunLost());
  await kit.clock.advance(60);
  expect(runs(session).map(([, { status, report }]) => [status, report])).toEqual([['interrupted', undefined]]);
});

it('checks that are lost are made again, from the same code, without another result', async () => {
  const pool = createManualPool();
  const lost = Promise.withResolvers<never>();
  const runJob: typeof pool.runJob = (job, tell) => ({
    ...pool.runJob(job, tell),
    ...(job.kind === 'main' ? { checked: lost.promise } : {}),
  });
  const { kit, session } = await open({ pool: { ...pool, runJob } });
  const [id] = runs(session)[0]!;
  pool.jobs[0]?.finish({ checking: true });
  await kit.clock.advance(60);
  lost.reject(new RunLost());
  await kit.clock.advance(60);
  expect(pool.jobs.map(({ job }) => job.kind)).toEqual(['main', 'preview']);
  pool.jobs[1]?.finish({ checking: true });
  pool.jobs[1]?.check([LEAK]);
  await kit.clock.advance(60);
  const [, run] = runs(session)[0]!;
  expect([runs(session).length, run.report?.checking, run.report?.findings]).toEqual([1, undefined, [LEAK]]);
  expect(session.view().runs[id]?.findings).toEqual([LEAK]);
});

it('a model that is gone is made again, as often as that happens', async () => {
  const pool = createManualPool();
  let served: string | null = null;
  const predict: typeof pool.predict = async (_, rows) => {
    if (served === null) throw new NoModel('The machine that had the model is gone');
    return { runId: served, predicted: rows.map(() => 12) };
  };
  const { kit, session } = await open({ pool: { ...pool, predict } });
  pool.jobs[0]?.finish();
  await kit.clock.advance(60);
  const [id] = runs(session)[0]!;
  for (const jobs of [2, 3]) {
    served = null;
    const asked = Promise.all([session.predict({ age: 17 }), session.predict({ age: 18 })]);
    await expect.poll(() => pool.jobs).toHaveLength(jobs);
    served = id;
    pool.jobs.at(-1)?.finish();
    expect(await asked).toEqual([
      { prediction: 12, run: id },
      { prediction: 12, run: id },
    ]);
  }
});

it('a model that had to be made again is asked once more where it has no answer for the moment', async () => {
  const pool = createManualPool();
  const reasons: Error[] = [];
  const predict: typeof pool.predict = async (_, rows) => {
    const reason = reasons.shift();
    if (reason) throw reason;
    return { runId: 'r', predicted: rows.map(() => 12) };
  };
  const { kit, session } = await open({ pool: { ...pool, predict } });
  pool.jobs[0]?.finish();
  await kit.clock.advance(60);
  reasons.push(new NoModel('gone'));
  const first = session.predict({ age: 17 });
  await expect.poll(() => pool.jobs).toHaveLength(2);
  pool.jobs[1]?.finish();
  expect(await first).toMatchObject({ prediction: 12 });
  reasons.push(new PredictUnavailable('too many people ask'));
  expect(await session.predict({ age: 17 })).toMatchObject({ prediction: 12 });
  reasons.push(new PredictUnavailable('too many people ask'), new PredictUnavailable('still'));
  await expect(session.predict({ age: 17 })).rejects.toThrow('still');
  expect(pool.jobs).toHaveLength(2);
});

it('many questions about what is gone run the code once', async () => {
  const pool = createManualPool();
  let gone = true;
  const predict: typeof pool.predict = async (_, rows) => {
    if (gone) throw new NoModel('gone');
    return { runId: 'r', predicted: rows.map(() => 12) };
  };
  const evaluate: typeof pool.evaluate = async (): Promise<ExpressionAnswer> =>
    gone ? { kind: 'limit', limit: 'gone' } : { kind: 'text', names: [], text: '7' };
  const { kit, session } = await open({ pool: { ...pool, predict, evaluate } });
  const outs = [{ path: 'out.csv', sha256: 'a'.repeat(64), bytes: 9, rows: 2 }];
  const stage = { name: 'prepare', status: 'ran', reason: { code: 'inputs-cached' }, ms: 1, outs } as const;
  pool.jobs[0]?.finish({ stages: [stage] });
  await kit.clock.advance(60);
  const tables = ['df', 'df.shape', 'df.head()'].map((code) => session.evaluate(code, 'out.csv'));
  const asked = session.predict({ age: 17 });
  await expect.poll(() => pool.jobs).toHaveLength(2);
  gone = false;
  pool.jobs[1]?.finish({ stages: [stage] });
  expect((await Promise.all(tables)).map(({ answer }) => answer)).toEqual(
    tables.map(() => ({ kind: 'text', names: [], text: '7' })),
  );
  expect(await asked).toMatchObject({ prediction: 12 });
  expect(pool.jobs).toHaveLength(2);
});
