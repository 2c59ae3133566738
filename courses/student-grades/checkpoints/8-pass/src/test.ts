// Is everything as we think it is? What fails here is shown beside the score, and does not change it. Add a test for
// whatever you would hate to get wrong.
import { expect, readCsv, test } from 'workshop';
import { predict } from './predict.ts';
import { classes, fromTable } from './student.ts';

const table = readCsv('data/processed/students.csv');
const { columns, rows, passed } = fromTable(table);
const predictions = readCsv<{ row: number; fold: number; actual: string }>('reports/predictions.csv');

test('everybody passed or failed', () => {
  for (const name of passed) expect(classes).toContain(name);
});

test('the grades are not among the inputs', () => {
  for (const grade of ['G1', 'G2', 'G3']) expect(columns).not.toContain(grade);
});

test('the folds do not overlap: every student is predicted once', () => {
  expect(predictions.map(({ row }) => row).toSorted((a, b) => a - b)).toEqual(rows.toSorted((a, b) => a - b));
});

test('each fold has its share of those who failed', () => {
  const failed = Map.groupBy(predictions, ({ fold }) => fold);
  const counts = [...failed.values()].map((all) => all.filter(({ actual }) => actual === 'fail').length);
  expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
});

test('predict gives probabilities that add up to 1', () => {
  for (const shares of predict(table)) {
    expect(Object.values(shares).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
  }
});
