// Prints the scores of the recipes on the real table: STUDENT_DATA=<folder> node tests/reports/recipe-scores.ts [seeds]
// 10-fold cross-validation on all rows with the checkpoints' own code, beside what was measured once with
// scikit-learn and prototypes (+-0.02).
import { join } from 'node:path';
import { parseCsv, toCsv } from '#pipeline-core';
import { readTable } from '#sandbox/data/read-table.ts';
import { RECIPES, scoreRecipe } from '#tests/support/recipe-steps.ts';
import { studentSchema } from '#tests/support/student-course.ts';
import type { Cells } from '#tests/support/workspace-modules.ts';

const EXPECTED: Readonly<Record<string, number>> = {
  mean: 2.84,
  start: 2.71,
  '+ failures': 2.53,
  '+ Medu, Fedu': 2.49,
  '+ higher': 2.44,
  '+ school': 2.38,
  forest: 2.3,
  boosting: 2.307,
  average: 2.285,
  'knn 5': 2.72,
  'full tree': 3.34,
  'tree of depth 3': 2.4,
  'boosting as it is at the start': 2.39,
  'second question': 1.71,
};

const folder = process.env['STUDENT_DATA'];
if (!folder) {
  console.log(
    'Set STUDENT_DATA to the folder that holds student-por.csv: nothing can be scored without the real table.',
  );
} else {
  const table = readTable(join(folder, 'student-por.csv'), studentSchema);
  const rows = parseCsv(toCsv(table)).rows() as Cells[];
  const seeds = Array.from({ length: Number(process.argv[2] ?? 3) }, (_, i) => i + 1);
  console.log(`${rows.length} students, 10-fold, mean and range of ${seeds.length} seeds`);
  console.log(`${'recipe'.padEnd(36)}  cv.rmse            of baseline  train.rmse  expected     ms`);
  for (const recipe of RECIPES) {
    const began = performance.now();
    const scores = seeds.map((seed) => scoreRecipe(recipe, rows, { seed, folds: 10 }));
    const ms = (performance.now() - began) / seeds.length;
    const mean = (of: (score: (typeof scores)[number]) => number): number =>
      scores.reduce((sum, score) => sum + of(score), 0) / scores.length;
    const all = scores.map((score) => score.cv);
    console.log(
      [
        recipe.name.padEnd(36),
        `${mean((s) => s.cv).toFixed(3)} (${Math.min(...all).toFixed(2)}..${Math.max(...all).toFixed(2)})`,
        mean((s) => s.cv / s.baseline)
          .toFixed(3)
          .padStart(11),
        mean((s) => s.train)
          .toFixed(3)
          .padStart(10),
        (EXPECTED[recipe.name]?.toFixed(3) ?? '').padStart(9),
        ms.toFixed(0).padStart(6),
      ].join('  '),
    );
  }
}
