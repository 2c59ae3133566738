// The SQLite tables and their queries; called by the storage thread only.
// Invariant: each row has a checksum over all of its columns, since SQLite does not notice a changed payload; the session's
// row holds how far its log and document reach, so that lost rows at the end are noticed too.
import { randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { SessionEvent } from '#session-core/model/events.ts';
import { bytes, courseSum, maybe, num, type Row, rowSum, sha256, text, updateSum } from './checksums.ts';
import {
  type Append,
  ConflictError,
  checkFollows,
  isSameUse,
  type NewDocument,
  rowAfter,
  type SessionRow,
  type StateCache,
  StorageDamaged,
  type Use,
} from './storage.ts';

/** Of SCHEMA_VERSION: whoever changes it adds a step to migrate.ts and a fixture of the new version. */
export const SCHEMA = `
  CREATE TABLE meta(key TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
  INSERT INTO meta VALUES ('commits', 0), ('open', 0), ('clock', 0);
  CREATE TABLE session(id TEXT PRIMARY KEY, log_id TEXT NOT NULL, doc_id TEXT NOT NULL, join_code TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL, ended INTEGER NOT NULL, last_seq INTEGER NOT NULL, doc_first INTEGER NOT NULL,
    doc_last INTEGER NOT NULL, last_used_at INTEGER NOT NULL, expired_at INTEGER, checksum INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE event(session_id TEXT NOT NULL, seq INTEGER NOT NULL, type TEXT NOT NULL, at INTEGER NOT NULL, by TEXT,
    cause TEXT, payload TEXT NOT NULL, checksum INTEGER NOT NULL, PRIMARY KEY(session_id, seq)) WITHOUT ROWID;
  CREATE TABLE document_update(session_id TEXT NOT NULL, number INTEGER NOT NULL, data BLOB NOT NULL, checksum INTEGER NOT NULL,
    PRIMARY KEY(session_id, number)) WITHOUT ROWID;
  CREATE TABLE blob(session_id TEXT NOT NULL, hash TEXT NOT NULL, data BLOB NOT NULL, PRIMARY KEY(session_id, hash));
  CREATE TABLE state_cache(session_id TEXT PRIMARY KEY, seq INTEGER NOT NULL, version TEXT NOT NULL, state TEXT NOT NULL,
    checksum INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE uploaded_course(session_id TEXT PRIMARY KEY, data BLOB NOT NULL, checksum INTEGER NOT NULL);
`;

interface SessionHead {
  readonly row: SessionRow;
  readonly head: number;
  readonly docFirst: number;
  readonly docLast: number;
}
/** The columns but the checksum, in order. */
const cellsOf = ({ row, head, docFirst, docLast }: SessionHead) => [
  ...[row.id, row.logId, row.docId, row.joinCode, row.createdAt, Number(row.ended)],
  ...[head, docFirst, docLast, row.lastUsedAt, row.expiredAt],
];

/** All of them synchronous; those that find a wrong checksum throw StorageDamaged with what is wrong, without the fix. */
export function tablesOf(db: DatabaseSync) {
  const sql = {
    head: db.prepare('SELECT * FROM session WHERE id = ?'),
    heads: db.prepare('SELECT * FROM session ORDER BY created_at DESC, id'),
    byCode: db.prepare('SELECT * FROM session WHERE join_code = ?'),
    unused: db.prepare('SELECT * FROM session WHERE last_used_at < ? OR expired_at IS NOT NULL'),
    putHead: db.prepare('INSERT OR REPLACE INTO session VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'),
    addHead: db.prepare('INSERT INTO session VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'),
    addEvent: db.prepare('INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?)'),
    events: db.prepare('SELECT * FROM event WHERE session_id = ? AND seq > ? ORDER BY seq'),
    addDoc: db.prepare('INSERT INTO document_update VALUES (?, ?, ?, ?)'),
    docs: db.prepare('SELECT * FROM document_update WHERE session_id = ? ORDER BY number'),
    dropDocs: db.prepare('DELETE FROM document_update WHERE session_id = ? AND number <= ?'),
    addBlob: db.prepare('INSERT OR IGNORE INTO blob VALUES (?, ?, ?)'),
    blob: db.prepare('SELECT data FROM blob WHERE session_id = ? AND hash = ?'),
    blobs: db.prepare('SELECT hash, data FROM blob WHERE session_id = ?'),
    addCourse: db.prepare('INSERT INTO uploaded_course VALUES (?, ?, ?)'),
    course: db.prepare('SELECT data, checksum FROM uploaded_course WHERE session_id = ?'),
    putCache: db.prepare('INSERT OR REPLACE INTO state_cache VALUES (?, ?, ?, ?, ?)'),
    cache: db.prepare('SELECT * FROM state_cache WHERE session_id = ? AND version = ?'),
    orphans: db.prepare(
      ['event', 'document_update', 'uploaded_course']
        .map((table) => `SELECT session_id FROM ${table} WHERE session_id NOT IN (SELECT id FROM session)`)
        .join(' UNION ALL ')
        .concat(' LIMIT 1'),
    ),
    commits: db.prepare("SELECT value FROM meta WHERE key = 'commits'"),
    clock: db.prepare(`SELECT max((SELECT value FROM meta WHERE key = 'clock'), coalesce((SELECT max(event.at)
      FROM session JOIN event ON event.session_id = session.id AND event.seq = session.last_seq), 0)) AS value`),
    isOpen: db.prepare("SELECT value FROM meta WHERE key = 'open'"),
    noteOpen: db.prepare("UPDATE meta SET value = ? WHERE key = 'open'"),
    putClock: db.prepare("UPDATE meta SET value = ? WHERE key = 'clock'"),
    countCommit: db.prepare("UPDATE meta SET value = value + 1 WHERE key = 'commits' RETURNING value"),
  };

  const headOf = (found: Row): SessionHead => {
    const head: SessionHead = {
      row: {
        id: text(found, 'id'),
        logId: text(found, 'log_id'),
        docId: text(found, 'doc_id'),
        joinCode: text(found, 'join_code'),
        createdAt: num(found, 'created_at'),
        ended: num(found, 'ended') === 1,
        lastUsedAt: num(found, 'last_used_at'),
        expiredAt: found['expired_at'] === null ? null : num(found, 'expired_at'),
      },
      head: num(found, 'last_seq'),
      docFirst: num(found, 'doc_first'),
      docLast: num(found, 'doc_last'),
    };
    if (rowSum(cellsOf(head)) !== num(found, 'checksum'))
      throw new StorageDamaged(`the row of session ${head.row.id} was changed`);
    return head;
  };
  const getHead = (session: string): SessionHead | null => {
    const found = sql.head.get(session) as Row | undefined;
    return found ? headOf(found) : null;
  };
  const writeHead = (head: SessionHead, statement: typeof sql.putHead) => {
    const cells = cellsOf(head);
    statement.run(...cells, rowSum(cells));
  };
  const write = (before: SessionHead, append: Append): SessionHead => {
    checkFollows(before.head, append);
    for (const e of append.events) {
      const cells = [append.session, e.seq, e.type, e.at, e.by, e.cause ?? null, JSON.stringify(e.payload)] as const;
      sql.addEvent.run(...cells, rowSum(cells));
    }
    let { docFirst, docLast } = before;
    for (const update of append.docUpdates ?? []) {
      docLast += 1;
      if (docFirst === 0) docFirst = docLast;
      sql.addDoc.run(append.session, docLast, update, updateSum(append.session, docLast, update));
    }
    for (const [hash, content] of Object.entries(append.blobs ?? {}))
      sql.addBlob.run(append.session, hash, Buffer.from(content, 'utf8'));
    return { row: rowAfter(before.row, append), head: before.head + append.events.length, docFirst, docLast };
  };

  /** Rows of events whose checksums are right and of which none is missing. */
  const rowsAfter = (session: string, afterSeq: number): Row[] => {
    const rows = sql.events.all(session, afterSeq) as Row[];
    for (const [i, row] of rows.entries()) {
      const seq = num(row, 'seq');
      if (seq !== afterSeq + 1 + i)
        throw new StorageDamaged(`event ${afterSeq + 1 + i} of session ${session} is missing`);
      const texts = [maybe(row, 'by'), maybe(row, 'cause'), text(row, 'payload')];
      if (rowSum([session, seq, text(row, 'type'), num(row, 'at'), ...texts]) !== num(row, 'checksum'))
        throw new StorageDamaged(`event ${seq} of session ${session} was changed`);
    }
    if (afterSeq + rows.length < (getHead(session)?.head ?? 0))
      throw new StorageDamaged(`the end of the log of session ${session} is missing`);
    return rows;
  };

  return {
    create(row: SessionRow, first: Append, uploadedCourse?: Uint8Array): void {
      try {
        writeHead({ row, head: 0, docFirst: 0, docLast: 0 }, sql.addHead);
      } catch (error) {
        const code = (error as { errcode?: number }).errcode;
        if (code === 1555 || code === 2067) throw new ConflictError(`session ${row.id} or its join code is taken`);
        throw error;
      }
      writeHead(write({ row, head: 0, docFirst: 0, docLast: 0 }, first), sql.putHead);
      if (uploadedCourse) sql.addCourse.run(row.id, uploadedCourse, courseSum(row.id, uploadedCourse));
    },
    append(append: Append): void {
      const before = getHead(append.session);
      if (!before) throw new ConflictError(`there is no session ${append.session}`);
      writeHead(write(before, append), sql.putHead);
    },
    sessions: (): SessionRow[] => (sql.heads.all() as Row[]).map((row) => headOf(row).row),
    find: (session: string): SessionRow | null => getHead(session)?.row ?? null,
    findByJoinCode(joinCode: string): SessionRow | null {
      const found = sql.byCode.get(joinCode) as Row | undefined;
      return found ? headOf(found).row : null;
    },
    unused: (before: number): SessionRow[] => (sql.unused.all(before) as Row[]).map((row) => headOf(row).row),
    read(session: string, afterSeq: number): SessionEvent[] {
      return rowsAfter(session, afterSeq).map((row) => {
        const cause = maybe(row, 'cause');
        return {
          seq: num(row, 'seq'),
          at: num(row, 'at'),
          by: maybe(row, 'by'),
          ...(cause === null ? {} : { cause }),
          type: text(row, 'type'),
          payload: JSON.parse(text(row, 'payload')),
        } as SessionEvent;
      });
    },
    docLoad(session: string): { updates: Uint8Array[]; last: number } {
      const head = getHead(session);
      const rows = sql.docs.all(session) as Row[];
      const first = head?.docFirst ?? 0;
      const updates = rows.map((row, i) => {
        const n = num(row, 'number');
        if (n !== first + i || updateSum(session, n, bytes(row, 'data')) !== num(row, 'checksum'))
          throw new StorageDamaged(`update ${first + i} of the document of session ${session} was changed`);
        return bytes(row, 'data');
      });
      const last = head?.docLast ?? 0;
      if (last > 0 && first + updates.length - 1 !== last)
        throw new StorageDamaged(`the end of the document of session ${session} is missing`);
      return { updates, last };
    },
    docCompact(session: string, upTo: number, update: Uint8Array): void {
      const head = getHead(session);
      if (!head || upTo < head.docFirst || upTo > head.docLast)
        throw new ConflictError(`no document update ${upTo} in ${session}`);
      sql.dropDocs.run(session, upTo);
      sql.addDoc.run(session, upTo, update, updateSum(session, upTo, update));
      writeHead({ ...head, docFirst: upTo }, sql.putHead);
    },
    docReplace(session: string, { docId, last, update }: NewDocument): void {
      const head = getHead(session);
      if (head?.docLast !== last) throw new ConflictError(`the document of ${session} has not ${last} updates`);
      // A number of its own: a compaction of the document before that comes too late finds none.
      const number = last + 1;
      sql.dropDocs.run(session, last);
      sql.addDoc.run(session, number, update, updateSum(session, number, update));
      writeHead({ ...head, row: { ...head.row, docId }, docFirst: number, docLast: number }, sql.putHead);
    },
    blob(session: string, hash: string): string | null {
      const row = sql.blob.get(session, hash) as Row | undefined;
      if (!row) return null;
      if (sha256(bytes(row, 'data')) !== hash)
        throw new StorageDamaged(`text ${hash} of session ${session} was changed`);
      return Buffer.from(bytes(row, 'data')).toString('utf8');
    },
    uploadedCourse(session: string): Uint8Array | null {
      const row = sql.course.get(session) as Row | undefined;
      if (!row) return null;
      if (courseSum(session, bytes(row, 'data')) !== num(row, 'checksum'))
        throw new StorageDamaged(`the uploaded course of session ${session} was changed`);
      return bytes(row, 'data');
    },
    addUploadedCourse(session: string, course: Uint8Array): void {
      if (getHead(session) && !sql.course.get(session)) sql.addCourse.run(session, course, courseSum(session, course));
    },
    putCache(session: string, cache: StateCache): void {
      const cells = [session, cache.seq, cache.version, cache.json] as const;
      sql.putCache.run(...cells, rowSum(cells));
    },
    getCache(session: string, version: string): StateCache | null {
      const row = sql.cache.get(session, version) as Row | undefined;
      if (!row) return null;
      const cache = { seq: num(row, 'seq'), version, json: text(row, 'state') };
      // A damaged cache is as good as none: the log is the truth.
      return rowSum([session, cache.seq, version, cache.json]) === num(row, 'checksum') ? cache : null;
    },
    markUse(session: string, use: Use, seen?: Use): boolean {
      const head = getHead(session);
      if (!head) throw new ConflictError(`there is no session ${session}`);
      if (seen && !isSameUse(head.row, seen)) return false;
      writeHead({ ...head, row: { ...head.row, ...use } }, sql.putHead);
      return true;
    },
    /** New ids of every log and document: who holds what came after them takes a snapshot. */
    renewIds(): void {
      const id = () => randomBytes(8).toString('hex');
      for (const { id: session } of this.sessions()) {
        const head = getHead(session)!;
        writeHead({ ...head, row: { ...head.row, logId: id(), docId: id() } }, sql.putHead);
      }
    },
    /** A server has the file open: beside it belongs its journal. */
    isOpen: (): boolean => num(sql.isOpen.get() as Row, 'value') !== 0,
    noteOpen: (open: boolean): void => void sql.noteOpen.run(Number(open)),
    clock: (): number => num(sql.clock.get() as Row, 'value'),
    /** Each commit is counted, this one too. */
    probe: (): void => {},
    noteClock: (at: number): void => void sql.putClock.run(at),
    remove(session: string): boolean {
      for (const table of ['event', 'document_update', 'blob', 'uploaded_course', 'state_cache'])
        db.prepare(`DELETE FROM ${table} WHERE session_id = ?`).run(session);
      return db.prepare('DELETE FROM session WHERE id = ?').run(session).changes > 0;
    },
    /** Reads every row that matters once; throws StorageDamaged at the first that is not what was written. */
    verify(): void {
      const orphan = sql.orphans.get() as Row | undefined;
      if (orphan) throw new StorageDamaged(`session ${text(orphan, 'session_id')} has something stored but no row`);
      for (const row of this.sessions()) {
        rowsAfter(row.id, 0);
        this.docLoad(row.id);
        this.uploadedCourse(row.id);
        for (const found of sql.blobs.iterate(row.id) as Iterable<Row>)
          if (sha256(bytes(found, 'data')) !== text(found, 'hash'))
            throw new StorageDamaged(`text ${text(found, 'hash')} of session ${row.id} was changed`);
      }
    },
    commits: (): number => num(sql.commits.get() as Row, 'value'),
    countCommit: (): number => num(sql.countCommit.get() as Row, 'value'),
  };
}

export type Tables = ReturnType<typeof tablesOf>;
