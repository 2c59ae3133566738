// How sure are we of the right class on rows the model has not seen? Each one is predicted by a model that learned from
// the other folds only (cross-validation). Changing this file changes how models are compared, not the model.
import { type Classifier, crossValidate, DummyClassifier, tableFromColumns } from 'pipeline-core';
import { params, progress, readTable, writeCsv, writeJson } from 'workshop';
import { buildModel, type ModelParams } from './model.ts';
import { fromTable } from './row.ts';

const p = params<ModelParams & { folds: number }>();
const { rows, x, targets } = fromTable(readTable('data/processed/table.csv'));
const scored = (build: () => Classifier) =>
  crossValidate({ build, x, y: targets, folds: p.folds, seed: p.seed, onProgress: progress });

const { classes, pooled, predictions } = scored(() => buildModel(p));
// What one would say without any model: how often each class occurs.
const baseline = scored(() => new DummyClassifier());

const probabilities = classes.map((name, c) => [`p=${name}`, predictions.probabilities?.map((row) => row[c]) ?? []]);
writeCsv(
  'reports/predictions.csv',
  tableFromColumns({
    row: predictions.row.map((i) => rows[i]),
    fold: predictions.fold,
    actual: predictions.row.map((i) => targets[i]),
    predicted: predictions.predicted.map((code) => classes[code]),
    ...Object.fromEntries(probabilities),
  }),
);
writeJson('reports/metrics.json', {
  cv: pooled,
  baseline: baseline.pooled,
});
