// How far off are we on students the model has not seen? Each one is predicted by a model that learned from the
// other folds only (cross-validation). Changing this file changes how models are compared, not the model.
import { crossValidate, kFold, mae, rmse } from 'pipeline-core';
import { params, progress, readCsv, writeCsv, writeJson } from 'workshop';
import { buildModel, type ModelParams } from './model.ts';
import { baseline, fromTable, toMatrix } from './student.ts';

const p = params<ModelParams & { folds: number }>();
const { rows, students, grades } = fromTable(readCsv('data/processed/students.csv'));

const folds = kFold(students, { nSplits: p.folds, randomState: p.seed });
const { predictions, pooled, train } = crossValidate({
  build: () => buildModel(p),
  x: toMatrix(students),
  y: grades,
  folds,
  measures: { rmse, mae },
  onProgress: progress,
});

const guessed: number[] = [];
for (const { train, test } of folds) {
  const guess = baseline(Array.from(train, (i) => grades[i]!));
  for (const i of test) guessed[i] = guess(students[i]!);
}

const { row, fold, actual, predicted } = predictions;
writeCsv(
  'reports/predictions.csv',
  row.map((i, k) => ({ row: rows[i], fold: fold[k], actual: actual[k], predicted: predicted[k] })),
);
writeJson('reports/metrics.json', {
  cv: pooled,
  train: { rmse: train['rmse'] },
  baseline: { rmse: rmse(grades, guessed) },
});
