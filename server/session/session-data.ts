// The table a session works on: read once per task and shared by its sessions.
// Invariant: hold-out rows go to the parent process of the sandbox only; routes get names, counts and hashes.
import type { Task } from '#pipeline-core/core/report.ts';
import { DATA_PATH, type Job, loadDataset, SESSION_SEED } from '#sandbox/index.ts';

export interface SessionData {
  /** Path -> text. */
  readonly tables: Readonly<Record<string, string>>;
  readonly listing: readonly { readonly path: string; readonly rows: number; readonly sha256: string }[];
  readonly holdout: NonNullable<Job['holdout']>;
  /** What the checks of a run compare with. */
  readonly checked: NonNullable<Job['task']>;
}

export type DataOf = (task: Task) => SessionData;

/** `studentData`: the value of STUDENT_DATA. Throws what `loadDataset` throws, with its sentence. */
export function createDataOf(studentData: string | null): DataOf {
  const known = new Map<string, SessionData>();
  return (task) => {
    const found = known.get(task.id);
    if (found) return found;
    const {
      visibleCsv,
      rows,
      sha256,
      holdout,
      task: checked,
    } = loadDataset({
      // The hold-out rows and the synthetic data are the same in every session and after every restart.
      seed: SESSION_SEED,
      task,
      ...(studentData === null ? {} : { studentData }),
    });
    const listing = [{ path: DATA_PATH, rows, sha256 }];
    const made = { tables: { [DATA_PATH]: visibleCsv }, listing, holdout, checked };
    known.set(task.id, made);
    return made;
  };
}
