// Learns from every dish we can see. What is saved here is what answers in the What-if form.
import { featureRanges, inputSample } from 'pipeline-core';
import { params, readCsv, writeCsv, writeJson } from 'workshop';
import { fromTable, shareColumns, toMatrix } from './dish.ts';
import { buildModel, type ModelParams } from './model.ts';

const { columns, rows, dishes, called } = fromTable(readCsv('data/processed/dishes.csv'));
const x = toMatrix(dishes);
const p = params<ModelParams>();
const model = buildModel(p).fit(x, called);
writeJson('models/model.json', { columns, features: x.names, model });

// For the check that predict.ts answers exactly as this model does.
const fitted = model.predictProba(x);
writeCsv(
  'models/fitted.csv',
  rows.map((row, i) => ({ row, ...shareColumns(fitted[i]!) })),
);
// For the check that no feature is the same for every dish.
writeCsv('models/features.csv', featureRanges(x));
// For the check that no input holds the answer.
writeCsv('models/inputs.csv', inputSample(x, rows));
console.log(`${p.model} learned from ${dishes.length} dishes`);
