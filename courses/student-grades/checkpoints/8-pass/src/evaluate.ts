// How much of its probability does a model give to the right answer, for students it has not seen? Changing this
// file changes how models are compared, not the model.
import { crossValidate, DummyClassifier, kFold } from 'pipeline-core';
import { params, progress, readCsv, writeCsv, writeJson } from 'workshop';
import { buildModel, type ModelParams } from './model.ts';
import { fromTable, shareColumns, toMatrix } from './student.ts';

const p = params<ModelParams & { folds: number }>();
const { rows, students, passed } = fromTable(readCsv('data/processed/students.csv'));
const x = toMatrix(students);

// Each fold has its share of those who failed.
const folds = kFold(students, { nSplits: p.folds, randomState: p.seed, stratify: passed });
const scored = { x, y: passed, folds };
const { classes, pooled, train, predictions } = crossValidate({
  ...scored,
  build: () => buildModel(p),
  onProgress: progress,
});
// What one would say without any model: how often each class occurs.
const baseline = crossValidate({ ...scored, build: () => new DummyClassifier() });

const { row, fold, predicted, probabilities = [] } = predictions;
writeCsv(
  'reports/predictions.csv',
  row.map((i, k) => ({
    row: rows[i],
    fold: fold[k],
    actual: passed[i],
    predicted: classes[predicted[k]!],
    ...shareColumns(Object.fromEntries(classes.map((name, c) => [name, probabilities[k]![c]!]))),
  })),
);
writeJson('reports/metrics.json', {
  cv: pooled,
  train: { logLoss: train['logLoss'] },
  baseline: baseline.pooled,
});
