// Storage in memory, for tests and throw-away servers. Tested by the same suite as SQLite's.
// Invariant: what goes in is copied, so that nobody can change a stored event.
import type { SessionEvent } from '#session-core/model/events.ts';
import {
  type Append,
  ConflictError,
  checkFollows,
  isSameUse,
  isUnused,
  rowAfter,
  type SessionRow,
  type StateCache,
  type Storage,
  StorageUnavailable,
  type StoredDocument,
} from './storage.ts';

interface StoredSession {
  row: SessionRow;
  readonly events: SessionEvent[];
  doc: { readonly n: number; readonly update: Uint8Array }[];
  lastDoc: number;
  readonly blobs: Map<string, string>;
  uploadedCourse: Uint8Array | null;
  cache: StateCache | null;
}

export function createMemoryStorage(): Storage {
  const sessions = new Map<string, StoredSession>();
  let closed = false;
  let noted = 0;

  const checkOpen = () => {
    if (closed) throw new StorageUnavailable('the storage is closed');
  };
  const store = (stored: StoredSession, append: Append) => {
    checkFollows(stored.events.length, append);
    stored.events.push(...structuredClone(append.events as SessionEvent[]));
    for (const update of append.docUpdates ?? []) {
      stored.lastDoc += 1;
      stored.doc.push({ n: stored.lastDoc, update: update.slice() });
    }
    for (const [hash, text] of Object.entries(append.blobs ?? {})) stored.blobs.set(hash, text);
    stored.row = rowAfter(stored.row, append);
  };

  return {
    async create(row, first, uploadedCourse) {
      checkOpen();
      const taken = sessions.has(row.id) || [...sessions.values()].some((k) => k.row.joinCode === row.joinCode);
      if (taken) throw new ConflictError(`session ${row.id} or its join code is taken`);
      const stored: StoredSession = {
        row: { ...row },
        events: [],
        doc: [],
        lastDoc: 0,
        blobs: new Map(),
        uploadedCourse: uploadedCourse?.slice() ?? null,
        cache: null,
      };
      store(stored, first);
      sessions.set(row.id, stored);
    },
    async append(append) {
      checkOpen();
      const stored = sessions.get(append.session);
      if (!stored) throw new ConflictError(`there is no session ${append.session}`);
      store(stored, append);
    },
    async sessions() {
      checkOpen();
      return [...sessions.values()].map((stored) => stored.row).sort((a, b) => b.createdAt - a.createdAt);
    },
    async find(session) {
      checkOpen();
      return sessions.get(session)?.row ?? null;
    },
    async findByJoinCode(joinCode) {
      checkOpen();
      for (const { row } of sessions.values()) if (row.joinCode === joinCode) return row;
      return null;
    },
    async unused(before) {
      checkOpen();
      return Array.from(sessions.values(), ({ row }) => row).filter((row) => isUnused(row, before));
    },
    async read(session, afterSeq) {
      checkOpen();
      return structuredClone((sessions.get(session)?.events ?? []).filter((event) => event.seq > afterSeq));
    },
    async docLoad(session): Promise<StoredDocument> {
      checkOpen();
      const stored = sessions.get(session);
      return { updates: (stored?.doc ?? []).map((row) => row.update.slice()), last: stored?.lastDoc ?? 0 };
    },
    async docCompact(session, upTo, update) {
      checkOpen();
      const stored = sessions.get(session);
      if (!stored?.doc.some((row) => row.n === upTo))
        throw new ConflictError(`no document update ${upTo} in ${session}`);
      stored.doc = [{ n: upTo, update: update.slice() }, ...stored.doc.filter((row) => row.n > upTo)];
    },
    async docReplace(session, { docId, last, update }) {
      checkOpen();
      const stored = sessions.get(session);
      if (stored?.lastDoc !== last) throw new ConflictError(`the document of ${session} has not ${last} updates`);
      stored.lastDoc += 1;
      stored.doc = [{ n: stored.lastDoc, update: update.slice() }];
      stored.row = { ...stored.row, docId };
    },
    async blob(session, hash) {
      checkOpen();
      return sessions.get(session)?.blobs.get(hash) ?? null;
    },
    async uploadedCourse(session) {
      checkOpen();
      return sessions.get(session)?.uploadedCourse?.slice() ?? null;
    },
    async addUploadedCourse(session, course) {
      checkOpen();
      const stored = sessions.get(session);
      if (stored) stored.uploadedCourse ??= course.slice();
    },
    async putCache(session, cache) {
      checkOpen();
      const stored = sessions.get(session);
      if (stored) stored.cache = cache;
    },
    async getCache(session, version) {
      checkOpen();
      const cache = sessions.get(session)?.cache ?? null;
      return cache?.version === version ? cache : null;
    },
    async markUse(session, use, seen) {
      checkOpen();
      const stored = sessions.get(session);
      if (!stored) throw new ConflictError(`there is no session ${session}`);
      if (seen && !isSameUse(stored.row, seen)) return false;
      stored.row = { ...stored.row, ...use };
      return true;
    },
    async clock() {
      checkOpen();
      return Math.max(noted, ...Array.from(sessions.values(), ({ events }) => events.at(-1)?.at ?? 0));
    },
    async noteClock(at) {
      checkOpen();
      noted = at;
    },
    async probe() {
      checkOpen();
    },
    async remove(session) {
      checkOpen();
      return sessions.delete(session);
    },
    async close() {
      closed = true;
    },
  };
}
