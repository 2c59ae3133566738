// What a pandas user types next: it does what pandas does, or says the way. The statistics are in danfojs-pandas.test.ts.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DanfojsIsolate, openDanfojsIsolate } from '../danfojs-isolate.ts';

let isolate: DanfojsIsolate;
beforeAll(async () => {
  isolate = await openDanfojsIsolate();
});
afterAll(() => isolate.close());

const STUDENTS = `const df: any = new DataFrame({
  school: ['GP', 'MS', 'GP', null], age: [17, NaN, 15, 16], G3: [10, 12, undefined, 8],
});
`;

describe('as in pandas', () => {
  it.each([
    [
      'a column and what becomes of its values',
      "result = [df.replace({ school: { GP: 'X' }, age: { 17: 0 } }).values[0], df.replace({ school: { GP: 'X' } }).values[1]]",
      [
        ['X', 0, 10],
        ['MS', null, 12],
      ],
    ],
    [
      'null among numbers is missing and not 0, in a row of apply() too',
      'const d: any = new DataFrame({ a: [1, null], b: [2, 3] }); result = [d.apply((row: any) => row.a + row.b).values, d.a.values.map((v: any) => v + 1), new DataFrame([{ a: null, b: 1 }, { a: 2, b: 3 }]).values.map((row: any) => row[0] + row[1])]',
      [
        [3, null],
        [2, null],
        [null, 5],
      ],
    ],
    [
      'rows meet by their labels: calculating, comparing, adding a column, a mask',
      "const s: any = new DataFrame({ a: [3, 1, 2], b: [30, 10, 20] }).sortValues('a'); const b = new Series([30, 10, 20]); s.c = b; result = [s.b.eq(b).values, s.b.sub(b).values, s.assign({ b2: b }).b2.values, s.c.values, s.query(b.gt(10)).a.values, s.loc({ rows: b.gt(10) }).a.values]",
      [
        [true, true, true],
        [0, 0, 0],
        [10, 20, 30],
        [10, 20, 30],
        [2, 3],
        [2, 3],
      ],
    ],
    [
      'a function of a group, or of a column, is given what has mean(), max(), shift() ...',
      "result = [df.groupby('school').agg({ G3: (s: any) => s.max() - s.min() }).values, df.groupby('school').G3.transform((s: any) => s.sub(s.mean())).values, df.groupby('school').age.transform((s: any) => s.shift(1)).values, df.loc({ columns: ['age'] }).apply((s: any) => s.max(), { axis: 0 }).values]",
      [
        [
          ['GP', 0],
          ['MS', 0],
        ],
        [0, 0, null, null],
        [null, null, 17, null],
        [17],
      ],
    ],
    [
      'groups one after another',
      "result = [[...df.groupby('school')].map(([name, group]: any) => [name, group.shape[0]]), [...df.groupby(['school', 'age'])].map(([keys]: any) => keys)]",
      [
        [
          ['GP', 2],
          ['MS', 1],
        ],
        [
          ['GP', 15],
          ['GP', 17],
        ],
      ],
    ],
    [
      'round() goes to whole numbers, halves to the even one',
      'result = [new Series([0.5, 1.5, 2.5, -2.5, 2.6]).round().values, new DataFrame({ a: [0.5, 1.125] }).round().values, new Series([0.125, 1234.5]).round(2).values, new Series([1250, 1350]).round(-2).values]',
      [
        [0, 2, 2, -2, 3],
        [[0], [1]],
        [0.12, 1234.5],
        [1200, 1400],
      ],
    ],
    [
      'replace() takes several at once',
      "result = [df.school.replace({ GP: 'A' }).values, df.replace({ GP: 'A', 17: 18 }).values[0], df.age.replace(new Map([[17, 0]])).values]",
      [
        ['A', 'MS', 'A', null],
        ['A', 18, 10],
        [0, null, 15, 16],
      ],
    ],
    [
      'slices of loc() have both ends',
      "result = [df.loc({ rows: ['1:2'] }).index, df.loc({ columns: ['school:age'] }).columns, df.iloc({ rows: ['1:2'] }).index, df.sortValues('age').loc({ rows: ['3:'] }).index]",
      [[1, 2], ['school', 'age'], [1], [3, 0, 1]],
    ],
    [
      'a sample is there at once, at() takes numbers, concat() a list, dropNa() columns, JSON values',
      "result = [df.sample(2, { seed: 1 }).shape, df.age.at(2), concat([df, df]).shape, df.dropNa({ axis: 'columns' }).columns, JSON.stringify(df.G3)]",
      [[2, 3], 15, [8, 3], [], '[10,12,null,8]'],
    ],
  ])('%s', async (_name, code, wanted) => {
    expect(await isolate.run(`${STUDENTS}${code};`)).toEqual(wanted);
  });
});

describe('a sentence with the way', () => {
  it.each<[string, RegExp]>([
    ['df.age + df.G3', /JavaScript cannot calculate or compare with whole columns: write a.add\(b\)/],
    ['df.age * 2', /JavaScript cannot calculate or compare with whole columns/],
    ['df.query(df.age > 16)', /a.gt\(17\)/],
    ['df["false"]', /JavaScript cannot compare whole columns: write df.query\(df.age.gt\(17\)\)/],
    ['df.loc[0]', /loc and iloc take round brackets here: write df.loc\(\{ rows: \[0\]/],
    ['df.iloc[0].age', /write df.iloc\(\{ rows: \[0\] \}\)/],
    ['df.dropNa({ axis: 1 })', /write axis: 'rows' or axis: 'columns'/],
    ['df.school.str.split("P")', /would make lists/],
    ['df.groupby("school", { dropna: false }).mean()', /leaves out rows without a key: give them one first, df.fillNa/],
    ['df.groupby("school", { as_index: true })', /groupby\(\) has no option as_index: it takes the names of columns/],
    ['df.equals(df)', /write JSON.stringify\(a.values\)/],
    ['df.kurt()', /write series.map\(\) and mean\(\)/],
    ['df.groupby("school").head(1)', /write apply\(\(group\) => group.head\(1\)\)/],
    ['df.groupby("school").nonsense()', /It has .*ngroups(?!.*__defineGetter__)/],
    ['df.age.add(new Series([1, 2, 3, 4], { index: [7, 8, 9, 10] }))', /the rows have other labels/],
    [
      "df.query('age > 15').assign({ x: df.age.head(1) })",
      /Column x: 1 values for 2 rows: make both of the same frame/,
    ],
    ['dfd.merge(df, df)', /merge\(\) takes one object/],
    ['df.append(df)', /write concat\(/],
    ['df.corr("spearman")', /Spearman's is df.rank\(\).corr\(\)/],
    ['df.age.std({ ddof: 0 })', /std\(\) has no option ddof/],
    ['df.age.log()', /write series.map\(Math.log\)/],
    ['df.age.mean.values', /mean is a method here: write mean\(\)/],
    ['df.age.mean + 1', /mean is a method here: write mean\(\)/],
    ["new Series(['2020-01-05']).dt.year.values", /year is a method here: write year\(\)/],
    ["new Series(['GP', 'MS']).dt.year()", /no value here is a date, such as "GP": write dates as 2020-01-31/],
    ["new Series(['2020-01-05']).dt.weekday()", /write dt.dayOfWeek\(\): Monday is 0/],
    ["dfd.toDateTime(['2020-01-05']).values", /write .date\(\)/],
    ['(dfd as any).get_dummies(df)', /danfojs has no get_dummies\(\): write getDummies\(df/],
    ['(dfd as any).pivot_table(df)', /write df.pivotTable\(/],
    ['(dfd as any).crosstab(df, "school")', /crosstab\(rows, columns\) counts two Series/],
    ['df.head(1.5)', /head\(\): give a whole number of rows, not 1.5/],
    ["df.iloc({ rows: ['a:2'] })", /'a:2' is no slice/],
    ["df.query('age > 1 and (nope > 2 or (nope > 3))')", /no column nope.*\(src\/work\.ts:\d+\)/],
    ["df.replace({ scool: { GP: 'A' } })", /no column scool. Did you mean school/],
    ["df.school.replace({ school: { GP: 'A' } })", /names a column and its values, of a whole frame/],
  ])('%s', async (code, message) => {
    await expect(isolate.run(`${STUDENTS}${code};`)).rejects.toThrow(message);
  });
});
