// `npm run soak:sandbox`: many runs through one server process, hostile and normal mixed. After the first tenth its
// memory and open files must not grow by more than 10 %, no dead child may be left, no file beside the caches.
// Exits 1 otherwise. `--runs 1000` is the promise; fewer for a quick look. Last line: JSON.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ESCAPE } from '../sandbox/attacks/escape.ts';
import { LEAKS } from '../sandbox/attacks/leaks.ts';
import { startHost, statusOf } from '../sandbox/host-client.ts';
import { oneStage, POINTS, SMALL } from '../sandbox/rig.ts';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '1000' } } });
const total = Number(values.runs);
const DATA = { 'data/raw/points.csv': POINTS };

/** What ends by time or memory is the dear part: each of these once in forty runs. */
const HEAVY = [
  oneStage('for (;;) {}'),
  oneStage('const keep: unknown[] = []; for (;;) keep.push(new Float64Array(1e6).fill(1));'),
  oneStage('[].indexOf.call({ length: 2 ** 53 - 1 }, 1 as never);'),
  oneStage("const s = new Set(); for (let i = 0; ; i++) s.add('x' + i);"),
  { ...SMALL, 'src/predict.ts': 'export const predict = () => { for (;;) {} };' },
];
const LIGHT = [...ESCAPE, ...LEAKS].map((attack) => attack.files);

const host = await startHost({ stageMs: 600, runMs: 1_200, memoryMb: 256 });
let failures = 0;
let wrong = 0;

async function one(i: number): Promise<void> {
  // Sessions come and go.
  const sessionId = `s${i % 7}`;
  if (i % 40 < 2) await host.run({ files: HEAVY[Math.floor(i / 40 + (i % 2)) % HEAVY.length]!, data: DATA, sessionId });
  else if (i % 3 === 0) {
    const report = await host.run({ files: LIGHT[i % LIGHT.length]!, data: DATA, sessionId });
    if (report.status === 'failed') failures++;
  } else {
    const report = await host.run({
      files: { ...SMALL, 'params.yaml': `k: ${3 + (i % 5)}\n` },
      data: DATA,
      sessionId,
      limits: { stageMs: 10_000, runMs: 20_000 },
      ...(i % 2 === 0 ? { force: ['evaluate'] } : {}),
    });
    if (report.metrics['cv.rmse'] !== 2 + (i % 5)) {
      wrong++;
      console.log(`run ${i}: ${JSON.stringify(report.error ?? report.metrics)}`);
    }
  }
  if (i % 11 === 0) await host.predict(sessionId, [{ x: 1 }]);
  if (i % 50 === 49) await host.forget(sessionId);
}

async function atRest(): Promise<{ rss: number; files: number }> {
  for (;;) {
    const { stats, rss, files } = await host.health();
    if (stats.running === 0 && stats.queued === 0 && stats.warm === 2) return { rss: rss / 1024 / 1024, files };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const began = performance.now();
const first = Math.max(20, total / 10);
let baseline = { rss: 0, files: 0 };
for (let i = 0; i < total; i += 2) {
  await Promise.all([one(i), one(i + 1)]);
  if (baseline.rss === 0 && i + 2 >= first) {
    baseline = await atRest();
    console.log(`after ${i + 2} runs: ${baseline.rss.toFixed(0)} MiB, ${baseline.files} open files`);
  } else if ((i + 2) % 100 === 0) {
    const now = await host.health();
    console.log(`after ${i + 2} runs: ${(now.rss / 1024 / 1024).toFixed(0)} MiB, ${now.files} open files`);
  }
}
for (const session of new Set(readdirSync(host.home))) await host.forget(session);
const end = await atRest();
// Predictors of forgotten sessions are gone too: only the two warm children are left.
await new Promise((resolve) => setTimeout(resolve, 500));
const children = host.children();
const zombies = children.filter((pid) => /^State:\tZ/m.test(statusOf(pid))).length;
const left = readdirSync(host.home).flatMap((name) =>
  readdirSync(join(host.home, name)).map((file) => `${name}/${file}`),
);
const seconds = (performance.now() - began) / 1000;
const peak = host.peakMb();
await host.close();

const problems = [
  end.rss > baseline.rss * 1.1 && `memory grew from ${baseline.rss.toFixed(0)} to ${end.rss.toFixed(0)} MiB`,
  end.files > baseline.files * 1.1 && `open files grew from ${baseline.files} to ${end.files}`,
  zombies > 0 && `${zombies} dead children were never collected`,
  children.length > 2 && `${children.length} children are left`,
  left.length > 0 && `files are left: ${left.join(', ')}`,
  wrong > 0 && `${wrong} honest runs gave a wrong answer`,
].filter((problem) => problem !== false);
console.log(
  `${total} runs in ${seconds.toFixed(0)} s, ${failures} attacks refused, largest child ${peak.toFixed(0)} MiB`,
);
for (const problem of problems) console.log(`FAILED: ${problem}`);
console.log(
  JSON.stringify({
    soak: 'sandbox',
    runs: total,
    seconds,
    baseline,
    end,
    zombies,
    children: children.length,
    left: left.length,
    wrong,
  }),
);
process.exitCode = problems.length > 0 ? 1 : 0;
