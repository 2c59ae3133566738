// How far off are we on students the model has not seen? Each one is predicted by a model that learned from the
// other folds only (cross-validation). Changing this file changes how models are compared, not the model.
import { kFold, mae, rmse } from 'pipeline-core';
import { params, progress, readCsv, writeCsv, writeJson } from 'workshop';
import { buildModel, type ModelParams } from './model.ts';
import { baseline, fromTable, toMatrix } from './student.ts';

const p = params<ModelParams & { folds: number }>();
const { rows, students, grades } = fromTable(readCsv('data/processed/students.csv'));
const pick = <T>(all: readonly T[], rows: ArrayLike<number>): T[] => Array.from(rows, (i) => all[i]!);

const foldOf: number[] = [];
const predicted: number[] = [];
const guessed: number[] = [];
const seenErrors: number[] = [];

const folds = kFold(students, { nSplits: p.folds, randomState: p.seed });
for (const [fold, { train, test }] of folds.entries()) {
  const seen = toMatrix(pick(students, train));
  const seenGrades = pick(grades, train);
  const model = buildModel(p).fit(seen, seenGrades);
  const guess = baseline(seenGrades);

  seenErrors.push(rmse(seenGrades, model.predict(seen)));
  const answers = model.predict(toMatrix(pick(students, test), seen.names));
  for (const [k, i] of test.entries()) {
    foldOf[i] = fold;
    predicted[i] = answers[k]!;
    guessed[i] = guess(students[i]!);
  }
  progress((fold + 1) / folds.length);
}

writeCsv(
  'reports/predictions.csv',
  rows.map((row, i) => ({ row, fold: foldOf[i], actual: grades[i], predicted: predicted[i] })),
);
writeJson('reports/metrics.json', {
  cv: { rmse: rmse(grades, predicted), mae: mae(grades, predicted) },
  train: { rmse: seenErrors.reduce((sum, error) => sum + error, 0) / seenErrors.length },
  baseline: { rmse: rmse(grades, guessed) },
});
