// What workers say of models, tables and workspaces: what an honest one may say is taken, what is longer or no number is not.
import { expect, it } from 'vitest';
import { readCodeFindings, readCurve, readExplained, readExpressionAnswer } from '#server/cluster/worker-values.ts';

const many = <T>(count: number, one: T): T[] => Array.from({ length: count }, () => one);
const TABLE = { kind: 'table', names: ['x'], columns: ['x'], rows: [[1], [null], ['a']], total: 3 };
const TEXT = { kind: 'text', names: [], text: '7' };
const ERROR = { kind: 'error', message: 'no', line: 1 };
const DEPENDENCE = {
  column: 'x',
  grid: [1],
  counts: [1],
  average: [1],
  quartiles: [[1, 2]],
  lines: [{ row: 0, values: [1] }],
  rows: 1,
};
const IMPORTANCE = { column: 'x', mean: 1, interval: [0, 2], used: true };
const EXPLAINED = {
  rows: 1,
  of: 1,
  error: 2,
  nRepeats: 5,
  importance: [IMPORTANCE],
  dependence: { x: DEPENDENCE },
  share: 1,
  fault: { code: 'refused', message: 'x'.repeat(4_000) },
};
const SPREAD = { mean: 1, low: 0, high: 2 };
const POINT = { rows: 20, samples: 5, failed: 0, unseen: SPREAD, seen: SPREAD };
const CURVE = { points: [POINT], of: 20, share: 1 };
const PROBLEM = { file: 'a.ts', line: 1, column: 1, code: 'TS1', message: 'no' };
const FINDINGS = {
  types: { problems: [PROBLEM] },
  style: { problems: [], formatted: { 'a.ts': '1' }, fixed: {} },
};

it.each([
  ['a table', readExpressionAnswer, TABLE],
  ['a text', readExpressionAnswer, TEXT],
  ['an error', readExpressionAnswer, ERROR],
  ['a limit', readExpressionAnswer, { kind: 'limit', limit: 'time' }],
  ['findings', readCodeFindings, FINDINGS],
])('%s is taken as it is', (_, read, value) => {
  expect(read(value)).toEqual(value);
});

it('what is seen by nobody, or turns writing round, is replaced', () => {
  expect(readExpressionAnswer({ ...TEXT, text: 'a\u202eb\n' })).toEqual({ ...TEXT, text: 'a\ufffdb\n' });
  expect(readExpressionAnswer({ ...ERROR, message: 'a\u0007' })).toEqual({ ...ERROR, message: 'a\ufffd' });
});

it('an explanation and a curve are taken as they are, and where there is nothing', () => {
  expect([readExplained(EXPLAINED), readExplained(null)]).toEqual([{ value: EXPLAINED }, { value: null }]);
  expect([readCurve(CURVE), readCurve(null)]).toEqual([{ value: CURVE }, { value: null }]);
});

it.each<[string, (value: unknown) => unknown, unknown]>([
  ['2,001 rows', readExpressionAnswer, { ...TABLE, rows: many(2_001, [1]) }],
  [
    '201 rows of many columns',
    readExpressionAnswer,
    { ...TABLE, columns: many(20, 'x'), rows: many(201, many(20, 1)) },
  ],
  ['61 columns', readExpressionAnswer, { ...TABLE, columns: many(61, 'x'), rows: [many(61, 1)] }],
  ['a row of another length', readExpressionAnswer, { ...TABLE, rows: [[1, 2]] }],
  ['a long cell', readExpressionAnswer, { ...TABLE, rows: [['x'.repeat(201)]] }],
  ['half a row in all', readExpressionAnswer, { ...TABLE, total: 0.5 }],
  ['a long text', readExpressionAnswer, { ...TEXT, text: 'x'.repeat(4_002) }],
  ['many names', readExpressionAnswer, { ...TEXT, names: many(1_001, 'x') }],
  ['a long error', readExpressionAnswer, { ...ERROR, message: 'x'.repeat(1_001) }],
  ['an error in no line', readExpressionAnswer, { ...ERROR, line: 0 }],
  ['columns without end', readExplained, { ...EXPLAINED, importance: many(1_001, IMPORTANCE) }],
  ['steps without end', readExplained, { ...EXPLAINED, dependence: { x: { ...DEPENDENCE, grid: many(101, 1) } } }],
  [
    'lines without end',
    readExplained,
    { ...EXPLAINED, dependence: { x: { ...DEPENDENCE, lines: many(101, DEPENDENCE.lines[0]) } } },
  ],
  ['a long message', readExplained, { ...EXPLAINED, fault: { code: 'refused', message: 'x'.repeat(4_001) } }],
  ['points without end', readCurve, { ...CURVE, points: many(101, POINT) }],
  ['problems without end', readCodeFindings, { ...FINDINGS, types: { problems: many(10_001, PROBLEM) } }],
  [
    'a long problem',
    readCodeFindings,
    { ...FINDINGS, types: { problems: [{ ...PROBLEM, message: 'x'.repeat(4_001) }] } },
  ],
])('%s: that is not taken', (_, read, value) => {
  expect(read(value)).toBeNull();
});
