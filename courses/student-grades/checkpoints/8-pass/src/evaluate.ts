// How much of its probability does a model give to the right answer, for students it has not seen? Changing this
// file changes how models are compared, not the model.
import { accuracy, DummyClassifier, kFold, logLoss, type ProbabilityRow } from 'pipeline-core';
import { params, progress, readCsv, writeCsv, writeJson } from 'workshop';
import { buildModel, type ModelParams } from './model.ts';
import { classes, fromTable, shareColumns, toMatrix } from './student.ts';

const p = params<ModelParams & { folds: number }>();
const { rows, students, passed } = fromTable(readCsv('data/processed/students.csv'));
const pick = <T>(all: readonly T[], which: ArrayLike<number>): T[] => Array.from(which, (i) => all[i]!);
/** Every class has a share, also one that a fold has not seen. */
const whole = (shares: ProbabilityRow) => Object.fromEntries(classes.map((name) => [name, shares[name] ?? 0]));

const foldOf: number[] = [];
const predicted: Record<string, number>[] = [];
const guessed: Record<string, number>[] = [];
let seen = 0;

// Each fold has its share of those who failed.
const folds = kFold(students, { nSplits: p.folds, randomState: p.seed, stratify: passed });
for (const [fold, { train, test }] of folds.entries()) {
  const x = toMatrix(pick(students, train));
  const names = pick(passed, train);
  const model = buildModel(p).fit(x, names);
  seen += logLoss(names, model.predictProba(x).map(whole)) / folds.length;
  const answers = model.predictProba(toMatrix(pick(students, test), x.names));
  const [often] = new DummyClassifier().fit(x, names).predictProba([
    pick(
      [0],
      x.names.map(() => 0),
    ),
  ]);
  for (const [k, i] of test.entries()) {
    foldOf[i] = fold;
    predicted[i] = whole(answers[k]!);
    guessed[i] = whole(often!);
  }
  progress((fold + 1) / folds.length);
}
const best = (shares: Record<string, number>) => classes.reduce((a, b) => (shares[b]! > shares[a]! ? b : a));
const named = predicted.map(best);

writeCsv(
  'reports/predictions.csv',
  rows.map((row, i) => ({
    row,
    fold: foldOf[i],
    actual: passed[i],
    predicted: named[i],
    ...shareColumns(predicted[i]!),
  })),
);
writeJson('reports/metrics.json', {
  cv: { logLoss: logLoss(passed, predicted), accuracy: accuracy(passed, named) },
  train: { logLoss: seen },
  baseline: { logLoss: logLoss(passed, guessed), accuracy: accuracy(passed, guessed.map(best)) },
});
