// `npm run bench:run`: Run to metrics for the template's start, at the entry of the sandbox (a report in hand) and on
// the sockets of 20 participants.
// Cold (a new pool), warm (a warm child, nothing kept), all cached, one param of `train` changed; the parts; and the
// same stages in one plain Node process, in turns with ours. `--check` exits 1 above 1.3x of a goal. Last line: JSON.

import { fork } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import type { RunReport } from '#pipeline-core/core/report.ts';
import { createPool, type Job, outsideFolder, type Pool } from '#sandbox/index.ts';
import { DATA_PATH, loadDataset, readCheckpoint } from '#tests/support/student-course.ts';
import { runOnSockets } from './run-on-sockets.ts';

const GOALS = { warm: 350, cached: 100, param: 300, ready: 150, ratio: 1.3 };
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '15' },
    checkpoint: { type: 'string', default: '1-start' },
    // The files of another workspace in place of the checkpoint's: the same work for two versions of this project.
    workspace: { type: 'string' },
    check: { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds);
const files = values.workspace === undefined ? readCheckpoint(values.checkpoint) : filesOf(values.workspace);
/** In the order of dvc.yaml, which is one in which they can run. */
const programs = [...files['dvc.yaml']!.matchAll(/^ +cmd: node (\S+)$/gm)].map(([, path]) => path!);

function filesOf(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(paths.map((path) => [relative(folder, path), readFileSync(path, 'utf8')]));
}
const dataset = loadDataset({ studentData: process.env['STUDENT_DATA'], seed: 1 });
const data = { [DATA_PATH]: dataset.visibleCsv };
const home = mkdtempSync(join(tmpdir(), 'bench-run-'));

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;
const ready: number[] = [];
const inside: { link: number; run: number }[] = [];
const options = {
  onReady: (ms: number) => ready.push(ms),
  onTiming: (_: string, timing: { link: number; run: number }) => inside.push(timing),
};

let jobs = 0;
function job(sessionId: string, change: Record<string, string> = {}): Job {
  const cacheDir = join(home, sessionId);
  return {
    runId: `r${jobs++}`,
    sessionId,
    kind: 'main',
    files: { ...files, ...change },
    data,
    cacheDir,
    holdout: dataset.holdout,
  };
}

async function timed(pool: Pool, of: Job): Promise<{ ms: number; report: RunReport }> {
  const began = performance.now();
  const report = await pool.runJob(of, () => {}).report;
  if (report.status !== 'succeeded') throw new Error(report.error?.code ?? report.status);
  return { ms: performance.now() - began, report };
}

/** Until children are warm again, and have waited as long as people take to press Run again. */
async function settled(pool: Pool, ms = 1_000): Promise<void> {
  while (pool.stats().warm < 2) await new Promise((resolve) => setTimeout(resolve, 20));
  await new Promise((resolve) => setTimeout(resolve, ms));
}

/** A plain Node process that runs the exported workspace's stages on demand, its libraries loaded once. */
async function plainNode(): Promise<{ stages(): Promise<number>; close(): void }> {
  const folder = join(home, 'outside');
  for (const [path, text] of Object.entries({
    ...files,
    ...data,
    'package.json': '{"type": "module"}',
    'warm.ts': WARM,
  })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  cpSync(outsideFolder(), folder, { recursive: true });
  const process_ = fork(join(folder, 'warm.ts'), { cwd: folder, execArgv: [], silent: true });
  const next = () => new Promise<number>((resolve) => process_.once('message', (ms) => resolve(Number(ms))));
  await next();
  return {
    stages: () => {
      const answer = next();
      process_.send('run');
      return answer;
    },
    close: () => process_.kill('SIGKILL'),
  };
}

const WARM = `import 'danfojs';
import 'pipeline-core';
import 'workshop';
import { resolve } from 'node:path';
let round = 0;
process.on('message', async () => {
  const began = performance.now();
  for (const program of ${JSON.stringify(programs)}) {
    process.argv[1] = resolve(program);
    await import('./' + program + '?' + round);
  }
  round++;
  process.send!(performance.now() - began);
});
process.send!(0);
`;

const found: Record<
  'cold' | 'warm' | 'hurried' | 'cached' | 'param' | 'stages' | 'link' | 'run' | 'plainFirst' | 'plain',
  number[]
> = {
  cold: [],
  warm: [],
  hurried: [],
  cached: [],
  param: [],
  stages: [],
  link: [],
  run: [],
  plainFirst: [],
  plain: [],
};

for (let round = 0; round < 3; round++) {
  const began = performance.now();
  const pool = await createPool(options);
  await timed(pool, job(`cold${round}`));
  found.cold.push(performance.now() - began);
  await pool.close();
}

const pool = await createPool(options);
const plain = await plainNode();
for (let round = 0; round < rounds; round++) {
  await settled(pool);
  inside.length = 0;
  const warm = await timed(pool, job(`s${round}`));
  found.warm.push(warm.ms);
  found.stages.push(warm.report.stages.reduce((sum, stage) => sum + stage.ms, 0));
  found.link.push(inside.reduce((sum, timing) => sum + timing.link, 0));
  found.run.push(inside.reduce((sum, timing) => sum + timing.run, 0));
  (round === 0 ? found.plainFirst : found.plain).push(await plain.stages());
  await settled(pool, 0);
  found.hurried.push((await timed(pool, job(`h${round}`))).ms);
  await pool.forget(`h${round}`);
  await settled(pool);
  found.cached.push((await timed(pool, job(`s${round}`))).ms);
  await settled(pool);
  // A param that train and evaluate declare and prepare does not.
  const params = files['params.yaml']!.replace(/^seed: \d+/m, `seed: ${1000 + round}`);
  found.param.push((await timed(pool, job(`s${round}`, { 'params.yaml': params }))).ms);
  await pool.forget(`s${round}`);
}
plain.close();
await pool.close();
rmSync(home, { recursive: true, force: true });

const sockets = await runOnSockets({ size: 20, rounds: Math.min(8, rounds) });

const m = Object.fromEntries(Object.entries(found).map(([name, numbers]) => [name, median(numbers)])) as Record<
  keyof typeof found,
  number
>;
const ratio = { first: m.run / m.plainFirst, warm: m.run / m.plain };
const line = (name: string, ms: number, goal?: number): string =>
  `${name.padEnd(46)} ${ms.toFixed(0).padStart(6)} ms${goal === undefined ? '' : `   goal ${goal} ms`}`;
console.log(`${values.checkpoint} on ${dataset.name}, ${dataset.rows} rows; medians of ${rounds} rounds`);
console.log(line('child ready', median(ready), GOALS.ready));
console.log(line('cold: pool opened, first run', m.cold));
console.log(line('warm: all stages run', m.warm, GOALS.warm));
console.log(line('  of it the stages, with their isolates', m.stages));
console.log(line('  of it strip, compile, join', m.link));
console.log(line("  of it the stages' own code", m.run));
console.log(line('  of it the rest (keys, cache, served check)', m.warm - m.stages));
console.log(line('warm, on children that became ready just now', m.hurried, GOALS.warm));
console.log(line('all cached', m.cached, GOALS.cached));
console.log(line('one param of train changed', m.param, GOALS.param));
console.log(line(`on all ${sockets.people} sockets: all stages run`, median(sockets.ran), GOALS.warm));
console.log(line(`on all ${sockets.people} sockets: all cached`, median(sockets.cached), GOALS.cached));
console.log(line('plain Node, first time through', m.plainFirst));
console.log(line('plain Node, again and again', m.plain));
console.log(
  `the stages' own code, against plain Node: ${ratio.first.toFixed(2)}x the first time, ${ratio.warm.toFixed(2)}x warm (goal ${GOALS.ratio}x)`,
);
const above = (value: number, goal: number): boolean => value > 1.3 * goal;
const missed = [
  above(m.warm, GOALS.warm) && 'warm',
  above(m.cached, GOALS.cached) && 'cached',
  above(median(sockets.ran), GOALS.warm) && 'sockets warm',
  above(median(sockets.cached), GOALS.cached) && 'sockets cached',
  above(m.param, GOALS.param) && 'param',
  above(median(ready), GOALS.ready) && 'ready',
  above(m.hurried, GOALS.warm) && 'hurried',
  above(ratio.warm, GOALS.ratio) && 'ratio',
].filter(Boolean);
if (missed.length > 0) console.log(`Above 1.3x of the goal: ${missed.join(', ')}`);
console.log(
  JSON.stringify({
    bench: 'run',
    checkpoint: values.checkpoint,
    ready: median(ready),
    ...m,
    sockets: { ran: median(sockets.ran), cached: median(sockets.cached) },
    ratio,
    missed,
  }),
);
if (values.check && missed.length > 0) process.exitCode = 1;
