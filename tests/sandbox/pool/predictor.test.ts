// What answers `predict`: the model of the last successful main run that can, in a child of its own.
import { afterEach, describe, expect, it } from 'vitest';
import { PredictUnavailable, RowsRefused } from '#sandbox/index.ts';
import { NUMBERS } from '#sandbox/protocol/job.ts';
import { childrenOf } from '../host-client.ts';
import { openRig, type Rig, SMALL } from '../rig.ts';

const rigs: Rig[] = [];
async function rigged(): Promise<Rig> {
  const rig = await openRig();
  rigs.push(rig);
  return rig;
}
afterEach(async () => {
  for (const rig of rigs.splice(0)) await rig.close();
});

const NATIVE_LOOP = 'export const predict = () => [].indexOf.call({ length: 2 ** 53 - 1 }, 1);';
const linux = process.platform === 'linux';

describe('the predictor', () => {
  it('serves the last successful main run, gathers calls, and survives one bad row', async () => {
    const rig = await rigged();
    await expect(rig.pool.predict('s', [{ x: 1 }])).rejects.toBeInstanceOf(PredictUnavailable);
    const run = await rig.run({ files: SMALL, sessionId: 's', runId: 'first' });
    expect(run.findings).toEqual([]);
    expect(await rig.pool.predict('s', [{ x: 1 }, { x: 10 }])).toEqual({ runId: 'first', predicted: [5, 23] });

    await rig.run({ files: { ...SMALL, 'params.yaml': 'k: 0\n' }, sessionId: 's', kind: 'preview' });
    expect((await rig.pool.predict('s', [{ x: 1 }])).predicted).toEqual([5]);
    await rig.run({ files: { ...SMALL, 'src/evaluate.ts': 'throw new Error("no");' }, sessionId: 's' });
    expect((await rig.pool.predict('s', [{ x: 1 }])).predicted).toEqual([5]);

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
        answer.status === 'fulfilled' ? answer.value.predicted[0] : String(answer.reason.message),
      ),
    ).toEqual([1, 'The model cannot answer: not this row (src/predict.ts:1)', 3]);
    // The model's own no, distinct from there being none.
    await expect(rig.pool.predict('s', [{ x: 'bad' }])).rejects.toBeInstanceOf(RowsRefused);
  });

  it('one that cannot answer does not take the place of the last that can, whatever the reason', async () => {
    const rig = await rigged();
    const broken: readonly (readonly [string, string])[] = [
      ['it throws when it is loaded', "throw new Error('no');\nexport const predict = () => [];"],
      ['it throws for every row', "export const predict = () => { throw new Error('no'); };"],
      ['it answers what is no number', 'export const predict = (rows: unknown[]) => rows.map(() => Number.NaN);'],
      ['it exports nothing', 'export const predictAll = 1;'],
      [
        'it reads what no stage writes',
        "import { readText } from 'workshop';\nexport const predict = () => [readText('none')];",
      ],
    ];
    // With nothing better to serve, the answer is why it does not answer.
    const first = await rig.run({ files: { ...SMALL, 'src/predict.ts': broken[0]![1] }, sessionId: 's' });
    expect(first.findings).toMatchObject([{ code: 'served-fails', level: 'alarm' }]);
    await expect(rig.pool.predict('s', [{ x: 1 }])).rejects.toThrow(/no \(src\/predict.ts:1\)/);
    await rig.run({ files: SMALL, sessionId: 's', runId: 'good' });
    for (const [reason, code] of broken) {
      const report = await rig.run({ files: { ...SMALL, 'src/predict.ts': code }, sessionId: 's' });
      expect([reason, report.status, report.findings.map((found) => found.code)]).toEqual([
        reason,
        'succeeded',
        ['served-fails'],
      ]);
      expect(await rig.pool.predict('s', [{ x: 1 }])).toEqual({ runId: 'good', predicted: [5] });
    }
    await rig.run({ files: { ...SMALL, 'params.yaml': 'k: 1\n' }, sessionId: 's', runId: 'better' });
    expect(await rig.pool.predict('s', [{ x: 1 }])).toEqual({ runId: 'better', predicted: [3] });
  });

  it('is asked by previews too, which never see the hold-out rows', async () => {
    const rig = await rigged();
    await rig.run({ files: SMALL, sessionId: 's' });
    const patched = (code: string) => ({
      files: { ...SMALL, 'src/predict.ts': code },
      sessionId: 's',
      kind: 'preview' as const,
      task: { ...NUMBERS, target: 'y', forbidden: ['y'], markers: [], actual: [] },
      holdout: { rows: [{ x: 77 }], actual: [155] },
    });
    const thrown = await rig.run(patched("export const predict = () => { throw new Error('gone'); };"));
    expect(thrown.findings).toMatchObject([
      { code: 'served-fails', level: 'alarm', facts: { fault: 'thrown', file: 'src/predict.ts', line: 1 } },
    ]);
    const peeking = await rig.run(patched('export const predict = (rows: any[]) => rows.map((row) => row.y);'));
    expect(peeking.findings.map(({ code }) => code)).toEqual(['served-fails']);
    const seen = await rig.run(
      patched(
        'export const predict = (rows: any[]) => rows.map(({ x }) => { if (x === 77) throw new Error(); return x; });',
      ),
    );
    expect(seen.findings).toEqual([]);
    expect((await rig.pool.predict('s', [{ x: 1 }])).predicted).toEqual([5]);
  });

  it.each([
    ['loops', 'export const predict = () => { for (;;) {} };'],
    ['loops where no clock of the isolate ends it', NATIVE_LOOP],
    ['loops as it is loaded', 'for (;;) {}\nexport const predict = () => [];'],
    [
      'takes all memory',
      'export const predict = () => { for (const all = [[0]]; ; ) all.push(Array(1e6).fill(0.5)); };',
    ],
  ])('is suspect like one that throws where it %s, and the leakage check goes on in another child', async (_, code) => {
    const rig = await rigged();
    const actual = Array.from({ length: 30 }, (__, i) => 2 * i + 1);
    const files = { ...SMALL, 'src/predict.ts': code };
    const task = { ...NUMBERS, target: 'y', forbidden: ['y'], markers: [], actual };
    const job = rig.job({ files, sessionId: 's', kind: 'preview', task, limits: { stageMs: 1_500 } });
    const { report, checked } = rig.pool.runJob(job, () => {});
    const { status, findings } = await report;
    expect([status, findings.map(({ code: one, level }) => [one, level])]).toEqual([
      'succeeded',
      [['served-fails', 'alarm']],
    ]);
    expect((await checked)?.filter(({ code: one }) => one === 'leak-unchecked' || one === 'leak-own-target')).toEqual(
      [],
    );
  });

  it('one that hangs is unavailable, not a hang, and comes back', async () => {
    const rig = await rigged();
    const files = {
      ...SMALL,
      'src/predict.ts': `export const predict = (rows: any[]) => { if (rows[0].x === 999) for (;;) {} return rows.map(({ x }) => x); };`,
    };
    await rig.run({ files, sessionId: 's' });
    await expect(rig.pool.predict('s', [{ x: 999 }])).rejects.toThrow(/cannot answer/);
    expect((await rig.pool.predict('s', [{ x: 4 }])).predicted).toEqual([4]);
    await rig.pool.forget('s');
    await expect(rig.pool.predict('s', [{ x: 4 }])).rejects.toThrow(/No run has succeeded/);
  });

  it.runIf(linux)('waits warm after a main run, for nobody before the report, and not after a preview', async () => {
    const rig = await rigged();
    const beyondWarm = () => childrenOf(process.pid).length - rig.pool.stats().warm;
    await rig.run({ files: SMALL, sessionId: 'previewed', kind: 'preview' });
    await rig.run({ files: SMALL, sessionId: 's', runId: 'first' });
    // One; the preview's would have come before it.
    await expect
      .poll(() => ({ ...rig.pool.stats(), beyondWarm: beyondWarm() }))
      .toMatchObject({
        warm: 2,
        predictors: 1,
        beyondWarm: 1,
      });
    await expect(rig.pool.predict('previewed', [{ x: 1 }])).rejects.toThrow(/No run has succeeded/);
    const held = new Set(childrenOf(process.pid));
    expect(await rig.pool.predict('s', [{ x: 1 }])).toEqual({ runId: 'first', predicted: [5] });
    expect(new Set(childrenOf(process.pid))).toEqual(held);
    await rig.pool.forget('s');
    await expect.poll(beyondWarm).toBe(0);
  });

  it('a question that a new model overtakes is answered by the new one', async () => {
    const rig = await rigged();
    await rig.run({ files: SMALL, sessionId: 's', runId: 'old' });
    await rig.run({ files: { ...SMALL, 'params.yaml': 'k: 1\n' }, sessionId: 's' });
    const answers: Awaited<ReturnType<Rig['pool']['predict']>>[] = [];
    const askUntilNew = async () => {
      do answers.push(await rig.pool.predict('s', [{ x: 1 }]));
      while (answers.at(-1)?.runId !== 'new');
    };
    const asking = Array.from({ length: 4 }, askUntilNew);
    await expect.poll(() => answers.length).toBeGreaterThan(0);
    const again = rig.run({ files: SMALL, sessionId: 's', runId: 'new' });
    await Promise.all(asking);
    for (const { runId, predicted } of answers) expect(predicted).toEqual([runId === 'new' ? 5 : 3]);
    expect((await again).status).toBe('succeeded');
  });

  it('scores the hold-out rows in the parent, and reports a served model that differs', async () => {
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
