// All sessions of this server: creates them, finds them by id or join code, loads them on demand, deletes them.
// Invariant: there is one live copy of a session at a time; requests while it loads wait for the same one.
import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { defaultCourse, type Pool } from '#sandbox/index.ts';
import type { SessionEvent } from '#session-core/model/events.ts';
import { initialState } from '#session-core/model/state.ts';
import { CLOSE } from '#session-core/protocol/close-codes.ts';
import { decide } from '#session-core/session.ts';
import { createSharedDocument } from '../document/document.ts';
import { hashOf } from '../document/text-store.ts';
import type { After, Now } from '../platform/clock.ts';
import { factsOf, type Log } from '../platform/log.ts';
import { createWordFilter, type WordFilter } from '../platform/profanity-filter.ts';
import type { SessionRow, Storage } from '../storage/storage.ts';
import type { LiveSession, NewSession, Registry } from './session-api.ts';
import { courseOf, type SessionCourses, sessionCourses } from './session-courses.ts';
import { hostSession, type SessionHost } from './session-host.ts';
import { newJoinCode } from './tokens.ts';

/** Sessions are deleted so long after they were created. */
const EXPIRES_MS = 30 * 24 * 60 * 60 * 1000;

/** No vowels, so that no word comes out; 28^10 ids. */
const ID_ALPHABET = '23456789bcdfghjkmnpqrstvwxyz';

export interface RegistryOptions {
  readonly storage: Storage;
  readonly pool: Pool;
  readonly now: Now;
  readonly after: After;
  readonly log: Log;
  readonly config: {
    readonly dataDir: string;
    readonly participantsPerSession: number;
  };
  /** Default: the course that ships with the project, on the table that it draws. */
  readonly courses?: SessionCourses;
  readonly wordFilter?: WordFilter;
}

export function createRegistry(options: RegistryOptions): Registry {
  const { storage, pool, now, after, log, config } = options;
  const courses = options.courses ?? sessionCourses([defaultCourse()], null);
  const isFlagged = options.wordFilter ?? createWordFilter();
  const live = new Map<string, SessionHost>();
  const loading = new Map<string, Promise<LiveSession | null>>();
  const listeners: ((session: LiveSession) => void)[] = [];
  let rows: Promise<Map<string, SessionRow>> | null = null;
  let closed = false;

  // The file belongs to this process alone, so the list is read once; a failed read is tried again.
  const knownRows = () => {
    rows ??= storage.sessions().then(
      async (list) => {
        const old = list.filter((row) => row.createdAt < now() - EXPIRES_MS);
        for (const row of old) await erase(row.id);
        return new Map(list.filter((row) => !old.includes(row)).map((row) => [row.id, row]));
      },
      (error: unknown) => {
        rows = null;
        throw error;
      },
    );
    return rows;
  };
  const cacheDir = (id: string) => join(config.dataDir, 'cache', id);
  const erase = async (id: string) => {
    await storage.remove(id);
    await rm(cacheDir(id), { recursive: true, force: true });
  };

  async function host(row: SessionRow, firstEvents?: readonly SessionEvent[]): Promise<SessionHost> {
    const list = await knownRows();
    const session = await hostSession({
      row,
      storage,
      pool,
      now,
      after,
      log,
      isFlagged,
      cacheDir: cacheDir(row.id),
      checkpoint: (course, name) => courseOf(courses, course).checkpoint(name),
      data: (task) => courseOf(courses, task.course).data(task.id),
      mostParticipants: config.participantsPerSession,
      freeJoinCode,
      joinCodeChanged: (joinCode) => {
        const at = list.get(row.id);
        if (at) list.set(row.id, { ...at, joinCode });
      },
      lost: () => void live.delete(row.id),
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
    const promise = host(row).finally(() => loading.delete(id));
    loading.set(id, promise);
    return promise;
  }

  async function create(wanted: NewSession): Promise<LiveSession> {
    const course = wanted.course === undefined ? courses.first : courseOf(courses, wanted.course);
    const name = wanted.checkpoint ?? course.first;
    const checkpoint = course.checkpoint(name);
    if (!checkpoint) throw new Error(`There is no checkpoint "${name}".`);
    const id = newId();
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
    const document = createSharedDocument([]);
    document.replaceTexts(checkpoint.files);
    const texts = Object.entries(document.texts());
    const tree = Object.fromEntries(texts.map(([path, text]) => [path, hashOf(text)]));
    const decided = decide(
      initialState,
      {
        type: 'session.create',
        session: id,
        title: wanted.title ?? course.title,
        joinCode: wanted.joinCode,
        approveFirst: wanted.approveFirst ?? false,
        holdout: wanted.holdout ?? 'hidden',
        task: checkpoint.task,
        facilitatorHash: wanted.facilitatorHash,
        reusableLink: wanted.reusableLink ?? false,
        tree,
        checkpoint: name,
      },
      { at, actor: { participant: null }, cause: 'session.create', facts: { tree } },
    );
    if (!decided.ok) throw new Error(`A session could not be created: ${decided.error.code}`);
    const events = decided.value;
    await storage.create(row, {
      session: id,
      expectedSeq: 0,
      events,
      docUpdates: document.takeUpdates(),
      blobs: Object.fromEntries(texts.map(([, text]) => [hashOf(text), text])),
    });
    document.destroy();
    (await knownRows()).set(id, row);
    return host(row, events);
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
    async remove(id) {
      const list = await knownRows();
      if (!list.has(id)) return false;
      await loading.get(id);
      // From here on nobody can open it.
      list.delete(id);
      await live.get(id)?.drop(CLOSE.notFound);
      live.delete(id);
      await pool.forget(id);
      await erase(id);
      return true;
    },
    onOpen: (listener) => void listeners.push(listener),
    live: () => [...live.values()],
    async close() {
      closed = true;
      await Promise.allSettled(loading.values());
      const results = await Promise.allSettled([...live.values()].map((session) => session.close()));
      live.clear();
      for (const result of results)
        if (result.status === 'rejected') log.error('session_close_failed', factsOf(result.reason));
    },
  };
}

function newId(): string {
  return Array.from(randomBytes(10), (byte) => ID_ALPHABET[byte % ID_ALPHABET.length]).join('');
}
