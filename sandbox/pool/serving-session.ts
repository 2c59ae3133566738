// What the predictors know of one session: its model, its child, and who waits for an answer.
import type { Child } from '../child-process/child-process.ts';
import type { Predicted, Row } from '../protocol/job.ts';
import type { ModelToExplain } from '../runner/run-context.ts';
import type { PredictUnavailable } from './predict-unavailable.ts';

/** What a session serves: everything `src/predict.ts` may read. */
export interface ServedModel extends ModelToExplain {
  readonly runId: string;
}

export interface Call {
  readonly rows: readonly Row[];
  readonly resolve: (answer: Predicted) => void;
  readonly reject: (error: PredictUnavailable) => void;
}

export interface Piece {
  readonly work: (child: Child, model: ServedModel) => Promise<void>;
  readonly reject: (error: PredictUnavailable) => void;
}

export interface ServingSession {
  model: ServedModel;
  child: Promise<Child> | undefined;
  /** The `child` that has loaded the model, once it has. */
  opened: Promise<Child> | undefined;
  calls: Call[];
  /** Work that needs the child for itself, between two batches. */
  pieces: Piece[];
  gathering: boolean;
  idle: NodeJS.Timeout | undefined;
  warming: NodeJS.Timeout | undefined;
}
