// The supervisor: fair turns, cancel, children that die, the predictor, and nobody left behind.
import { execFileSync } from 'node:child_process';
import { getPriority } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { createPool, PredictUnavailable, type Progress, RowsRefused } from '#sandbox/index.ts';
import { childrenOf, startHost, statusOf } from '../host-client.ts';
import { oneStage, openRig, type Rig, SMALL } from '../rig.ts';

const rigs: Rig[] = [];
async function rigged(options: Parameters<typeof openRig>[0] = {}): Promise<Rig> {
  const rig = await openRig(options);
  rigs.push(rig);
  return rig;
}
afterEach(async () => {
  for (const rig of rigs.splice(0)) await rig.close();
});

const ENDLESS = oneStage('for (;;) {}');
const DEAF = oneStage('[].indexOf.call({ length: 2 ** 53 - 1 }, 1 as never);');
const linux = process.platform === 'linux';

/** Resolves when the run has begun its first stage. */
function begun(rig: Rig, files: typeof SMALL, sessionId: string) {
  let started: () => void = () => {};
  const running = new Promise<void>((resolve) => {
    started = resolve;
  });
  const handle = rig.pool.runJob(rig.job({ files, sessionId }), (progress) => {
    if (progress.type === 'stage') started();
  });
  return { ...handle, running };
}

describe('turns', () => {
  it('one main run at a time per session, other sessions beside it, positions told', async () => {
    const rig = await rigged();
    const first = begun(rig, ENDLESS, 'a');
    await first.running;
    const told: Progress[] = [];
    const second = rig.pool.runJob(rig.job({ files: SMALL, sessionId: 'a' }), (progress) => told.push(progress));
    const other = await rig.run({ files: SMALL, sessionId: 'b' });
    expect(other.status).toBe('succeeded');
    expect(told).toEqual([{ type: 'queued', ahead: 0 }]);
    expect(rig.pool.stats()).toMatchObject({ running: 1, queued: 1 });
    first.cancel();
    expect((await first.report).status).toBe('cancelled');
    expect((await second.report).status).toBe('succeeded');
    expect(told.map(({ type }) => type)).toContain('started');
  });

  it('a full queue refuses with a sentence', async () => {
    const rig = await rigged();
    const first = begun(rig, ENDLESS, 'a');
    await first.running;
    const waiting = Array.from({ length: 24 }, () =>
      rig.pool.runJob(rig.job({ files: SMALL, sessionId: 'a' }), () => {}),
    );
    const refused = await rig.run({ files: SMALL, sessionId: 'a' });
    expect(refused).toMatchObject({
      status: 'failed',
      error: { kind: 'limit', message: expect.stringContaining('Too many runs are waiting') },
    });
    await rig.pool.forget('a');
    for (const { report } of [...waiting, first]) expect((await report).status).toBe('cancelled');
  });
});

describe('an end always comes', () => {
  it('cancel ends a run that ignores everything', async () => {
    const rig = await rigged();
    const run = begun(rig, DEAF, 'a');
    await run.running;
    const began = performance.now();
    run.cancel();
    const report = await run.report;
    expect(report).toMatchObject({ status: 'cancelled' });
    expect(report.error).toBeUndefined();
    expect(performance.now() - began).toBeLessThan(5_000);
    expect((await rig.run({ files: SMALL, sessionId: 'a' })).status).toBe('succeeded');
  });

  it.runIf(linux)(
    'a child that is killed from outside is a failed run with a sentence, and the next one runs',
    async () => {
      const rig = await rigged();
      const before = new Set(childrenOf(process.pid));
      const run = begun(rig, ENDLESS, 'a');
      await run.running;
      await sleep(50);
      const busy = [...before].map((pid) => ({ pid, cpu: cpuOf(pid) })).sort((a, b) => b.cpu - a.cpu)[0]!;
      process.kill(busy.pid, 'SIGKILL');
      const report = await run.report;
      expect(report).toMatchObject({
        status: 'failed',
        error: { stage: 'work', kind: 'limit', message: expect.stringContaining('The work stage') },
      });
      expect((await rig.run({ files: SMALL, sessionId: 'a' })).status).toBe('succeeded');
    },
  );

  it('a run that is cancelled at any moment is cancelled or done, and the next one runs', async () => {
    const rig = await rigged();
    const files = { ...SMALL, 'src/predict.ts': 'export const predict = () => { for (;;) {} };' };
    for (const ms of [0, 5, 20, 60, 120, 200, 350, 600]) {
      const run = rig.pool.runJob(rig.job({ files, sessionId: 'a', force: ['prepare'] }), () => {});
      await sleep(ms);
      run.cancel();
      // What serves never ends here: no run can have come to its end.
      expect((await run.report).status).toBe('cancelled');
    }
    expect((await rig.run({ files: SMALL, sessionId: 'a' })).status).toBe('succeeded');
  });

  it.runIf(linux)('a child that is stopped from outside ends at its limit', async () => {
    const rig = await rigged({ limits: { stageMs: 300 } });
    const pids = childrenOf(process.pid);
    for (const pid of pids) process.kill(pid, 'SIGSTOP');
    const report = await rig.run({ files: SMALL, sessionId: 'a' });
    expect(report.error).toMatchObject({ kind: 'limit', message: expect.stringContaining('took longer than 0.3 s') });
    // The other warm child stands still too; the one after it is fresh.
    await rig.run({ files: SMALL, sessionId: 'a' });
    expect((await rig.run({ files: SMALL, sessionId: 'a' })).status).toBe('succeeded');
  });

  it.runIf(linux)('start under a server that has a lower priority than theirs, and keep it', async () => {
    const host = await startHost({}, { NICENESS: '10' });
    try {
      const children = host.children();
      expect(children.length).toBeGreaterThan(0);
      expect(children.map((pid) => getPriority(pid))).toEqual(children.map(() => 10));
    } finally {
      await host.close();
    }
  });

  it.runIf(linux)('no child outlives a server that is killed, not even one that is busy in native code', async () => {
    const host = await startHost({});
    void host.run({ files: DEAF, data: {} as never }).catch(() => {});
    void host.run({ files: ENDLESS, data: {} as never }).catch(() => {});
    await sleep(800);
    const children = host.children();
    expect(children.length).toBeGreaterThanOrEqual(2);
    host.process.kill('SIGKILL');
    await sleep(2_000);
    expect(children.filter((pid) => /^State:\t[^ZX]/m.test(statusOf(pid)))).toEqual([]);
  });

  it('close kills all and leaves no process; a run that comes later is cancelled', async () => {
    const pool = await createPool({ size: 2 });
    const report = pool.runJob(
      { runId: 'r', sessionId: 's', kind: 'main', files: DEAF, data: {}, cacheDir: '/nowhere' },
      () => {},
    ).report;
    await sleep(100);
    const pids = childrenOf(process.pid);
    await pool.close();
    expect((await report).status).not.toBe('succeeded');
    expect(pids.filter((pid) => statusOf(pid) !== '')).toEqual([]);
    const late = pool.runJob(
      { runId: 'r', sessionId: 's', kind: 'main', files: SMALL, data: {}, cacheDir: '/nowhere' },
      () => {},
    );
    expect((await late.report).status).toBe('cancelled');
  });
});

function cpuOf(pid: number): number {
  return Number(
    execFileSync('ps', ['-o', 'times=', '-o', 'cputimes=', '-p', String(pid)], { encoding: 'utf8' })
      .trim()
      .split(/\s+/)[0] ?? 0,
  );
}

describe('the predictor', () => {
  it('serves the last successful main run, gathers calls, and survives one bad row', async () => {
    const rig = await rigged();
    await expect(rig.pool.predict('s', [{ x: 1 }])).rejects.toBeInstanceOf(PredictUnavailable);
    const run = await rig.run({ files: SMALL, sessionId: 's', runId: 'first' });
    expect(run.findings).toEqual([]);
    expect(await rig.pool.predict('s', [{ x: 1 }, { x: 10 }])).toEqual({ runId: 'first', predictions: [5, 23] });

    await rig.run({ files: { ...SMALL, 'params.yaml': 'k: 0\n' }, sessionId: 's', kind: 'preview' });
    expect((await rig.pool.predict('s', [{ x: 1 }])).predictions).toEqual([5]);
    await rig.run({ files: { ...SMALL, 'src/evaluate.ts': 'throw new Error("no");' }, sessionId: 's' });
    expect((await rig.pool.predict('s', [{ x: 1 }])).predictions).toEqual([5]);

    const picky = {
      ...SMALL,
      'src/predict.ts': `export const predict = (rows: any[]) => rows.map(({ x }) => { if (x === 'bad') throw new Error('not this row'); return x; });`,
    };
    await rig.run({ files: picky, sessionId: 's', runId: 'picky' });
    const answers = await Promise.allSettled(
      [{ x: 1 }, { x: 'bad' }, { x: 3 }].map((row) => rig.pool.predict('s', [row])),
    );
    expect(
      answers.map((answer) =>
        answer.status === 'fulfilled' ? answer.value.predictions[0] : String(answer.reason.message),
      ),
    ).toEqual([1, 'The model cannot answer: not this row (src/predict.ts:1)', 3]);
    // The model's own no, told apart from there being none.
    await expect(rig.pool.predict('s', [{ x: 'bad' }])).rejects.toBeInstanceOf(RowsRefused);
  });

  it('one that hangs is unavailable, not a hang, and comes back', async () => {
    const rig = await rigged();
    const files = {
      ...SMALL,
      'src/predict.ts': `export const predict = (rows: any[]) => { if (rows[0].x === 999) for (;;) {} return rows.map(({ x }) => x); };`,
    };
    await rig.run({ files, sessionId: 's' });
    await expect(rig.pool.predict('s', [{ x: 999 }])).rejects.toThrow(/cannot answer/);
    expect((await rig.pool.predict('s', [{ x: 4 }])).predictions).toEqual([4]);
    await rig.pool.forget('s');
    await expect(rig.pool.predict('s', [{ x: 4 }])).rejects.toThrow(/No run has succeeded/);
  });

  it.runIf(linux)('waits warm after a main run, for nobody before the report, and not after a preview', async () => {
    const rig = await rigged();
    const before = childrenOf(process.pid).length;
    await rig.run({ files: SMALL, sessionId: 's', kind: 'preview' });
    await sleep(1_500);
    expect(childrenOf(process.pid).length).toBe(before);
    await rig.run({ files: SMALL, sessionId: 's', runId: 'first' });
    await expect.poll(() => childrenOf(process.pid).length).toBe(before + 1);
    await expect.poll(() => rig.pool.stats().warm).toBe(2);
    const held = new Set(childrenOf(process.pid));
    expect(await rig.pool.predict('s', [{ x: 1 }])).toEqual({ runId: 'first', predictions: [5] });
    expect(new Set(childrenOf(process.pid))).toEqual(held);
    await rig.pool.forget('s');
    expect(childrenOf(process.pid).length).toBe(before);
  });

  it('a question that a new model overtakes is answered by the new one', async () => {
    const rig = await rigged();
    await rig.run({ files: SMALL, sessionId: 's', runId: 'old' });
    await rig.run({ files: { ...SMALL, 'params.yaml': 'k: 1\n' }, sessionId: 's' });
    const asked = Array.from({ length: 20 }, async (_, i) => {
      await sleep(i * 15);
      return rig.pool.predict('s', [{ x: 1 }]);
    });
    await sleep(120);
    const again = rig.run({ files: SMALL, sessionId: 's', runId: 'new' });
    for (const { runId, predictions } of await Promise.all(asked))
      expect(predictions).toEqual([runId === 'new' ? 5 : 3]);
    expect((await again).status).toBe('succeeded');
  });

  it('scores the sealed rows in the parent, and tells a served model that differs', async () => {
    const rig = await rigged();
    const holdout = { rows: [{ x: 1 }, { x: 2 }], actual: [5, 9] };
    const report = await rig.run({ files: SMALL, sessionId: 's', holdout });
    expect(report.holdout).toBeCloseTo(Math.sqrt((0 + 4) / 2), 12);
    const again = await rig.run({ files: SMALL, sessionId: 's', holdout });
    expect(again.holdout).toBe(report.holdout);
    const preview = await rig.run({ files: SMALL, sessionId: 's', holdout, kind: 'preview' });
    expect(preview.holdout).toBeUndefined();
  });
});
