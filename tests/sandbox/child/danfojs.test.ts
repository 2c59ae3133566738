// The tables of the isolate against the real package's answers, and the package's bugs put right.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DanfojsIsolate, openDanfojsIsolate } from '../danfojs-isolate.ts';

const REFERENCE = join(import.meta.dirname, '../../reference/danfojs');
const expected = JSON.parse(readFileSync(join(REFERENCE, 'expected.json'), 'utf8')) as Record<string, unknown>;

let isolate: DanfojsIsolate;
beforeAll(async () => {
  isolate = await openDanfojsIsolate();
});
afterAll(() => isolate.close());

const PROBES = readFileSync(join(REFERENCE, 'probes.js'), 'utf8').replaceAll('(d) =>', '(d: any) =>');
const inIsolate = (code: string): Promise<unknown> => isolate.run(code);

/** Where we differ on purpose. */
const MENDED: Record<string, string> = {
  describe: 'describe has quartiles, as in pandas',
  'dropNa rows': 'axis 1 is the other way round in pandas, so it is asked for by name',
  'missing columns in describe': 'describe leaves missing values out, as mean() does',
};

describe('the guest danfojs answers as the real one', () => {
  it('on every probe, to six digits', async () => {
    const found = (await isolate.run('result = await answers(dfd);', PROBES)) as Record<string, unknown>;
    expect(Object.keys(found)).toEqual(Object.keys(expected));
    const apart = Object.keys(expected).filter((name) => !(name in MENDED) && !same(found[name], expected[name]));
    expect(apart.map((name) => ({ name, found: found[name], expected: expected[name] }))).toEqual([]);
  });
});

function same(a: unknown, b: unknown): boolean {
  if (typeof a === 'number' && typeof b === 'number') return Math.abs(a - b) <= 1e-5 * Math.max(1, Math.abs(b));
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => same(item, b[i]));
  return JSON.stringify(a) === JSON.stringify(b);
}

describe('bugs of the package that a workshop meets', () => {
  const cases: [string, string, unknown][] = [
    [
      'concat leaves the first frame alone',
      'const a = new DataFrame({ k: [1, 2], n: [5, 6] }); concat({ dfList: [a, a], axis: 0 }); result = [a.shape, a.values];',
      [
        [2, 2],
        [
          [1, 5],
          [2, 6],
        ],
      ],
    ],
    [
      'sample draws from all rows',
      'const df = new DataFrame({ n: Array.from({ length: 100 }, (_, i) => i) }); const s = await df.sample(10, { seed: 7 }); result = [new Set(s.index).size, Math.max(...s.index) > 20, (await df.sample(10, { seed: 7 })).index.join() === s.index.join()];',
      [10, true, true],
    ],
    [
      'sample goes by position where the index is other',
      'const df = new DataFrame({ n: [1, 2, 3] }, { index: [10, 20, 30] }); result = (await df.sample(3, { seed: 1 })).index.sort();',
      [10, 20, 30],
    ],
    [
      'getDummies heeds drop_first, one name, the index, and orders levels',
      "const df = new DataFrame({ c: ['b', 'a', 'b'], n: [1, 2, 3] }, { index: [7, 8, 9] }); const g = getDummies(df, { columns: 'c', drop_first: true }); result = [g.columns, g.index, g.values, getDummies(df).columns];",
      [
        ['n', 'c_b'],
        [7, 8, 9],
        [
          [1, 1],
          [2, 0],
          [3, 1],
        ],
        ['n', 'c_a', 'c_b'],
      ],
    ],
    ['frames calculate in float64', 'result = new DataFrame({ a: [0.1] }).add(0.2).values;', [[0.1 + 0.2]]],
    ['mean() is per column', 'result = new DataFrame({ a: [1, 3], b: [5, 7] }).mean().values;', [2, 6]],
    [
      'groupby().mean() leaves text out',
      "result = new DataFrame({ k: ['x', 'x', 'y'], t: ['p', 'q', 'r'], n: [1, 3, 5] }).groupby(['k']).mean().values;",
      [
        ['x', 2],
        ['y', 5],
      ],
    ],
    [
      'a new column by assignment',
      'const df: any = new DataFrame({ a: [1, 2] }); df.b = df.a.mul(2); result = [df.columns, df.b.values, df.values];',
      [
        ['a', 'b'],
        [2, 4],
        [
          [1, 2],
          [2, 4],
        ],
      ],
    ],
    [
      'an old column by assignment, the source untouched',
      'const df: any = new DataFrame({ a: [1, 2] }); const head: any = df.head(1); head.a = [9]; df.a = df.a.mul(3); result = [df.values, head.values];',
      [[[3], [6]], [[9]]],
    ],
    [
      'copy shares nothing',
      'const df = new DataFrame({ a: [1] }); df.copy().values[0][0] = 9; result = df.values;',
      [[1]],
    ],
    [
      'a column called like a method',
      'const df = new DataFrame({ columns: [1], shape: [2], n: [3] }); result = [df.shape, df.columns, df.column("shape").values];',
      [[1, 3], ['columns', 'shape', 'n'], [2]],
    ],
    [
      'corr',
      "const df: any = new DataFrame({ a: [1, 2, 3], b: [2, 4, 6], t: ['x', 'y', 'z'] }); result = [df.corr().columns, df.corr().values];",
      [
        ['a', 'b'],
        [
          [1, 1],
          [1, 1],
        ],
      ],
    ],
    [
      'a constant column scales to 0',
      'result = new StandardScaler().fit([[1], [1]]).transform([[1], [1]]);',
      [[0], [0]],
    ],
    [
      'toCSV and readCSV',
      "const text = dfd.toCSV(new DataFrame({ a: [1, 2], t: ['x,y', 'z'] })); result = [text, (await dfd.readCSV(text)).values];",
      [
        'a,t\n1,"x,y"\n2,z\n',
        [
          [1, 'x,y'],
          [2, 'z'],
        ],
      ],
    ],
  ];
  it.each(cases)('%s', async (_name, code, wanted) => {
    expect(await inIsolate(code)).toEqual(wanted);
  });

  it.each([
    ['df.ages', 'did you mean', /no column or method ages. Did you mean age/],
    ["df.column('ages')", '', /no column ages. Did you mean age/],
    ["df.loc({ columns: ['ages'] })", '', /no column ages. Did you mean age/],
    ["df.drop({ columns: ['Age1'] })", '', /no column Age1. Did you mean age/],
    ["getDummies(df, { columns: 'nmae' })", '', /no column nmae. Did you mean name/],
    ['df.mean()', '', /mean\(\) needs numbers, but name is text/],
    ['df.age.length', '', /A Series has no method length: write series.shape\[0\]/],
    ['df.q = 5', '', /give a Series or an array/],
  ])('%s says what is wrong and what is near', async (code, _note, message) => {
    const made = "const df: any = new DataFrame({ age: [15, 16], name: ['a', 'b'] });\n";
    await expect(inIsolate(`${made}${code};`)).rejects.toThrow(message);
  });
});
