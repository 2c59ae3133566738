// Calls every numerical part of pipeline-core: the results must be bit-identical on every engine.

import { drawSyntheticStudents } from '#courses/generators/draw-students.ts';
import {
  accuracy,
  ColumnTransformer,
  calibrationCurve,
  compareRuns,
  crossValidate,
  DecisionTreeClassifier,
  DecisionTreeRegressor,
  DummyClassifier,
  DummyRegressor,
  ElasticNet,
  ElasticNetCV,
  ExtraTreesClassifier,
  ExtraTreesRegressor,
  errorBySlice,
  HistGradientBoostingClassifier,
  HistGradientBoostingRegressor,
  KNeighborsClassifier,
  KNeighborsRegressor,
  LinearRegression,
  LogisticRegression,
  leakAlarm,
  learningCurve,
  MinMaxScaler,
  matrixFromTable,
  medianAbsoluteError,
  OneHotEncoder,
  OrdinalEncoder,
  Pipeline,
  parseCsv,
  partialDependence,
  passFailReport,
  permutationImportance,
  profileTable,
  RandomForestClassifier,
  RandomForestRegressor,
  type Regressor,
  RidgeCV,
  r2,
  repeatedKFold,
  residuals,
  rocAuc,
  SimpleImputer,
  StandardScaler,
  trainTestSplit,
  treeShap,
} from '#pipeline-core';

const NUMBERS = ['age', 'Medu', 'Fedu', 'studytime', 'failures', 'absences', 'goout', 'Walc'];

/** Plain values by name; `text` is the visible table as CSV. */
export function probe(text: string): Record<string, unknown> {
  const table = parseCsv(text);
  const matrix = matrixFromTable(table, NUMBERS);
  // No whole numbers: sums, means and cuts of these round.
  const x = { ...matrix, data: matrix.data.map((value, k) => value / 3 + ((k * 7919) % 1013) / 5000) };
  const y = table.numbers('G3').map((grade, i) => grade * 0.7 + table.numbers('G1')[i]! * 0.3);
  const models: readonly Regressor[] = [
    new DummyRegressor({ strategy: 'median' }),
    new LinearRegression(),
    new RidgeCV({ alphas: [0.3, 3, 30] }),
    new ElasticNet({ alpha: 0.1 }),
    new ElasticNetCV({ l1Ratio: [0.5, 0.9] }),
    new KNeighborsRegressor({ weights: 'distance' }),
    new DecisionTreeRegressor({ minSamplesLeaf: 5 }),
    new RandomForestRegressor({ nEstimators: 10, maxFeatures: 'log2', minSamplesLeaf: 3 }),
    new ExtraTreesRegressor({ nEstimators: 10, minSamplesLeaf: 3 }),
    new HistGradientBoostingRegressor({ maxIter: 30, l2Regularization: 0.7 }),
  ];
  const answers = models.map((model) => ({ kind: model.kind, predicted: [...model.fit(x, y).predict(x)] }));
  const three = Array.from(y, (grade) => (grade < 9 ? 'low' : grade < 12 ? 'middle' : 'high'));
  const classifiers = [
    new DummyClassifier(),
    new LogisticRegression(),
    new LogisticRegression({ penalty: 'l1', C: 0.3, maxIter: 5 }),
    new KNeighborsClassifier({ weights: 'distance' }),
    new DecisionTreeClassifier({ criterion: 'entropy', minSamplesLeaf: 5 }),
    new RandomForestClassifier({ nEstimators: 8 }),
    new ExtraTreesClassifier({ nEstimators: 8, criterion: 'entropy' }),
    new HistGradientBoostingClassifier({ maxIter: 10 }),
  ];
  const losses = (['absolute_error', 'quantile', 'poisson'] as const).map(
    (loss) => new HistGradientBoostingRegressor({ loss, quantile: 0.3, maxIter: 10 }),
  );
  const boosting = new HistGradientBoostingRegressor({ maxIter: 20, maxDepth: 4 }).fit(x, y);
  const words = table.names.filter((name) => table.column(name).kind === 'category');
  const columns = new ColumnTransformer([
    { transformer: new OneHotEncoder({ drop: 'if_binary' }), columns: words.slice(0, 6) },
    { transformer: [new SimpleImputer(), new StandardScaler()], columns: NUMBERS.slice(0, 4) },
    { transformer: new MinMaxScaler(), columns: NUMBERS.slice(4) },
    { transformer: new OrdinalEncoder(), columns: words.slice(6) },
  ]);
  const build = () => new RandomForestRegressor({ nEstimators: 5, minSamplesLeaf: 4 });
  const before = crossValidate({ build, x, y, folds: repeatedKFold(x.rows, { nRepeats: 2, nSplits: 4 }) });
  const after = crossValidate({
    build: () => new LinearRegression(),
    x,
    y,
    folds: repeatedKFold(x.rows, { nRepeats: 2, nSplits: 4 }),
  });
  const { actual, predicted } = before.predictions;
  const synthetic = drawSyntheticStudents(5, 200);
  return {
    answers,
    classes: classifiers.map((model) => [...model.fit(x, three).probabilities(x).data]),
    losses: losses.map((model) => [...model.fit(x, y).predict(x)]),
    encoded: [...columns.fitTransform(table).data],
    pipeline: new Pipeline([columns], new RidgeCV()).fit(table, y).toJSON(),
    split: [...trainTestSplit(x.rows, { stratify: table.cells('school').map(String), randomState: 3 }).test],
    before,
    measures: [
      medianAbsoluteError(actual, predicted),
      r2(actual, predicted),
      accuracy(actual, predicted, { pass: 10 }),
    ],
    auc: rocAuc(actual, predicted, { pass: 10 }),
    passFail: passFailReport(actual, predicted),
    calibration: calibrationCurve(
      actual,
      predicted.map((grade) => Math.min(1, Math.max(0, grade / 20))),
      { strategy: 'quantile', nBins: 7, pass: 10 },
    ),
    comparison: compareRuns(before.predictions, after.predictions),
    slices: errorBySlice({
      actual: y,
      predicted: boosting.predict(x),
      by: { school: table.cells('school').map(String) },
    }),
    importance: permutationImportance({ model: boosting, x, y }),
    dependence: partialDependence({ model: boosting, x, column: 'absences', gridResolution: 9 }),
    shap: treeShap(boosting, { ...x, data: x.data.slice(0, 20 * x.cols), rows: 20 }),
    residuals: residuals(actual, predicted),
    curve: learningCurve({ build, x, y, folds: 3 }),
    profile: profileTable(table),
    leaks: leakAlarm({ inputs: table, target: y, targetName: 'G3' }),
    synthetic: synthetic.rows(),
  };
}
