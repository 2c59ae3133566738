// The courses of this server as its sessions use them: checkpoints, and the table of each task, read once and shared.
// Invariant: hold-out rows go to the parent process of the sandbox only; routes get names, counts and hashes. A session keeps
// the course it was created with; where the server no longer has that, it is an error that names it.
import type { Task } from '#pipeline-core/core/report.ts';
import { type Course, type Dataset, type Job, loadDataset, taskOf, type VisibleTable } from '#sandbox/index.ts';
import type { PlannedAgenda } from '#session-core/model/agenda.ts';

export interface SessionData {
  /** Path -> text. */
  readonly tables: Readonly<Record<string, string>>;
  readonly listing: readonly { readonly path: string; readonly rows: number; readonly sha256: string }[];
  readonly holdout: Required<NonNullable<Job['holdout']>>;
  /** What the checks of a run compare with. */
  readonly checked: NonNullable<Job['task']>;
  /** What people look at. */
  readonly visible: VisibleTable;
  /** Of its runs, where they differ from the sandbox's own. */
  readonly limits: NonNullable<Job['limits']>;
}

export interface SessionCourse {
  readonly id: string;
  readonly about: Course;
  /** Of a session that is given none. */
  readonly title: string;
  /** The checkpoint that a session begins with. */
  readonly first: string;
  /** null: there is none of that name. */
  checkpoint(name: string): { readonly files: Readonly<Record<string, string>>; readonly task: Task } | null;
  /** The one of so many minutes, or the first; null: there is none. */
  agenda(minutes?: number): PlannedAgenda | null;
  data(task: string): SessionData;
  /** Of its table. */
  size(): { readonly rows: number; readonly columns: number };
}

export interface SessionCourses {
  /** Of a session that names none. */
  readonly first: SessionCourse;
  /** All of this server but those that were uploaded, the first before the others. */
  readonly all: readonly SessionCourse[];
  /** null: this server has no such course. */
  find(id: string): SessionCourse | null;
}

/** @param data the value of COURSE_DATA, for the first course */
export function sessionCourses(courses: readonly [Course, ...Course[]], data: string | null): SessionCourses {
  const made = courses.map((course, i) => sessionCourse(course, i === 0 ? data : null));
  return { first: made[0]!, all: made, find: (id) => made.find((course) => course.id === id) ?? null };
}

/** Throws Error for a course that this server does not have. */
export function courseOf(courses: SessionCourses, id: string): SessionCourse {
  const found = courses.find(id);
  if (found) return found;
  throw new Error(`The course "${id}" of this session is not here: start the server with --course and its folder.`);
}

/** @param from the value of COURSE_DATA, or the data of each task where that is read already */
export function sessionCourse(course: Course, from: string | null | ReadonlyMap<string, Dataset>): SessionCourse {
  const known = new Map<string, SessionData>();
  const read = (task: string): Dataset => {
    const found = typeof from === 'string' || from === null ? undefined : from.get(task);
    return found ?? loadDataset({ course, task, ...(typeof from === 'string' ? { data: from } : {}) });
  };
  const made: SessionCourse = {
    id: course.id,
    about: course,
    title: course.title,
    first: course.first,
    checkpoint(name) {
      const found = course.checkpoints.find((one) => one.name === name);
      return found === undefined ? null : { files: found.files, task: taskOf(course, found.task).task };
    },
    agenda: (minutes = course.agendas[0]?.minutes) => course.agendas.find((one) => one.minutes === minutes) ?? null,
    data(task) {
      const found = known.get(task);
      if (found) return found;
      const dataset = read(task);
      const { path, visibleCsv, rows, sha256, holdout } = dataset;
      const parts = {
        tables: { [path]: visibleCsv },
        listing: [{ path, rows, sha256 }],
        holdout,
        checked: dataset.task,
        limits: course.limits,
        visible: {
          csv: visibleCsv,
          columns: course.schema.columns,
          task: taskOf(course, task).task,
          actual: dataset.task.actual,
        },
      };
      known.set(task, parts);
      return parts;
    },
    size() {
      const { listing, holdout } = made.data(course.checkpoints.find(({ name }) => name === course.first)!.task);
      const rows = listing.reduce((sum, table) => sum + table.rows, holdout.rows.length);
      return { rows, columns: course.schema.columns.length };
    },
  };
  return made;
}
