// Courses that were made of an uploaded table: each belongs to one session and has its id. The storage holds it; a copy in
// DATA_DIR/courses is what is read, and is made again where it is missing or damaged. What the storage has is read where the
// copy cannot be, and once to find whether it has it.
// Invariant: it goes with its session, and what no session has goes at the next start. Its table is read in a thread, and
// is in the memory as long as its session is; of those that are only looked at, the last few stay.
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type CourseAnswers, readCourse, type TableJobs, TablesBusy } from '#sandbox/index.ts';
import { factsOf, type Log } from '../../platform/log.ts';
import { type Storage, StorageDamaged } from '../../storage/storage.ts';
import { type SessionCourse, sessionCourse } from '../session-courses.ts';

/** A table of 20 MB is several times that in the memory. */
const MOST_RECENT = 2;

export interface UploadedTable {
  /** Its file. */
  readonly file: string;
  readonly answers: Omit<CourseAnswers, 'id'>;
}

export interface MadeCourse {
  readonly course: SessionCourse;
  /** What the storage keeps of it. */
  readonly packed: Uint8Array;
}

export interface UploadedCourses {
  /** Throws PipelineError for a table or answers of which no course can be made; then nothing is left. */
  make(session: string, table: UploadedTable): Promise<MadeCourse>;
  /** null: the session has none. */
  read(session: string): Promise<SessionCourse | null>;
  /** Whether this folder of DATA_DIR/courses is being read or written. */
  isInUse(name: string): boolean;
  /** Waits for whoever reads it. */
  remove(session: string): Promise<void>;
}

interface Options {
  readonly dataDir: string;
  readonly storage: Storage;
  /** null: none is taken. */
  readonly tables: TableJobs | null;
  readonly log: Log;
}

export function createUploadedCourses({ dataDir, storage, tables, log }: Options): UploadedCourses {
  const root = join(dataDir, 'courses');
  const folderOf = (session: string) => join(root, session);
  /** The newest last. */
  const recent = new Map<string, SessionCourse>();
  const inUse = new Map<string, Promise<SessionCourse | null>>();
  /** Sessions whose course was seen in the storage. */
  const isStored = new Set<string>();

  /** Whoever asks for the same meanwhile gets the same. */
  function once<T extends SessionCourse | null>(session: string, work: () => Promise<T>): Promise<T> {
    const reading = (async () => {
      const course = await work();
      if (course === null) return course;
      recent.delete(session);
      recent.set(session, course);
      for (const oldest of recent.keys()) {
        if (recent.size <= MOST_RECENT) break;
        recent.delete(oldest);
      }
      return course;
    })().finally(() => inUse.delete(session));
    inUse.set(session, reading);
    return reading;
  }

  async function fromCopy(jobs: TableJobs, folder: string): Promise<SessionCourse> {
    const course = readCourse(folder);
    const data = await Promise.all(
      course.tasks.map(async ({ task }) => [task.id, await jobs.run('data', { folder, task: task.id })] as const),
    );
    return sessionCourse(course, new Map(data));
  }

  async function stored(session: string, jobs: TableJobs): Promise<SessionCourse | null> {
    const folder = folderOf(session);
    let damage: { readonly error: unknown } | null = null;
    if (existsSync(folder)) {
      try {
        const course = await fromCopy(jobs, folder);
        await keep(session, jobs);
        return course;
      } catch (error) {
        if (error instanceof TablesBusy) throw error;
        log.warn('course_copy_damaged', { session, ...factsOf(error) });
        damage = { error };
      }
    }
    const packed = await storage.uploadedCourse(session);
    if (packed === null) {
      if (damage !== null) throw damage.error;
      return null;
    }
    await rm(folder, { recursive: true, force: true });
    await jobs.run('unpack', { packed, folder });
    return fromCopy(jobs, folder);
  }

  /**
   * A session of a time when its course was in the folder alone is stored. The copy was read, so that nothing in here keeps
   * the session from opening: what fails is logged, and tried again at its next opening.
   */
  async function keep(session: string, jobs: TableJobs): Promise<void> {
    if (isStored.has(session)) return;
    try {
      if ((await storage.uploadedCourse(session)) === null)
        await storage.addUploadedCourse(session, await jobs.run('pack', { folder: folderOf(session) }));
      isStored.add(session);
    } catch (error) {
      const event = error instanceof StorageDamaged ? 'stored_course_damaged' : 'course_not_stored';
      log.error(event, { session, ...factsOf(error) });
    }
  }

  async function remove(session: string): Promise<void> {
    await inUse.get(session)?.catch(() => null); // whoever reads it is answered
    recent.delete(session);
    isStored.delete(session);
    await rm(folderOf(session), { recursive: true, force: true });
  }

  return {
    async make(session, { file, answers }) {
      if (tables === null) throw new Error('This server takes no tables.');
      const folder = folderOf(session);
      const packed = await tables.run('write', { file, answers: { ...answers, id: session } });
      try {
        const course = await once(session, async () => {
          await tables.run('unpack', { packed, folder });
          return fromCopy(tables, folder);
        });
        return { course, packed };
      } catch (error) {
        await remove(session);
        throw error;
      }
    },
    async read(session) {
      if (tables === null) return null;
      return recent.get(session) ?? inUse.get(session) ?? once(session, () => stored(session, tables));
    },
    isInUse: (name) => [...inUse.keys()].some((session) => name === session || name.startsWith(`${session}-`)),
    remove,
  };
}
