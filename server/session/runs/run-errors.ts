// Where the predictions of each run are wrong, worked out when somebody asks and kept, since a whole session asks at once.
// Invariant: one run is worked out once, however many ask; only visible rows are in it.
import type { RunReport, Task } from '#pipeline-core/core/report.ts';
import { errorsOfRun } from '#sandbox/index.ts';
import type { SessionState } from '#session-core/model/state.ts';
import type { Id } from '#session-core/model/types.ts';
import { taskOf } from '#session-core/rules/run.ts';
import type { RunErrors } from '../session-api.ts';
import type { SessionData } from '../session-courses.ts';

const KEPT = 12;

export function createRunErrors(options: {
  readonly state: () => SessionState;
  readonly data: (task: Task) => SessionData;
  readonly report: (run: Id) => Promise<RunReport | null>;
}): (run: Id) => Promise<RunErrors> {
  /** By the report, newest last. */
  const kept = new Map<string, Promise<RunErrors>>();
  const workOut = async (id: Id): Promise<RunErrors> => {
    const report = await options.report(id);
    if (report === null) return null;
    const task = taskOf(options.state(), options.state().runs[id]);
    const { tables, checked } = options.data(task);
    return errorsOfRun(report, { tables, forbidden: checked.forbidden, kind: task.kind });
  };
  return (id) => {
    const detail = options.state().runs[id]?.report?.detail;
    if (detail === undefined) return Promise.resolve(null);
    const known = kept.get(detail);
    if (known !== undefined) return known;
    const made = workOut(id);
    kept.set(detail, made);
    // What could not be read is asked for again.
    made.catch(() => kept.delete(detail));
    if (kept.size > KEPT) kept.delete(kept.keys().next().value!);
    return made;
  };
}
