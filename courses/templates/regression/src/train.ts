// Learns from every row we can see. What is saved here is what answers in the What-if form.
import { featureRanges, inputSample, tableFromColumns } from 'pipeline-core';
import { params, readTable, writeCsv, writeJson } from 'workshop';
import { buildModel, type ModelParams } from './model.ts';
import { fromTable } from './row.ts';

const { columns, rows, x, targets } = fromTable(readTable('data/processed/table.csv'));
const model = buildModel(params<ModelParams>()).fit(x, targets);
writeJson('models/model.json', { columns, model });

// For the check that predict.ts answers exactly as this model does.
writeCsv('models/fitted.csv', tableFromColumns({ row: rows, predicted: model.predict(x) }));
// For the check that no feature is the same in every row.
writeCsv('models/features.csv', featureRanges(x));
// For the check that no input holds the answer.
writeCsv('models/inputs.csv', inputSample(x, rows));
console.log(`${model.kind} learned from ${rows.length} rows`);
