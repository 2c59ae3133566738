// Running a run again: from an empty cache, as nobody's newest model, and every out compared.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import type { RunReport } from '#pipeline-core/core/report.ts';
import type { Job, Pool } from '#sandbox/index.ts';
import { createReproductions } from '#server/session/runs/reproductions.ts';
import type { Run, SessionState } from '#session-core/model/state.ts';

type Stages = RunReport['stages'];

const stage = (name: string, outs: Readonly<Record<string, string>>): Stages[number] => ({
  name,
  status: 'ran',
  reason: { code: 'changes', changes: [] },
  ms: 1,
  outs: Object.entries(outs).map(([path, sha256]) => ({ path, bytes: 1, sha256 })),
});
const BEFORE = [
  stage('train', { 'models/model.json': 'a', 'models/fitted.csv': 'b' }),
  stage('evaluate', { 'm.json': 'c' }),
];

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function kit(run: Partial<Run> = {}) {
  const cacheDir = mkdtempSync(join(tmpdir(), 'again-'));
  folders.push(cacheDir);
  const jobs: { readonly job: Job; readonly finish: (report: Partial<RunReport>) => void; cancelled: boolean }[] = [];
  const faults: string[] = [];
  const known = { kind: 'main', status: 'succeeded', report: { stages: BEFORE }, ...run } as unknown as Run;
  const pool = {
    runJob(job, onProgress) {
      const { promise, resolve } = Promise.withResolvers<RunReport>();
      onProgress({ type: 'started' });
      mkdirSync(job.cacheDir, { recursive: true });
      writeFileSync(join(job.cacheDir, 'kept'), '');
      const made = {
        job,
        cancelled: false,
        finish: (report: Partial<RunReport>) =>
          resolve({ status: 'succeeded', stages: BEFORE, ms: 7, ...report } as RunReport),
      };
      jobs.push(made);
      const cancel = () => {
        made.cancelled = true;
      };
      return { report: promise, checked: Promise.resolve(null), cancel };
    },
  } as Pick<Pool, 'runJob'> as Pool;
  const again = createReproductions({
    pool,
    cacheDir,
    state: () => ({ runs: { r3: known } }) as unknown as SessionState,
    jobOf: async (id) => ({ runId: id, sessionId: 's', kind: 'main', files: {}, data: {}, cacheDir }),
    failed: (what) => void faults.push(what),
  });
  return { again, jobs, faults };
}

const done = (again: ReturnType<typeof kit>['again']) =>
  vi.waitFor(() => {
    const found = again.of('r3');
    expect(found.state).toBe('done');
    return found.value;
  });

it('is the same where every out is, from a cache of its own that is gone afterwards', async () => {
  const { again, jobs, faults } = kit();
  expect(again.of('r3').state).toBe('none');
  await again.begin('r3');
  await vi.waitFor(() => expect(again.of('r3').state).toBe('running'));
  // Once is enough.
  await again.begin('r3');
  const [one] = jobs;
  expect(jobs).toHaveLength(1);
  expect(one?.job).toMatchObject({ runId: 'r3-again', kind: 'preview' });
  expect(one?.job.cacheDir).toMatch(/again\/r3$|again\\r3$/);
  one?.finish({});
  expect(await done(again)).toEqual({ same: 3, of: 3, differing: [], ms: 7 });
  expect([one?.cancelled, existsSync(one?.job.cacheDir ?? '')]).toEqual([true, false]);
  expect(faults).toEqual([]);
});

it.each<readonly [string, Partial<RunReport>, object]>([
  [
    'names the outs that differ, and those that only one of the two wrote',
    {
      stages: [
        stage('train', { 'models/model.json': 'a', 'models/fitted.csv': 'x' }),
        stage('evaluate', { 'n.json': 'c' }),
      ],
    },
    { same: 1, of: 4, differing: ['models/fitted.csv', 'm.json', 'n.json'], ms: 7 },
  ],
  [
    'says that it came to no end',
    { status: 'failed', stages: [] },
    { same: 0, of: 3, differing: ['models/model.json', 'models/fitted.csv', 'm.json'], failed: true, ms: 7 },
  ],
])('%s', async (_, report, expected) => {
  const { again, jobs } = kit();
  await again.begin('r3');
  await vi.waitFor(() => expect(jobs).toHaveLength(1));
  jobs[0]?.finish(report);
  expect(await done(again)).toEqual(expected);
});

it.each([{ kind: 'preview' }, { status: 'failed' }] as Partial<Run>[])('does not run %o again', async (run) => {
  const { again, jobs } = kit(run);
  await again.begin('r3');
  await again.begin('r9');
  expect([jobs.length, again.of('r3').state]).toEqual([0, 'none']);
});
