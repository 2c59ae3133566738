// Questions to the model that is served: what if a student were like this?
// Invariant: a restart of the server takes the model from nobody: the first question after it has the sandbox serve the last
// good run again.
import { type Pool, PredictUnavailable, RowsRefused } from '#sandbox/index.ts';
import type { LiveSession } from './session-api.ts';

export interface PredictionOptions {
  readonly session: string;
  readonly pool: Pool;
  /** Resolves to false where there is nothing to serve. */
  serveAgain(): Promise<boolean>;
}

export function createPrediction({ session, pool, serveAgain }: PredictionOptions): LiveSession['predict'] {
  let again: Promise<boolean> | null = null;

  const ask: LiveSession['predict'] = async (row) => {
    const { runId, predictions } = await pool.predict(session, [row]);
    return { prediction: predictions[0] ?? Number.NaN, run: runId };
  };
  return async (row) => {
    try {
      return await ask(row);
    } catch (error) {
      if (!(error instanceof PredictUnavailable) || error instanceof RowsRefused) throw error;
      again ??= serveAgain();
      // Once is enough: from then on the sandbox knows of every run.
      if (await again) return ask(row);
      again = null;
      throw error;
    }
  };
}
