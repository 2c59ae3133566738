// Not a stage: answers for rows whose answer nobody knows yet, with the model of the last run.
import { type ModelJson, regressorFromJSON } from 'pipeline-core';
import { readJson } from 'workshop';
import { type Column, fromRows, type Row, toMatrix } from './row.ts';

const { columns, model } = readJson<{ columns: Column[]; model: ModelJson }>('models/model.json');
const fitted = regressorFromJSON(model);

/** One prediction for each row, in their order. */
export function predict(rows: readonly Row[]): number[] {
  return Array.from(fitted.predict(toMatrix(fromRows(rows, columns), model.names)));
}
