// Not a stage: answers for rows whose answer nobody knows yet, with the model of the last run.
import { classifierFromJSON, type ModelJson, type ProbabilityRow } from 'pipeline-core';
import { readJson } from 'workshop';
import { type Column, parse, type Row, toMatrix } from './row.ts';

const { columns, model } = readJson<{ columns: Column[]; model: ModelJson }>('models/model.json');
const fitted = classifierFromJSON(model);

/** For each row the probability of each class, in their order. */
export function predict(rows: readonly Row[]): readonly ProbabilityRow[] {
  const items = rows.map((row) => parse(row, columns));
  return fitted.predictProba(toMatrix(items, model.names));
}
