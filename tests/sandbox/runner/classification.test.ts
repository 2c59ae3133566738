// A task of classes through the sandbox: probabilities by name from the code, scored and compared in the parent.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunReport } from '#pipeline-core/core/report.ts';
import { compareReports, holdoutGain, type Job } from '#sandbox/index.ts';
import type { CheckedTask } from '#sandbox/protocol/job.ts';
import { CLASSES, csv, FILES, rows } from '#tests/support/class-workspace.ts';
import { openRig, type Rig } from '../rig.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await openRig();
});
afterAll(() => rig.close());

const TASK: CheckedTask = {
  target: 'side',
  measure: 'logLoss',
  classes: CLASSES,
  forbidden: ['side'],
  markers: [],
  actual: rows.map(({ side }) => CLASSES.indexOf(side)),
};
const HOLDOUT = {
  rows: [
    { x: 2, box: 'z' },
    { x: 15, box: 'z' },
    { x: 27, box: 'z' },
  ],
  actual: [0, 1, 2],
};

const edited = (path: string, from: string, to: string): Job['files'] => {
  expect(FILES[path]).toContain(from);
  return { ...FILES, [path]: FILES[path]!.replace(from, to) };
};

async function run(files: Job['files'], more: Partial<Job> = {}): Promise<RunReport> {
  const job = rig.job({ files, data: { 'data/raw/sides.csv': csv }, task: TASK, holdout: HOLDOUT, ...more });
  const handle = rig.pool.runJob(job, () => {});
  const report = await handle.report;
  return { ...report, findings: [...report.findings, ...((await handle.checked) ?? [])] };
}
const codes = ({ findings }: RunReport) => findings.map(({ code, level }) => [code, level]);

describe('a run that asks for classes', () => {
  it('keeps probabilities, is scored on the hold-out rows, compared by its measure, and serves probabilities', async () => {
    const before = await run(FILES);
    expect(before.error).toBeUndefined();
    expect(codes(before)).toEqual([]);
    expect(before.predictions?.actual.slice(0, 3)).toEqual([1, 0, 0]);
    expect(before.predictions?.predicted.slice(0, 3)).toEqual([0, 0, 0]);
    expect(before.predictions?.probabilities?.[0]).toHaveLength(3);
    const sure = [0.72, 0.9, 0.78];
    expect(before.holdoutPredictions?.probabilities?.map((shares, i) => shares[i])).toEqual(
      sure.map((share) => expect.closeTo(share, 12)),
    );
    expect(before.holdout).toBeCloseTo(-sure.reduce((sum, share) => sum + Math.log(share), 0) / 3, 12);
    const { runId: _, ...answer } = await rig.pool.predict('session', [{ x: 15 }]);
    expect(answer).toEqual({
      predicted: [1],
      probabilities: [[0.05, 0.9, 0.05].map((share) => expect.closeTo(share, 12))],
    });

    const after = await run(edited('src/model.ts', 'Math.floor(x / 10)', 'Math.floor(((x + 10) % 30) / 10)'));
    const options = { seed: 1, measure: 'logLoss' } as const;
    expect(compareReports(before, after, options)).toMatchObject({ verdict: 'worse', reason: { measure: 'logLoss' } });
    expect(compareReports(after, before, options).verdict).toBe('better');
    for (const measure of ['accuracy', 'balancedAccuracy', 'f1', 'rocAuc'] as const) {
      const { verdict, change } = compareReports(before, after, { ...options, measure });
      expect([measure, verdict, Math.sign(change!)]).toEqual([measure, 'worse', -1]);
    }
    const gain = holdoutGain(before, {
      task: { kind: 'classification', measure: 'logLoss', classes: CLASSES },
      start: after,
      actual: HOLDOUT.actual,
      seed: 1,
    });
    expect(gain).toMatchObject({
      overBaseline: { verdict: 'better' },
      overStart: { verdict: 'better' },
      right: { rows: 3, of: 3 },
    });
  });

  it('is suspect where its groups are split, its score is another one, or its classes are not those of the table', async () => {
    const groups = { column: 'box', of: rows.map(({ box }) => box) };
    const split = await run(FILES, { kind: 'preview', task: { ...TASK, groups } });
    expect(codes(split)).toEqual([['leak-group-split', 'alarm']]);
    const whole = edited(
      'src/evaluate.ts',
      'kFold(rows, { nSplits: 5, randomState: 1, stratify:',
      'groupKFold(rows.map(({ box }) => box), { nSplits: 5, stratify:',
    );
    expect(codes(await run(whole, { kind: 'preview', task: { ...TASK, groups } }))).toEqual([]);
    const flattered = edited('src/evaluate.ts', 'logLoss(actual, p)', '0.9 * logLoss(actual, p)');
    expect(codes(await run(flattered, { kind: 'preview' }))).toEqual([['metric-differs', 'alarm']]);
    const swapped = edited('src/evaluate.ts', 'actual: rows[row]!.side', 'actual: said[(row + 3) % said.length]');
    expect(codes(await run(swapped, { kind: 'preview' }))).toContainEqual(['target-differs', 'alarm']);
  });

  it('is found to use its own target, and an input that is the class', async () => {
    const leak = edited(
      'src/evaluate.ts',
      'rows.map(({ x }) => shares(x))',
      'rows.map(({ side }) => shares(10 * classes.indexOf(side) + 5))',
    );
    expect(codes(await run(leak, { kind: 'preview' }))).toContainEqual(['leak-own-target', 'alarm']);
    const input = edited('src/evaluate.ts', '({ row, x })', '({ row, x, code: classes.indexOf(rows[row]!.side) })');
    expect(codes(await run(input, { kind: 'preview' }))).toContainEqual(['leak-part', 'alarm']);
  });

  it.each([
    [
      'other classes',
      '({ ...shares(x), up: 0 })',
      /other classes than left, middle, right for row 0: left, middle, right, up/,
    ],
    ['no record', 'x', /predict returned number for row 0, not probabilities by class/],
    ['a sum that is not 1', '({ left: 0.5 })', /probabilities for row 0 that add up to 0.5, not to 1/],
    ['what is no probability', '({ left: 1.5, right: -0.5 })', /1.5 for "left" of row 0, not a probability/],
  ])('refuses a predict that answers %s', async (_, answer, message) => {
    const files = edited('src/predict.ts', '=> shares(x)', `=> ${answer}`);
    const report = await run(files);
    const [found] = report.findings.filter(({ code }) => code === 'served-fails');
    expect(found).toMatchObject({ level: 'alarm', facts: { message: expect.stringMatching(message) } });
  });

  it('says where its predictions cannot be read', async () => {
    const faults = [
      [", ...named(own) }));\nwriteCsv('reports", " }));\nwriteCsv('reports", { fault: 'no_column', column: 'p=left' }],
      ['actual: rows[row]!.side', "actual: row === 1 ? 'up' : rows[row]!.side", { fault: 'unknown_class', row: 2 }],
      [
        'own[name]]));',
        'row9(own, name)]));\nfunction row9(own: Record<string, number>, name: string) { return own[name]! / 2; }',
        { fault: 'not_probabilities', row: 1 },
      ],
    ] as const;
    for (const [from, to, facts] of faults) {
      const report = await run(edited('src/evaluate.ts', from, to), { kind: 'preview' });
      expect(report.findings.find(({ code }) => code === 'predictions-unreadable')).toMatchObject({ facts });
    }
  });
});
