// `npm run bench:sandbox`: how fast the sandbox says no: children warm, hostile code ended, memory held, the next run
// begun, a prediction answered. Goals beside the numbers; `--check` exits 1 above 1.3x of one. Last line: JSON.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { RunReport } from '#pipeline-core/core/report.ts';
import { createPool, type Job } from '#sandbox/index.ts';
import { childrenOf, residentMb } from '../sandbox/host-client.ts';
import { oneStage, POINTS, SMALL } from '../sandbox/rig.ts';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '7' }, check: { type: 'boolean', default: false } },
});
const rounds = Number(values.rounds);
const home = mkdtempSync(join(tmpdir(), 'bench-sandbox-'));
const MEMORY_MB = 256;
const ready: number[] = [];
const pool = await createPool({ size: 2, limits: { memoryMb: MEMORY_MB }, onReady: (ms) => ready.push(ms) });

const DEAF = oneStage('[].indexOf.call({ length: 2 ** 53 - 1 }, 1 as never);');
const POLITE = oneStage('for (;;) {}');
const GREEDY = [
  'const keep: unknown[] = []; for (;;) keep.push(new Float64Array(1e6).fill(1));',
  'const m = new Map(); for (let i = 0; ; i++) m.set(i, i);',
  'new Array(2 ** 32 - 1).fill(0);',
].map((code) => oneStage(code));

let runs = 0;
function job(files: Job['files'], limits: Job['limits'] = {}): Job {
  const data = { 'data/raw/points.csv': POINTS };
  return { runId: `r${runs++}`, sessionId: 's', kind: 'main', files, data, cacheDir: join(home, 's'), limits };
}

async function timed(of: Job): Promise<{ ms: number; report: RunReport }> {
  while (pool.stats().warm < 2) await new Promise((resolve) => setTimeout(resolve, 10));
  const began = performance.now();
  const { report } = pool.runJob(of, () => {});
  return { report: await report, ms: performance.now() - began };
}

const found: Record<string, { goal: number; unit: string; of: number[] }> = {
  'child ready': { goal: 150, unit: 'ms', of: ready },
  'polite loop: limit to report': { goal: 150, unit: 'ms', of: [] },
  'deaf loop: limit + 1 s to report': { goal: 300, unit: 'ms', of: [] },
  'cancel of a deaf loop to report': { goal: 250, unit: 'ms', of: [] },
  'next run after a kill, to report': { goal: 3_000, unit: 'ms', of: [] },
  'largest child above its limit': { goal: 128, unit: 'MiB', of: [] },
  'greedy run: begun to report': { goal: 3_000, unit: 'ms', of: [] },
  'prediction, child warm': { goal: 200, unit: 'ms', of: [] },
};
const note = (name: string, value: number): void => void found[name]!.of.push(value);

for (let round = 0; round < rounds; round++) {
  note('polite loop: limit to report', (await timed(job(POLITE, { stageMs: 300 }))).ms - 300);
  note('deaf loop: limit + 1 s to report', (await timed(job(DEAF, { stageMs: 300 }))).ms - 1_300);

  let began = 0;
  const handle = pool.runJob(job(DEAF), (progress) => {
    if (progress.type !== 'stage') return;
    setTimeout(() => {
      began = performance.now();
      handle.cancel();
    }, 100);
  });
  await handle.report;
  note('cancel of a deaf loop to report', performance.now() - began);
  const after = performance.now();
  const next = await pool.runJob({ ...job(SMALL), force: ['prepare', 'evaluate'] }, () => {}).report;
  if (next.status !== 'succeeded') throw new Error(next.error?.code ?? next.status);
  note('next run after a kill, to report', performance.now() - after);

  let peak = 0;
  const watch = setInterval(() => {
    for (const pid of childrenOf(process.pid)) peak = Math.max(peak, residentMb(pid));
  }, 5);
  note('greedy run: begun to report', (await timed(job(GREEDY[round % GREEDY.length]!))).ms);
  clearInterval(watch);
  note('largest child above its limit', Math.max(0, peak - MEMORY_MB));
}
await timed(job(SMALL));
await pool.predict('s', [{ x: 1 }]);
for (let i = 0; i < rounds; i++) {
  const began = performance.now();
  await pool.predict('s', [{ x: i }]);
  note('prediction, child warm', performance.now() - began);
}
await pool.close();
rmSync(home, { recursive: true, force: true });

const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[numbers.length >> 1]!;
const results = Object.entries(found).map(([name, { goal, unit, of }]) => {
  const value = median(of);
  const most = Math.max(...of);
  const line = `${name.padEnd(36)} ${value.toFixed(0).padStart(6)} ${unit.padEnd(3)} most ${most.toFixed(0).padStart(6)}   goal ${goal}`;
  console.log(line);
  return { name, value, most, goal, missed: value > 1.3 * goal };
});
const missed = results.filter((result) => result.missed).map((result) => result.name);
if (missed.length > 0) console.log(`Above 1.3x of the goal: ${missed.join(', ')}`);
console.log(JSON.stringify({ bench: 'sandbox', results, missed }));
if (values.check && missed.length > 0) process.exitCode = 1;
