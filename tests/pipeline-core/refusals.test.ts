// What people write without a compiler: every slip ends in a sentence that says what, which and what to do.
import { describe, expect, it } from 'vitest';
import * as core from '#pipeline-core';
import { PipelineError, Ridge, tableFromColumns } from '#pipeline-core';

// The participants' code is stripped of its types, not checked by them.
// biome-ignore lint/suspicious/noExplicitAny: calls that the compiler would refuse are what is tested
const loose = core as any;
const x = [
  [1, 2],
  [3, 4],
  [5, 7],
  [2, 2],
];
const y = [1, 2, 3, 4];
const ridge = new Ridge().fit(x, y);
const build = () => new Ridge();
const table = tableFromColumns({ a: [1, 2, 3, 4], b: [2, 1, 2, 1] });

const slips: readonly (readonly [slip: string, act: () => unknown, sentence: string])[] = [
  [
    'no inputs',
    () => loose.Ridge.prototype.fit.call(new Ridge(), undefined, y),
    'Inputs must be rows of numbers such as [[1, 2], [3, 4]], a Matrix or a Table, but they are undefined.',
  ],
  [
    'a table of words for a model',
    () => new Ridge().fit(tableFromColumns({ a: ['p', 'q', 'p', 'q'] }), y),
    'Column "a" holds category, not numbers. Encode it first (OneHotEncoder, OrdinalEncoder).',
  ],
  [
    'no target',
    () => new loose.Ridge().fit(x),
    'The target must be a list of numbers, one for each of the 4 rows, but it is undefined.',
  ],
  [
    'one list for rows',
    () => new Ridge().fit([1, 2] as never, [1, 2]),
    'Row 1 is 1, not a list: give one list a row, [[1], [2]] for a single column.',
  ],
  [
    'a word',
    () => new Ridge().fit([['GP']] as never, [1]),
    'Row 1, column number 1, is "GP", not a finite number: fill in missing values and encode text before fitting.',
  ],
  [
    'a gap',
    () => new Ridge().fit([[1, Number.NaN]], [1]),
    'Row 1, column number 2, is NaN, not a finite number: fill in missing values and encode text before fitting.',
  ],
  [
    'other columns',
    () => ridge.predict([[1]]),
    'Ridge was fitted on 2 columns but is asked about 1: give the same columns in the same order.',
  ],
  [
    'other columns by name',
    () => new Ridge().fit({ data: Float64Array.from(x.flat()), rows: 4, cols: 2, names: ['a', 'b'] }, y).predict([[1]]),
    'Ridge was fitted on 2 columns (a, b) but is asked about 1: give the same columns in the same order.',
  ],
  [
    'parameters in a list',
    () => new loose.VotingRegressor([['a', ridge]]),
    'VotingRegressor takes its parameters as one object, {estimators: ...}, but is given a list of 1.',
  ],
  [
    'no parameters at all',
    () => new loose.Ridge(null),
    'Ridge takes its parameters as one object, {alpha: ...}, but is given null.',
  ],
  [
    'text for JSON',
    () => loose.regressorFromJSON('{}'),
    'A saved model is given as a text: give regressorFromJSON(JSON.parse(text)).',
  ],
  ['nothing for JSON', () => loose.regressorFromJSON(undefined), 'There is no model of the kind "undefined".'],
  [
    'a cut model',
    () => loose.regressorFromJSON({ ...ridge.toJSON(), state: {} }),
    'This saved model of the kind Ridge is damaged or incomplete: save it again with toJSON().',
  ],
  [
    'a cut tree',
    () => loose.regressorFromJSON({ ...new core.DecisionTreeRegressor().fit(x, y).toJSON(), state: { trees: [{}] } }),
    'This saved model of the kind DecisionTreeRegressor is damaged or incomplete: save it again with toJSON().',
  ],
  [
    'a cut step',
    () => loose.transformerFromJSON({ ...new core.OneHotEncoder().fit(x).toJSON(), state: {} }),
    'This saved OneHotEncoder lacks what it learned: save it again with toJSON().',
  ],
  [
    'no rows for a step',
    () => new core.StandardScaler().fit([]),
    'There are no rows to learn from: fit needs at least one.',
  ],
  [
    'no rows for an encoder',
    () => new core.OneHotEncoder().fit([]),
    'There are no rows to learn from: fit needs at least one.',
  ],
  [
    'ragged words',
    () => new core.OneHotEncoder().fit([['a', 'b'], ['a']]),
    'Row 2 has 1 values, but the rows before it have 2.',
  ],
  ['nothing for a step', () => new loose.StandardScaler().fit(), 'Inputs must be a Table, a Matrix or rows of cells'],
  ['no predictions', () => loose.rmse(y), 'The predictions must be a list of numbers, one a row, but there is none.'],
  ['no actual values', () => loose.accuracy(undefined, y), 'There are 0 actual values but 4 predictions'],
  [
    'weights for a measure of classes',
    () => loose.f1([1, 0], [1, 0], { sampleWeight: [1, 2] }),
    'f1 takes no sampleWeight: rows count alike here; rmse, mae and r2 take weights, and so do fit and score of a model.',
  ],
  [
    'rows with names for a model',
    () => new loose.Ridge().fit([{ a: 1 }, { a: 2 }], [1, 2]),
    'Row 1 is a record with names: make one table of all rows, tableFromRows(rows), or one matrix, matrixFromRecords(rows).',
  ],
  [
    'rows with names for a step',
    () => new loose.StandardScaler().fit([{ a: 1 }, { a: 2 }]),
    'Row 1 is a record with names: make one table of all rows, tableFromRows(rows), or one matrix, matrixFromRecords(rows).',
  ],
  [
    'lists for records',
    () => loose.matrixFromRecords([[1, 2], [3]]),
    'The features of row 1 must be names and numbers such as { age: 17 }, but they are a list of 2: write matrixFromRows(rows).',
  ],
  [
    'the parts as in Python',
    () => new loose.ColumnTransformer([['num', new loose.StandardScaler(), ['a']]]),
    "A part of a ColumnTransformer must be as in [{ transformer: new StandardScaler(), columns: ['age'] }], but it is",
  ],
  [
    'parts under a name',
    () => new loose.ColumnTransformer({ transformers: [] }),
    'The parts of a ColumnTransformer must be a list such as',
  ],
  [
    'a part without a step',
    () => new loose.ColumnTransformer([{ transformer: 'drop', columns: ['a'] }]),
    'transformer must be a step such as new StandardScaler(), a list of them, or \'passthrough\', but it is "drop".',
  ],
  [
    'an option of a ColumnTransformer',
    () => new loose.ColumnTransformer([], { remainders: 'passthrough' }),
    'ColumnTransformer has no parameter "remainders". Did you mean remainder?',
  ],
  [
    'weights by their name in Python',
    () => new loose.Ridge().fit(x, y, { sample_weight: [1, 1, 1, 0] }),
    'fit has no parameter "sample_weight". Did you mean sampleWeight?',
  ],
  [
    'weights as a third list',
    () => new loose.RandomForestRegressor().fit(x, y, [1, 1, 1, 0]),
    'fit takes its parameters as one object, {sampleWeight: ...}, but is given a list of 4.',
  ],
  [
    'weights of a model that takes none',
    () => new loose.KNeighborsRegressor().fit(x, y, { weights: [1, 1, 1, 0] }),
    'KNeighborsRegressor has no parameter "weights". It knows onProgress, shouldStop.',
  ],
  [
    'misspelt weights of a measure',
    () => loose.mae([1, 2], [1, 3], { sampleWeights: [1, 0] }),
    'mae has no parameter "sampleWeights". Did you mean sampleWeight?',
  ],
  [
    'an option that a measure does not have',
    () => loose.accuracy(['a', 'b'], ['a', 'a'], { average: 'macro' }),
    'accuracy has no parameter "average". It knows pass.',
  ],
  [
    'bins of a curve',
    () => loose.calibrationCurve([1, 0], [0.1, 0.9], { bins: 3 }),
    'calibrationCurve has no parameter "bins". Did you mean nBins?',
  ],
  [
    'a class named twice',
    () => loose.classConfusion(['a', 'b'], ['a', 'b'], ['a', 'a', 'b']),
    'The class "a" is named twice: each class has one row and one column.',
  ],
  [
    'a strategy',
    () => loose.calibrationCurve([1, 0], [0.1, 0.9], { strategy: 'even' }),
    'strategy must be one of uniform, quantile, but it is "even".',
  ],
  [
    'a split parameter',
    () => loose.kFold(10, { nsplits: 3 }),
    'kFold has no parameter "nsplits". Did you mean nSplits?',
  ],
  [
    'a snake',
    () => loose.trainTestSplit(10, { test_size: 0.5 }),
    'trainTestSplit has no parameter "test_size". Did you mean testSize?',
  ],
  [
    'a repeat',
    () => loose.repeatedKFold(10, { repeats: 2 }),
    'repeatedKFold has no parameter "repeats". Did you mean nRepeats?',
  ],
  ['a model to validate', () => loose.crossValidate({ model: ridge, x, y }), 'crossValidate has no parameter "model".'],
  [
    'a model for build',
    () => loose.crossValidate({ build: ridge, x, y }),
    'build must be a function such as () => new Ridge(), but it is',
  ],
  [
    'too few targets',
    () => core.crossValidate({ build, x, y: [1, 2] }),
    'There are 4 rows of inputs but 2 target values: they must be as many.',
  ],
  [
    'too few targets for a table',
    () => core.crossValidate({ build: () => new core.Pipeline([], new Ridge()), x: table, y: [1, 2], folds: 2 }),
    'There are 4 rows of inputs but 2 target values: they must be as many.',
  ],
  [
    'a learning curve',
    () => loose.learningCurve({ build, x, y, size: [1] }),
    'learningCurve has no parameter "size". Did you mean sizes?',
  ],
  [
    'no clock',
    () => loose.search({ x, y, budgetMs: 10 }),
    'now must be a function such as () => performance.now(), but it is null.',
  ],
  [
    'a repeat of importance',
    () => loose.permutationImportance({ model: ridge, x, y, repeats: 3 }),
    'permutationImportance has no parameter "repeats". Did you mean nRepeats?',
  ],
  [
    'a grid',
    () => loose.partialDependence({ model: ridge, x, column: 0, gridresolution: 3 }),
    'partialDependence has no parameter "gridresolution". Did you mean gridResolution?',
  ],
  [
    'no tree',
    () => loose.treeShap(ridge, x),
    'treeShap explains trees, forests and boosting, not Ridge: ask permutationImportance or partialDependence about other models.',
  ],
  [
    'a pipeline',
    () => loose.treeShap(new core.Pipeline([], ridge), x),
    'treeShap(pipeline.model, pipeline.transform(rows))',
  ],
];

describe('a slip ends in a sentence', () => {
  it.each(slips)('%s', (_, act, sentence) => {
    let thrown: unknown;
    try {
      act();
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(PipelineError);
    expect((thrown as PipelineError).message).toContain(sentence);
  });
});
