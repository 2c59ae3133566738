// The recipes that a workshop tries one after another, as changes of checkpoints, and their scores on any table: cross-validation with the
// checkpoint's own features and models, as its src/evaluate.ts does it.
import { kFold, rmse } from '#pipeline-core';
import { type Cells, type CheckpointParams, loadCheckpoint } from './workspace-modules.ts';

export interface Recipe {
  readonly name: string;
  readonly checkpoint: string;
  /** Columns switched on besides the checkpoint's. */
  readonly on?: readonly string[];
  /** Other values of params.yaml, whole groups. */
  readonly params?: Readonly<Record<string, unknown>>;
}

const step = (name: string, ...on: string[]): Recipe => ({ name, checkpoint: '1-start', on });
const tap = (name: string, params: Recipe['params'] & object): Recipe => ({ name, checkpoint: '2-columns', params });

export const RECIPES: readonly Recipe[] = [
  { name: 'mean', checkpoint: '0-mean' },
  { name: 'start', checkpoint: '1-start' },
  step('+ failures', 'failures'),
  step('+ Medu, Fedu', 'failures', 'Medu', 'Fedu'),
  step('+ higher', 'failures', 'Medu', 'Fedu', 'higher'),
  step('+ school', 'failures', 'Medu', 'Fedu', 'higher', 'school'),
  { name: 'ridge on all columns', checkpoint: '2-columns' },
  { name: 'forest', checkpoint: '3-forest' },
  { name: 'boosting', checkpoint: '4-boosting' },
  { name: 'average', checkpoint: '5-average' },
  tap('knn 5', { model: 'knn', knn: { neighbors: 5, scaled: false } }),
  tap('knn 5 scaled', { model: 'knn', knn: { neighbors: 5, scaled: true } }),
  tap('knn 25 scaled', { model: 'knn', knn: { neighbors: 25, scaled: true } }),
  tap('ridge of alpha 1', { ridge: { alpha: 1 } }),
  tap('full tree', { model: 'tree', tree: { depth: 30, leaf: 1 } }),
  tap('tree of depth 3', { model: 'tree', tree: { depth: 3, leaf: 1 } }),
  tap('forest as it is at the start', { model: 'forest', forest: { trees: 10, features: 1, leaf: 1 } }),
  tap('boosting as it is at the start', {
    model: 'boosting',
    boosting: { trees: 100, rate: 0.1, depth: 30, leaf: 20 },
  }),
  { name: 'second question', checkpoint: '6-second-question' },
];

export interface Score {
  readonly cv: number;
  readonly train: number;
  readonly baseline: number;
}

/** A column of the table, or the mean of the three grades. */
const targetOf = (row: Cells, name: string): number =>
  Number(row[name] ?? (Number(row['G1']) + Number(row['G2']) + Number(row['G3'])) / 3);

/** Scores in the target's unit. `seed` decides folds and models. */
export function scoreRecipe(recipe: Recipe, rows: readonly Cells[], options: { seed: number; folds: number }): Score {
  const { student, buildModel, params } = loadCheckpoint(recipe.checkpoint);
  const p: CheckpointParams = { ...params, ...recipe.params, ...options };
  const on = Object.keys(p.columns).filter((name) => p.columns[name] || recipe.on?.includes(name));
  const students = rows.map((row) => student.parse(row, on));
  const grades = rows.map((row) => targetOf(row, student.targetName));
  const predicted: number[] = [];
  const guessed: number[] = [];
  let train = 0;
  for (const fold of kFold(students, { nSplits: p.folds, randomState: p.seed })) {
    const seen = student.toMatrix(Array.from(fold.train, (i) => students[i]!));
    const seenGrades = Array.from(fold.train, (i) => grades[i]!);
    const model = buildModel(p).fit(seen, seenGrades);
    const guess = student.baseline(seenGrades);
    const answers = model.predict(
      student.toMatrix(
        Array.from(fold.test, (i) => students[i]!),
        seen.names,
      ),
    );
    fold.test.forEach((i, k) => {
      predicted[i] = answers[k]!;
      guessed[i] = guess(students[i]!);
    });
    train += rmse(seenGrades, model.predict(seen));
  }
  return { cv: rmse(grades, predicted), train: train / p.folds, baseline: rmse(grades, guessed) };
}
