// What a session works on: the question, what it is answered about, and how answers are scored. A course declares it.
// Invariant: nothing here knows a table; every name, class and unit comes from the course.

export type RegressionMeasure = 'rmse' | 'mae' | 'medianAbsoluteError' | 'r2';
export type ClassificationMeasure = 'logLoss' | 'brier' | 'accuracy' | 'balancedAccuracy' | 'f1' | 'rocAuc';
export type ScoreMeasure = RegressionMeasure | ClassificationMeasure;

/** The question a session works on. */
export interface Task {
  /** The id of its course. */
  readonly course: string;
  /** A word, unique within its course. */
  readonly id: string;
  readonly kind: 'regression' | 'classification';
  /** One sentence, such as "Predict the price of a flat from 12 facts about it." */
  readonly sentence: string;
  /** What the table is, for people. */
  readonly dataset: string;
  readonly target: string;
  /** The target's unit; '' where it has none. */
  readonly targetUnit: string;
  /** The classes of a classification, in the order of its probabilities; of two, the second is the positive one. */
  readonly classes: readonly string[];
  /** Columns that no input may come from: the parts of the target, and what is known only after it. */
  readonly forbidden: readonly string[];
  /** The score's name among the metrics of a run: `cv.` and the measure. */
  readonly metric: string;
  readonly measure: ScoreMeasure;
  /** The same for an answer without any model, among the metrics of a run. */
  readonly baselineMetric: string;
  /** The score's unit; '' where it has none. */
  readonly unit: string;
  readonly direction: 'lower' | 'higher';
  /** Of the cross-validation that gives the score. */
  readonly folds: number;
  readonly holdoutFraction: number;
  /** A column whose values are never split: rows of one group are trained on together or tested together; null: none. */
  readonly groups: string | null;
}

/** What a model says about rows. Of a classification, `predicted` is the index of the most probable class. */
export interface Answers {
  readonly predicted: readonly number[];
  /** Classifications only: for each row the probability of each of the task's classes, in their order. */
  readonly probabilities?: readonly (readonly number[])[];
}

/** Out-of-fold predictions: what runs are compared by. All arrays have the same length. */
export interface Predictions extends Answers {
  readonly row: readonly number[];
  readonly fold: readonly number[];
  /** Of a classification, the index of the row's class. */
  readonly actual: readonly number[];
}

/** A value of a column that says what was known only after the outcome: 0 visits of a flat that was withdrawn. */
export interface Marker {
  readonly column: string;
  readonly value: number;
  /** Who has it, for people: 'flats that were withdrawn'. */
  readonly label: string;
  /** Rows in which this column is `is` all have the value. */
  readonly of: string;
  readonly is: number;
}
