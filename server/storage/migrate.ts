// Which version a database file has, and how an older one becomes one of today.
// Invariant: a newer file is refused before anything of it is read; an older one is copied first and changed in one
// transaction, at whose end every checksum is right. Table `meta` and its keys `schema`, `events` and `versions` stay for ever.
import { existsSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { EVENT_STEPS, type EventStep, eventsVersion, type StoredEvent } from '#session-core/model/event-versions.ts';
import { maybe, num, type Row, rowSum, text } from './checksums.ts';
import { StorageDamaged, StorageUnavailable } from './storage.ts';

export interface Versions {
  readonly schema: number;
  readonly events: number;
}
/** What an opening changed. */
export interface Migrated {
  readonly from: Versions;
  readonly to: Versions;
  /** The file as it was. */
  readonly copy: string;
}

/** The step at index i makes version i + 2 of version i + 1. Each is frozen: it names no table of the code of today. */
const SCHEMA_STEPS: readonly ((db: DatabaseSync) => void)[] = [addUse, addUploadedCourses];
export const SCHEMA_VERSION = SCHEMA_STEPS.length + 1;

const versionsSum = ({ schema, events }: Versions) => rowSum(['versions', schema, events]);

/** The rows of `meta` that say it. */
export const versionRows = (versions: Versions): readonly (readonly [key: string, value: number])[] => [
  ['schema', versions.schema],
  ['events', versions.events],
  ['versions', versionsSum(versions)],
];

function versionsOf(db: DatabaseSync): Versions {
  const found = db.prepare('SELECT key, value FROM meta').all() as Row[];
  const meta = new Map(found.map((row) => [text(row, 'key'), num(row, 'value')]));
  const versions = { schema: meta.get('schema') ?? 0, events: meta.get('events') ?? 1 };
  // The first version had no checksum here.
  const isFirst = versions.schema === 1 && !meta.has('versions') && !meta.has('events');
  if (!isFirst && meta.get('versions') !== versionsSum(versions)) throw new StorageDamaged('its version was changed');
  return versions;
}

/** Throws StorageUnavailable with one line for a newer file. `verify`: the file as it is then, before it is kept. */
export function migrate(
  db: DatabaseSync,
  { file, verify, steps = EVENT_STEPS }: { file: string; verify: () => void; steps?: readonly EventStep[] },
): Migrated | null {
  const from = versionsOf(db);
  const to: Versions = { schema: SCHEMA_VERSION, events: eventsVersion(steps) };
  if (from.schema > to.schema || from.events > to.events)
    throw new StorageUnavailable(
      `The database ${file} was written by a newer version of Crowd Programming (schema ${from.schema}, events ${from.events}; this one reads up to schema ${to.schema}, events ${to.events}): start that version, or choose another folder with DATA_DIR.`,
    );
  if (from.schema === to.schema && from.events === to.events) return null;
  const copy = freeName(`${file}-version-${from.schema}.${from.events}`);
  db.prepare('VACUUM INTO ?').run(copy);
  db.exec('BEGIN IMMEDIATE');
  try {
    for (const step of SCHEMA_STEPS.slice(from.schema - 1)) step(db);
    rewriteEvents(db, steps.slice(from.events - 1));
    // A cached state was made by other code.
    db.exec('DELETE FROM state_cache');
    for (const [key, value] of versionRows(to)) db.prepare('INSERT OR REPLACE INTO meta VALUES (?, ?)').run(key, value);
    verify();
    db.exec('COMMIT');
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
  return { from, to, copy };
}

function freeName(wanted: string): string {
  for (let n = 0; ; n += 1) {
    const name = n === 0 ? wanted : `${wanted}-${n}`;
    if (!existsSync(name)) return name;
  }
}

function rewriteEvents(db: DatabaseSync, steps: readonly EventStep[]): void {
  if (steps.length === 0) return;
  const put = db.prepare('UPDATE event SET type = ?, payload = ?, checksum = ? WHERE session_id = ? AND seq = ?');
  const sumOf = (row: Row, type: string, payload: string) => {
    const [session, seq, at] = [text(row, 'session_id'), num(row, 'seq'), num(row, 'at')];
    return rowSum([session, seq, type, at, maybe(row, 'by'), maybe(row, 'cause'), payload]);
  };
  // All at once: rows that are changed while they are walked through may come twice.
  for (const row of db.prepare('SELECT * FROM event').all() as Row[]) {
    const [type, payload] = [text(row, 'type'), text(row, 'payload')];
    const [session, seq] = [text(row, 'session_id'), num(row, 'seq')];
    if (sumOf(row, type, payload) !== num(row, 'checksum'))
      throw new StorageDamaged(`event ${seq} of session ${session} was changed`);
    const stored: StoredEvent = { type, payload: JSON.parse(payload) };
    const next = steps.reduce((event, step) => step(event), stored);
    const json = JSON.stringify(next.payload);
    put.run(next.type, json, sumOf(row, next.type, json), session, seq);
  }
}

/** 1 -> 2: when each session was last used and whether it expired; whether a server has the file open; the clock. */
function addUse(db: DatabaseSync): void {
  const rows = db
    .prepare('SELECT *, (SELECT max(at) FROM event WHERE session_id = id) AS newest FROM session')
    .all() as Row[];
  db.exec(`
    DROP TABLE session;
    CREATE TABLE session(id TEXT PRIMARY KEY, log_id TEXT NOT NULL, doc_id TEXT NOT NULL, join_code TEXT NOT NULL UNIQUE,
      created_at INTEGER NOT NULL, ended INTEGER NOT NULL, last_seq INTEGER NOT NULL, doc_first INTEGER NOT NULL,
      doc_last INTEGER NOT NULL, last_used_at INTEGER NOT NULL, expired_at INTEGER, checksum INTEGER NOT NULL) WITHOUT ROWID;
    INSERT INTO meta VALUES ('open', 0), ('clock', 0);
  `);
  const add = db.prepare('INSERT INTO session VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  for (const row of rows) {
    const names = [text(row, 'id'), text(row, 'log_id'), text(row, 'doc_id'), text(row, 'join_code')];
    const numbers = ['created_at', 'ended', 'last_seq', 'doc_first', 'doc_last'].map((key) => num(row, key));
    if (rowSum([...names, ...numbers]) !== num(row, 'checksum'))
      throw new StorageDamaged(`the row of session ${names[0]} was changed`);
    const lastUsedAt = Math.max(num(row, 'created_at'), num(row, 'newest'));
    const cells = [...names, ...numbers, lastUsedAt, null];
    add.run(...cells, rowSum(cells));
  }
}

/** 2 -> 3: the course that was uploaded for a session, with its table. */
function addUploadedCourses(db: DatabaseSync): void {
  db.exec('CREATE TABLE uploaded_course(session_id TEXT PRIMARY KEY, data BLOB NOT NULL, checksum INTEGER NOT NULL);');
}
