// A stage that draws charts of its own, as a suggestion brings it: its code, and its lines of dvc.yaml.
export const EXPLAIN = `// What does the model look at, and would more students help?
import { learningCurve, partialDependence, permutationImportance } from 'pipeline-core';
import { params, readCsv, writeCsv } from 'workshop';
import { buildModel, type ModelParams } from './model.ts';
import { fromTable, toMatrix } from './student.ts';

const p = params<ModelParams>();
const { students, grades } = fromTable(readCsv('data/processed/students.csv'));
const x = toMatrix(students);
const curve = learningCurve({ build: () => buildModel(p), x, y: grades });
writeCsv(
  'reports/learning.csv',
  curve.points.flatMap(({ trainRows, train, test }) => [
    { students: trainRows, on: 'seen', rmse: train.mean },
    { students: trainRows, on: 'unseen', rmse: test.mean },
  ]),
);
const model = buildModel(p).fit(x, grades);
const { columns } = permutationImportance({ model, x, y: grades });
writeCsv('reports/importance.csv', columns.map(({ column, mean }) => ({ column, rise: mean })));
const { grid, average } = partialDependence({ model, x, column: 'absences' });
writeCsv('reports/absences.csv', grid.map((value, i) => ({ absences: value, grade: average[i]! })));
`;
export const STAGE = `
  explain:
    cmd: node src/explain.ts
    deps:
      - data/processed/students.csv
      - src/explain.ts
      - src/model.ts
      - src/student.ts
    params:
      - model
      - ridge
      - knn
      - tree
      - forest
      - boosting
      - seed
    plots:
      - reports/learning.csv:
          x: students
          y: rmse
          title: Would more students help?
          x_label: Students to learn from
          y_label: Typical error (grade points)
      - reports/importance.csv:
          x: column
          y: rise
          title: What the model looks at
          x_label: Column
          y_label: Rise of the error when the column is shuffled (grade points)
      - reports/absences.csv:
          x: absences
          y: grade
          title: Lessons missed and the predicted grade
          x_label: Lessons missed
          y_label: Mean predicted grade (points, 0 to 20)
`;
