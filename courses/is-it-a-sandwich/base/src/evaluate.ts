// How much of its probability does a model give to the right name, for dishes of kitchens it has not seen? Changing this
// file changes how models are compared, not the model.
import { crossValidate, DummyClassifier, groupKFold } from 'pipeline-core';
import { params, progress, readCsv, writeCsv, writeJson } from 'workshop';
import { fromTable, shareColumns, toMatrix } from './dish.ts';
import { buildModel, type ModelParams } from './model.ts';

const p = params<ModelParams & { folds: number }>();
const { rows, dishes, kitchens, called } = fromTable(readCsv('data/processed/dishes.csv'));
const x = toMatrix(dishes);

const folds = groupKFold(kitchens, { nSplits: p.folds, stratify: called });
const scored = { x, y: called, folds };
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
    actual: called[i],
    predicted: classes[predicted[k]!],
    ...shareColumns(Object.fromEntries(classes.map((name, c) => [name, probabilities[k]![c]!]))),
  })),
);
writeJson('reports/metrics.json', {
  cv: pooled,
  train: { logLoss: train['logLoss'] },
  baseline: baseline.pooled,
});
