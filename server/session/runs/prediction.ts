// Predictions by the model of the newest successful run: what if a row were like this?
// Invariant: a restart of the server loses no model: the first prediction after it has the sandbox restore the model. A run
// that was struck answers nothing, also while the model that takes its place is being restored.
import { type Pool, PredictUnavailable, RowsRefused } from '#sandbox/index.ts';
import type { Id } from '#session-core/model/types.ts';
import type { LiveSession } from '../session-api.ts';

export interface PredictionOptions {
  readonly session: string;
  readonly pool: Pool;
  /** Resolves to false where there is nothing to serve. */
  restoreModel(): Promise<boolean>;
  isStruck(run: Id): boolean;
  /** Of the task of the run; none: it asks for numbers. */
  classesOf(run: Id): readonly string[];
}

export function createPrediction(options: PredictionOptions): LiveSession['predict'] {
  const { session, pool, restoreModel, isStruck, classesOf } = options;
  let restoring: Promise<boolean> | null = null;

  const predict: LiveSession['predict'] = async (row) => {
    const { runId: run, predicted, probabilities } = await pool.predict(session, [row]);
    const prediction = predicted[0] ?? Number.NaN;
    const shares = probabilities?.[0];
    if (shares === undefined) return { prediction, run };
    const classes = classesOf(run);
    return {
      prediction: classes[prediction] ?? '',
      probabilities: Object.fromEntries(classes.map((name, k) => [name, shares[k] ?? 0])),
      run,
    };
  };
  const counted: LiveSession['predict'] = async (row) => {
    const answer = await predict(row);
    if (!isStruck(answer.run)) return answer;
    const other = (await restoreModel()) ? await predict(row) : answer;
    if (isStruck(other.run)) throw new PredictUnavailable('The run whose model would answer was struck');
    return other;
  };
  return async (row) => {
    try {
      return await counted(row);
    } catch (error) {
      if (!(error instanceof PredictUnavailable) || error instanceof RowsRefused) throw error;
      restoring ??= restoreModel();
      // Once is enough: from then on every run leaves its model in the sandbox.
      if (await restoring) return counted(row);
      restoring = null;
      throw error;
    }
  };
}
