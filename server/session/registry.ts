// All sessions of this server: creates them, finds them by id or join code, loads them on demand, deletes them.
// Invariant: there is one live copy of a session at a time; requests while it loads wait for the same one. Of several nodes
// one has it: what another one owns is not loaded here.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createDataProfiles, type DataProfiles, defaultCourse, type Pool, type TableJobs } from '#sandbox/index.ts';
import type { SessionEvent } from '#session-core/model/events.ts';
import { CLOSE } from '#session-core/protocol/close-codes.ts';
import type { After, Now } from '../platform/clock.ts';
import { factsOf, type Log } from '../platform/log.ts';
import { createWordFilter, type WordFilter } from '../platform/profanity-filter.ts';
import { isSameUse, type SessionRow, type Storage } from '../storage/storage.ts';
import { firstCommit } from './commits/first-commit.ts';
import { type Expiry, startExpiry } from './expiry.ts';
import { removeLeftovers } from './leftovers.ts';
import { loadState } from './load-state.ts';
import { Elsewhere, type Ownership, storageUnderEpoch } from './ownership.ts';
import { CALM, type Surroundings } from './presence.ts';
import type { CourseCap } from './runs/course-limits.ts';
import { coursesWith } from './runs/courses-with.ts';
import type { LiveSession, NewSession, Registry } from './session-api.ts';
import { courseOf, type SessionCourse, type SessionCourses, sessionCourses } from './session-courses.ts';
import { hostSession, type SessionHost } from './session-host.ts';
import { storedReadings } from './session-readings.ts';
import { freeJoinCode, newId } from './tokens.ts';
import { createUploadedCourses } from './uploads/uploaded-courses.ts';

/** A session that nobody uses leaves the memory after so long. */
const UNUSED_MS = 10 * 60 * 1000;

export interface RegistryOptions {
  readonly storage: Storage;
  readonly pool: Pool;
  readonly now: Now;
  readonly after: After;
  readonly log: Log;
  readonly config: { readonly dataDir: string; readonly participantsPerSession: number } & CourseCap;
  /** Default: the course that ships with the project, on the table that it draws. */
  readonly courses?: SessionCourses;
  /** At the tables of sessions; default: a thread of its own. */
  readonly looks?: DataProfiles;
  /** Reads tables that are uploaded; without it none is taken. */
  readonly tables?: TableJobs;
  readonly wordFilter?: WordFilter;
  /** Where several nodes share the storage; without it every session is ours. */
  readonly ownership?: Ownership;
  /** Default: it can store, and is not about to stop. */
  readonly surroundings?: Surroundings;
}

export function createRegistry(options: RegistryOptions): Registry {
  const { storage, pool, now, after, log, config, ownership } = options;
  const courses = options.courses ?? sessionCourses([defaultCourse()], null);
  const looks = options.looks ?? createDataProfiles();
  const uploaded = createUploadedCourses({ dataDir: config.dataDir, storage, tables: options.tables ?? null, log });
  const isFlagged = options.wordFilter ?? createWordFilter();
  const live = new Map<string, SessionHost>();
  const loading = new Map<string, Promise<LiveSession | null>>();
  const listeners: ((session: LiveSession) => void)[] = [];
  const removedListeners: ((sessionId: string) => void)[] = [];
  /** Those that are leaving the memory: who wants one meanwhile waits until it is on the disk. */
  const leaving = new Map<string, Promise<void>>();
  /** Nobody may open them any more. */
  const removing = new Set<string>();
  /** Their tables are read, and nothing is stored yet. */
  const making = new Set<string>();
  let begun: Promise<Expiry> | null = null;
  let expiry: Expiry | null = null;
  let closed = false;

  /** Before the first session is looked at; what fails is tried again. */
  function begin(): Promise<Expiry> {
    begun ??= (async () => {
      await sweep();
      const isUsed = (id: string) => live.get(id)?.isConnected() ?? false;
      const looked = () => (ownership ? sweep() : Promise.resolve());
      expiry = await startExpiry({ storage, now, after, log, isUsed, erase: forget, looked });
      return expiry;
    })().catch((error: unknown) => {
      begun = null;
      throw error;
    });
    return begun;
  }
  const isInUse = (id: string) => [live, loading, leaving, making, removing].some((ids) => ids.has(id));
  const isKept = async (id: string) => isInUse(id) || uploaded.isInUse(id) || (await storage.find(id)) !== null;
  const sweep = () => removeLeftovers(config.dataDir, isKept);
  const stored = async (id: string) => (removing.has(id) ? null : storage.find(id));
  const cacheDir = (id: string) => join(config.dataDir, 'cache', id);
  const shared = { storage, now, looks, mostParticipants: config.participantsPerSession };
  const coursesFor = async (id: string) => coursesWith(await uploaded.read(id), courses, config);
  const erase = async (id: string) => {
    await storage.remove(id);
    await uploaded.remove(id);
    await rm(cacheDir(id), { recursive: true, force: true });
  };

  /** Deletes it wherever it is. @param seen only where it is still so. Resolves to whether it was there. */
  async function forget(id: string, seen?: SessionRow): Promise<boolean> {
    if (removing.has(id)) return false;
    removing.add(id);
    try {
      await loading.get(id)?.catch(() => null); // whoever loads it is answered
      await leaving.get(id);
      if (!(await claim(id)) || (seen && !isSameUse((await storage.find(id)) ?? seen, seen))) return false;
      await live.get(id)?.drop(CLOSE.notFound);
      live.delete(id);
      await pool.forget(id);
      await erase(id);
      await ownership?.release(id);
    } finally {
      removing.delete(id);
    }
    for (const listener of removedListeners) listener(id);
    return true;
  }

  /** false: it is not stored. Throws Elsewhere where another node owns it. */
  async function claim(id: string): Promise<boolean> {
    if (closed) throw new Elsewhere(id, null);
    if (!ownership) return (await storage.find(id)) !== null;
    const claimed = await ownership.claim(id);
    if (claimed && !claimed.mine) throw new Elsewhere(id, claimed.url);
    return claimed !== null;
  }

  function leave(session: SessionHost, why?: 'unused'): void {
    const { id } = session;
    if (live.get(id) !== session || closed) return;
    live.delete(id);
    expiry?.closed(id);
    const left = Promise.all([session.close(why), pool.forget(id)])
      .then(() => ownership?.release(id))
      .catch((error: unknown) => log.error('session_close_failed', factsOf(error)))
      .finally(() => leaving.delete(id));
    leaving.set(id, left);
  }

  async function host(row: SessionRow, firstEvents?: readonly SessionEvent[]): Promise<SessionHost> {
    const expiries = await begin();
    const own = await coursesFor(row.id);
    expiries.opened(row);
    const session = await hostSession({
      ...shared,
      ...own,
      row,
      pool,
      after,
      log,
      isFlagged,
      cacheDir: cacheDir(row.id),
      freeJoinCode: () => freeJoinCode(storage),
      isOurs: async () => ownership === undefined || ((await ownership.claim(row.id))?.mine ?? false),
      storageOfRuntime: () => (ownership ? storageUnderEpoch(storage, ownership, row.id) : storage),
      lost: () => void (live.delete(row.id) && expiries.closed(row.id)),
      used: () => expiries.used(row.id),
      retention: () => ({ ...expiries.retention(row.id), ...(ownership ? { remains: true } : {}) }),
      ...(options.surroundings ?? CALM),
      unusedAfter: UNUSED_MS,
      unused: (unused) => leave(unused, 'unused'),
      ...(firstEvents ? { firstEvents } : {}),
      opened: (opened) => {
        for (const listener of listeners) listener(opened);
      },
    });
    live.set(row.id, session);
    return session;
  }

  function open(id: string): Promise<LiveSession | null> {
    const open = live.get(id) ?? loading.get(id);
    if (open) return Promise.resolve(open);
    if (closed) return Promise.reject(new Elsewhere(id, null));
    const promise = load(id).finally(() => loading.delete(id));
    loading.set(id, promise);
    return promise;
  }
  async function load(id: string): Promise<LiveSession | null> {
    await begin();
    await leaving.get(id);
    // The row is read when it is ours: the owner before may have changed it.
    if (removing.has(id) || !(await claim(id))) return null;
    const row = await stored(id);
    return row && host(row);
  }

  async function create(wanted: NewSession): Promise<LiveSession> {
    const id = newId();
    if (closed) throw new Elsewhere(id, null);
    if (wanted.uploaded === undefined)
      return createWith(id, courseOf(courses, wanted.course ?? courses.first.id), wanted);
    // Nothing of an earlier process may be swept away together with what is written now.
    await begin();
    making.add(id);
    try {
      const { course, packed } = await uploaded.make(id, wanted.uploaded);
      return await createWith(id, course, wanted, packed);
    } catch (error) {
      // Unknown where the storage does not answer: then the next start looks.
      if ((await storage.find(id).catch(() => undefined)) === null) await uploaded.remove(id);
      throw error;
    } finally {
      making.delete(id);
    }
  }

  async function createWith(id: string, course: SessionCourse, wanted: NewSession, packed?: Uint8Array) {
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
    await claim(id);
    return host(row, first.events);
  }

  return {
    create,
    freeJoinCode: () => freeJoinCode(storage),
    open,
    async byJoinCode(code) {
      await begin();
      const row = await storage.findByJoinCode(code);
      // An ended one is not loaded: the time of the answer would differ from that of a wrong code.
      return row === null || row.ended ? null : open(row.id);
    },
    async newest() {
      await begin();
      for (const row of await storage.sessions()) {
        if (row.ended) continue;
        const session = await open(row.id);
        if (session?.state().status === 'open') return session;
      }
      return null;
    },
    async read(id) {
      const open = live.get(id) ?? (await loading.get(id));
      if (open) return open;
      await begin();
      if ((await stored(id)) === null) return null;
      await leaving.get(id);
      const { state } = await loadState(storage, id);
      const own = await coursesFor(id);
      // It may have been deleted meanwhile, and its course unpacked after that.
      if ((await stored(id)) === null) {
        await uploaded.remove(id);
        return null;
      }
      return storedReadings({ ...shared, ...own, session: id, state, cacheDir: cacheDir(id) });
    },
    async has(id) {
      await begin();
      return live.has(id) || (await stored(id)) !== null;
    },
    isInUse,
    async rest(id) {
      const session = live.get(id);
      if (session && !session.isConnected()) leave(session);
      await leaving.get(id);
    },
    async remove(id) {
      await begin();
      return forget(id);
    },
    async lose(id) {
      ownership?.forget(id);
      await loading.get(id)?.catch(() => null); // whoever loads it is answered
      const session = live.get(id);
      live.delete(id);
      expiry?.closed(id);
      await Promise.all([session?.drop(CLOSE.restart), pool.forget(id)]);
    },
    onOpen: (listener) => void listeners.push(listener),
    onRemoved: (listener) => void removedListeners.push(listener),
    live: () => [...live.values()],
    courses: courses.all,
    async close() {
      closed = true;
      await begun?.catch(() => null); // whoever asked was answered
      expiry?.stop();
      await Promise.allSettled([...leaving.values()]);
      await Promise.allSettled(loading.values());
      // Each may go on at another node as soon as it is on the disk.
      const ends = Array.from(live.values(), (session) => session.close().then(() => ownership?.release(session.id)));
      const results = await Promise.allSettled(ends);
      live.clear();
      for (const result of results)
        if (result.status === 'rejected') log.error('session_close_failed', factsOf(result.reason));
    },
  };
}
