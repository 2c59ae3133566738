// `npm run bench:size`: what a table of the largest size costs in the sandbox: seconds of a stage by the clock and on the
// processor (a busy machine lengthens the former alone), of a check and a comparison, memory of the child, size of the
// report. `--rows 100000 --columns 30`; `--patience 4` stretches the limits of time; `--check` exits 1 above 1.3x of a
// goal. Last line: JSON.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { RunReport } from '#pipeline-core/core/report.ts';
import { loadDataset } from '#sandbox/course/dataset.ts';
import { readCourse } from '#sandbox/course/read-course.ts';
import { compareReports, createPool, type Job } from '#sandbox/index.ts';
import { writeCourse } from '#sandbox/new-course/write-course.ts';
import { largeCsv } from '#tests/support/large-table.ts';
import { courseFor } from '#tests/support/odd-tables.ts';
import { childrenOf, cpuOf, residentMb } from '../sandbox/host-client.ts';

/** Seconds of a run's stages, at 100,000 rows. */
const GOALS: Readonly<Record<string, number>> = { '1-start': 5, '2-columns': 5, '3-forest': 15, '4-boosting': 10 };
const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '100000' },
    columns: { type: 'string', default: '30' },
    checkpoints: { type: 'string', default: '0-baseline,1-start,2-columns,4-boosting,3-forest' },
    patience: { type: 'string', default: '1' },
    check: { type: 'boolean', default: false },
  },
});
const [rows, columns] = [Number(values.rows), Number(values.columns)];
const home = mkdtempSync(join(tmpdir(), 'bench-size-'));
const seconds = (ms: number): string => `${(ms / 1000).toFixed(2).padStart(6)} s`;

function timed<T>(name: string, work: () => T): T {
  const began = process.cpuUsage();
  const made = work();
  const { user, system } = process.cpuUsage(began);
  console.log(`${name.padEnd(44)} ${seconds((user + system) / 1000)} on the processor`);
  return made;
}

/** Milliseconds that the children have spent on the processor so far. */
const spent = (): number => childrenOf(process.pid).reduce((sum, pid) => sum + cpuOf(pid) * 1000, 0);

console.log(`${rows} rows x ${columns} columns`);
const csv = largeCsv(rows, columns);
const plan = timed('table read, course planned', () => courseFor(csv, 'value', { id: 'large' }));
const folder = join(home, 'large');
mkdirSync(folder);
timed('course written', () => writeCourse(folder, plan));
const course = readCourse(folder);
const dataset = timed('table read again, hold-out rows taken', () => loadDataset({ course }));
const patience = Number(values.patience);
const { stageMs = 10_000, runMs = 45_000 } = course.limits;
const limits = { ...course.limits, stageMs: stageMs * patience, runMs: runMs * patience };
const pool = await createPool({ size: 2, log: (line) => console.log(`  ${line}`) });

const results = [];
let before: RunReport | undefined;
for (const name of values.checkpoints.split(',')) {
  const { files } = course.checkpoints.find((one) => one.name === name)!;
  const job: Job = {
    runId: name,
    sessionId: 'large',
    kind: 'main',
    files,
    data: { [dataset.path]: dataset.visibleCsv },
    cacheDir: join(home, 'cache'),
    holdout: dataset.holdout,
    task: dataset.task,
    limits,
  };
  let peak = 0;
  const watch = setInterval(() => {
    for (const pid of childrenOf(process.pid)) peak = Math.max(peak, residentMb(pid));
  }, 20);
  let blocked = 0;
  let ticked = performance.now();
  const tick = setInterval(() => {
    blocked = Math.max(blocked, performance.now() - ticked);
    ticked = performance.now();
  }, 10);
  while (pool.stats().warm < 2) await new Promise((resolve) => setTimeout(resolve, 50));
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  const cpu = new Map<string, number>();
  let since = spent();
  const handle = pool.runJob(job, (progress) => {
    if (progress.type === 'stage') since = spent();
    if (progress.type === 'staged') cpu.set(progress.result.name, spent() - since);
  });
  const report = await handle.report;
  const onProcessor = [...cpu.values()].reduce((sum, ms) => sum + ms, 0);
  clearInterval(tick);
  const checking = performance.now();
  const late = (await handle.checked) ?? [];
  const checkMs = performance.now() - checking;
  clearInterval(watch);
  const bytes = JSON.stringify(report).length;
  console.log(`\n${name}: ${report.status}${report.error ? ` ${JSON.stringify(report.error)}` : ''}`);
  for (const { name: stage, ms, status } of report.stages) {
    console.log(`  ${stage.padEnd(42)} ${seconds(ms)} ${seconds(cpu.get(stage) ?? 0)} on the processor   ${status}`);
  }
  const goal = GOALS[name];
  const wanted = goal === undefined ? '' : `   goal ${goal} s`;
  console.log(`  ${'run, to its report'.padEnd(42)} ${seconds(report.ms)}`);
  console.log(`  ${'its stages on the processor'.padEnd(42)} ${seconds(onProcessor)}${wanted}`);
  console.log(`  ${'checks after it'.padEnd(42)} ${seconds(checkMs)}`);
  console.log(`  ${'server held up for'.padEnd(42)} ${seconds(blocked)}`);
  console.log(`  ${'memory of the child'.padEnd(42)} ${peak.toFixed(0).padStart(6)} MB`);
  console.log(`  ${'report'.padEnd(42)} ${(bytes / 1024).toFixed(0).padStart(6)} kB`);
  console.log(`  ${JSON.stringify(report.metrics)} hold-out ${report.holdout}`);
  console.log(`  predictions ${report.predictions?.row.length}, plots ${report.plots.map((plot) => plot.rows.length)}`);
  console.log(`  findings ${JSON.stringify([...report.findings, ...late])}`);
  if (before !== undefined && report.status === 'succeeded') {
    const former = before;
    const found = timed('  compared with the run before', () =>
      compareReports(former, report, { measure: dataset.task.measure, seed: 1 }),
    );
    console.log(`  ${JSON.stringify(found)}`);
  }
  if (report.status === 'succeeded') before = report;
  results.push({ name, status: report.status, run: report.ms / 1000, stages: onProcessor / 1000, goal: goal ?? null });
}
await pool.close();
rmSync(home, { recursive: true, force: true });
const missed = results.filter(
  ({ status, stages: took, goal }) => status !== 'succeeded' || (goal !== null && took > 1.3 * goal),
);
if (missed.length > 0) console.log(`Above 1.3x of the goal: ${missed.map(({ name }) => name).join(', ')}`);
console.log(JSON.stringify({ bench: 'size', rows, columns, results }));
if (values.check && missed.length > 0) process.exitCode = 1;
