// Whether anything can be stored, as pages, probes and the log are informed of it.
// Invariant: a failure is in the log at once and then once a minute with its cause; while there is one, and now and then
// without, the storage is tried, so that it is known to work again without anybody's doing.
import type { StorageFault } from '#session-core/view/view-types.ts';
import type { After, Now } from './platform/clock.ts';
import type { Log } from './platform/log.ts';
import { type Storage, StorageUnavailable } from './storage/storage.ts';

const LINE_EVERY_MS = 60_000;
const TRY_AGAIN_MS = 2_000;
const TRY_ANYWAY_MS = 30_000;

export interface StorageHealth {
  readonly storage: Storage;
  /** null: everything can be stored. */
  fault(): StorageFault | null;
  /** Begins to try the storage by itself. */
  watch(changed: () => void): void;
  stop(): void;
}

export function createStorageHealth(options: {
  readonly storage: Storage;
  readonly now: Now;
  readonly after: After;
  readonly log: Log;
}): StorageHealth {
  const { storage, now, after, log } = options;
  let fault: StorageFault | null = null;
  let changed = () => {};
  let refused = 0;
  let saidAt = Number.NEGATIVE_INFINITY;
  let cancel = () => {};
  let stopped = false;

  function failed({ kind, message }: StorageUnavailable, session: string | undefined): void {
    refused += 1;
    const isNew = fault !== kind;
    fault = kind;
    if (isNew || now() - saidAt >= LINE_EVERY_MS) {
      saidAt = now();
      log.error('storage_unavailable', {
        cause: kind,
        refused,
        ...(session === undefined ? {} : { session }),
        message,
      });
      refused = 0;
    }
    if (isNew) changed();
  }
  function worked(): void {
    if (fault === null) return;
    log.warn('storage_works_again', { cause: fault });
    fault = null;
    changed();
  }
  const written = async <T>(work: Promise<T>, session?: string): Promise<T> => {
    try {
      const value = await work;
      worked();
      return value;
    } catch (error) {
      if (error instanceof StorageUnavailable && !stopped) failed(error, session);
      throw error;
    }
  };
  const tryAgain = () => {
    cancel = after(fault === null ? TRY_ANYWAY_MS : TRY_AGAIN_MS, () => {
      // What it throws was noted.
      const tried = written(storage.probe()).catch(() => undefined);
      void tried.then(() => (stopped ? undefined : tryAgain()));
    });
  };

  return {
    storage: {
      ...storage,
      create: (row, ...stored) => written(storage.create(row, ...stored), row.id),
      append: (append) => written(storage.append(append), append.session),
      docCompact: (session, upTo, update) => written(storage.docCompact(session, upTo, update), session),
      docReplace: (session, document) => written(storage.docReplace(session, document), session),
      addUploadedCourse: (session, course) => written(storage.addUploadedCourse(session, course), session),
      markUse: (session, use, seen) => written(storage.markUse(session, use, seen), session),
      remove: (session) => written(storage.remove(session), session),
    },
    fault: () => fault,
    watch(listener) {
      changed = () => {
        listener();
        // A fault is tried sooner than the next regular look.
        cancel();
        if (!stopped) tryAgain();
      };
      tryAgain();
    },
    stop() {
      stopped = true;
      cancel();
    },
  };
}
