// `npm run bench:insight`: seconds from the score to the first charts (errors, worked out in a thread) and to the whole
// explanation (in a child at low priority), on tables of 519, 5,000 and 100,000 rows; and the score itself with and without
// an explanation of the run before under way, in turns; and an expression of the scratch cell. Goals beside the numbers.
// `--rows 519` for one size. Last line: JSON.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import type { RunReport } from '#pipeline-core/core/report.ts';
import { createDataProfiles, createPool, type Explained, type Job } from '#sandbox/index.ts';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, rows: { type: 'string', default: '519,5000,100000' } },
});
const rounds = Number(values.rounds);
const home = mkdtempSync(join(tmpdir(), 'bench-insight-'));
const pool = await createPool({ size: 2 });
const looks = createDataProfiles();
const only = new Set(values.rows.split(',').map(Number));
const COLUMNS = 30;
const PATH = 'data/raw/rows.csv';

/** Thirty columns, of which six matter, half of them words. */
function tableOf(rows: number): { readonly csv: string; readonly actual: number[] } {
  let seed = 1;
  const random = () => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
    return seed / 0x7fffffff;
  };
  const names = Array.from({ length: COLUMNS }, (_, j) => `c${j}`);
  const actual: number[] = [];
  const lines = Array.from({ length: rows }, () => {
    const cells = names.map((_, j) => (j % 2 === 0 ? Math.floor(random() * 20) : `level${Math.floor(random() * 4)}`));
    const y = 3 * Number(cells[0]) - 2 * Number(cells[2]) + (cells[1] === 'level1' ? 9 : 0) + 4 * random();
    actual.push(Number(y.toFixed(3)));
    return [...cells, y.toFixed(3)].join(',');
  });
  return { csv: `${[...names, 'y'].join(',')}\n${lines.join('\n')}\n`, actual };
}

const MODEL = `const columns = [0, 2, 4, 6];
export type Row = Record<string, string | number>;
export const x = (rows: readonly Row[]) => rows.map((row) => [...columns.map((j) => Number(row['c' + j])), row['c1'] === 'level1' ? 1 : 0]);
`;
const FILES: Job['files'] = {
  'dvc.yaml': `stages:
  evaluate:
    cmd: node src/evaluate.ts
    deps:
      - ${PATH}
      - src/evaluate.ts
      - src/model.ts
    params:
      - alpha
    outs:
      - models/model.json
      - reports/predictions.csv
    metrics:
      - reports/metrics.json
`,
  'params.yaml': 'alpha: 1\n',
  'src/model.ts': MODEL,
  'src/evaluate.ts': `import { Ridge, rmse } from 'pipeline-core';
import { params, readCsv, writeCsv, writeJson } from 'workshop';
import { type Row, x } from './model.ts';
const rows = readCsv<Row>('${PATH}');
const y = rows.map((row) => Number(row['y']));
const model = new Ridge({ alpha: params<{ alpha: number }>().alpha }).fit(x(rows), y);
writeJson('models/model.json', model.toJSON());
const predicted = model.predict(x(rows));
const predictions = rows.map((_, row) => ({ row, fold: row % 5, actual: y[row]!, predicted: predicted[row]! }));
writeCsv('reports/predictions.csv', predictions);
writeJson('reports/metrics.json', { cv: { rmse: rmse(y, predicted) } });
`,
  'src/predict.ts': `import { type ModelJson, regressorFromJSON } from 'pipeline-core';
import { readJson } from 'workshop';
import { type Row, x } from './model.ts';
const model = regressorFromJSON(readJson<ModelJson>('models/model.json'));
export const predict = (rows: readonly Row[]): number[] => [...model.predict(x(rows))];
`,
};

let runs = 0;
const median = (all: readonly number[]) => [...all].sort((a, b) => a - b)[all.length >> 1]!;

async function warm(): Promise<void> {
  while (pool.stats().warm < 1) await new Promise((resolve) => setTimeout(resolve, 20));
}

async function score(job: Job): Promise<{ readonly ms: number; readonly report: RunReport }> {
  await warm();
  const began = performance.now();
  const handle = pool.runJob(job, () => {});
  const report = await handle.report;
  const ms = performance.now() - began;
  await handle.checked;
  return { ms, report };
}

const result: Record<string, Record<string, number | string | null>> = {};
for (const rows of only) {
  const { csv, actual } = tableOf(rows);
  const jobOf = (alpha: number): Job => ({
    runId: `r${runs++}`,
    sessionId: `s${rows}`,
    kind: 'main',
    files: { ...FILES, 'params.yaml': `alpha: ${alpha}\n` },
    data: { [PATH]: csv },
    cacheDir: join(home, `s${rows}`),
    limits: { stageMs: 60_000, runMs: 120_000 },
    task: { target: 'y', measure: 'rmse', classes: [], markers: [], forbidden: ['y'], actual },
  });
  const first = jobOf(0);
  const { report } = await score(first);
  if (report.status !== 'succeeded') throw new Error(`${rows} rows: ${JSON.stringify(report.error)}`);
  // Of a table whose predictions a report does not hold: others of the same size.
  const predictions = report.predictions ?? {
    row: [...actual.keys()],
    fold: actual.map((_, row) => row % 5),
    actual,
    predicted: actual.map((value, row) => value + ((row * 7919) % 13) - 6),
  };
  const table = {
    csv,
    columns: [],
    task: { target: 'y', targetUnit: '', classes: [], forbidden: ['y'] },
    actual,
  };
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  let began = performance.now();
  const { errors } = await looks.errors(table, predictions);
  const charts = performance.now() - began;
  if (errors?.n !== rows) throw new Error(`${rows} rows: errors of ${errors?.n}`);
  delay.disable();
  began = performance.now();
  let importance: number | null = null;
  const parts = (part: Explained) => {
    if (importance === null && part.importance.length === COLUMNS) importance = performance.now() - began;
  };
  const found = await pool.explain({ ...first, key: `k${rows}` }, parts).done;
  const all = performance.now() - began;
  const alone: number[] = [];
  const beside: number[] = [];
  for (let round = 0; round < (rows > 10_000 ? 2 : rounds); round++) {
    alone.push((await score(jobOf(2 * round + 1))).ms);
    // The explanation of the run before is under way when the next run is asked for.
    const before = jobOf(2 * round + 2);
    await score(before);
    const underWay = Promise.withResolvers<void>();
    const handle = pool.explain({ ...before, key: `k${rows} ${round}` }, () => underWay.resolve());
    await Promise.race([underWay.promise, handle.done]);
    beside.push((await score(jobOf(1000 + round))).ms);
    await handle.done;
  }
  const asked: number[] = [];
  for (let round = 0; round < 2 * rounds; round++) {
    await warm();
    const from = performance.now();
    const answer = await pool.evaluate({
      sessionId: `s${rows}`,
      code: "df.groupby(['c1']).mean()",
      table: { path: PATH, text: csv },
    });
    // A table that is too large for an expression's time has no number.
    if (answer.kind === 'limit' && answer.limit === 'time') break;
    if (answer.kind !== 'table') throw new Error(`${rows} rows: ${JSON.stringify(answer)}`);
    asked.push(performance.now() - from);
  }
  result[`${rows} rows`] = {
    'errors (first charts), ms': Math.round(charts),
    'the thread of the sessions held up meanwhile, ms': Math.round(delay.max / 1e6),
    'importance, ms': Math.round(importance ?? all),
    'all explanations, ms': Math.round(all),
    'rows asked about': found?.rows ?? 0,
    'score without, ms': Math.round(median(alone)),
    'score while the last run is explained, ms': Math.round(median(beside)),
    'an expression of the scratch cell, ms': asked.length === 0 ? 'over its time' : Math.round(median(asked)),
  };
  console.log(`${rows} rows`, result[`${rows} rows`]);
}
console.log(
  'goals: first charts 1,000 ms at 519 rows, 10,000 ms at 100,000; the score the same with and without; an expression 300 ms',
);
await pool.close();
await looks.close();
rmSync(home, { recursive: true, force: true });
console.log(JSON.stringify(result));
