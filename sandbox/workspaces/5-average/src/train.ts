// Learns from every student we can see. What is saved here is what answers in the What-if form.
import { params, readCsv, writeJson } from 'workshop';
import { buildModel, type ModelParams } from './model.ts';
import { fromTable, toMatrix } from './student.ts';

const { columns, students, grades } = fromTable(readCsv('data/processed/students.csv'));
const model = buildModel(params<ModelParams>()).fit(toMatrix(students), grades);

console.log(`${model.kind} learned from ${students.length} students`);
writeJson('models/model.json', { columns, model });
