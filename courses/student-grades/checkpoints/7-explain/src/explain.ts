// What does the model lean on, and which way? Two tables that dvc.yaml draws as charts: make another the same way.
import { kFold, partialDependence, permutationImportance } from 'pipeline-core';
import { params, readCsv, writeCsv } from 'workshop';
import { buildModel, type ModelParams } from './model.ts';
import { fromTable, toMatrix } from './student.ts';

const p = params<ModelParams & { folds: number; explain: { column: string; repeats: number } }>();
const { students, grades } = fromTable(readCsv('data/processed/students.csv'));

// One fold stays unseen: on students that the model learned from, what it memorized would look important.
const { train, test } = kFold(students, { nSplits: p.folds, randomState: p.seed })[0]!;
const pick = <T>(all: readonly T[], rows: ArrayLike<number>): T[] => Array.from(rows, (i) => all[i]!);
const seen = toMatrix(pick(students, train));
const x = toMatrix(pick(students, test), seen.names);
const model = buildModel(p).fit(seen, pick(grades, train));

// How much worse does it get when a column is shuffled? The words of one column are shuffled together.
const groups: Record<string, number[]> = {};
for (const [j, name] of x.names.entries()) {
  const column = name.split('=')[0]!;
  groups[column] = [...(groups[column] ?? []), j];
}
const y = pick(grades, test);
const { columns } = permutationImportance({ model, x, y, groups, nRepeats: p.explain.repeats, randomState: p.seed });
const important = columns.toSorted((a, b) => b.mean - a.mean).slice(0, 12);
writeCsv(
  'reports/importance.csv',
  important.map(({ column, mean }) => ({ rise: mean, column })),
);
console.log(
  `The model leans most on ${important
    .slice(0, 3)
    .map(({ column }) => column)
    .join(', ')}`,
);

// What does it answer on average as one column moves and all else stays?
const { grid, average } = partialDependence({ model, x, column: p.explain.column });
writeCsv(
  'reports/dependence.csv',
  grid.map((value, k) => ({ value, predicted: average[k] })),
);
