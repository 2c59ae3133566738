// Not a stage: answers for students nobody has graded yet, with the model of the last run.
import { type ModelJson, regressorFromJSON } from 'pipeline-core';
import { readJson } from 'workshop';
import { type Column, parse, type Row, toMatrix } from './student.ts';

const { columns, features, model } = readJson<{ columns: Column[]; features: string[]; model: ModelJson }>(
  'models/model.json',
);
const fitted = regressorFromJSON(model);

/** One predicted grade for each row, in their order. */
export function predict(rows: readonly Row[]): number[] {
  const students = rows.map((row) => parse(row, columns));
  return Array.from(fitted.predict(toMatrix(students, features)));
}
