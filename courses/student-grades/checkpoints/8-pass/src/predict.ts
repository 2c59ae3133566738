// Not a stage: answers for students nobody has graded yet, with the model of the last run.
import { type Classifier, type ModelJson, modelFromJSON, type ProbabilityRow } from 'pipeline-core';
import { readJson } from 'workshop';
import { type Column, parse, type Row, toMatrix } from './student.ts';

const { columns, features, model } = readJson<{ columns: Column[]; features: string[]; model: ModelJson }>(
  'models/model.json',
);
const fitted = modelFromJSON(model) as Classifier;

/** The probability to fail and to pass, one record for each row, in their order. */
export function predict(rows: readonly Row[]): ProbabilityRow[] {
  const students = rows.map((row) => parse(row, columns));
  return fitted.predictProba(toMatrix(students, features));
}
