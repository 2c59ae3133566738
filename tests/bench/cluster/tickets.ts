// From asking for a run to its beginning, by a worker and in this process, in turns; and so many empty runs at once over two
// workers: by our tickets, in this process, and by BullMQ, whose workers perform the same runs.
import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildOf, createPool, type Job, type Pool } from '#sandbox/index.ts';
import { openFleet } from '#server/cluster/fleet.ts';
import { createTickets } from '#server/cluster/tickets.ts';
import { createLog } from '#server/platform/log.ts';
import { createPostgresStorage } from '#server/storage/postgres.ts';
import { openPostgres } from '#server/storage/postgres-open.ts';
import { once, startPostgres } from '../../support/postgres.ts';
import { append, events, row } from '../../support/stored-rows.ts';
import { startWorkerProcess, WORKER_SECRET } from '../../support/worker-process.ts';
import { median } from '../live/pace.ts';
import { allOf, startQueuePeer } from './queue.ts';

const SESSIONS = 20;
/** Of each worker, as startWorkerProcess has it. */
const PLACES = 2;
const ROUNDS = 3;
export const TICKET_GOALS = { medianMs: 15, p99Ms: 50, overQueue: 1.5 };

export interface TicketNumbers {
  /** Above in-process. */
  readonly medianMs: number;
  readonly p99Ms: number;
  readonly burstMs: number;
  readonly burstHereMs: number;
  /** null: there is no redis-server. */
  readonly burstQueueMs: number | null;
  readonly overQueue: number | null;
}

/** Kept after the first time, so that it begins and ends without a child. */
const FILES = {
  'dvc.yaml': 'stages:\n  one:\n    cmd: node src/one.ts\n    deps:\n      - src/one.ts\n    outs:\n      - out.json\n',
  'params.yaml': '',
  'src/one.ts': "import { writeJson } from 'workshop';\nwriteJson('out.json', { one: 1 });\n",
};

export async function measureTickets(runs: number, most: number): Promise<TicketNumbers> {
  const home = mkdtempSync(join(tmpdir(), 'bench-tickets-'));
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
  await once(url, `INSERT INTO node VALUES ('bench', $1, now() + interval '1 hour', $2, 'h')`, [node, buildOf()]);
  const here = await createPool({ size: 2 });
  const workers = [await startWorkerProcess([node]), await startWorkerProcess([node])];
  const queue = await startQueuePeer(PLACES);

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
  const jobs = Array.from({ length: most }, (_, n) => job(n, ids[n % SESSIONS]!));
  function burst(pool: Pool): Promise<number> {
    return allOf(jobs, async (one) => {
      const { status } = await pool.runJob(one, () => {}).report;
      if (status !== 'succeeded') throw new Error(`a run ended as ${status}`);
    });
  }

  const pools = { here, fleet: fleet.pool } as const;
  const waits: Record<keyof typeof pools, number[]> = { here: [], fleet: [] };
  for (const pool of Object.values(pools)) for (let n = 0; n < 10; n += 1) await toStart(pool, n);
  for (let n = 0; n < runs; n += 1)
    for (const name of ['here', 'fleet'] as const) waits[name].push(await toStart(pools[name], n));
  // What a worker keeps after its first run of a session is there when it counts.
  const bursts: Record<'here' | 'fleet' | 'queue', number[]> = { here: [], fleet: [], queue: [] };
  for (let round = 0; round <= ROUNDS; round += 1) {
    const [ofHere, ofFleet] = [await burst(here), await burst(fleet.pool)];
    const ofQueue = queue === null ? null : await queue.burst(jobs);
    if (round === 0) continue;
    bursts.here.push(ofHere);
    bursts.fleet.push(ofFleet);
    if (ofQueue !== null) bursts.queue.push(ofQueue);
  }

  await queue?.close();
  await Promise.all(workers.map((worker) => worker.end('SIGKILL')));
  await fleet.close();
  await fleet.pool.close();
  await here.close();
  server.closeAllConnections();
  server.close();
  await storage.close();
  await database.close();
  rmSync(home, { recursive: true, force: true });

  const quantile = (name: keyof typeof pools, part: number): number => {
    const sorted = [...waits[name]].sort((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]!;
  };
  for (const name of ['here', 'fleet'] as const)
    console.log(
      `${name.padEnd(6)} to its beginning: median ${quantile(name, 0.5).toFixed(1)} ms, p99 ${quantile(name, 0.99).toFixed(1)} ms; ${most} empty runs at once: ${Math.round(median(bursts[name]))} ms`,
    );
  const burstQueueMs = queue === null ? null : median(bursts.queue);
  console.log(
    burstQueueMs === null
      ? 'bullmq absent: redis-server is not installed'
      : `bullmq ${most} empty runs at once over two workers: ${Math.round(burstQueueMs)} ms`,
  );
  const burstMs = median(bursts.fleet);
  return {
    medianMs: quantile('fleet', 0.5) - quantile('here', 0.5),
    p99Ms: quantile('fleet', 0.99) - quantile('here', 0.99),
    burstMs,
    burstHereMs: median(bursts.here),
    burstQueueMs,
    overQueue: burstQueueMs === null ? null : burstMs / burstQueueMs,
  };
}
