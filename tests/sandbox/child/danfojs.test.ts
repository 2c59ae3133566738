// The tables of the isolate against the real package's answers, and the package's bugs put right.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorText } from '#tests/support/report-text.ts';
import { oneStage, openRig, type Rig } from '../rig.ts';

const REFERENCE = join(import.meta.dirname, '../../reference/danfojs');
const expected = JSON.parse(readFileSync(join(REFERENCE, 'expected.json'), 'utf8')) as Record<string, unknown>;

let rig: Rig;
beforeAll(async () => {
  rig = await openRig();
});
afterAll(() => rig.close());

/** Runs code that sets `result` in an isolate and brings the result out. */
async function inIsolate(code: string): Promise<unknown> {
  const probes = readFileSync(join(REFERENCE, 'probes.js'), 'utf8').replaceAll('(d) =>', '(d: any) =>');
  const files = oneStage(`import * as dfd from 'danfojs';
import { readCsv, writeJson, writeText } from 'workshop';
import { answers } from './probes.ts';
const { DataFrame, Series, getDummies, concat, StandardScaler } = dfd;
let result: any;
${code}
writeText('result.json', JSON.stringify(result ?? null));
writeJson('out.json', {});
void answers; void readCsv; void DataFrame; void Series; void getDummies; void concat; void StandardScaler;`);
  const dvc = files['dvc.yaml']!.replace(
    '- src/work.ts',
    '- src/work.ts\n      - src/probes.ts\n    outs:\n      - result.json',
  );
  let text = '';
  const report = await rig.run({
    files: { ...files, 'dvc.yaml': dvc, 'src/probes.ts': probes },
    force: ['work'],
    onProgress: (progress) => {
      if (progress.type === 'staged')
        text = progress.result.outs.find((out) => out.path === 'result.json')?.sha256 ?? '';
    },
  });
  if (report.error !== undefined)
    throw new Error(`${errorText(report.error)} (${report.error.file}:${report.error.line})`);
  return JSON.parse(readFileSync(join(rig.home, 'session/objects', text), 'utf8')) as unknown;
}

/** Where we differ on purpose. */
const MENDED: Record<string, string> = {
  'missing columns in describe': 'describe leaves missing values out, as mean() does',
};

describe('the guest danfojs answers as the real one', () => {
  it('on every probe, to six digits', async () => {
    const found = (await inIsolate('result = await answers(dfd);')) as Record<string, unknown>;
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
    ['df.ages', 'did you mean', /no column ages. Did you mean age/],
    ["df.column('ages')", '', /no column ages. Did you mean age/],
    ["df.loc({ columns: ['ages'] })", '', /no column ages. Did you mean age/],
    ["df.drop({ columns: ['Age1'] })", '', /no column Age1. Did you mean age/],
    ["getDummies(df, { columns: 'nmae' })", '', /no column nmae. Did you mean name/],
    ['df.mean()', '', /mean\(\) needs numbers, but name is text/],
    ['df.age.length', '', /A Series has no `length`/],
    ['df.q = 5', '', /give a Series or an array/],
  ])('%s says what is wrong and what is near', async (code, _note, message) => {
    const made = "const df: any = new DataFrame({ age: [15, 16], name: ['a', 'b'] });\n";
    await expect(inIsolate(`${made}${code};`)).rejects.toThrow(message);
  });
});
