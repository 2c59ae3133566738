// danfojs in the isolate against pandas: 261 answers that tests/reference/pandas/write-expected.py wrote down, and a
// sentence with the way wherever something is not there or not possible.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DanfojsIsolate, openDanfojsIsolate } from '../danfojs-isolate.ts';

const REFERENCE = join(import.meta.dirname, '../../reference/pandas');
const expected = JSON.parse(readFileSync(join(REFERENCE, 'expected.json'), 'utf8')) as Record<string, unknown>;

let isolate: DanfojsIsolate;
beforeAll(async () => {
  isolate = await openDanfojsIsolate();
});
afterAll(() => isolate.close());

it('answers every case as pandas does, to nine digits', async () => {
  const cases = readFileSync(join(REFERENCE, 'cases.js'), 'utf8');
  const found = (await isolate.run('result = answers(dfd);', cases)) as Record<string, unknown>;
  expect(Object.keys(found).sort()).toEqual(Object.keys(expected).sort());
  const apart = Object.keys(expected).filter((name) => !same(found[name], expected[name]));
  expect(apart.map((name) => ({ name, found: found[name], expected: expected[name] }))).toEqual([]);
});

it('answers to every name that pandas has at its top: it works, or says what is written here', async () => {
  const names = JSON.parse(readFileSync(join(REFERENCE, 'names.json'), 'utf8')) as string[];
  const spellings = names.flatMap((name) => [
    name,
    name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
  ]);
  const asked = `result = ${JSON.stringify([...new Set(spellings)])}.map((name) => {
    try {
      const found = (dfd as any)[name];
      found(); // a class of ours wants 'new', a function of ours its arguments
      return name + ': answers';
    } catch (error) {
      return name + ': ' + (error as Error).message;
    }
  });`;
  const said = (await isolate.run(asked)) as string[];
  expect(said.length).toBeGreaterThan(150);
  expect(said.filter((line) => /is not a function/.test(line))).toEqual([]);
  expect(said.filter((line) => /^to_?[nN]umeric/.test(line))).toEqual([
    'to_numeric: danfojs has no to_numeric(): write series.map(Number)',
    'toNumeric: danfojs has no toNumeric(): write series.map(Number)',
  ]);
});

it.each([
  'new (dfd as any).Timestamp("2020-01-01")',
  '(dfd as any).Timestamp.now()',
  '(dfd as any).options.display.max_rows = 9',
])('%s says what is written here', async (code) => {
  await expect(isolate.run(`${code};`)).rejects.toThrow(/danfojs has no (Timestamp|options).*: write /);
});

function same(a: unknown, b: unknown): boolean {
  if (typeof a === 'number' && typeof b === 'number') return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b));
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => same(item, b[i]));
  return JSON.stringify(a) === JSON.stringify(b);
}

const STUDENTS = `const df: any = new DataFrame({
  school: ['GP', 'MS', 'GP', null], age: [17, NaN, 15, 16], G3: [10, 12, undefined, 8],
});
`;

describe('what the package does silently wrong', () => {
  it.each([
    [
      'records keep their keys',
      'result = new DataFrame([{ a: 1, b: 2 }, { b: 3, a: 4 }, { a: 5 }]).values',
      [
        [1, 2],
        [4, 3],
        [5, null],
      ],
    ],
    [
      'a mask chooses rows of a sorted frame',
      "const s = df.sortValues('age'); result = s.query(s.age.gt(15)).index",
      [3, 0],
    ],
    [
      'a mask chooses values of a sorted Series',
      'const s = df.age.sortValues(); result = s.loc(s.gt(15)).values',
      [16, 17],
    ],
    [
      'apply sees missing cells in their places',
      'result = df.apply((row: any) => [row[2] ?? null, row.age, row.length]).values',
      [
        [10, 17, 3],
        [12, null, 3],
        [null, 15, 3],
        [8, 16, 3],
      ],
    ],
    [
      'null is no number',
      'result = [new Series([null, 1]).add(1).values, new Series([null, 1]).lt(5).values, new DataFrame({ a: [null, 1] }).add(1).values]',
      [
        [null, 2],
        [false, true],
        [[null], [2]],
      ],
    ],
    [
      'keys with a dash stay apart',
      "result = new DataFrame({ a: ['x-y', 'x'], b: ['z', 'y-z'], n: [1, 2] }).groupby(['a', 'b']).sum().shape",
      [2, 3],
    ],
    [
      'fillNa, asType and dropDuplicates leave the source alone',
      "df.fillNa(0, { columns: ['age'] }); df.asType('G3', 'string'); df.school.dropDuplicates({ keep: 'last' }); result = [df.values, df.index]",
      [
        [
          ['GP', 17, 10],
          ['MS', null, 12],
          ['GP', 15, null],
          [null, 16, 8],
        ],
        [0, 1, 2, 3],
      ],
    ],
    [
      'types come from all rows',
      'result = new DataFrame({ a: [...Array.from({ length: 20 }, (_, i) => i), "x"] }).dtypes',
      ['string'],
    ],
    ['a Series may begin with a missing value', 'result = new Series([undefined, 2]).mean()', 2],
    [
      'no row is left: columns and statistics stay',
      "const none = df.query('age > 99'); result = [none.columns, none.shape, none.groupby('school').mean().columns, none.age.sum(), none.describe().values[0]]",
      [['school', 'age', 'G3'], [0, 3], ['school', 'age_mean', 'G3_mean'], 0, [0, 0]],
    ],
    [
      'empty frames',
      'result = [new DataFrame({}).shape, new DataFrame({ a: [] }).mean().values, new Series([]).nUnique()]',
      [[0, 0], [null], 0],
    ],
    [
      'merge keeps keys apart',
      "result = dfd.merge({ left: new DataFrame({ a: ['x_y'], b: ['z'], n: [1] }), right: new DataFrame({ a: ['x'], b: ['y_z'], m: [2] }), on: ['a', 'b'] }).shape",
      [0, 4],
    ],
    [
      'valueCounts of words like constructor',
      "result = new Series(['constructor', 'constructor', 'b']).valueCounts().values",
      [2, 1],
    ],
    [
      'scalers pass over missing values',
      'result = new StandardScaler().fit(new DataFrame({ a: [1, NaN, 3] })).transform(new DataFrame({ a: [1, NaN, 3] })).values',
      [[-1], [null], [1]],
    ],
    [
      'in place',
      "df.sortValues('age', { inplace: true }); df.dropNa({ inplace: true }); df.columns = ['s', 'a', 'g']; result = [df.columns, df.a.values, df.index]",
      [['s', 'a', 'g'], [17], [0]],
    ],
    [
      "a group's column as a property",
      "result = df.groupby('school').G3.mean().values",
      [
        ['GP', 10],
        ['MS', 12],
      ],
    ],
    [
      'agg in the spellings of pandas, and a function',
      "result = df.groupby('school').agg({ G3: ['nunique', 'average'], age: (v: any[]) => v.length }).values",
      [
        ['GP', 1, 10, 2],
        ['MS', 1, 12, 1],
      ],
    ],
    ['a Series can be gone through', 'result = [...df.age]', [17, null, 15, 16]],
  ])('%s', async (_name, code, wanted) => {
    expect(await isolate.run(`${STUDENTS}${code};`)).toEqual(wanted);
  });
});

describe('a sentence with the way', () => {
  it.each<[string, RegExp]>([
    ['df.assing({})', /A DataFrame has no column or method assing. Did you mean assign\(\)\?/],
    ['df.sort_values("age")', /Did you mean sortValues\(\)\?/],
    ['df.group_by("school")', /Did you mean groupby\(\)\?/],
    ['df.length', /the number of rows is df.shape\[0\]/],
    ['df.filter((row: any) => row.age > 17)', /no column or method filter: write df.query\('age > 17'\)/],
    ['df.iterrows()', /write `for \(const row of df.toJSON\(\)\)`/],
    ['df.isnull()', /write df.isNa\(\)/],
    ['df.plot("x")', /name the file under `plots` in dvc.yaml/],
    ['df["age,G3"]', /several columns are df.loc\(\{ columns: \['age', 'G3'\] \}\)/],
    ['df[0]', /rows are chosen by position with iloc/],
    ['df[String(df.age.gt(16))]', /To choose rows by a mask write df.query\(mask\)/],
    ['[...df]', /A DataFrame cannot be gone through by itself/],
    ['df.age.filter(Boolean)', /A Series has no method filter: write series.loc\(mask\)/],
    ['df.age.tolist()', /write series.values/],
    ['df.school.str.lower()', /series.str has no method lower: write str.toLowerCase\(\)/],
    ['df.groupby("scool")', /The frame has no column scool. Did you mean school\?/],
    ['df.groupby("school").mena()', /A groupby has no column or method mena. Did you mean mean\(\)/],
    ['df.groupby("school").getGroup("XX")', /There is no group \['XX'\]. There are \['GP'\], \['MS'\]/],
    ['df.groupby("school").agg({ G3: "mena" })', /There is no group operation 'mena'. Did you mean 'mean'\?/],
    ['df.query("age = 17")', /compare with ==, not =/],
    ['df.query("school == GP")', /If GP is a text, put it in quotes: 'GP'/],
    ['df.query("ages > 17")', /no column ages. Did you mean age\?/],
    ['df.query("age > \'17\'")', /17 > '17' compares text with a number/],
    ['df.query("age > @limit")', /@limit is Python's/],
    ['df.query("age >")', /something is missing \(at its end\)/],
    ['df.query("school.str.contains(1)")', /there are no methods here/],
    ['df.query(df.age.head(2).gt(16))', /the mask has 2 values, but there are 4 rows/],
    ['df.sortValues("ages")', /no column ages. Did you mean age\?/],
    [
      'df.sortValues("age", { asc: false })',
      /sortValues\('age'\) has no option asc. It takes ascending, naPosition, inplace/,
    ],
    ['new DataFrame({ a: [1, "x"] }).sortValues("a")', /Column a mixes number and string \(rows 1 and 2\)/],
    ['df.sum()', /sum\(\) needs numbers, but school is text: .* sum\(\{ numericOnly: true \}\)/],
    ['df.school.mean()', /mean\(\) needs numbers, but row 1 of school is 'GP'/],
    ['df.add(1)', /add\(\) needs numbers, but school is text/],
    ['df.age.gt("x")', /17 and 'x' have no common order/],
    ['df.asType("school", "int32")', /row 1 of school is 'GP', which is no number/],
    ['df.age.quantile(25)', /q is 25, but must be a share from 0 to 1/],
    ['df.age.cut([5, 3])', /the edges must be numbers that ascend/],
    ['df.age.cut(2, { labels: ["a"] })', /1 labels for 2 intervals/],
    ['df.pivotTable({ index: "school", values: "G3", aggFunc: "mena" })', /aggFunc is 'mena', but must be one of mean/],
    ['df.melt({ idVars: "scool" })', /no column scool. Did you mean school\?/],
    ['df.setIndex({ column: "school" })', /The index would hold 'GP' twice/],
    ['df.iloc({ rows: [9] })', /there is no row 9: positions go from 0 to 3/],
    ['df.assign({ b: [1] })', /Column b: 1 values for 4 rows/],
    ['new DataFrame({ a: [1, 2], b: [1] })', /column b has 1 values, but a has 2/],
    ['dfd.merge({ left: df, right: df, on: ["scool"] })', /no column scool. Did you mean school\?/],
  ])('%s', async (code, message) => {
    await expect(isolate.run(`${STUDENTS}${code};`)).rejects.toThrow(message);
  });
});

it('pipeline-core takes the frames and Series of the isolate', async () => {
  const code = `const rows = Array.from({ length: 12 }, (_, i) => ({ a: i % 5, b: (i * i) % 7, y: (i % 5) * 2 + 1 }));
const df: any = new DataFrame(rows);
const x = df.loc({ columns: ['a', 'b'] });
const model = new core.Ridge().fit(x, df.y);
const plain = new core.Ridge().fit(rows.map(({ a, b }) => [a, b]), rows.map(({ y }) => y));
const scaled = new core.StandardScaler().fitTransform(x);
result = [
  core.rmse(df.y, model.predict(x)) === core.rmse(rows.map(({ y }) => y), plain.predict(rows.map(({ a, b }) => [a, b]))),
  model.toJSON().names,
  scaled.names,
  core.crossValidate({ build: () => new core.Ridge(), x, y: df.y }).folds.length,
];`;
  expect(await isolate.run(code)).toEqual([true, ['a', 'b'], ['a', 'b'], 5]);
  await expect(isolate.run(`${STUDENTS}new core.Ridge().fit(df, df.G3);`)).rejects.toThrow(
    /Row 1, column school, is "GP", not a finite number/,
  );
  await expect(isolate.run(`${STUDENTS}core.rmse(df.G3, df.age);`)).rejects.toThrow(
    /Row 2 has actual 12 and predicted NaN/,
  );
});
