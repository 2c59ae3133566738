// All sessions of this server: creates them, finds them by id or join code, loads them on demand, deletes them.
// Invariant: there is one live copy of a session at a time; requests while it loads wait for the same one.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Task } from '#pipeline-core/core/report.ts';
import { createDataProfiles, type DataProfiles, defaultCourse, type Pool, type TableJobs } from '#sandbox/index.ts';
import type { SessionEvent } from '#session-core/model/events.ts';
import { CLOSE } from '#session-core/protocol/close-codes.ts';
import type { After, Now } from '../platform/clock.ts';
import { factsOf, type Log } from '../platform/log.ts';
import { createWordFilter, type WordFilter } from '../platform/profanity-filter.ts';
import type { SessionRow, Storage } from '../storage/storage.ts';
import { firstCommit } from './commits/first-commit.ts';
import { type Expiry, startExpiry } from './expiry.ts';
import { loadState } from './load-state.ts';
import { CALM, type Surroundings } from './presence.ts';
import type { LiveSession, NewSession, Registry } from './session-api.ts';
import { courseOf, type SessionCourse, type SessionCourses, sessionCourses } from './session-courses.ts';
import { hostSession, type SessionHost } from './session-host.ts';
import { storedReadings } from './session-readings.ts';
import { newId, newJoinCode } from './tokens.ts';
import { createUploadedCourses } from './uploads/uploaded-courses.ts';

/** A session that nobody uses leaves the memory after so long. */
const UNUSED_MS = 10 * 60 * 1000;

export interface RegistryOptions {
  readonly storage: Storage;
  readonly pool: Pool;
  readonly now: Now;
  readonly after: After;
  readonly log: Log;
  readonly config: { readonly dataDir: string; readonly participantsPerSession: number };
  /** Default: the course that ships with the project, on the table that it draws. */
  readonly courses?: SessionCourses;
  /** At the tables of sessions; default: a thread of its own. */
  readonly looks?: DataProfiles;
  /** Reads tables that are uploaded; without it none is taken. */
  readonly tables?: TableJobs;
  readonly wordFilter?: WordFilter;
  /** Default: it can store, and is not about to stop. */
  readonly surroundings?: Surroundings;
}

interface Known {
  readonly rows: Map<string, SessionRow>;
  readonly expiry: Expiry;
}

export function createRegistry(options: RegistryOptions): Registry {
  const { storage, pool, now, after, log, config } = options;
  const courses = options.courses ?? sessionCourses([defaultCourse()], null);
  const looks = options.looks ?? createDataProfiles();
  const uploaded = createUploadedCourses({ dataDir: config.dataDir, storage, tables: options.tables ?? null });
  /** Of a session that is live or being created: what was uploaded for it is loaded then. */
  const courseCalled = (id: string) => uploaded.find(id) ?? courseOf(courses, id);
  const isFlagged = options.wordFilter ?? createWordFilter();
  const live = new Map<string, SessionHost>();
  const loading = new Map<string, Promise<LiveSession | null>>();
  const listeners: ((session: LiveSession) => void)[] = [];
  const removedListeners: ((sessionId: string) => void)[] = [];
  /** Those that are leaving the memory: who wants one meanwhile waits until it is on the disk. */
  const leaving = new Map<string, Promise<void>>();
  let known: Promise<Known> | null = null;
  let closed = false;

  // The file belongs to this process alone, so the list is read once; a failed read is tried again.
  const look = (): Promise<Known> => {
    known ??= (async () => {
      const rows = new Map((await storage.sessions()).map((row) => [row.id, row]));
      await uploaded.sweep(new Set(rows.keys()));
      const isUsed = (id: string) => live.get(id)?.isConnected() ?? false;
      const expiry = await startExpiry({ storage, rows, now, after, log, isUsed, erase: forget });
      return { rows, expiry };
    })().catch((error: unknown) => {
      known = null;
      throw error;
    });
    return known;
  };
  const knownRows = async () => (await look()).rows;
  const data = (task: Task) => courseCalled(task.course).data(task.id);
  const course = (id: string) => courseCalled(id).about;
  const cacheDir = (id: string) => join(config.dataDir, 'cache', id);
  const shared = { storage, now, data, course, looks, mostParticipants: config.participantsPerSession };
  const erase = async (id: string) => {
    await storage.remove(id);
    await uploaded.remove(id);
    await rm(cacheDir(id), { recursive: true, force: true });
  };

  /** Deletes one that is not in the list any more, wherever it is. */
  async function forget(id: string): Promise<void> {
    await loading.get(id);
    await live.get(id)?.drop(CLOSE.notFound);
    live.delete(id);
    await leaving.get(id);
    await pool.forget(id);
    await erase(id);
    for (const listener of removedListeners) listener(id);
  }

  function leave(session: SessionHost): void {
    const { id } = session;
    if (live.get(id) !== session || closed) return;
    live.delete(id);
    const left = Promise.all([session.close(), pool.forget(id)])
      .then(() => uploaded.unload(id))
      .catch((error: unknown) => log.error('session_close_failed', factsOf(error)))
      .finally(() => leaving.delete(id));
    leaving.set(id, left);
  }

  async function host(row: SessionRow, firstEvents?: readonly SessionEvent[]): Promise<SessionHost> {
    const { rows: list, expiry } = await look();
    await uploaded.load(row.id);
    const session = await hostSession({
      ...shared,
      row,
      pool,
      after,
      log,
      isFlagged,
      cacheDir: cacheDir(row.id),
      checkpoint: (course, name) => courseCalled(course).checkpoint(name),
      agenda: (course, minutes) => courseCalled(course).agenda(minutes),
      freeJoinCode,
      joinCodeChanged: (joinCode) => {
        const at = list.get(row.id);
        if (at) list.set(row.id, { ...at, joinCode });
      },
      lost: () => void live.delete(row.id),
      used: () => expiry.used(row.id),
      retention: () => expiry.retention(row.id),
      ...(options.surroundings ?? CALM),
      unusedAfter: UNUSED_MS,
      unused: (unused) => leave(unused),
      ...(firstEvents ? { firstEvents } : {}),
      opened: (opened) => {
        for (const listener of listeners) listener(opened);
      },
    });
    live.set(row.id, session);
    return session;
  }

  async function freeJoinCode(): Promise<string> {
    const taken = new Set(Array.from((await knownRows()).values(), ({ joinCode }) => joinCode));
    for (;;) {
      const code = newJoinCode();
      if (!taken.has(code)) return code;
    }
  }

  async function open(id: string): Promise<LiveSession | null> {
    const open = live.get(id) ?? loading.get(id);
    if (open) return open;
    if (closed) return null;
    const row = (await knownRows()).get(id);
    if (!row) return null;
    // Another request may have begun to load it meanwhile.
    const opened = live.get(id) ?? loading.get(id);
    if (opened) return opened;
    const left = leaving.get(id) ?? Promise.resolve();
    const promise = left.then(() => host(row)).finally(() => loading.delete(id));
    loading.set(id, promise);
    return promise;
  }

  async function create(wanted: NewSession): Promise<LiveSession> {
    const id = newId();
    if (wanted.uploaded === undefined)
      return createWith(id, courseOf(courses, wanted.course ?? courses.first.id), wanted);
    // Nothing of an earlier process may be swept away together with what is written now.
    await knownRows();
    const { course, packed } = await uploaded.make(id, wanted.uploaded);
    return createWith(id, course, wanted, packed).catch(async (error: unknown) => {
      if (!(await knownRows()).has(id)) await uploaded.remove(id);
      throw error;
    });
  }

  async function createWith(
    id: string,
    course: SessionCourse,
    wanted: NewSession,
    packed?: Uint8Array,
  ): Promise<LiveSession> {
    const at = now();
    const row: SessionRow = {
      id,
      logId: newId(),
      docId: newId(),
      joinCode: wanted.joinCode,
      createdAt: at,
      ended: false,
      lastUsedAt: at,
      expiredAt: null,
    };
    const first = firstCommit(row, course, wanted);
    await storage.create(row, first, packed);
    (await knownRows()).set(id, row);
    return host(row, first.events);
  }

  return {
    create,
    freeJoinCode,
    open,
    async byJoinCode(code) {
      // An ended one is not loaded: the time of the answer would differ from that of a wrong code.
      for (const row of (await knownRows()).values()) if (row.joinCode === code) return row.ended ? null : open(row.id);
      return null;
    },
    async newest() {
      const found = [...(await knownRows()).values()].sort((a, b) => b.createdAt - a.createdAt);
      for (const row of found) {
        if (row.ended) continue;
        const session = await open(row.id);
        if (session?.state().status === 'open') return session;
      }
      return null;
    },
    async read(id) {
      const open = live.get(id) ?? (await loading.get(id));
      if (open) return open;
      if (!(await knownRows()).has(id)) return null;
      await leaving.get(id);
      const { state } = await loadState(storage, id);
      await uploaded.load(id);
      return storedReadings({ ...shared, session: id, state, cacheDir: cacheDir(id) });
    },
    has: async (id) => (await knownRows()).has(id),
    async rest(id) {
      const session = live.get(id);
      if (session && !session.isConnected()) leave(session);
      await leaving.get(id);
    },
    async remove(id) {
      const list = await knownRows();
      if (!list.has(id)) return false;
      // From here on nobody can open it.
      list.delete(id);
      await forget(id);
      return true;
    },
    onOpen: (listener) => void listeners.push(listener),
    onRemoved: (listener) => void removedListeners.push(listener),
    live: () => [...live.values()],
    courses: courses.all,
    async close() {
      closed = true;
      (await known?.catch(() => null))?.expiry.stop();
      await Promise.allSettled([...leaving.values()]);
      await Promise.allSettled(loading.values());
      const results = await Promise.allSettled([...live.values()].map((session) => session.close()));
      live.clear();
      for (const result of results)
        if (result.status === 'rejected') log.error('session_close_failed', factsOf(result.reason));
    },
  };
}
