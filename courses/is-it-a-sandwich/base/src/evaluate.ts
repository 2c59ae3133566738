// How much of its probability does a model give to the right name, for dishes of kitchens it has not seen? Changing this
// file changes how models are compared, not the model.
import { accuracy, DummyClassifier, groupKFold, logLoss, type ProbabilityRow } from 'pipeline-core';
import { params, progress, readCsv, writeCsv, writeJson } from 'workshop';
import { classes, fromTable, shareColumns, toMatrix } from './dish.ts';
import { buildModel, type ModelParams } from './model.ts';

const p = params<ModelParams & { folds: number }>();
const { rows, dishes, kitchens, called } = fromTable(readCsv('data/processed/dishes.csv'));
const pick = <T>(all: readonly T[], which: ArrayLike<number>): T[] => Array.from(which, (i) => all[i]!);
/** Every class has a share, also one that a fold has not seen. */
const whole = (shares: ProbabilityRow) => Object.fromEntries(classes.map((name) => [name, shares[name] ?? 0]));

const foldOf: number[] = [];
const predicted: Record<string, number>[] = [];
const guessed: Record<string, number>[] = [];
let seen = 0;

const folds = groupKFold(kitchens, { nSplits: p.folds, stratify: called });
for (const [fold, { train, test }] of folds.entries()) {
  const x = toMatrix(pick(dishes, train));
  const names = pick(called, train);
  const model = buildModel(p).fit(x, names);
  seen += logLoss(names, model.predictProba(x).map(whole)) / folds.length;
  const answers = model.predictProba(toMatrix(pick(dishes, test), x.names));
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
    actual: called[i],
    predicted: named[i],
    ...shareColumns(predicted[i]!),
  })),
);
writeJson('reports/metrics.json', {
  cv: { logLoss: logLoss(called, predicted), accuracy: accuracy(called, named) },
  train: { logLoss: seen },
  baseline: { logLoss: logLoss(called, guessed), accuracy: accuracy(called, guessed.map(best)) },
});
