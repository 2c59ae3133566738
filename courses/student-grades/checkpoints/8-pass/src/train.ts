// Learns from every student we can see. What is saved here is what answers in the What-if form.
import { featureRanges, inputSample } from 'pipeline-core';
import { params, readCsv, writeCsv, writeJson } from 'workshop';
import { buildModel, type ModelParams } from './model.ts';
import { fromTable, shareColumns, toMatrix } from './student.ts';

const { columns, rows, students, passed } = fromTable(readCsv('data/processed/students.csv'));
const x = toMatrix(students);
const p = params<ModelParams>();
const model = buildModel(p).fit(x, passed);
writeJson('models/model.json', { columns, features: x.names, model });

// For the check that predict.ts answers exactly as this model does.
const fitted = model.predictProba(x);
writeCsv(
  'models/fitted.csv',
  rows.map((row, i) => ({ row, ...shareColumns(fitted[i]!) })),
);
// For the check that no feature is the same for everybody.
writeCsv('models/features.csv', featureRanges(x));
// For the check that no input holds the answer.
writeCsv('models/inputs.csv', inputSample(x, rows));
console.log(`${p.model} learned from ${students.length} students`);
