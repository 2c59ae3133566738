// Questions to the model of the newest successful run: what if a row were like this, and what pushed that answer?
// Invariant: a restart of the server loses no model: the first prediction after it has the sandbox restore the model. A run
// that was struck answers nothing, also while the model that takes its place is being restored.
import { NoModel, type Pool, PredictUnavailable, RowsRefused } from '#sandbox/index.ts';
import type { SessionState } from '#session-core/model/state.ts';
import type { Id } from '#session-core/model/types.ts';
import { newestServable, taskOf } from '#session-core/rules/run.ts';
import type { LiveSession } from '../session-api.ts';
import type { Explanations } from './explanations.ts';

type AskedRow = Readonly<Record<string, string | number>>;

export function createModelQuestions(options: {
  readonly session: string;
  readonly pool: Pool;
  readonly state: () => SessionState;
  readonly explanations: Explanations;
  /** Resolves to false where there is nothing to serve. */
  restoreModel(): Promise<boolean>;
}): Pick<LiveSession, 'predict' | 'pushes'> {
  const { session, pool, state, explanations, restoreModel } = options;
  let restored = false;
  const isStruck = (run: Id) => state().runs[run]?.struck !== undefined;

  /** `ask`: asks the model that is served, and says of which run it is. */
  function question<T extends { readonly run: Id }>(ask: (row: AskedRow) => Promise<T>) {
    const counted = async (row: AskedRow): Promise<T> => {
      const answer = await ask(row);
      if (!isStruck(answer.run)) return answer;
      const other = (await restoreModel()) ? await ask(row) : answer;
      if (isStruck(other.run)) throw new PredictUnavailable('The run whose model would answer was struck');
      return other;
    };
    return async (row: AskedRow): Promise<T> => {
      try {
        return await counted(row);
      } catch (error) {
        if (!(error instanceof PredictUnavailable) || error instanceof RowsRefused) throw error;
        // Once is enough, for from then on every run leaves its model in the sandbox; but the machine of that may be gone.
        // Any other reason passes: it is asked once more.
        if ((!restored || error instanceof NoModel) && !(await restoreModel())) throw error;
        restored = true;
        return counted(row);
      }
    };
  }

  return {
    predict: question(async (row): ReturnType<LiveSession['predict']> => {
      const { runId: run, predicted, probabilities } = await pool.predict(session, [row]);
      const prediction = predicted[0] ?? Number.NaN;
      const shares = probabilities?.[0];
      if (shares === undefined) return { prediction, run };
      const { classes } = taskOf(state(), state().runs[run]);
      return {
        prediction: classes[prediction] ?? '',
        probabilities: Object.fromEntries(classes.map((name, k) => [name, shares[k] ?? 0])),
        run,
      };
    }),
    pushes: question(async (row) => {
      const { runId, ...found } = await explanations.pushes(row, newestServable(state())?.[0]);
      return { ...found, run: runId };
    }),
  };
}
