// Expressions over a table: what people see of frames, series, lists and mistakes; and that hostile ones get no further
// than a preview would.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ExpressionAnswer } from '#sandbox/index.ts';
import { openRig, POINTS, type Rig } from './rig.ts';

const CANARY = 'CANARY-2c9a77e0d1';
let rig: Rig;
let secrets: string;
beforeAll(async () => {
  secrets = mkdtempSync(join(tmpdir(), 'canary-'));
  writeFileSync(join(secrets, 'secret.txt'), CANARY);
  rig = await openRig({ limits: { memoryMb: 256 } });
});
afterAll(async () => {
  await rig.close();
  rmSync(secrets, { recursive: true, force: true });
});
const ask = (code: string): Promise<ExpressionAnswer> =>
  rig.pool.evaluate({ sessionId: 'asks', code, table: { path: 'data/raw/points.csv', text: POINTS } });

/** Kind of the answer, and what it holds; beside it the honest names of the columns. */
const HONEST: readonly (readonly [string, object])[] = [
  [
    "df.groupby(['name']).mean()",
    {
      kind: 'table',
      total: 3,
      rows: [
        ['p0', 13.5, 28],
        ['p1', 14.5, 30],
        ['p2', 15.5, 32],
      ],
    },
  ],
  ["df.query('x > 27');", { kind: 'table', columns: ['index', 'x', 'y', 'name'], total: 2 }],
  ['df.shape[0] + 1', { kind: 'text', text: '31' }],
  ["df.column('name').valueCounts()", { kind: 'table', columns: ['index', 'value'], total: 3 }],
  ['df.x.values.map((x: number) => ({ x, square: x * x }))', { kind: 'table', columns: ['x', 'square'], total: 30 }],
];
it.each(HONEST)('%s', async (code, expected) => {
  expect(await ask(code)).toMatchObject({ names: ['x', 'y', 'name'], ...expected });
});

it('names the line of a mistake', async () => {
  expect(await ask('df\n  .head(nothing)')).toMatchObject({ kind: 'error', line: 2 });
  expect(await ask("df.query('height > 2')")).toMatchObject({
    kind: 'error',
    message: expect.stringContaining('height'),
  });
  expect(await ask("df.groupby(['name'])")).toMatchObject({
    kind: 'error',
    message: expect.stringContaining('.mean()'),
  });
  expect(await ask('df.groupby(')).toMatchObject({ kind: 'error' });
  expect(await ask('const x = 1')).toMatchObject({ kind: 'error' });
});

it.each([
  ['len(df)', 'df.shape[0]'],
  ['df.apply(lambda r: r.x, axis=1)', '(row) =>'],
  ["[c for c in df.columns if c == 'x']", '.filter('],
  ['f"{df.x.mean()}"', '`'],
  ['df.iloc[0:5]', "rows: ['0:5']"],
  ['df[-5:]', 'df.tail(5)'],
  ['not df.empty', '!a'],
  ['df.x.hist()', 'Show chart'],
  ["df.plot.scatter('x', 'y')", 'Show chart'],
  ["df.sortValues('x', ascending=false)", 'arguments have no names'],
  ["df.rename(columns={'x': 'z'})", 'arguments have no names'],
  ['pd.crosstab(df.x, df.y)', 'pivotTable'],
  ['np.mean(df.x)', 'df.x.mean()'],
  ['round(df.x.mean(), 2)', '.round('],
  ['sorted(df.x.unique())', 'sortValues'],
  ['import pandas as pd', 'import'],
  ["x = df['x']", 'keeps no names'],
  ['df.x.isin(True)', 'isIn'],
])('says how %s is written here', async (code, part) => {
  expect(await ask(code)).toMatchObject({ kind: 'error', message: expect.stringContaining(part) });
});

it('leaves the words of other mistakes as they are', async () => {
  expect(await ask('nothing + 1')).toMatchObject({ message: expect.stringMatching(/^ReferenceError: nothing/) });
  for (const slip of ['df.x(', "df.query('x in [1:2]'", "df.loc({ columns: ['x'] }", '[true ? 1 : 2'])
    expect(await ask(slip), slip).toMatchObject({ message: expect.stringMatching(/^SyntaxError/) });
  // What may be Python is explained, and what the engine said of it is still there.
  expect(await ask('not df.empty')).toMatchObject({ message: expect.stringMatching(/^This is .*\(SyntaxError: /) });
});

it('answers what it says instead', async () => {
  for (const code of [
    "df.iloc({ rows: ['0:5'], columns: ['0:2'] })",
    'df.x.sortValues()',
    "df.sortValues('x', { ascending: false })",
    "df.loc({ columns: ['x', 'y'] })",
    "df.pivotTable({ index: 'name', columns: 'name', values: 'x' })",
    'df.x.round(2)',
    'df.x.abs()',
  ])
    expect(await ask(code), code).toMatchObject({ kind: 'table' });
});

it('answers all rows of a few columns, and fewer of many', async () => {
  const rowsOf = async (code: string) => {
    const answer = await ask(code);
    return answer.kind === 'table' ? [answer.rows.length, answer.total] : answer;
  };
  expect(await rowsOf('new Series(Array.from({ length: 519 }, (_, i) => i))')).toEqual([519, 519]);
  expect(await rowsOf('Array.from({ length: 5000 }, (_, i) => i)')).toEqual([2000, 5000]);
  expect(await rowsOf('Array.from({ length: 519 }, () => Array.from({ length: 40 }, (_, i) => i))')).toEqual([
    200, 519,
  ]);
});

it('asks the out of a run from its cache, and says when it is gone', async () => {
  const table = { path: 'data/processed/points.csv', sha256: 'a'.repeat(64), cacheDir: rig.home };
  expect(await rig.pool.evaluate({ sessionId: 'asks', code: 'df', table })).toEqual({ kind: 'limit', limit: 'gone' });
});

const CONSTRUCTOR = 'df.constructor.constructor';
const HOSTILE: readonly (readonly [name: string, code: string, expected: object])[] = [
  ['computes for ever', '(() => { for (;;); })()', { kind: 'limit', limit: 'time' }],
  ['waits for ever', 'new Promise(() => {})', { kind: 'error', message: expect.stringContaining('never happens') }],
  [
    'fills the memory',
    '(() => { const a = []; for (;;) a.push(new Array(1e5).fill(a.length)); })()',
    { kind: 'limit' },
  ],
  [
    'reads a file of the server',
    `${CONSTRUCTOR}('return process.mainModule.require("fs").readFileSync("CANARY_FILE","utf8")')()`,
    { kind: 'error' },
  ],
  ['reads the environment', `${CONSTRUCTOR}('return JSON.stringify(process.env)')()`, { kind: 'error' }],
  [
    'reads another file of the session',
    "core.parseCsv(await (await import('workshop')).readText('params.yaml'))",
    { kind: 'error' },
  ],
  [
    'answers what is no table',
    '((Object.prototype as any).toJSON = () => ({ kind: "page" }), 1)',
    { kind: 'limit', limit: 'unreadable' },
  ],
  ['writes elsewhere', "writeJson('../../answer.json', 1)", { kind: 'error' }],
  ['answers what turns the writing round', "'a\\u202Eb'", { kind: 'text', text: 'a\uFFFDb' }],
  ['closes the program and begins another', '1); while (true) {} (1', { kind: 'limit', limit: 'time' }],
  ['answers a mountain', "Array.from({ length: 5e3 }, () => 'x'.repeat(500))", { kind: 'table', total: 5_000 }],
];
it.each(HOSTILE)('%s', async (_, code, expected) => {
  const answer = await ask(code.replace('CANARY_FILE', join(secrets, 'secret.txt')));
  expect(answer).toMatchObject(expected);
  const text = JSON.stringify(answer);
  expect(text).not.toContain(CANARY);
  expect(text).not.toMatch(/root:x:|node_modules|child\.mjs|guest\.js/);
  expect(text.length).toBeLessThan(100_000);
});

it('leaves nothing for the next one', async () => {
  await ask('(Array.prototype.slice = () => ["mine"], DataFrame.prototype.head = () => "mine", 1)');
  expect(await ask('df.head(1)')).toMatchObject({ kind: 'table', rows: [[0, 1, 'p0']] });
});
