// What a node asks workers besides runs: the model of the last main run, explanations, expressions, checks of code. Their answers
// are read to the last field, and a worker that is gone leaves nobody waiting.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Job, keptExplanation, NoModel, RowsRefused } from '#sandbox/index.ts';
import { type FleetNode, type PlayedWorker, startFleetNode } from '../../support/fleet-node.ts';
import { reportWith } from '../../support/manual-pool.ts';

let node: FleetNode;
let home: string;
beforeEach(async () => {
  node = await startFleetNode();
  home = mkdtempSync(join(tmpdir(), 'fleet-'));
});
afterEach(async () => {
  await node.close();
  rmSync(home, { recursive: true });
});

const CSV = 'x,y\n1,2\n';
const job = (runId: string, more: Partial<Job> = {}): Job => ({
  runId,
  sessionId: 's',
  kind: 'main',
  files: { 'src/predict.ts': '' },
  data: { 'data/raw/t.csv': CSV },
  cacheDir: join(home, 's'),
  ...more,
});
const FAILS = { code: 'served-fails', level: 'alarm', facts: { fault: 'crash' } } as const;
/** A main run that has succeeded, at a worker of its own. */
async function served(runId: string, more: object = {}, files?: Job['files']): Promise<PlayedWorker> {
  const run = node.pool.runJob(job(runId, files ? { files } : {}), () => {});
  const worker = await node.next();
  worker.send({ type: 'report', report: { ...reportWith({ 'cv.rmse': 2 }), ...more } });
  await run.report;
  return worker;
}
const questions = ({ messages }: PlayedWorker) => messages.filter(({ type }) => type === 'ask');
/** Answers the next question of this worker, as the model of the run. */
async function answer(worker: PlayedWorker, value: object, type: 'answer' | 'refused' = 'answer'): Promise<void> {
  const before = answered.get(worker) ?? 0;
  await expect.poll(() => questions(worker).length).toBeGreaterThan(before);
  const asked = questions(worker)[before] as { id: number };
  answered.set(worker, before + 1);
  worker.send(type === 'answer' ? { type, id: asked.id, value } : { type, id: asked.id, ...value });
}
const answered = new WeakMap<PlayedWorker, number>();
const predict = () => node.pool.predict('s', [{ x: 1 }]);

describe('the model of a session', () => {
  it('is that of the last main run whose model answers; the lines of older ones are closed', async () => {
    await expect(predict()).rejects.toBeInstanceOf(NoModel);
    const first = await served('r1');
    const broken = await served('r2', { findings: [FAILS] });
    const none = await served('r3', {}, {});
    await broken.closed;
    for (const [value, by] of [
      [11.5, first],
      [12, first],
    ] as const) {
      const asked = predict();
      await answer(by, { runId: 'r1', predicted: [value] });
      expect(await asked).toEqual({ runId: 'r1', predicted: [value] });
    }
    // Of the newest run the tables are asked for, whatever its model.
    const table = { path: 'out.csv', sha256: 'a'.repeat(64), cacheDir: join(home, 's') };
    const shown = node.pool.evaluate({ sessionId: 's', code: 'df', table });
    await answer(none, { kind: 'text', names: [], text: '7' });
    expect(await shown).toMatchObject({ text: '7' });
    const last = await served('r4');
    await Promise.all([first.closed, none.closed]);
    expect(node.pool.stats().predictors).toBe(1);
    last.socket.destroy();
    await expect.poll(() => node.pool.stats().predictors).toBe(0);
    expect(await node.pool.evaluate({ sessionId: 's', code: 'df', table })).toEqual({ kind: 'limit', limit: 'gone' });
  });

  it('refuses rows by itself; a question that waits when its worker goes, or a newer run comes, is not left', async () => {
    const worker = await served('r1');
    const refused = predict();
    await answer(worker, { why: 'rows', message: 'The model cannot answer: no' }, 'refused');
    await expect(refused).rejects.toBeInstanceOf(RowsRefused);
    const moved = predict();
    const newer = await served('r2');
    await answer(newer, { runId: 'r2', predicted: [3] });
    expect(await moved).toMatchObject({ runId: 'r2' });
    const left = predict();
    await expect.poll(() => questions(newer)).toHaveLength(2);
    newer.socket.destroy();
    await expect(left).rejects.toBeInstanceOf(NoModel);
  });

  it.each([
    ['too few answers', { runId: 'r1', predicted: [] }],
    ['words', { runId: 'r1', predicted: ['1'] }],
    ['nothing', {}],
  ])('of a worker that sends %s is given up', async (_, value) => {
    const worker = await served('r1');
    const asked = predict();
    await answer(worker, value);
    await expect(asked).rejects.toBeInstanceOf(NoModel);
    await worker.closed;
  });
});

const EXPLAINED = { rows: 1, of: 1, error: 2, nRepeats: 5, importance: [], dependence: {}, share: 1 };

describe('other work', () => {
  it('explains a model, keeps what was found here, and gives way to a main run of the session', async () => {
    const parts: unknown[] = [];
    const asked = { ...job('r1'), key: 'k' };
    const handle = node.pool.explain(asked, (part) => parts.push(part));
    const worker = await node.next();
    worker.send({ type: 'part', value: { ...EXPLAINED, share: 0.5 } });
    worker.send({ type: 'done', value: EXPLAINED });
    expect([await handle.done, parts]).toEqual([EXPLAINED, [{ ...EXPLAINED, share: 0.5 }]]);
    expect(await keptExplanation(asked)).toEqual(EXPLAINED);
    expect(await node.pool.explain(asked, () => {}).done).toEqual(EXPLAINED);

    const curve = node.pool.learningCurve(asked, () => {});
    const other = await node.next();
    const run = node.pool.runJob(job('r2'), () => {});
    await other.closed;
    expect(await curve.done).toBeNull();
    run.cancel();
  });

  it('is null, unchecked or a limit where what came is none, twice', async () => {
    const explained = node.pool.explain({ ...job('r1'), key: 'k' }, () => {});
    const checked = node.pool.check({ sessionId: 's', files: {}, styled: [], language: 'en' });
    const table = { path: 'data/raw/t.csv', text: CSV };
    const shown = node.pool.evaluate({ sessionId: 's', code: 'df', table });
    for (let tries = 0; tries < 6; tries += 1) {
      const worker = await node.next();
      worker.send({ type: 'done', value: { kind: 'owned' } });
      await worker.closed;
    }
    expect(await explained.done).toBeNull();
    expect(await checked).toEqual({ types: { unchecked: 'ended' }, style: { unchecked: 'ended' } });
    expect(await shown).toEqual({ kind: 'limit', limit: 'ended' });
  });

  it('checks the same code once, and answers an expression', async () => {
    const found = { types: { problems: [] }, style: { problems: [], formatted: {}, fixed: {} } };
    const asked = { sessionId: 's', files: { 'a.ts': '1' }, styled: ['a.ts'], language: 'en' };
    const checked = node.pool.check(asked);
    (await node.next()).send({ type: 'done', value: found });
    expect([await checked, await node.pool.check(asked), node.waiting()]).toEqual([found, found, []]);
    const shown = node.pool.evaluate({ sessionId: 's', code: 'df', table: { path: 't.csv', text: CSV } });
    (await node.next()).send({
      type: 'done',
      value: { kind: 'table', names: ['x'], columns: ['x'], rows: [[1], [null]], total: 2 },
    });
    expect(await shown).toMatchObject({ rows: [[1], [null]] });
  });
});
