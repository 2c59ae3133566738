// What a workspace's stages commonly do, run by the runner before the workspace's code comes: functions that ran are compiled
// and know the shapes they meet. Once while the snapshot is taken (it keeps the bytecode), and once in each isolate
// that waits for a stage (a stage's own code then takes half the time).
// Invariant: it leaves nothing behind that a stage could see; equal inputs give equal outs with or without it.
import type * as Core from '#pipeline-core';
import type { Stage, StageSpec } from './stage.ts';
import type { Workshop } from './workshop.ts';

export interface Libraries {
  // biome-ignore lint/suspicious/noExplicitAny: danfojs is untyped
  readonly danfojs: any;
  readonly 'pipeline-core': typeof Core;
  readonly workshop: Workshop;
}

interface Row {
  readonly [column: string]: string | number;
}

// As many rows as a session's table has: loops are compiled by how often they turn.
const ROWS = 520;
const FEW = 60;
const WORDS = ['yes', 'no', 'other'];
const NAMES = ['age', 'failures', 'absences'];

/** The stage that is rehearsed. */
export function rehearsedStage(): StageSpec {
  const lines = ['age,failures,absences,school,job,target'];
  for (let i = 0; i < ROWS; i++) {
    lines.push(`${15 + (i % 7)},${i % 4},${(i * 7) % 30},${WORDS[i % 2]},${WORDS[i % 3]},${(5 + ((i * 13) % 14)) / 3}`);
  }
  return {
    stage: 'rehearsal',
    seed: 1,
    files: ['data.csv', lines.join('\n')],
    writable: ['out.csv', 'out.json'],
    known: ['data.csv'],
    paramsJson: '{"model": "ridge", "folds": 5}',
    undeclared: [],
    logLines: 500,
    logBytes: 65_536,
    outBytes: 1_000_000,
  };
}

/** Needs an open stage (`rehearsedStage`). Returns the steps that no longer fit the libraries, '' when all do. */
export function rehearse({ danfojs, 'pipeline-core': core, workshop }: Libraries, stage: Stage): string {
  const failed: string[] = [];
  const step = (name: string, run: () => void): void => {
    try {
      run();
    } catch (error) {
      failed.push(`${name}: ${(error as Error).message}`);
    }
  };
  const rows = workshop.readCsv<Row>('data.csv');
  const x = core.matrixFromRows(
    rows.map((row) => NAMES.map((name) => Number(row[name]))),
    NAMES,
  );
  const y = rows.map((row) => Number(row['target']));
  step('workshop', () => {
    workshop.params();
    workshop.progress(0.5);
    workshop.writeCsv(
      'out.csv',
      rows.map((row, i) => ({ row: i, ...row })),
    );
    workshop.writeJson('out.json', { cv: { rmse: 1.5 } });
    workshop.readJson('out.json');
    stage.log(['rows', rows.length, { a: [1, { b: 2 }] }]);
  });
  step('columns', () => {
    const table = workshop.readTable('data.csv');
    workshop.writeCsv('out.csv', table);
    core.matrixFromColumns(new Map(NAMES.map((name) => [name, table.numbers(name)])));
  });
  step('expectations', () => {
    workshop.expect(y.map((value) => value)).toEqual(y);
    workshop.expect(y).not.toContain(null);
    workshop.expect(y[0]).toBeCloseTo(y[0]!);
  });
  step('frames', () => {
    const all = new danfojs.DataFrame(rows);
    stage.log([all.describe().toString(), all.loc({ columns: NAMES }).mean().toString()]);
    all
      .assign({ row: all.index, twice: (d: { target: { add(other: unknown): unknown } }) => d.target.add(d.target) })
      .loc({
        columns: ['row', ...NAMES],
      });
    const df = all.head(FEW);
    df.query(df.age.gt(16)).groupby(['school']).col(['target']).mean().toString();
    danfojs.getDummies(df, { columns: ['job'] }).drop({ columns: ['target'] });
    df.addColumn('twice', df.target.mul(2)).sortValues('twice').copy();
    danfojs.concat({ dfList: [df.head(2), df.tail(2)], axis: 0 });
    new danfojs.StandardScaler().fit(df.loc({ columns: NAMES })).transform(df.loc({ columns: NAMES }));
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
    core.crossValidate({ build: () => new core.Pipeline([], new core.Ridge()), x, y, measures: { rmse: core.rmse } });
  });
  for (const make of models(core)) {
    step('models', () => {
      const model = make().fit(x, y);
      model.predict(x);
      core.regressorFromJSON(JSON.parse(JSON.stringify(model)) as Core.ModelJson).predict(x);
    });
  }
  return failed.join('; ');
}

function models(core: typeof Core): readonly (() => Core.Regressor)[] {
  return [
    () => new core.DummyRegressor(),
    () => new core.LinearRegression(),
    () => new core.Ridge({ alpha: 1 }),
    () => new core.DecisionTreeRegressor({ maxDepth: 3 }),
    () => new core.RandomForestRegressor({ nEstimators: 3, maxFeatures: 0.5, minSamplesLeaf: 2, randomState: 1 }),
    () => new core.HistGradientBoostingRegressor({ maxIter: 3, maxDepth: 3, randomState: 1 }),
    () => new core.VotingRegressor({ estimators: [['ridge', new core.Ridge({ alpha: 1 })]] }),
  ];
}
