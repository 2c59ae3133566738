// Not a stage: answers for rows whose answer nobody knows yet, with the model of the last run.
import { classifierFromJSON, type ModelJson, type ProbabilityRow } from 'pipeline-core';
import { readJson } from 'workshop';
import { type Column, fromRows, type Row, toMatrix } from './row.ts';

const { columns, model } = readJson<{ columns: Column[]; model: ModelJson }>('models/model.json');
const fitted = classifierFromJSON(model);

/** For each row the probability of each class, in their order. */
export function predict(rows: readonly Row[]): readonly ProbabilityRow[] {
  return fitted.predictProba(toMatrix(fromRows(rows, columns), model.names));
}
