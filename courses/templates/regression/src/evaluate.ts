// How far off are we on rows the model has not seen? Each one is predicted by a model that learned from the other folds
// only (cross-validation). Changing this file changes how models are compared, not the model.
import { crossValidate, DummyRegressor, type Regressor, tableFromColumns } from 'pipeline-core';
import { params, progress, readTable, writeCsv, writeJson } from 'workshop';
import { buildModel, type ModelParams } from './model.ts';
import { fromTable } from './row.ts';

const p = params<ModelParams & { folds: number }>();
const { rows, x, targets } = fromTable(readTable('data/processed/table.csv'));
const scored = (build: () => Regressor) =>
  crossValidate({ build, x, y: targets, folds: p.folds, seed: p.seed, onProgress: progress });

const { pooled, train, predictions } = scored(() => buildModel(p));
// What one would say without any model: the mean of the rows seen.
const baseline = scored(() => new DummyRegressor());

writeCsv('reports/predictions.csv', tableFromColumns({ ...predictions, row: predictions.row.map((i) => rows[i]!) }));
writeJson('reports/metrics.json', {
  cv: pooled,
  train: { rmse: train['rmse'] },
  baseline: { rmse: baseline.pooled['rmse'], mae: baseline.pooled['mae'] },
});
