// Storage in one SQLite file, in one worker thread so that an fsync never blocks the event loop.
// Invariant: what is acknowledged is on the disk (WAL, synchronous = FULL); calls that queue during a commit make the next one.
import { Worker } from 'node:worker_threads';
import type { SessionEvent } from '#session-core/model/events.ts';
import type { StorageFault } from '#session-core/view/view-types.ts';
import type { Migrated } from './migrate.ts';
import type { BackupMade } from './sqlite-backup.ts';
import type { Answer, Call, ErrorName, ThreadData } from './sqlite-thread.ts';
import {
  ConflictError,
  type SessionRow,
  type StateCache,
  type Storage,
  StorageDamaged,
  StorageUnavailable,
  type StoredDocument,
} from './storage.ts';

export interface SqliteStorage extends Storage {
  /** The file was of an older version. */
  readonly migrated: Migrated | null;
  /** Writes a whole, checked copy while other calls go on. Throws StorageUnavailable with one line. */
  backup(file: string): Promise<BackupMade>;
  /** Caps the file's size in pages of 4 KiB, for a disk that is shared; beyond it nothing is acknowledged. */
  limitPages(pages: number): Promise<void>;
}

const ERRORS: Readonly<Record<ErrorName, new (message: string, kind?: StorageFault) => Error>> = {
  ConflictError,
  StorageUnavailable,
  StorageDamaged,
  Error: class extends Error {},
};

/** Opens or creates the file and checks all of it first. Throws StorageDamaged or StorageUnavailable with one plain line. */
export async function createSqliteStorage(options: ThreadData): Promise<SqliteStorage> {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let lastId = 0;
  let gone: Error | null = null;

  const worker = new Worker(new URL('./sqlite-thread.ts', import.meta.url), {
    workerData: options,
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  const fail = (error: Error) => {
    gone ??= error;
    for (const call of waiting.values()) call.reject(gone);
    waiting.clear();
  };
  worker.on('message', (answers: readonly Answer[]) => {
    for (const answer of answers) {
      const call = waiting.get(answer.id);
      waiting.delete(answer.id);
      if (answer.ok) call?.resolve(answer.value);
      else call?.reject(new ERRORS[answer.name](answer.message, answer.kind));
    }
  });
  worker.on('error', (error) => fail(new StorageUnavailable(`the storage thread failed: ${String(error)}`)));
  worker.on('exit', () => fail(new StorageUnavailable('the storage is closed')));

  const expect = <T>(id: number) =>
    new Promise<T>((resolve, reject) => {
      waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
    });
  const call = <T>(op: Call['op'], ...args: readonly unknown[]): Promise<T> => {
    if (gone) return Promise.reject(gone);
    lastId += 1;
    const answer = expect<T>(lastId);
    worker.postMessage({ id: lastId, op, args } satisfies Call);
    return answer;
  };

  const migrated = await expect<Migrated | null>(0);
  return {
    migrated,
    create: (row, first, uploadedCourse) => call('create', row, first, uploadedCourse),
    append: (append) => call('append', append),
    sessions: () => call<SessionRow[]>('sessions'),
    find: (session) => call<SessionRow | null>('find', session),
    findByJoinCode: (joinCode) => call<SessionRow | null>('findByJoinCode', joinCode),
    unused: (before) => call<SessionRow[]>('unused', before),
    read: (session, afterSeq) => call<SessionEvent[]>('read', session, afterSeq),
    docLoad: (session) => call<StoredDocument>('docLoad', session),
    docCompact: (session, upTo, update) => call('docCompact', session, upTo, update),
    docReplace: (session, document) => call('docReplace', session, document),
    blob: (session, hash) => call<string | null>('blob', session, hash),
    uploadedCourse: (session) => call<Uint8Array | null>('uploadedCourse', session),
    addUploadedCourse: (session, course) => call('addUploadedCourse', session, course),
    putCache: (session, cache) => call('putCache', session, cache),
    getCache: (session, version) => call<StateCache | null>('getCache', session, version),
    markUse: (session, use, seen) => call<boolean>('markUse', session, use, seen),
    clock: () => call<number>('clock'),
    probe: () => call('probe'),
    noteClock: (at) => call('noteClock', at),
    remove: (session) => call<boolean>('remove', session),
    backup: (target) => call<BackupMade>('backup', target),
    limitPages: (pages) => call('limitPages', pages),
    async close() {
      if (gone) return;
      const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
      await call('close');
      await ended;
    },
  };
}
