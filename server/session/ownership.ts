// Which node a session belongs to, as the registry needs to know it; without it every session of the storage is ours.
import { NotOwner, type Storage } from '../storage/storage.ts';

export interface Ownership {
  /** Takes the session where no living node owns it. null: there is no such session. `url`: where its owner is reached. */
  claim(session: string): Promise<{ readonly mine: boolean; readonly url: string | null } | null>;
  /** Everything of it is stored, and nothing more comes. */
  release(session: string): Promise<void>;
  /** It may be another node's: nothing more is stored of it, and the database is not asked. */
  forget(session: string): void;
  /** Under which it is ours; null: it is not. */
  epochOf(session: string): number | null;
}

/**
 * Writes only under the epoch that is held now: what was loaded under it must not be stored under a later one, between which
 * another node may have changed the session.
 */
export function storageUnderEpoch(storage: Storage, ownership: Ownership, session: string): Storage {
  const epoch = ownership.epochOf(session);
  const fenced = <T>(write: () => Promise<T>): Promise<T> =>
    epoch !== null && ownership.epochOf(session) === epoch ? write() : Promise.reject(new NotOwner(session));
  return {
    ...storage,
    append: (append) => fenced(() => storage.append(append)),
    docCompact: (id, upTo, update) => fenced(() => storage.docCompact(id, upTo, update)),
    docReplace: (id, document) => fenced(() => storage.docReplace(id, document)),
    putCache: (id, cache) => fenced(() => storage.putCache(id, cache)),
  };
}

/** Another node owns the session, or soon will, since this one ends. */
export class Elsewhere extends Error {
  override readonly name = 'Elsewhere';
  /** Where that node is reached; null: it is late, and another one may own it soon. */
  readonly url: string | null;
  constructor(session: string, url: string | null) {
    super(`session ${session} is at another node`);
    this.url = url;
  }
}
