// The run fleet of one node: its pool, and what workers ask of it.
// Invariant: whoever has not shown WORKER_SECRET is refused before anything it sends is read.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { BUILD_HEADER, buildOf, HOLDS_HEADER, type Pool, RUN_UPGRADE } from '#sandbox/index.ts';
import type { FleetFacts } from '../http/app-context.ts';
import { refuseUpgrade } from '../http/refuse-upgrade.ts';
import type { Log } from '../platform/log.ts';
import { sameSecret } from '../session/tokens.ts';
import { createDispatch } from './dispatch.ts';
import { createFleetPool } from './fleet-pool.ts';
import { createPartBox } from './part-box.ts';
import { createTakeRoute } from './take-route.ts';
import type { Tickets, Workers } from './tickets.ts';

const LOOK_MS = 2_000;
const FORGET_EVERY = 30;
const TAKE = '/cluster/take';
const RUNS = /^\/cluster\/runs\/(\d{1,18})$/;
const HOLDS = /^(?:[0-9a-f]{64}(?:,|$)){0,32}$/;

/** What workers ask of a node. */
export interface WorkerRoutes {
  /** Whether the address is one of theirs. */
  isTheirs(request: IncomingMessage): boolean;
  request(request: IncomingMessage, response: ServerResponse): Promise<void>;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>;
}

export interface Fleet {
  readonly pool: Pool;
  readonly routes: WorkerRoutes;
  facts(): FleetFacts;
  /** Gives workers nothing any more; the pool has its own end. */
  close(): Promise<void>;
}

export function openFleet(options: {
  readonly tickets: Tickets;
  readonly secret: string;
  readonly now: () => number;
  readonly log: Log;
  readonly failed: (what: string, error: unknown) => void;
}): Fleet {
  const { tickets, secret, now, log, failed } = options;
  let lost = 0;
  const workerLost = (why: string) => {
    lost += 1;
    log.sampled('worker_lost', { why }, 'cluster');
  };
  const dispatch = createDispatch({ tickets, parts: createPartBox(), now, failed, workerLost });
  let seen: Workers = { workers: 0, places: 0, gaps: [] };
  const pool = createFleetPool({ dispatch, gaps: () => seen.gaps, failed });
  const isWorker = ({ headers }: IncomingMessage) => {
    const shown = /^Bearer (.{1,200})$/.exec(headers.authorization ?? '')?.[1];
    return shown !== undefined && sameSecret(secret, shown);
  };
  const build = buildOf();
  const take = createTakeRoute({ tickets, build, isWorker, failed });

  let looks = 0;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  async function look(): Promise<void> {
    looks += 1;
    if (looks % FORGET_EVERY === 0) await tickets.forget();
    const before = seen;
    seen = await tickets.workers();
    if (seen.workers === 0 && (before.workers > 0 || looks % FORGET_EVERY === 0))
      log.warn('no_worker', { waiting: dispatch.waiting() });
  }
  function lookAgain(): void {
    timer = setTimeout(() => {
      look()
        .catch((error: unknown) => failed('workers_unknown', error))
        .finally(() => closed || lookAgain());
    }, LOOK_MS).unref();
  }
  lookAgain();

  const pathOf = ({ url = '' }: IncomingMessage) => url.split('?', 1)[0] ?? '';
  return {
    pool,
    routes: {
      isTheirs: (request) => pathOf(request) === TAKE || RUNS.test(pathOf(request)),
      async request(request, response) {
        if (request.method === 'POST' && pathOf(request) === TAKE) return take.handle(request, response);
        response.writeHead(405, { Connection: 'close', 'Content-Length': '0' }).end();
      },
      async upgrade(request, socket, head) {
        if (!isWorker(request)) return refuseUpgrade(socket, 401);
        const ticket = RUNS.exec(pathOf(request))?.[1];
        const holds = String(request.headers[HOLDS_HEADER] ?? '');
        if (ticket === undefined || request.headers.upgrade !== RUN_UPGRADE || !HOLDS.test(holds))
          return refuseUpgrade(socket, 400);
        if (request.headers[BUILD_HEADER] !== build) return refuseUpgrade(socket, 409);
        const worker = { socket, head, holds: holds === '' ? [] : holds.split(',') };
        if (!(await dispatch.arrive(ticket, worker))) refuseUpgrade(socket, 404);
      },
    },
    facts: () => ({
      workers: seen.workers,
      places: seen.places,
      waiting: dispatch.waiting(),
      running: pool.stats().running,
      lost,
    }),
    async close() {
      closed = true;
      clearTimeout(timer);
      await take.close();
    },
  };
}
