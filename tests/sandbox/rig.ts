// A pool and small workspaces for the sandbox's tests.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunReport } from '#pipeline-core/core/report.ts';
import { createPool, type Job, type Pool, type Progress } from '#sandbox/index.ts';
import { REHEARSED } from '#tests/support/rehearsed.ts';

export interface Rig {
  readonly pool: Pool;
  readonly home: string;
  /** Runs a job to its end; the session's cache is its own folder. */
  run(job: JobParts): Promise<RunReport>;
  job(job: JobParts): Job;
  close(): Promise<void>;
}

export type JobParts = Partial<Omit<Job, 'files'>> & {
  readonly files: Job['files'];
  readonly onProgress?: (progress: Progress) => void;
};

let runs = 0;

export async function openRig(options: Parameters<typeof createPool>[0] = {}): Promise<Rig> {
  const home = mkdtempSync(join(tmpdir(), 'sandbox-'));
  const pool = await createPool({ size: 2, ...REHEARSED, ...options });
  const job = ({ onProgress: _none, ...parts }: JobParts): Job => {
    const sessionId = parts.sessionId ?? 'session';
    return {
      runId: `r${runs++}`,
      sessionId,
      kind: 'main',
      data: { 'data/raw/points.csv': POINTS },
      cacheDir: join(home, sessionId),
      ...parts,
    };
  };
  return {
    pool,
    home,
    job,
    run: (parts) => pool.runJob(job(parts), parts.onProgress ?? (() => {})).report,
    close: async () => {
      await pool.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** y = 2 x + 1, thirty rows. */
export const POINTS = `x,y,name\n${Array.from({ length: 30 }, (_, i) => `${i},${2 * i + 1},p${i % 3}`).join('\n')}\n`;

/** prepare -> evaluate, with params and an honest score of 2 for k = 3. */
export const SMALL: Job['files'] = {
  'dvc.yaml': `stages:
  prepare:
    cmd: node src/prepare.ts
    deps:
      - data/raw/points.csv
      - src/prepare.ts
    outs:
      - data/processed/points.csv
  evaluate:
    cmd: node src/evaluate.ts
    deps:
      - data/processed/points.csv
      - src/evaluate.ts
      - src/model.ts
    params:
      - k
    metrics:
      - reports/metrics.json
    plots:
      - reports/predictions.csv:
          x: actual
          y: predicted
          title: Predicted against actual
`,
  'params.yaml': 'k: 3  # 0..9\n',
  'src/prepare.ts': `import { readCsv, writeCsv } from 'workshop';
interface Point { x: number; y: number }
const points = readCsv<Point>('data/raw/points.csv');
console.log(\`\${points.length} points\`);
writeCsv('data/processed/points.csv', points.map(({ x, y }) => ({ x, y })));
`,
  'src/model.ts': `export interface Params { k: number }
export const predictOne = (x: number, { k }: Params): number => 2 * x + k;
`,
  'src/evaluate.ts': `import { rmse } from 'pipeline-core';
import { params, readCsv, writeCsv, writeJson } from 'workshop';
import { type Params, predictOne } from './model.ts';
const points = readCsv<{ x: number; y: number }>('data/processed/points.csv');
const p = params<Params>();
const predictions = points.map(({ x, y }, row) => ({ row, fold: row % 5, actual: y, predicted: predictOne(x, p) }));
writeCsv('reports/predictions.csv', predictions);
writeJson('reports/metrics.json', { cv: { rmse: rmse(predictions.map((r) => r.actual), predictions.map((r) => r.predicted)) } });
`,
  'src/predict.ts': `import { params } from 'workshop';
import { type Params, predictOne } from './model.ts';
const p = params<Params>();
export const predict = (rows: { x: number }[]): number[] => rows.map(({ x }) => predictOne(x, p));
`,
};

/** A workspace of one stage that writes one out. */
export function oneStage(code: string, extra: Record<string, string> = {}): Job['files'] {
  return {
    'dvc.yaml': `stages:
  work:
    cmd: node src/work.ts
    deps:
      - data/raw/points.csv
      - src/work.ts
    metrics:
      - out.json
`,
    'src/work.ts': code,
    ...extra,
  };
}
