// The thread that says in the database that this node is alive: on a connection of its own, so that it never waits behind
// a long read, and beside the event loop, so that a busy loop does not lose its sessions.
// Invariant: a loop that has not answered for two seconds hangs, and its node says nothing any more until it answers.
import { parentPort, workerData } from 'node:worker_threads';
import pg from 'pg';
import type { Beat, FromHeartbeat, HeartbeatSettings, Peer, ToHeartbeat } from './heartbeat.ts';

const HANGS_MS = 2_000;
const FORGET_EVERY = 400;

const BEAT = `
  WITH before AS (SELECT until > clock_timestamp() AS alive FROM node WHERE id = $1),
  beat AS (
    INSERT INTO node(id, url, until, version, data_hash)
    VALUES ($1, $2, clock_timestamp() + make_interval(secs => $3), $4, $5)
    ON CONFLICT (id) DO UPDATE SET until = excluded.until RETURNING id
  )
  SELECT (SELECT alive FROM before) AS alive,
    coalesce((SELECT json_agg(json_build_object('url', url, 'version', version, 'dataHash', data_hash,
      'alive', until > clock_timestamp())) FROM node
      WHERE id <> $1 AND until > clock_timestamp() - interval '1 minute'), '[]') AS others
  FROM beat`;
/** Of nodes that ended without a word. */
const FORGET = `DELETE FROM node WHERE until < clock_timestamp() - interval '1 hour'`;

const { databaseUrl, node, url, version, dataHash, leaseMs } = workerData as HeartbeatSettings;
const everyMs = leaseMs / 4;
const port = parentPort!;
const say = (message: FromHeartbeat) => port.postMessage(message);

let client: pg.Client | null = null;
let answeredAt = performance.now();
let beats = 0;
let stopping = false;
let timer: NodeJS.Timeout | undefined;
let underWay: Promise<void> = Promise.resolve();

async function connected(): Promise<pg.Client> {
  if (client) return client;
  const made = new pg.Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: 1_000,
    query_timeout: 1_000,
    keepAlive: true,
    application_name: 'crowd-programming heartbeat',
  });
  made.on('error', () => {
    if (client === made) client = null;
  });
  try {
    await made.connect();
  } catch (error) {
    void made.end().catch(() => undefined); // it never was connected
    throw error;
  }
  client = made;
  return made;
}

async function beat(): Promise<Beat> {
  const at = Date.now();
  const { rows } = await (await connected()).query<{ alive: boolean | null; others: Peer[] }>(BEAT, [
    ...[node, url, leaseMs / 1000, version, dataHash],
  ]);
  const { alive = null, others = [] } = rows[0] ?? {};
  beats += 1;
  if (beats % FORGET_EVERY === 1) await (await connected()).query(FORGET);
  // A row that is gone was forgotten: its time had run out long ago.
  return { at, ranOut: beats > 1 && alive !== true, others };
}

async function tick(): Promise<void> {
  say({ look: true });
  let pause = everyMs;
  if (performance.now() - answeredAt <= HANGS_MS) {
    try {
      say({ beat: await beat() });
    } catch (error) {
      say({ failed: error instanceof Error ? error.message : String(error) });
      const broken = client;
      client = null;
      void broken?.end().catch(() => undefined); // its connection is broken already
      pause = Math.min(250, everyMs);
    }
  }
  if (!stopping) timer = setTimeout(() => (underWay = tick()), pause);
}

port.on('message', async (message: ToHeartbeat) => {
  if (message === 'answer') {
    answeredAt = performance.now();
    return;
  }
  stopping = true;
  clearTimeout(timer);
  await underWay;
  try {
    await (await connected()).query('DELETE FROM node WHERE id = $1', [node]);
    await client?.end();
  } catch (error) {
    // Its time runs out by itself.
    say({ failed: error instanceof Error ? error.message : String(error) });
  }
  port.close();
});
underWay = tick();
