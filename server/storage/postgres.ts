// Storage in Postgres, for several nodes: each session is written by the one that owns it.
// Invariant: acknowledged is on the server's disk (checked at opening), and every write of a session's events, text and cache,
// and its deletion, names the epoch under which this node owns it: under another one it stores nothing. The time of its last
// use, and an uploaded course, which never changes, name none.
import type { QueryResultRow } from 'pg';
import { EVENT_STEPS, eventsVersion, type StoredEvent } from '#session-core/model/event-versions.ts';
import type { SessionEvent } from '#session-core/model/events.ts';
import { sha256 } from './checksums.ts';
import { type Appends, type AppendsOptions, createAppends, rowsOf } from './postgres-appends.ts';
import { faultOf, isBroken, isDuplicate } from './postgres-errors.ts';
import type { Postgres } from './postgres-open.ts';
import * as sql from './postgres-tables.ts';
import {
  type Append,
  ConflictError,
  checkFollows,
  NotOwner,
  type SessionRow,
  type StateCache,
  type Storage,
  StorageDamaged,
  StorageUnavailable,
} from './storage.ts';

export interface PostgresOptions extends Omit<AppendsOptions, 'connect'> {
  /** It is closed with the storage. */
  readonly postgres: Postgres;
  /** Under which this node owns a session; null: it does not. A session that nobody ever claimed has epoch 0. */
  epochOf(session: string): number | null;
}
export interface PostgresStorage extends Storage {
  readonly stats: Appends['stats'];
}

const TRIES = 3;
const CREATE_MS = 10_000;
const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

type Cells = Readonly<Record<string, string | null>>;
const rowOf = (row: Cells): SessionRow => ({
  id: String(row['id']),
  logId: String(row['log_id']),
  docId: String(row['doc_id']),
  joinCode: String(row['join_code']),
  createdAt: Number(row['created_at']),
  ended: Boolean(row['ended']),
  lastUsedAt: Number(row['last_used_at']),
  expiredAt: row['expired_at'] === null ? null : Number(row['expired_at']),
});

export function createPostgresStorage(options: PostgresOptions): PostgresStorage {
  const { epochOf } = options;
  const { pool, connect } = options.postgres;
  const appends = createAppends({ ...options, connect });
  let closed = false;

  /** For statements that may be executed twice. */
  async function query<R extends QueryResultRow>(text: string, values: unknown[], name?: string) {
    if (closed) throw new StorageUnavailable('the storage is closed');
    for (let tries = 1; ; tries += 1) {
      try {
        return await pool.query<R>({ text, values, ...(name === undefined ? {} : { name }) });
      } catch (error) {
        if (!isBroken(error) || tries === TRIES) throw faultOf(error);
      }
    }
  }
  const rows = async (text: string, values: unknown[] = [], name?: string) =>
    (await query<Cells>(text, values, name)).rows.map(rowOf);
  const exists = async (session: string) =>
    (await query('SELECT 1 FROM session WHERE id = $1', [session])).rows.length > 0;
  /** Throws what a write that changed no row means. */
  async function refuseUnowned(session: string, reason: string): Promise<never> {
    const { rows: found } = await query<{ epoch: number }>('SELECT epoch FROM session WHERE id = $1', [session]);
    if (found[0] && found[0].epoch !== epochOf(session)) throw new NotOwner(session);
    throw new ConflictError(reason);
  }

  async function create(row: SessionRow, first: Append, uploadedCourse?: Uint8Array): Promise<void> {
    checkFollows(0, first);
    const head = [row.id, row.logId, row.docId, row.joinCode, row.createdAt, row.lastUsedAt, row.expiredAt];
    const reach = [first.events.length, first.docUpdates?.length ?? 0, eventsVersion()];
    const values = [...head, ...reach, ...rowsOf([first]), uploadedCourse ? Buffer.from(uploadedCourse) : null];
    const deadline = performance.now() + CREATE_MS;
    for (let sent = false; ; ) {
      if (closed) throw new StorageUnavailable('the storage is closed');
      try {
        await pool.query(sql.CREATE, values);
        break;
      } catch (error) {
        // The try before was stored: nobody else knows this log's id.
        if (sent && isDuplicate(error) && (await find(row.id))?.logId === row.logId) break;
        if (isDuplicate(error)) throw new ConflictError(`session ${row.id} or its join code is taken`);
        if (!isBroken(error) || performance.now() > deadline) throw faultOf(error);
        sent = true;
        await pause(50);
      }
    }
  }
  const find = async (id: string) => (await rows('SELECT * FROM session WHERE id = $1', [id], 'find'))[0] ?? null;

  return {
    stats: appends.stats,
    create,
    async append(append) {
      const epoch = epochOf(append.session);
      if (epoch !== null) return appends.append(append, epoch);
      if (await exists(append.session)) throw new NotOwner(append.session);
      throw new ConflictError(`there is no session ${append.session}`);
    },
    sessions: () => rows('SELECT * FROM session ORDER BY created_at DESC, id'),
    find,
    findByJoinCode: async (code) =>
      (await rows('SELECT * FROM session WHERE join_code = $1', [code], 'code'))[0] ?? null,
    unused: (before) => rows('SELECT * FROM session WHERE last_used_at < $1 OR expired_at IS NOT NULL', [before]),
    async read(session, afterSeq) {
      const found = await query<StoredRow>(sql.READ, [session, afterSeq], 'read');
      return eventsOf(session, afterSeq, found.rows);
    },
    async docLoad(session) {
      const found = await query<{ doc_first: number; doc_last: number; n: number | null; data: Buffer }>(
        sql.DOC_LOAD,
        [session],
        'docs',
      );
      const head = found.rows[0];
      if (!head) return { updates: [], last: 0 };
      const kept = found.rows.filter(({ n }) => n !== null);
      const wanted = head.doc_last === 0 ? 0 : head.doc_last - head.doc_first + 1;
      if (kept.length !== wanted || kept.some(({ n }, i) => n !== head.doc_first + i))
        throw new StorageDamaged(`An update of the document of session ${session} is missing in the database.`);
      return { updates: kept.map(({ data }) => new Uint8Array(data)), last: head.doc_last };
    },
    async docCompact(session, upTo, update) {
      const values = [session, upTo, Buffer.from(update), epochOf(session)];
      if ((await query(sql.DOC_COMPACT, values)).rows.length === 0)
        await refuseUnowned(session, `no document update ${upTo} in ${session}`);
    },
    async docReplace(session, { docId, last, update }) {
      const values = [session, last, docId, Buffer.from(update), epochOf(session)];
      if ((await query(sql.DOC_REPLACE, values)).rows.length > 0) return;
      // The try before was stored.
      if ((await find(session))?.docId === docId) return;
      await refuseUnowned(session, `the document of ${session} has not ${last} updates`);
    },
    async blob(session, hash) {
      const found = await query<{ data: Buffer }>(
        'SELECT data FROM blob WHERE session_id = $1 AND hash = $2',
        [session, hash],
        'blob',
      );
      const data = found.rows[0]?.data;
      if (!data) return null;
      if (sha256(data) !== hash)
        throw new StorageDamaged(`Text ${hash} of session ${session} was changed in the database.`);
      return data.toString('utf8');
    },
    async uploadedCourse(session) {
      const found = await query<{ data: Buffer }>('SELECT data FROM uploaded_course WHERE session_id = $1', [session]);
      const data = found.rows[0]?.data;
      return data ? new Uint8Array(data) : null;
    },
    async addUploadedCourse(session, course) {
      await query(sql.ADD_COURSE, [session, Buffer.from(course)]);
    },
    async putCache(session, { seq, version, json }) {
      await query(sql.PUT_CACHE, [session, seq, version, json, epochOf(session)]);
    },
    async getCache(session, version): Promise<StateCache | null> {
      const found = await query<{ seq: number; state: string }>(
        'SELECT seq, state FROM state_cache WHERE session_id = $1 AND version = $2',
        [session, version],
        'cache',
      );
      const row = found.rows[0];
      return row ? { seq: row.seq, version, json: row.state } : null;
    },
    async markUse(session, use, seen) {
      const values = [session, use.lastUsedAt, use.expiredAt, seen?.lastUsedAt ?? null, seen?.expiredAt ?? null];
      if ((await query(sql.MARK_USE, values)).rows.length > 0) return true;
      if (!(await exists(session))) throw new ConflictError(`there is no session ${session}`);
      return false;
    },
    async clock() {
      const found = await query<{ value: string }>(sql.CLOCK, []);
      return Number(found.rows[0]?.value ?? 0);
    },
    async noteClock(at) {
      await query(`UPDATE meta SET value = $1 WHERE key = 'clock'`, [at]);
    },
    async probe() {
      await query(`UPDATE meta SET value = value + 1 WHERE key = 'probes'`, []);
    },
    async remove(session) {
      const epoch = epochOf(session);
      const found = await query('DELETE FROM session WHERE id = $1 AND epoch = $2 RETURNING id', [session, epoch]);
      if (found.rows.length === 0 && (await exists(session))) throw new NotOwner(session);
      return found.rows.length > 0;
    },
    async close() {
      if (closed) return;
      closed = true;
      await appends.close();
      await pool.end();
    },
  };
}

interface StoredRow {
  readonly head: number;
  readonly seq: number | null;
  readonly at: string;
  readonly by: string | null;
  readonly cause: string | null;
  readonly type: string;
  readonly payload: string;
  readonly code: number;
}

/** As today's code reads them: each row says which version wrote it, for nodes of two versions may share a log. */
function eventsOf(session: string, afterSeq: number, found: readonly StoredRow[]): SessionEvent[] {
  const stored = found.filter(({ seq }) => seq !== null);
  const missing = stored.findIndex(({ seq }, i) => seq !== afterSeq + 1 + i);
  const reach = afterSeq + (missing < 0 ? stored.length : missing);
  if (missing >= 0 || reach < (found[0]?.head ?? 0))
    throw new StorageDamaged(`Event ${reach + 1} of session ${session} is missing in the database.`);
  return stored.map(({ seq, at, by, cause, type, payload, code }) => {
    if (code > eventsVersion())
      throw new StorageUnavailable(`Session ${session} was written by a newer version of Crowd Programming.`);
    const event: StoredEvent = { type, payload: JSON.parse(payload) };
    const { type: now, payload: content } = EVENT_STEPS.slice(code - 1).reduce((before, step) => step(before), event);
    const causes = cause === null ? {} : { cause: JSON.parse(cause) as string };
    return { seq, at: Number(at), by, ...causes, type: now, payload: content } as SessionEvent;
  });
}
