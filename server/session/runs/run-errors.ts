// Where the predictions of each run are wrong, worked out when somebody asks and kept, since a whole session asks at once.
// Invariant: one run is worked out once, however many ask, and not by the thread that the sessions are in; only visible
// rows are in it.
import type { Predictions, RunReport, Task } from '#pipeline-core/core/report.ts';
import { type DataProfiles, NO_ERRORS, type RowOfRun, type RunErrors } from '#sandbox/index.ts';
import type { SessionState } from '#session-core/model/state.ts';
import type { Id } from '#session-core/model/types.ts';
import { taskOf } from '#session-core/rules/run.ts';
import type { SessionData } from '../session-courses.ts';

const KEPT = 12;
/** Of a large table they take megabytes, and rows are asked for of the runs that people look at now. */
const PREDICTIONS_KEPT = 2;

export interface ErrorsOfRuns {
  errors(run: Id): Promise<RunErrors>;
  /** Rows of the table by their numbers, with what the run predicted for them. */
  rows(run: Id, numbers: readonly number[]): Promise<readonly RowOfRun[]>;
}

export function createRunErrors(options: {
  readonly state: () => SessionState;
  readonly data: (task: Task) => SessionData;
  readonly looks: DataProfiles;
  readonly report: (run: Id) => Promise<RunReport | null>;
}): ErrorsOfRuns {
  const { state, data, looks, report } = options;
  const tableOf = (id: Id) => data(taskOf(state(), state().runs[id])).visible;
  const predictions = keptBy(PREDICTIONS_KEPT, async (id: Id): Promise<Predictions | undefined> => {
    const found = await report(id);
    return found?.predictions;
  });
  const errors = keptBy(KEPT, async (id: Id): Promise<RunErrors> => {
    const found = await predictions(id, state().runs[id]?.report?.detail ?? '');
    return found === undefined ? NO_ERRORS : looks.errors(tableOf(id), found);
  });
  const detailOf = (id: Id) => state().runs[id]?.report?.detail;
  return {
    errors: async (id) => {
      const detail = detailOf(id);
      return detail === undefined ? NO_ERRORS : errors(id, detail);
    },
    rows: async (id, numbers) => {
      const detail = detailOf(id);
      return detail === undefined ? [] : looks.predictedRows(tableOf(id), numbers, await predictions(id, detail));
    },
  };
}

/** Worked out once for each key; the newest are kept. */
function keptBy<T>(most: number, workOut: (id: Id) => Promise<T>): (id: Id, key: string) => Promise<T> {
  const kept = new Map<string, Promise<T>>();
  return (id, key) => {
    const found = kept.get(key);
    if (found !== undefined) return found;
    const made = workOut(id);
    kept.set(key, made);
    // What could not be read is asked for again.
    made.catch(() => kept.delete(key));
    if (kept.size > most) kept.delete(kept.keys().next().value!);
    return made;
  };
}
