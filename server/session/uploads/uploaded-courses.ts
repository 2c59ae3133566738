// Courses that were made of an uploaded table: each belongs to one session and has its id. The storage holds it; a copy in
// DATA_DIR/courses is what is read, and is made again where it is missing.
// Invariant: it goes with its session, and what no session has goes at the next start. Its table is read in a thread.
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type CourseAnswers, readCourse, type TableJobs } from '#sandbox/index.ts';
import type { Storage } from '../../storage/storage.ts';
import { type SessionCourse, sessionCourse } from '../session-courses.ts';

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
  /** Reads it where the session has one. */
  load(session: string): Promise<void>;
  /** null: the session has none, or it was not loaded. */
  find(session: string): SessionCourse | null;
  /** What is stored of it stays. */
  unload(session: string): void;
  remove(session: string): Promise<void>;
}

interface Options {
  readonly dataDir: string;
  readonly storage: Storage;
  /** null: none is taken. */
  readonly tables: TableJobs | null;
}

export function createUploadedCourses({ dataDir, storage, tables }: Options): UploadedCourses {
  const root = join(dataDir, 'courses');
  const folderOf = (session: string) => join(root, session);
  const loaded = new Map<string, SessionCourse>();

  async function load(session: string): Promise<SessionCourse | null> {
    const folder = folderOf(session);
    const known = loaded.get(session);
    if (known !== undefined || tables === null) return known ?? null;
    if (!existsSync(folder)) {
      const packed = await storage.uploadedCourse(session);
      if (packed === null) return null;
      await tables.run('unpack', { packed, folder });
    }
    const course = readCourse(folder);
    const data = await Promise.all(
      course.tasks.map(async ({ task }) => [task.id, await tables.run('data', { folder, task: task.id })] as const),
    );
    const made = sessionCourse(course, new Map(data));
    loaded.set(session, made);
    return made;
  }

  async function remove(session: string): Promise<void> {
    loaded.delete(session);
    await rm(folderOf(session), { recursive: true, force: true });
  }

  return {
    async make(session, { file, answers }) {
      if (tables === null) throw new Error('This server takes no tables.');
      const folder = folderOf(session);
      const packed = await tables.run('write', { file, answers: { ...answers, id: session } });
      try {
        await tables.run('unpack', { packed, folder });
        return { course: (await load(session))!, packed };
      } catch (error) {
        await remove(session);
        throw error;
      }
    },
    load: async (session) => void (await load(session)),
    find: (session) => loaded.get(session) ?? null,
    unload: (session) => void loaded.delete(session),
    remove,
  };
}
