// Tickets in Postgres: what a node wants done by a worker, in the order in which workers take it.
// Invariant: a ticket is taken by one worker, in the statement that deletes it; its owner alone knows what it is about.
import { buildOf } from '#sandbox/index.ts';
import type { Postgres } from '../storage/postgres-open.ts';

/** The order in which they are taken; of one rank, that of the session whose run was taken longest ago. */
export const RANKS = { main: 0, preview: 1, expression: 2, check: 3, explain: 4, background: 5 } as const;
export type Rank = keyof typeof RANKS;
/** What waits for a worker that has nothing else to do. */
const FIRST_QUIET = RANKS.explain;

const CHANNEL = 'crowd_ticket';
const WORKER_SECONDS = 6;

/**
 * Nobody waits for the disk: a ticket that a crash of the database loses is missed and written again, and one that comes back is
 * refused by its owner.
 */
const AT_ONCE = `set_config('synchronous_commit', 'off', true)`;

/** The announcement is sent with the commit, and by itself: beside an append it would hold up all others. */
const WRITE = `
  WITH t AS (
    INSERT INTO ticket(session_id, owner, rank) SELECT asked.session, $2, asked.rank
    FROM unnest($1::text[], $3::smallint[]) WITH ORDINALITY AS asked(session, rank, n) ORDER BY n
    RETURNING id, session_id, rank
  )
  SELECT id, session_id AS session, rank, pg_notify('${CHANNEL}', session_id), ${AT_ONCE} FROM t`;
const MOST_AT_ONCE = 128;
const NO_SESSION = '23503';

/**
 * $1 sessions whose run cache the worker has, $2 the first rank that is not taken, $3 this node, $4 owners that the worker cannot
 * reach. An owner of another build would refuse it.
 */
const TAKE = `
  WITH one AS (
    SELECT t.id FROM ticket t JOIN node n ON n.id = t.owner AND n.until > clock_timestamp()
      AND n.version = (SELECT version FROM node WHERE id = $3) AND n.url <> ALL($4::text[])
      LEFT JOIN turn ON turn.session_id = t.session_id
    WHERE t.rank < $2
    ORDER BY t.rank, turn.at NULLS FIRST, t.session_id <> ALL($1::text[]), t.id
    FOR UPDATE OF t SKIP LOCKED LIMIT 1
  ), taken AS (
    DELETE FROM ticket t USING one WHERE t.id = one.id RETURNING t.id, t.session_id, t.owner, t.rank
  ), turned AS (
    INSERT INTO turn SELECT session_id, clock_timestamp() FROM taken
    ON CONFLICT (session_id) DO UPDATE SET at = excluded.at
  )
  SELECT taken.id, taken.session_id AS session, taken.owner, taken.rank, n.url, ${AT_ONCE} FROM taken JOIN node n ON n.id = taken.owner`;

/** Under its own id, by which its owner knows it. */
const GIVE_BACK = `
  WITH t AS (
    INSERT INTO ticket(id, session_id, owner, rank) OVERRIDING SYSTEM VALUE VALUES ($1, $2, $3, $4) RETURNING session_id
  )
  SELECT pg_notify('${CHANNEL}', session_id), ${AT_ONCE} FROM t`;

const POSITIONS = `
  SELECT id, ahead::int FROM (
    SELECT t.id, row_number() OVER (ORDER BY t.rank, turn.at NULLS FIRST, t.id) - 1 AS ahead
    FROM ticket t LEFT JOIN turn ON turn.session_id = t.session_id
  ) p WHERE id = ANY($1::bigint[])`;

const SEEN = `
  INSERT INTO worker VALUES ($1, clock_timestamp() + make_interval(secs => ${WORKER_SECONDS}), $2, $3)
  ON CONFLICT (id) DO UPDATE SET until = excluded.until, places = excluded.places, gaps = excluded.gaps
  RETURNING ${AT_ONCE}`;

const GONE = `
  SELECT held.id FROM unnest($1::text[]) held(id) WHERE NOT EXISTS (SELECT 1 FROM session s WHERE s.id = held.id)`;

/** $1 with what the ids of this build's workers begin: those of another build perform nothing for it. */
const WORKERS = `
  WITH w AS (SELECT * FROM worker WHERE until > clock_timestamp() AND starts_with(id, $1))
  SELECT count(*)::int AS workers, coalesce(sum(places), 0)::int AS places,
    coalesce((SELECT array_agg(DISTINCT gap) FROM w v, unnest(v.gaps) gap), '{}') AS gaps
  FROM w`;

/** Of nodes and workers that ended without a word. */
const FORGET = `
  WITH t AS (
    DELETE FROM ticket t WHERE NOT EXISTS (
      SELECT 1 FROM node n WHERE n.id = t.owner AND n.until > clock_timestamp() - interval '1 minute')
  )
  DELETE FROM worker WHERE until < clock_timestamp() - interval '1 hour'`;

export interface Ticket {
  readonly id: string;
  readonly session: string;
  /** Of the owner. */
  readonly url: string;
}
export interface TakenTicket extends Ticket {
  readonly owner: string;
  readonly rank: number;
}
export interface Workers {
  /** Of this node's build, that have asked within the last seconds. */
  readonly workers: number;
  /** Runs that they perform at a time. */
  readonly places: number;
  /** Sandbox protections that the machine of one of them lacks. */
  readonly gaps: readonly string[];
}

export interface Tickets {
  /** Resolves to its id. Rejects with code 23503 where the session is gone. */
  write(session: string, rank: Rank): Promise<string>;
  withdraw(id: string): Promise<void>;
  /** How many are before each of these; those that were taken are not there. */
  positions(ids: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** @param away addresses of owners that are left out */
  take(holds: readonly string[], spare: boolean, away?: readonly string[]): Promise<TakenTicket | null>;
  /** The worker that it was taken for is gone. */
  giveBack(ticket: TakenTicket): Promise<void>;
  /** A worker asks. Resolves to those of the sessions it holds that are deleted. */
  seen(worker: string, of: Pick<Workers, 'places' | 'gaps'>, holds: readonly string[]): Promise<readonly string[]>;
  workers(): Promise<Workers>;
  forget(): Promise<void>;
  /** Calls for each ticket that any node writes, while the connection is there. Rejects where it cannot be made. */
  listen(on: { ticket(session: string): void; broken(): void }): Promise<{ close(): Promise<void> }>;
}

interface Asked {
  readonly session: string;
  readonly rank: number;
  readonly resolve: (id: string) => void;
  readonly reject: (error: unknown) => void;
}
interface Written {
  readonly id: string;
  readonly session: string;
  readonly rank: number;
}

/** @param build of this node; of its workers, too, since it refuses others */
export function createTickets(
  { pool, connect }: Pick<Postgres, 'pool' | 'connect'>,
  node: string,
  build = buildOf(),
): Tickets {
  const ofBuild = `${build} `;
  const rowsOf = async <R extends object>(sql: string, values: unknown[] = []): Promise<R[]> =>
    (await pool.query<R>(sql, values)).rows;
  /** Of what is asked with every run: the database plans it once a connection. */
  const rowsOfKnown = async <R extends object>(name: string, text: string, values: unknown[]): Promise<R[]> =>
    (await pool.query<R>({ name, text, values })).rows;

  async function writeAll(asked: readonly Asked[]): Promise<void> {
    try {
      const values = [asked.map(({ session }) => session), node, asked.map(({ rank }) => rank)];
      const written = await rowsOfKnown<Written>('write', WRITE, values);
      // Which of two of one session and rank is which makes no difference: nobody knew their ids before.
      for (const { session, rank, resolve } of asked) {
        const at = written.findIndex((row) => row.session === session && row.rank === rank);
        resolve(written.splice(at, 1)[0]!.id);
      }
    } catch (error) {
      if (asked.length === 1 || (error as { code?: unknown }).code !== NO_SESSION)
        for (const { reject } of asked) reject(error);
      // One of their sessions is deleted: the others get theirs.
      else for (const one of asked) await writeAll([one]);
    }
  }
  let asked: Asked[] = [];
  let isWriting = false;
  /** What is asked for while a statement is under way is the next one. */
  async function writeWaiting(): Promise<void> {
    if (isWriting) return;
    isWriting = true;
    while (asked.length > 0) await writeAll(asked.splice(0, MOST_AT_ONCE));
    isWriting = false;
  }
  return {
    write(session, rank) {
      const { promise, resolve, reject } = Promise.withResolvers<string>();
      asked.push({ session, rank: RANKS[rank], resolve, reject });
      void writeWaiting();
      return promise;
    },
    async withdraw(id) {
      await rowsOf('DELETE FROM ticket WHERE id = $1', [id]);
    },
    async positions(ids) {
      const rows = await rowsOfKnown<{ id: string; ahead: number }>('positions', POSITIONS, [ids]);
      return new Map(rows.map(({ id, ahead }) => [id, ahead]));
    },
    async take(holds, spare, away = []) {
      const values = [holds, spare ? RANKS.background + 1 : FIRST_QUIET, node, away];
      const [row] = await rowsOfKnown<TakenTicket>('take', TAKE, values);
      return row ? { id: row.id, session: row.session, url: row.url, owner: row.owner, rank: row.rank } : null;
    },
    async giveBack({ id, session, owner, rank }) {
      await rowsOf(GIVE_BACK, [id, session, owner, rank]);
    },
    async seen(worker, { places, gaps }, holds) {
      await rowsOfKnown('seen', SEEN, [ofBuild + worker, places, gaps]);
      return holds.length === 0 ? [] : (await rowsOf<{ id: string }>(GONE, [holds])).map(({ id }) => id);
    },
    async workers() {
      const [row] = await rowsOf<Workers>(WORKERS, [ofBuild]);
      return row!;
    },
    async forget() {
      await rowsOf(FORGET);
    },
    async listen({ ticket, broken }) {
      const client = await connect();
      client.on('notification', ({ payload = '' }) => ticket(payload));
      client.once('end', broken);
      try {
        await client.query(`LISTEN ${CHANNEL}`);
      } catch (error) {
        client.off('end', broken);
        await client.end().catch(() => undefined); // its connection is broken already
        throw error;
      }
      return {
        async close() {
          client.off('end', broken);
          await client.end();
        },
      };
    },
  };
}
