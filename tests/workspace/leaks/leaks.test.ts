// Leaks are found and honest changes are not accused: each in the real sandbox, on the real table where it is there.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunReport } from '#pipeline-core/core/report.ts';
import { createPool, type Pool } from '#sandbox/index.ts';
import { REHEARSED } from '#tests/support/rehearsed.ts';
import { errorText } from '#tests/support/report-text.ts';
import { DATA_PATH, loadDataset, SESSION_SEED, taskById } from '#tests/support/student-course.ts';
import { type Change, filesOf } from './edits.ts';
import { INNOCENT } from './innocent.ts';
import { LEAKS } from './leaks.ts';

let pool: Pool;
const home = mkdtempSync(join(tmpdir(), 'leaks-'));
beforeAll(async () => {
  pool = await createPool({ size: 1, ...REHEARSED });
});
afterAll(async () => {
  await pool.close();
  rmSync(home, { recursive: true, force: true });
});

async function run(change: Change, kind: 'main' | 'preview' = 'preview'): Promise<RunReport> {
  const studentData = process.env['STUDENT_DATA'];
  const { visibleCsv, holdout, task } = loadDataset({
    seed: SESSION_SEED,
    task: taskById(change.task ?? 'grades'),
    ...(studentData ? { studentData } : { synthetic: true }),
  });
  const job = {
    runId: change.name,
    sessionId: 'leaks',
    kind,
    files: filesOf(change),
    data: { [DATA_PATH]: visibleCsv },
    cacheDir: join(home, 'leaks'),
    task,
    holdout,
  };
  const handle = pool.runJob(job, () => {});
  const report = await handle.report;
  expect(report.error && errorText(report.error)).toBeUndefined();
  const late = await handle.checked;
  return { ...report, findings: [...report.findings, ...(late ?? [])] };
}
const alarms = ({ findings }: RunReport) => findings.filter(({ level }) => level === 'alarm').map(({ code }) => code);

it('is about at least 15 leaks and as many honest changes, each another one', () => {
  for (const table of [LEAKS, INNOCENT]) expect(new Set(table.map(({ name }) => name)).size).toBe(table.length);
  expect(Math.min(LEAKS.length, INNOCENT.length)).toBeGreaterThanOrEqual(15);
});

describe('a leak is found:', () => {
  it.each(LEAKS)('$name', async (change) => {
    const codes: readonly string[] = alarms(await run(change));
    expect(codes).toEqual(expect.arrayContaining([...(change.finds ?? [])]));
  });
});

describe('nobody is accused of', () => {
  it.each(INNOCENT)('$name', async (change) => {
    const report = await run(change);
    expect(alarms(report)).toEqual([]);
  });
});
