// Where the predictions of each run are wrong, worked out when somebody asks and kept, since a whole session asks at once.
// Invariant: one run is worked out once, however many ask; only visible rows are in it.
import type { RunReport, Task } from '#pipeline-core/core/report.ts';
import { errorsOfRun, type RowOfRun, type RunErrors, rowsOfRun } from '#sandbox/index.ts';
import type { SessionState } from '#session-core/model/state.ts';
import type { Id } from '#session-core/model/types.ts';
import { taskOf } from '#session-core/rules/run.ts';
import type { SessionData } from '../session-courses.ts';

const KEPT = 12;

export interface ErrorsOfRuns {
  errors(run: Id): Promise<RunErrors>;
  /** Rows of the table by their numbers, with what the run predicted for them. */
  rows(run: Id, numbers: readonly number[]): Promise<readonly RowOfRun[]>;
}

export function createRunErrors(options: {
  readonly state: () => SessionState;
  readonly data: (task: Task) => SessionData;
  readonly report: (run: Id) => Promise<RunReport | null>;
}): ErrorsOfRuns {
  /** By the report, newest last. */
  const kept = new Map<
    string,
    Promise<{ readonly predicted: Pick<RunReport, 'predictions'>; readonly errors: RunErrors } | null>
  >();
  const dataOf = (id: Id) => {
    const task = taskOf(options.state(), options.state().runs[id]);
    const { tables, checked } = options.data(task);
    return { tables, forbidden: checked.forbidden, task };
  };
  const workOut = async (id: Id) => {
    const report = await options.report(id);
    if (report === null) return null;
    const predicted = report.predictions === undefined ? {} : { predictions: report.predictions };
    return { predicted, errors: errorsOfRun(predicted, dataOf(id)) };
  };
  const known = (id: Id) => {
    const detail = options.state().runs[id]?.report?.detail;
    if (detail === undefined) return Promise.resolve(null);
    const found = kept.get(detail);
    if (found !== undefined) return found;
    const made = workOut(id);
    kept.set(detail, made);
    // What could not be read is asked for again.
    made.catch(() => kept.delete(detail));
    if (kept.size > KEPT) kept.delete(kept.keys().next().value!);
    return made;
  };
  return {
    errors: async (id) => (await known(id))?.errors ?? { errors: null, classes: null },
    rows: async (id, numbers) => {
      const found = await known(id);
      return found === null ? [] : rowsOfRun(found.predicted, dataOf(id), numbers);
    },
  };
}
