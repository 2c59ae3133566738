// What a room's stages commonly do, run once while the snapshot is taken: V8 keeps the bytecode of every function
// that ran, so a stage begins with the libraries compiled. The realm it runs in is thrown away.
// RUNS IN isolate (build)
import type * as Core from '#pipeline-core';
import type { Post, StageSpec } from './stage.ts';
import type { Workshop } from './workshop.ts';

interface House {
  // biome-ignore lint/suspicious/noExplicitAny: danfojs is untyped
  readonly libraries: { readonly danfojs: any; readonly 'pipeline-core': typeof Core; readonly workshop: Workshop };
  open(post: Post, spec: StageSpec): void;
  end(): void;
}

const house = (globalThis as unknown as { __house: House }).__house;
const { danfojs, 'pipeline-core': core, workshop } = house.libraries;
/** Steps that no longer fit the libraries, by name: the build says so. */
const failed: string[] = [];

function step(name: string, run: () => void): void {
  try {
    run();
  } catch (error) {
    failed.push(`${name}: ${(error as Error).message}`);
  }
}

const WORDS = ['yes', 'no', 'other'];
const csv = ['age,failures,absences,school,job,grade']
  .concat(
    Array.from(
      { length: 80 },
      (_, i) => `${15 + (i % 7)},${i % 4},${(i * 7) % 30},${WORDS[i % 2]},${WORDS[i % 3]},${5 + ((i * 13) % 14)}`,
    ),
  )
  .join('\n');

house.open(() => {}, {
  stage: 'warm',
  seed: 1,
  files: ['data.csv', csv],
  writable: ['out.csv', 'out.json'],
  known: ['data.csv'],
  paramsJson: '{"model": "ridge", "folds": 5}',
  logLines: 500,
  logBytes: 65_536,
  outBytes: 1_000_000,
});

interface Row {
  readonly [column: string]: string | number;
}
const console_ = (
  globalThis as unknown as { console: { log(...values: unknown[]): void; table(value: unknown): void } }
).console;
const rows = workshop.readCsv<Row>('data.csv');
const names = ['age', 'failures', 'absences'];
const x = rows.map((row) => names.map((name) => Number(row[name])));
const y = rows.map((row) => Number(row['grade']));

step('workshop', () => {
  workshop.params();
  workshop.progress(0.5);
  workshop.writeCsv(
    'out.csv',
    rows.map((row, i) => ({ row: i, ...row })),
  );
  workshop.writeJson('out.json', { cv: { rmse: 1.5 } });
  workshop.readJson('out.json');
  console_.log('rows', rows.length, { a: [1, { b: 2 }] });
  console_.table(rows.slice(0, 3));
});
step('frames', () => {
  const df = new danfojs.DataFrame(rows);
  df.describe().print();
  console_.table(df.head());
  df.loc({ columns: names }).mean().print();
  df.query(df.age.gt(16)).groupby(['school']).col(['grade']).mean().print();
  danfojs.getDummies(df, { columns: ['job'] }).drop({ columns: ['grade'] });
  df.addColumn('twice', df.grade.mul(2)).sortValues('twice').copy();
  danfojs.concat({ dfList: [df.head(2), df.tail(2)], axis: 0 });
  new danfojs.StandardScaler().fit(df.loc({ columns: names })).transform(df.loc({ columns: names }));
  df.corr();
  danfojs.toCSV(df);
});
step('splits and metrics', () => {
  for (const { train, test } of core.kFold(rows.length, { nSplits: 5, shuffle: true, randomState: 42 })) {
    core.rmse(
      Array.from(test, (i) => y[i]!),
      Array.from(test, () => train.length),
    );
  }
  core.mae(y, y);
});
const models: readonly (() => Core.Regressor)[] = [
  () => new core.DummyRegressor(),
  () => new core.LinearRegression(),
  () => new core.Ridge({ alpha: 1 }),
  () => new core.KNeighborsRegressor({ nNeighbors: 5 }),
  () => new core.DecisionTreeRegressor({ maxDepth: 3 }),
  () => new core.RandomForestRegressor({ nEstimators: 3, maxFeatures: 0.5, minSamplesLeaf: 2, randomState: 1 }),
  () => new core.HistGradientBoostingRegressor({ maxIter: 3, maxDepth: 3, randomState: 1 }),
  () => new core.VotingRegressor({ estimators: [['ridge', new core.Ridge({ alpha: 1 })]] }),
];
for (const make of models) {
  step('models', () => {
    const model = make();
    const data = Float64Array.from(x.flat());
    model
      .fit({ data, rows: x.length, cols: names.length, names }, y)
      .predict({ data, rows: x.length, cols: names.length, names });
    core
      .regressorFromJSON(JSON.parse(JSON.stringify(model)) as Core.ModelJson)
      .predict({ data, rows: x.length, cols: names.length, names });
  });
}
house.end();
(globalThis as unknown as { __warmed: string })['__warmed'] = failed.join('; ');
