// Every npm script lands here: what is missing is set up, then the job runs.
// Invariant: plain JavaScript for Node 18 and newer; signals reach the job, and nothing of it outlives us.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { fail, ROOT, setUp } from './set-up.mjs';

const bin = (path) => join('node_modules', path);
const tsc = (folder) => [bin('typescript/bin/tsc'), '-p', folder];
const vitest = [bin('vitest/vitest.mjs')];
/** The projects that need nothing built. */
const QUICK = ['--project=unit', '--project=component'];
/** What the server does while the disk, the network, its children or the process itself fail. */
const FAULTS = [
  'tests/server/promises.test.ts',
  'tests/server/drain.test.ts',
  'tests/server/storage',
  'tests/server/document/full-disk.test.ts',
  'tests/server/session/expiry.test.ts',
  'tests/server/session/session-failures.test.ts',
  'tests/server/realtime/network-events.test.ts',
  'tests/server/realtime/connection-count.test.ts',
  'tests/sandbox/pool',
  'tests/sandbox/real-server.test.ts',
  'tests/e2e/kill.test.ts',
  'tests/e2e/tabs.test.ts',
  'tests/e2e/offline.test.ts',
];
/**
 * Job -> command lines one after the other. `needs`: what must be built before; `serves`: ends when we end;
 * `settings`: reads .env, too; `env`: further variables; `production`: runs without the packages for development.
 */
const JOBS = {
  start: { run: [['server/main.ts']], needs: ['guest', 'pages'], serves: true, production: true },
  // Performs the runs of nodes on other machines.
  worker: { run: [['sandbox/worker-main.ts']], needs: ['guest'], serves: true, production: true },
  build: { run: [], needs: ['guest', 'pages'], production: true },
  dev: { run: [['server/main.ts', '--dev']], needs: ['guest'], serves: true },
  // What the chosen tests need built, vitest builds when it comes to them (vitest.config.ts).
  test: { run: [[...vitest, 'run']], needs: [] },
  'test:unit': { run: [[...vitest, 'run', ...QUICK]], needs: [] },
  'test:watch': { run: [[...vitest, 'watch', ...QUICK]], needs: [] },
  // At the promised size; `npm test` plays a tenth.
  'test:faults': { run: [[...vitest, 'run', ...FAULTS]], needs: [], env: { FAULTS: 'full' } },
  // Kills, cuts and freezes of several nodes at the promised size, and all browser stories on two nodes; `npm test` plays a small
  // version of each. One file at a time: their clocks are promises.
  'test:cluster': {
    run: [[...vitest, 'run', '--project=cluster', '--project=cluster-stories', '--no-file-parallelism']],
    needs: [],
    env: { CLUSTER: 'full' },
  },
  'test:changed': { run: [[...vitest, 'run', '--passWithNoTests', '--changed']], needs: [] },
  check: {
    run: [
      [bin('@biomejs/biome/bin/biome'), 'check', '.'],
      ['scripts/boundaries/check.ts'],
      ...['pipeline-core', 'session-core', 'sandbox', 'sandbox/guest', 'server', 'crowd', 'tests', 'tsconfig.json'].map(
        tsc,
      ),
      [bin('knip/bin/knip.js')],
    ],
    needs: ['guest', 'types'],
  },
  docs: { run: [['scripts/docs/write.ts']], needs: [] },
  notices: { run: [['scripts/notices/write.ts']], needs: [] },
  backup: { run: [['server/backup-command.ts']], needs: [], production: true, settings: true },
  restore: { run: [['server/restore-command.ts']], needs: [], production: true, settings: true },
  doctor: { run: [['server/doctor-command.ts']], needs: ['guest'], production: true, settings: true },
  data: { run: [['sandbox/course/data-command.ts']], needs: [], production: true },
  course: { run: [['sandbox/new-course/course-command.ts']], needs: [], production: true },
  demo: { run: [['tests/simulation/demo.ts']], needs: ['guest', 'pages'], serves: true },
  screenshots: { run: [['tests/screenshots/take.ts']], needs: ['guest', 'pages'] },
  'bench:*': { run: [['tests/bench/*.ts']], needs: ['guest', 'pages'] },
  fuzz: { run: [['tests/fuzz/server.ts']], needs: ['guest'] },
  'hostile-strings': { run: [['tests/hostile/program.ts']], needs: ['guest', 'pages'] },
  soak: { run: [['tests/soak/session.ts']], needs: ['guest'] },
  'fuzz:*': { run: [['tests/fuzz/*.ts']], needs: [] },
  'soak:*': { run: [['tests/soak/*.ts']], needs: ['guest', 'pages'] },
};

const [wanted = 'start', ...rest] = process.argv.slice(2);
const [family, part] = wanted.split(':');
const job = JOBS[wanted] ?? JOBS[`${family}:*`];
if (!job) fail(`There is no job "${wanted}". There are ${Object.keys(JOBS).join(', ')}.`);
process.chdir(ROOT);
const { node, env } = await setUp(job.needs, job);
Object.assign(env, job.env);
env.NODE_ENV ??= { dev: 'development', test: 'test' }[family] ?? 'production';
let worst = 0;
for (const line of job.run) worst = Math.max(worst, await perform(line.map((word) => word.replace('*', part ?? '*'))));
process.exit(worst);

/** Runs one line, hands it our signals, and ends it when our parent is gone: npm passes none on. */
function perform(line) {
  const settings = (job.serves || job.settings) && existsSync('.env') ? ['--env-file=.env'] : [];
  const argv = ['--disable-warning=ExperimentalWarning', ...settings, ...line, ...rest];
  // A server also sees by the channel when this process was killed outright.
  const child = spawn(node, argv, {
    cwd: ROOT,
    env,
    stdio: ['inherit', 'inherit', 'inherit', ...(job.serves ? ['ipc'] : [])],
  });
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  const pass = (signal) => child.kill(signal);
  for (const signal of signals) process.on(signal, pass);
  const parent = process.ppid;
  const watch = setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 300);
  return new Promise((done) =>
    child.on('exit', (code, signal) => {
      clearInterval(watch);
      for (const one of signals) process.off(one, pass);
      done(signal ? 128 + constants.signals[signal] : (code ?? 1));
    }),
  );
}
