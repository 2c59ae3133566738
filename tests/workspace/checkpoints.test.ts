// Every checkpoint in the real sandbox: it succeeds, its numbers are plausible, what it serves is what it measured.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseCsv } from '#pipeline-core';
import type { RunReport } from '#pipeline-core/core/report.ts';
import type { Dataset } from '#sandbox/course/dataset.ts';
import { createPool, type Job, type Pool } from '#sandbox/index.ts';
import { scoreRecipe } from '#tests/support/recipe-steps.ts';
import { REHEARSED } from '#tests/support/rehearsed.ts';
import { withText } from '#tests/support/report-text.ts';
import { DATA_PATH, listCheckpoints, loadDataset, readCheckpoint, taskById } from '#tests/support/student-course.ts';
import type { Cells } from '#tests/support/workspace-modules.ts';

const SEED = 271828;
const checkpoints = listCheckpoints().filter(({ task }) => taskById(task).kind === 'regression');
let pool: Pool;
let home: string;
let runs = 0;
const datasets = new Map<string, Dataset>();

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'checkpoints-'));
  pool = await createPool({ size: 1, ...REHEARSED });
});
afterAll(async () => {
  await pool.close();
  rmSync(home, { recursive: true, force: true });
});

function dataOf(task: string): Dataset {
  const known = datasets.get(task) ?? loadDataset({ synthetic: true, seed: SEED, task: taskById(task) });
  datasets.set(task, known);
  return known;
}

function run(files: Job['files'], sessionId: string, task = 'grades'): Promise<RunReport> {
  const { visibleCsv, holdout } = dataOf(task);
  const job: Job = {
    runId: `run${runs++}`,
    sessionId,
    kind: 'main',
    files,
    data: { [DATA_PATH]: visibleCsv },
    cacheDir: join(home, sessionId),
    holdout,
  };
  return pool.runJob(job, () => {}).report;
}

describe('in the sandbox', () => {
  it.each(checkpoints)('$name succeeds with plausible numbers', async ({ name, task }) => {
    const report = await run(readCheckpoint(name), name, task);
    expect(report.error).toBeUndefined();
    expect(report.status).toBe('succeeded');
    expect(report.findings).toEqual([]);
    expect(report.tests).toEqual({ passed: 6, failed: 0, failures: [] });
    const explains = name === '7-explain';
    expect(report.stages.map((stage) => [stage.name, stage.status])).toEqual(
      ['prepare', 'train', 'evaluate', ...(explains ? ['explain'] : []), 'test'].map((stage) => [stage, 'ran']),
    );
    const { metrics, predictions, plots } = report;
    expect(Object.keys(metrics).sort()).toEqual(['baseline.rmse', 'cv.mae', 'cv.rmse', 'train.rmse']);
    // Within noise of the mean at worst, and no leak at best.
    expect(metrics['cv.rmse']! / metrics['baseline.rmse']!).toBeLessThan(1.02);
    expect(metrics['cv.rmse']).toBeGreaterThan(1.5);
    expect(metrics['train.rmse']).toBeLessThanOrEqual(metrics['cv.rmse']!);
    expect(metrics['cv.mae']).toBeLessThan(metrics['cv.rmse']!);
    expect(report.holdout! / metrics['cv.rmse']!).toBeGreaterThan(0.75);
    expect(report.holdout! / metrics['cv.rmse']!).toBeLessThan(1.35);
    expect(predictions?.row).toEqual(Array.from({ length: 519 }, (_, i) => i));
    expect(new Set(predictions?.fold)).toEqual(new Set([0, 1, 2, 3, 4]));
    expect(plots.map(({ path }) => path)).toEqual([
      'reports/predictions.csv',
      ...(explains ? ['reports/importance.csv', 'reports/dependence.csv'] : []),
    ]);
    expect(plots[0]).toMatchObject({ x: 'actual', y: 'predicted', xLabel: expect.stringContaining('points') });
    expect(plots[0]!.rows).toHaveLength(519);
    expect(report.log.some((line) => line.text.startsWith('519 students, '))).toBe(true);
  });

  it('gives the bits that the same code gives in plain Node', async () => {
    const rows = parseCsv(dataOf('grades').visibleCsv).rows() as Cells[];
    for (const name of ['1-start', '3-forest', '4-boosting']) {
      const { metrics } = await run(readCheckpoint(name), name);
      const outside = scoreRecipe({ name, checkpoint: name }, rows, { seed: 42, folds: 5 });
      expect([name, metrics['cv.rmse'], metrics['train.rmse'], metrics['baseline.rmse']]).toEqual([
        name,
        outside.cv,
        outside.train,
        outside.baseline,
      ]);
    }
  });

  it('a tap on the model trains and scores again, but does not prepare again; the evaluation stays', async () => {
    const start = readCheckpoint('1-start');
    const params = start['params.yaml']!;
    const before = await run(start, 'taps');
    for (const model of ['mean', 'ridge', 'knn', 'tree', 'forest', 'boosting', 'average']) {
      const after = await run({ ...start, 'params.yaml': params.replace('model: linear', `model: ${model}`) }, 'taps');
      expect([model, after.status]).toEqual([model, 'succeeded']);
      expect(after.stages.map((stage) => stage.status)).toEqual(['cached', 'ran', 'ran', 'ran']);
      expect(after.stages[1]!.reason).toMatchObject({ changes: [{ type: 'param', key: 'model', after: model }] });
      expect(after.measureKey).toBe(before.measureKey);
      expect(after.outsKey).not.toBe(before.outsKey);
    }
  });

  it('what serves is held against what was fitted', async () => {
    const files = readCheckpoint('1-start');
    const predict = files['src/predict.ts']!;
    const honest = 'fitted.predict(toMatrix(students, features))';
    expect(predict).toContain(honest);
    const report = await run(
      { ...files, 'src/predict.ts': predict.replace(honest, `${honest}.map((y) => y + 1)`) },
      'x',
    );
    expect(report.findings.map((finding) => finding.code)).toContain('served-differs');
  });

  it('features are put side by side by name, and one that is constant is a finding', async () => {
    const files = readCheckpoint('1-start');
    const student = files['src/student.ts']!;
    const last = student.indexOf('  return x;', student.indexOf('export function features'));
    const withFeature = (line: string) =>
      run({ ...files, 'src/student.ts': `${student.slice(0, last)}  ${line}\n${student.slice(last)}` }, 'features');
    // Which name comes first depends on the row: by position the two would be mixed.
    const byBranch = await withFeature("x[(student.age ?? 0) > 17 ? 'absOld' : 'absYoung'] = student.absences ?? 0;");
    const byHand = await withFeature(
      'const old = (student.age ?? 0) > 17; x.absOld = old ? (student.absences ?? 0) : 0; x.absYoung = old ? 0 : (student.absences ?? 0);',
    );
    expect(byBranch.error).toBeUndefined();
    expect(byBranch.metrics['cv.rmse']).toBeCloseTo(byHand.metrics['cv.rmse']!, 9);
    expect(byBranch.findings).toEqual([]);
    const unused = await withFeature("x['anyFailure'] = (student.failures ?? 0) > 0 ? 1 : 0;");
    expect(unused.findings).toMatchObject([
      { code: 'constant-feature', facts: { features: [{ name: 'anyFailure', value: 0 }], more: 0 } },
    ]);
  });

  it.each([
    ['a column that is not known', 'failures:', 'failurs:', 'no fact called failurs', 'prepare'],
    ['a model that is not there', 'model: linear', 'model: forrest', 'there is no model "forrest"', 'train'],
  ])('%s ends in a sentence', async (_what, from, to, sentence, stage) => {
    const files = readCheckpoint('2-columns');
    const params = files['params.yaml']!.replace('model: ridge', 'model: linear').replace(from, to);
    const report = await run({ ...files, 'params.yaml': params }, 'errors');
    expect(report.status).toBe('failed');
    expect(withText(report.error)).toMatchObject({ stage, kind: 'user', message: expect.stringContaining(sentence) });
  });
});
