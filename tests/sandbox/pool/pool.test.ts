// The supervisor: fair turns, cancel, children that die, and nobody left behind.
import { getPriority } from 'node:os';
import { afterEach, describe, expect, it } from 'vitest';
import type { Progress } from '#sandbox/index.ts';
import { childrenOf, cpuOf, startHost, statusOf } from '../host-client.ts';
import { oneStage, openRig, POINTS, type Rig, SMALL } from '../rig.ts';

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
const POINTED = { 'data/raw/points.csv': POINTS };
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

/** Asks which of these processes have worked since now, for more seconds of CPU than a child that waits or gets ready. */
function busyChildren(pids: readonly number[], seconds = 0.2): () => number[] {
  const before = new Map(pids.map((pid) => [pid, cpuOf(pid)]));
  return () => pids.filter((pid) => cpuOf(pid) - before.get(pid)! > seconds);
}

/** 'started', 'plan', 'stage prepare', 'staged prepare' ... */
function momentOf(progress: Progress): string {
  if (progress.type === 'stage') return `stage ${progress.name}`;
  return progress.type === 'staged' ? `staged ${progress.result.name}` : progress.type;
}

describe('turns', () => {
  it('one main run at a time per session, other sessions beside it, positions reported', async () => {
    const rig = await rigged();
    const first = begun(rig, ENDLESS, 'a');
    await first.running;
    const reported: Progress[] = [];
    const second = rig.pool.runJob(rig.job({ files: SMALL, sessionId: 'a' }), (progress) => reported.push(progress));
    const other = await rig.run({ files: SMALL, sessionId: 'b' });
    expect(other.status).toBe('succeeded');
    expect(reported).toEqual([{ type: 'queued', ahead: 0 }]);
    expect(rig.pool.stats()).toMatchObject({ running: 1, queued: 1 });
    first.cancel();
    expect((await first.report).status).toBe('cancelled');
    expect((await second.report).status).toBe('succeeded');
    expect(reported.map(({ type }) => type)).toContain('started');
  });

  it('a full queue refuses', async () => {
    const rig = await rigged();
    const first = begun(rig, ENDLESS, 'a');
    await first.running;
    const waiting = Array.from({ length: 24 }, () =>
      rig.pool.runJob(rig.job({ files: SMALL, sessionId: 'a' }), () => {}),
    );
    const refused = await rig.run({ files: SMALL, sessionId: 'a' });
    expect(refused).toMatchObject({
      status: 'failed',
      error: { kind: 'limit', code: 'queue_full' },
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
      // The other child may still be getting ready, which takes some tenths of a second.
      const busy = busyChildren(childrenOf(process.pid), 1.5);
      const run = begun(rig, ENDLESS, 'a');
      await expect.poll(busy).toHaveLength(1);
      process.kill(busy()[0]!, 'SIGKILL');
      const report = await run.report;
      expect(report).toMatchObject({
        status: 'failed',
        error: { stage: 'work', kind: 'limit', code: 'process_ended' },
      });
      expect((await rig.run({ files: SMALL, sessionId: 'a' })).status).toBe('succeeded');
    },
  );

  it('a run that is cancelled at any moment is cancelled or done, and the next one runs', async () => {
    const rig = await rigged();
    const files = { ...SMALL, 'src/predict.ts': 'export const predict = () => { for (;;) {} };' };
    const moments = ['', 'started', 'plan', 'stage prepare', 'staged prepare', 'stage evaluate', 'staged evaluate'];
    for (const moment of [...moments, 'serving']) {
      const reached = Promise.withResolvers<void>();
      const run = rig.pool.runJob(rig.job({ files, sessionId: 'a', force: ['prepare'] }), (progress) => {
        if (momentOf(progress) === (moment === 'serving' ? 'staged evaluate' : moment)) reached.resolve();
      });
      if (moment !== '') await reached.promise;
      // A turn later its model is being asked, which never ends here.
      if (moment === 'serving') await new Promise((resolve) => setImmediate(resolve));
      run.cancel();
      expect([moment, (await run.report).status]).toEqual([moment, 'cancelled']);
    }
    expect((await rig.run({ files: SMALL, sessionId: 'a' })).status).toBe('succeeded');
  });

  it.runIf(linux)('a child that is stopped from outside ends at its limit', async () => {
    const rig = await rigged({ limits: { stageMs: 300 } });
    const pids = childrenOf(process.pid);
    for (const pid of pids) process.kill(pid, 'SIGSTOP');
    const report = await rig.run({ files: SMALL, sessionId: 'a' });
    expect(report.error).toMatchObject({ kind: 'limit', code: 'stage_time', facts: { ms: 300 } });
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
    await expect.poll(async () => (await host.health()).stats.warm).toBe(2);
    const busy = busyChildren(host.children());
    void host.run({ files: DEAF, data: POINTED }).catch(() => {});
    void host.run({ files: ENDLESS, data: POINTED }).catch(() => {});
    await expect.poll(busy).toHaveLength(2);
    const children = host.children();
    host.process.kill('SIGKILL');
    await expect.poll(() => children.filter((pid) => /^State:\t[^ZX]/m.test(statusOf(pid)))).toEqual([]);
  });

  it('close kills all and leaves no process; a run that comes later is cancelled', async () => {
    const rig = await rigged();
    const run = begun(rig, DEAF, 's');
    await run.running;
    const pids = childrenOf(process.pid);
    await rig.pool.close();
    expect((await run.report).status).toBe('cancelled');
    expect(pids.filter((pid) => statusOf(pid) !== '')).toEqual([]);
    expect((await rig.run({ files: SMALL, sessionId: 's' })).status).toBe('cancelled');
  });
});
