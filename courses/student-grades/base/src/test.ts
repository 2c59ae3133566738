// Is everything as we think it is? What fails here is shown beside the score, and does not change it. Add a test for
// whatever you would hate to get wrong.
import { rmse } from 'pipeline-core';
import { expect, readCsv, readJson, test } from 'workshop';
import { predict } from './predict.ts';
import { fromTable } from './student.ts';

const table = readCsv('data/processed/students.csv');
const { columns, rows, grades } = fromTable(table);
const predictions = readCsv<Record<'row' | 'fold' | 'actual' | 'predicted', number>>('reports/predictions.csv');

test('the target is not among the inputs', () => {
  for (const column of columns) expect(table.map((row) => row[column])).not.toEqual(grades);
});

test('no value is missing', () => {
  for (const row of table) expect(Object.values(row)).not.toContain(null);
});

test('every grade is between 0 and 20', () => {
  expect(Math.min(...grades)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...grades)).toBeLessThanOrEqual(20);
});

test('the folds do not overlap: every student is predicted once', () => {
  expect(predictions.map(({ row }) => row).toSorted((a, b) => a - b)).toEqual(rows.toSorted((a, b) => a - b));
});

test('the score is the error of these predictions', () => {
  const { cv } = readJson<{ cv: { rmse: number } }>('reports/metrics.json');
  const [actual, predicted] = [predictions.map((one) => one.actual), predictions.map((one) => one.predicted)];
  expect(cv.rmse).toBeCloseTo(rmse(actual, predicted), 6);
});

test('predict answers with a finite number for everybody', () => {
  const answers = predict(table);
  expect(answers).toHaveLength(table.length);
  for (const answer of answers) expect(Number.isFinite(answer)).toBe(true);
});
