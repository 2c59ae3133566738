// Courses that were made of an uploaded table: each belongs to one session, has its id, and is in DATA_DIR/courses.
// Invariant: it goes with its session, and what no session has goes at the next start. Its table is read in a thread.
import { existsSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type CourseAnswers, readCourse, type TableJobs } from '#sandbox/index.ts';
import { type SessionCourse, sessionCourse } from '../session-courses.ts';

export interface UploadedTable {
  /** Its file. */
  readonly file: string;
  readonly answers: Omit<CourseAnswers, 'id'>;
}

export interface UploadedCourses {
  /** Throws PipelineError for a table or answers of which no course can be made; then nothing is left. */
  make(session: string, table: UploadedTable): Promise<SessionCourse>;
  /** Reads it from the disk where the session has one. */
  load(session: string): Promise<void>;
  /** null: the session has none, or it was not loaded. */
  find(session: string): SessionCourse | null;
  /** It stays on the disk. */
  unload(session: string): void;
  remove(session: string): Promise<void>;
  /** Deletes those of no session. */
  sweep(sessions: ReadonlySet<string>): Promise<void>;
}

/** @param tables null: none is taken */
export function createUploadedCourses(dataDir: string, tables: TableJobs | null): UploadedCourses {
  const root = join(dataDir, 'courses');
  const folderOf = (session: string) => join(root, session);
  const loaded = new Map<string, SessionCourse>();

  async function load(session: string): Promise<SessionCourse | null> {
    const folder = folderOf(session);
    const known = loaded.get(session);
    if (known !== undefined || tables === null || !existsSync(folder)) return known ?? null;
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
      await mkdir(folder, { recursive: true, mode: 0o700 });
      try {
        await tables.run('write', { file, folder, answers: { ...answers, id: session } });
        return (await load(session))!;
      } catch (error) {
        await remove(session);
        throw error;
      }
    },
    load: async (session) => void (await load(session)),
    find: (session) => loaded.get(session) ?? null,
    unload: (session) => void loaded.delete(session),
    remove,
    async sweep(sessions) {
      const found = await readdir(root).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return [];
        throw error;
      });
      for (const name of found) if (!sessions.has(name)) await remove(name);
    },
  };
}
