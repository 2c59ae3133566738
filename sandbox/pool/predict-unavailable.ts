// Why a session's model has no answer, in sentences for people.

/** Why `predict` has no answer; the message is for people. */
export class PredictUnavailable extends Error {
  override readonly name: string = 'PredictUnavailable';
}

/** Nothing is served for the session: where a run has succeeded, its model has to be made again. */
export class NoModel extends PredictUnavailable {}

/** There is a model, and it has no answer for these rows. */
export class RowsRefused extends PredictUnavailable {
  override readonly name = 'RowsRefused';
}
