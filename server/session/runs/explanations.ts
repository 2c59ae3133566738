// What the models of main runs go by: worked out in the sandbox after each run, and again for an older one when somebody
// asks; the learning curve of a run when somebody asks; what pushed one answer.
import {
  type Explained,
  type Job,
  keptCurve,
  keptExplanation,
  type LearningCurve,
  type Pool,
  type RowPushes,
} from '#sandbox/index.ts';
import type { Run } from '#session-core/model/state.ts';
import type { Id } from '#session-core/model/types.ts';
import type { ProgressMessage } from '#session-core/protocol/progress.ts';
import type { SessionReadings } from '../session-api.ts';
import { createKeptWork, type KeptWork, type Reading, storedWork } from './kept-work.ts';

export interface Explanations {
  readonly model: KeptWork<Explained>;
  readonly curve: KeptWork<LearningCurve>;
  readonly readings: Pick<SessionReadings, 'explanation' | 'learningCurve'>;
  /** What pushed the answer of the served model for a row; `served`: the run whose model it is. */
  pushes(row: Readonly<Record<string, string | number>>, served: Id | undefined): Promise<RowPushes>;
}

const KEPT_PUSHES = 200;

/** Of a session that is in nobody's memory. */
export const storedExplanations = (reading: Reading) => ({
  explanation: (run: Id) => storedWork(reading, keptExplanation, run),
  learningCurve: (run: Id) => storedWork(reading, keptCurve, run),
});

export function createExplanations(
  options: Reading & {
    readonly session: string;
    readonly pool: Pool;
    readonly jobOf: (id: Id, run: Run) => Promise<Job>;
    readonly progress: (message: ProgressMessage) => void;
    failed(what: string, error: unknown): void;
  },
): Explanations {
  const { session, pool, state, data, progress } = options;
  const model = createKeptWork<Explained>({
    ...options,
    stored: keptExplanation,
    start: (job, onPart) => pool.explain(job, onPart),
    progress: (run, share) => progress({ run, type: 'explained', share }),
    failed: (error) => options.failed('explain_failed', error),
  });
  const curve = createKeptWork<LearningCurve>({
    ...options,
    stored: keptCurve,
    start: (job, onPart) => pool.learningCurve(job, onPart),
    progress: (run, share) => progress({ run, type: 'curve', share }),
    failed: (error) => options.failed('curve_failed', error),
  });
  const pushed = new Map<string, RowPushes>();

  return {
    model,
    curve,
    readings: { explanation: model.of, learningCurve: curve.of },
    async pushes(row, served) {
      const task = state().task;
      const { tables, checked } = data(task);
      const csv = Object.entries(tables).find(([path]) => path.endsWith('.csv'))?.[1] ?? '';
      const asked = `${served} ${JSON.stringify(row)}`;
      const known = pushed.get(asked);
      if (known?.runId === served && known !== undefined) return known;
      const explained = served === undefined ? null : (await model.of(served)).value;
      const used = explained?.importance.filter((one) => one.used).map(({ column }) => column);
      const forbidden = [...new Set([...checked.forbidden, checked.target])];
      const found = await pool.pushes({ sessionId: session, row, csv, forbidden, ...(used ? { used } : {}) });
      pushed.set(asked, found);
      if (pushed.size > KEPT_PUSHES) pushed.delete(pushed.keys().next().value!);
      return found;
    },
  };
}
