// How sure are we of the right class on rows the model has not seen? Each one is predicted by a model that learned from
// the other folds only (cross-validation). Changing this file changes how models are compared, not the model.
import { type Classifier, crossValidate, DummyClassifier } from 'pipeline-core';
import { params, progress, readCsv, writeCsv, writeJson } from 'workshop';
import { buildModel, type ModelParams } from './model.ts';
import { fromTable } from './row.ts';

const p = params<ModelParams & { folds: number }>();
const { rows, x, targets } = fromTable(readCsv('data/processed/table.csv'));
const scored = (build: () => Classifier) =>
  crossValidate({ build, x, y: targets, folds: p.folds, seed: p.seed, onProgress: progress });

const { classes, pooled, predictions } = scored(() => buildModel(p));
// What one would say without any model: how often each class occurs.
const baseline = scored(() => new DummyClassifier());

writeCsv(
  'reports/predictions.csv',
  predictions.row.map((i, k) => ({
    row: rows[i],
    fold: predictions.fold[k],
    actual: targets[i],
    predicted: classes[predictions.predicted[k]!],
    ...Object.fromEntries(classes.map((name, c) => [`p=${name}`, predictions.probabilities?.[k]?.[c]])),
  })),
);
writeJson('reports/metrics.json', {
  cv: pooled,
  baseline: baseline.pooled,
});
