// Learns from every row we can see. What is saved here is what answers in the What-if form.
import { featureRanges, inputSample, tableFromColumns } from 'pipeline-core';
import { params, readTable, writeCsv, writeJson } from 'workshop';
import { buildModel, type ModelParams } from './model.ts';
import { classes, fromTable } from './row.ts';

const { columns, rows, x, targets } = fromTable(readTable('data/processed/table.csv'));
const model = buildModel(params<ModelParams>()).fit(x, targets);
writeJson('models/model.json', { columns, model });

// For the check that predict.ts answers exactly as this model does.
const fitted = model.predictProba(x);
const probabilities = classes.map((name) => [`p=${name}`, fitted.map((row) => row[name] ?? 0)] as const);
writeCsv('models/fitted.csv', tableFromColumns({ row: rows, ...Object.fromEntries(probabilities) }));
// For the check that no feature is the same in every row.
writeCsv('models/features.csv', featureRanges(x));
// For the check that no input holds the answer.
writeCsv('models/inputs.csv', inputSample(x, rows));
console.log(`${model.kind} learned from ${rows.length} rows`);
