// `npm run bench:cost`: what boosting and forest cost at 1k, 10k and 100k rows of synthetic data. Goal: no faster than n log n,
// printed as the time over n log n, 1 at the smallest size. Last line: JSON.

import { drawSyntheticStudents } from '#courses/generators/draw-students.ts';
import { HistGradientBoostingRegressor, RandomForestRegressor, type Regressor } from '#pipeline-core';
import { questionOf } from './student-table.ts';

const SIZES = [1000, 10_000, 100_000];
const MODELS: Readonly<Record<string, () => Regressor>> = {
  'boosting, 100 trees': () => new HistGradientBoostingRegressor({ earlyStopping: false }),
  'forest, 10 trees, a third of the columns': () => new RandomForestRegressor({ nEstimators: 10, maxFeatures: 1 / 3 }),
};

const questions = SIZES.map((rows) => questionOf(drawSyntheticStudents(1, rows), 'average_grade'));
const models = Object.entries(MODELS).map(([name, build]) => {
  for (let k = 0; k < 3; k++) build().fit(questions[0]!.x, questions[0]!.y);
  const costs = questions.map(({ x, y }) => {
    const times = Array.from({ length: x.rows > 10_000 ? 1 : 3 }, () => {
      const start = performance.now();
      build().fit(x, y);
      return performance.now() - start;
    });
    const ms = Math.min(...times);
    return { rows: x.rows, ms, perRow: ms / (x.rows * Math.log2(x.rows)) };
  });
  const sizes = costs.map(({ rows, ms, perRow }) => ({ rows, ms, overNLogN: perRow / costs[0]!.perRow }));
  console.log(name);
  for (const { rows, ms, overNLogN } of sizes) {
    console.log(
      `${String(rows).padStart(8)} rows ${ms.toFixed(0).padStart(7)} ms   ${overNLogN.toFixed(2)} of n log n`,
    );
  }
  return { name, sizes: sizes };
});
console.log(JSON.stringify({ models }));
