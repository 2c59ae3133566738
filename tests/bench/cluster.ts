// `npm run bench:cluster`: from asking for a run to its beginning, by a worker and in this process, in turns, nothing else
// running. Goals: median at most 15 ms and p99 at most 50 ms above in-process. And so many runs at once over two workers.
// `--check` exits 1 beyond. Last line: JSON.

import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createPool, type Job, type Pool } from '#sandbox/index.ts';
import { openFleet } from '#server/cluster/fleet.ts';
import { createTickets } from '#server/cluster/tickets.ts';
import { createLog } from '#server/platform/log.ts';
import { createPostgresStorage } from '#server/storage/postgres.ts';
import { openPostgres } from '#server/storage/postgres-open.ts';
import { once, startPostgres, withoutPostgres } from '../support/postgres.ts';
import { append, events, row } from '../support/stored-rows.ts';
import { startWorkerProcess, WORKER_SECRET } from '../support/worker-process.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '200' },
    burst: { type: 'string', default: '200' },
    check: { type: 'boolean', default: false },
  },
});
const GOALS = { medianMs: 15, p99Ms: 50 };
const SESSIONS = 20;
if (withoutPostgres()) process.exit(0);

const home = mkdtempSync(join(tmpdir(), 'bench-cluster-'));
const database = await startPostgres();
const url = await database.database();
const postgres = await openPostgres(url);
const storage = createPostgresStorage({ postgres, epochOf: () => 0 });
const ids = Array.from({ length: SESSIONS }, (_, i) => `s${i}`);
for (const id of ids) await storage.create(row(id), append(id, 0, events(1, 1)));

const failed = (what: string, error: unknown) => console.error(what, error);
const tickets = createTickets(postgres, 'bench');
const log = createLog('error');
const fleet = openFleet({ tickets, secret: WORKER_SECRET, now: () => performance.now(), log, failed });
const server = http.createServer((request, response) => void fleet.routes.request(request, response));
server.on('upgrade', (request, socket, head) => void fleet.routes.upgrade(request, socket, head));
await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
const node = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
await once(url, `INSERT INTO node VALUES ('bench', $1, now() + interval '1 hour', 'v', 'h')`, [node]);
const here = await createPool({ size: 2 });
const workers = [await startWorkerProcess([node]), await startWorkerProcess([node])];

/** Kept after the first time, so that it begins and ends without a child. */
const FILES = {
  'dvc.yaml': 'stages:\n  one:\n    cmd: node src/one.ts\n    deps:\n      - src/one.ts\n    outs:\n      - out.json\n',
  'params.yaml': '',
  'src/one.ts': "import { writeJson } from 'workshop';\nwriteJson('out.json', { one: 1 });\n",
};
const job = (n: number, sessionId: string): Job => ({
  runId: `r${n}`,
  sessionId,
  kind: 'preview',
  files: FILES,
  data: {},
  cacheDir: join(home, sessionId),
});

/** Milliseconds until it begins. */
async function toStart(pool: Pool, n: number): Promise<number> {
  const asked = performance.now();
  let began = 0;
  const { report } = pool.runJob(job(n, ids[0]!), ({ type }) => {
    if (type === 'started') began = performance.now();
  });
  const { status, error } = await report;
  if (status !== 'succeeded') throw new Error(`a run ended as ${status}: ${JSON.stringify(error)}`);
  return began - asked;
}
async function burst(pool: Pool, runs: number): Promise<number> {
  const began = performance.now();
  const asked = Array.from({ length: runs }, (_, n) => pool.runJob(job(n, ids[n % SESSIONS]!), () => {}).report);
  const failures = (await Promise.all(asked)).filter(({ status }) => status !== 'succeeded');
  if (failures.length > 0) throw new Error(`${failures.length} of ${runs} runs failed`);
  return performance.now() - began;
}

const PEERS = { here, fleet: fleet.pool } as const;
const waits: Record<keyof typeof PEERS, number[]> = { here: [], fleet: [] };
for (const pool of Object.values(PEERS)) for (let n = 0; n < 10; n += 1) await toStart(pool, n);
for (let n = 0; n < Number(values.runs); n += 1)
  for (const name of ['here', 'fleet'] as const) waits[name].push(await toStart(PEERS[name], n));
const most = Number(values.burst);
await burst(fleet.pool, SESSIONS * 4);
const bursts = { here: await burst(here, most), fleet: await burst(fleet.pool, most) };

const quantile = (name: keyof typeof PEERS, part: number): number => {
  const sorted = [...waits[name]].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]!;
};
const results = {
  medianMs: quantile('fleet', 0.5) - quantile('here', 0.5),
  p99Ms: quantile('fleet', 0.99) - quantile('here', 0.99),
  burstMs: bursts.fleet,
  burstHereMs: bursts.here,
};
for (const name of ['here', 'fleet'] as const)
  console.log(
    `${name.padEnd(5)} to its beginning: median ${quantile(name, 0.5).toFixed(1)} ms, p99 ${quantile(name, 0.99).toFixed(1)} ms; ${most} runs at once: ${Math.round(bursts[name])} ms`,
  );
console.log(JSON.stringify({ cluster: { ...results, goals: GOALS } }));

await Promise.all(workers.map((worker) => worker.end('SIGKILL')));
await fleet.close();
await fleet.pool.close();
await here.close();
server.closeAllConnections();
server.close();
await storage.close();
await database.close();
rmSync(home, { recursive: true, force: true });
process.exit(values.check && (results.medianMs > GOALS.medianMs || results.p99Ms > GOALS.p99Ms) ? 1 : 0);
