// The storage that forgets: for tests and throw-away servers. Same contract as SQLite's, suite and all.
// Invariant: what goes in is copied, so that nobody changes a kept event by holding on to it.
import type { SessionEvent } from '#session-core/model/events.ts';
import {
  type Append,
  ConflictError,
  checkFollows,
  type SessionRow,
  type StateCache,
  type Storage,
  StorageUnavailable,
  type StoredDocument,
} from './storage.ts';

interface Kept {
  row: SessionRow;
  readonly events: SessionEvent[];
  doc: { readonly n: number; readonly update: Uint8Array }[];
  lastDoc: number;
  readonly blobs: Map<string, string>;
  cache: StateCache | null;
}

export function createMemoryStorage(): Storage {
  const sessions = new Map<string, Kept>();
  let closed = false;

  const guard = () => {
    if (closed) throw new StorageUnavailable('the storage is closed');
  };
  const keep = (kept: Kept, append: Append) => {
    checkFollows(kept.events.length, append);
    kept.events.push(...structuredClone(append.events as SessionEvent[]));
    for (const update of append.docUpdates ?? []) {
      kept.lastDoc += 1;
      kept.doc.push({ n: kept.lastDoc, update: update.slice() });
    }
    for (const [hash, text] of Object.entries(append.blobs ?? {})) kept.blobs.set(hash, text);
    if (append.ended) kept.row = { ...kept.row, ended: true };
  };

  return {
    async create(row, first) {
      guard();
      const taken = sessions.has(row.id) || [...sessions.values()].some((k) => k.row.joinCode === row.joinCode);
      if (taken) throw new ConflictError(`session ${row.id} or its join code is taken`);
      const kept: Kept = { row: { ...row }, events: [], doc: [], lastDoc: 0, blobs: new Map(), cache: null };
      keep(kept, first);
      sessions.set(row.id, kept);
    },
    async append(append) {
      guard();
      const kept = sessions.get(append.session);
      if (!kept) throw new ConflictError(`there is no session ${append.session}`);
      keep(kept, append);
    },
    async sessions() {
      guard();
      return [...sessions.values()].map((kept) => kept.row).sort((a, b) => b.createdAt - a.createdAt);
    },
    async read(session, afterSeq) {
      guard();
      return structuredClone((sessions.get(session)?.events ?? []).filter((event) => event.seq > afterSeq));
    },
    async docLoad(session): Promise<StoredDocument> {
      guard();
      const kept = sessions.get(session);
      return { updates: (kept?.doc ?? []).map((row) => row.update.slice()), last: kept?.lastDoc ?? 0 };
    },
    async docCompact(session, upTo, update) {
      guard();
      const kept = sessions.get(session);
      if (!kept?.doc.some((row) => row.n === upTo)) throw new ConflictError(`no document update ${upTo} in ${session}`);
      kept.doc = [{ n: upTo, update: update.slice() }, ...kept.doc.filter((row) => row.n > upTo)];
    },
    async blob(session, hash) {
      guard();
      return sessions.get(session)?.blobs.get(hash) ?? null;
    },
    async putCache(session, cache) {
      guard();
      const kept = sessions.get(session);
      if (kept) kept.cache = cache;
    },
    async getCache(session, version) {
      guard();
      const cache = sessions.get(session)?.cache ?? null;
      return cache?.version === version ? cache : null;
    },
    async remove(session) {
      guard();
      return sessions.delete(session);
    },
    async close() {
      closed = true;
    },
  };
}
