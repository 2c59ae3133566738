// A column in words and as a chart: every kind of bin, of numbers and of classes to predict.
import { describe, expect, it } from 'vitest';
import { cellText, columnSpec, targetText, valueText } from '#app/_features/data/column-texts.ts';
import type { ColumnProfile, DataProfile } from '#app/_features/data/use-data.ts';
import { drawnBins } from '#app/_ui/charts/bins.ts';
import { specTable } from '#app/_ui/charts/spec-table.ts';

const counted = { n: 1, target: 2 };
const column = (bins: ColumnProfile['bins'], more: Partial<ColumnProfile> = {}): ColumnProfile => ({
  name: 'x',
  label: 'X',
  type: 'integer',
  role: 'input',
  missing: { n: 0, target: null },
  distinct: bins.length,
  bins,
  ...more,
});
const profile = (classes: readonly string[] = []): DataProfile => ({
  rows: 9,
  target: { name: 'y', unit: classes.length === 0 ? 'kg' : '', classes, all: null },
  columns: [],
  duplicates: { count: 0, rows: [] },
  oddRows: [],
});

describe('bins as they are drawn', () => {
  it.each([
    [
      'few whole numbers side by side',
      [1, 2].map((v) => ({ from: v, to: v })),
      [
        { from: 1, to: 1 },
        { from: 2, to: 2 },
      ],
    ],
    [
      'ranges of whole numbers touch, and name what they hold',
      [
        { from: 0, to: 4 },
        { from: 5, to: 9 },
      ],
      [
        { from: -0.5, to: 4.5, name: '0 – 4' },
        { from: 4.5, to: 9.5, name: '5 – 9' },
      ],
    ],
    [
      'a long tail is named by where it begins',
      [
        { from: 0, to: 1 },
        { from: 1, to: 2 },
        { from: 2, to: 3 },
        { from: 3, to: 900.5 },
      ],
      [
        { from: 0, to: 1 },
        { from: 1, to: 2 },
        { from: 2, to: 3 },
        { from: 3, to: 900.5, name: '≥ 3' },
      ],
    ],
    ['words and the rest', [{ level: 'a' }, { others: 7 }], [{ name: 'a' }, { name: '+ 7' }]],
  ])('%s', (_, bins, drawn) => expect(drawnBins(bins)).toEqual(drawn));

  it('more than a few numbers get an axis', () => {
    const bins = drawnBins(Array.from({ length: 21 }, (_, v) => ({ from: v, to: v })));
    expect([bins[0], bins.at(-1)]).toEqual([
      { from: -0.5, to: 0.5, name: '0' },
      { from: 19.5, to: 20.5, name: '20' },
    ]);
  });
});

it('a cell has what it means and its unit', () => {
  expect(cellText(4, { valueLabels: { 4: 'higher' } })).toBe('4 · higher');
  expect(cellText(17, { unit: 'years' })).toBe('17 years');
  expect(cellText(null, { unit: 'years' })).toBe('missing');
  expect(cellText('yes')).toBe('yes');
});

it('the target is a mean with its unit, or shares', () => {
  expect(targetText(profile().target, 11.94)).toBe('on average 11.94 kg');
  expect(targetText(profile(['no', 'yes']).target, [0.25, 0.75])).toBe('yes 75 %');
  expect(targetText(profile(['a', 'b', 'c']).target, [0.25, 0.5, 0.25])).toBe('a 25 %, b 50 %, c 25 %');
  expect(targetText(profile().target, null)).toBe('No rows.');
});

it('a chart has a place to tap for every bin, what values mean, and the target above', () => {
  const steps = column(
    [
      { from: 1, to: 1, ...counted },
      { from: 2, to: 2, n: 0, target: null },
    ],
    { valueLabels: { 1: 'never' }, unit: 'steps', missing: { n: 3, target: 1 } },
  );
  const spec = columnSpec(profile(), steps);
  expect(spec).toMatchObject({
    n: 6,
    x: { label: 'X', unit: 'steps' },
    bins: [{ id: '0', about: 'never' }, { id: '1' }],
  });
  expect(specTable(spec)).toEqual({
    columns: ['X (steps)', 'Meaning', 'Rows', 'Mean y (kg)'],
    rows: [
      ['1', 'never', 1, 2],
      ['2', '', 0, ''],
    ],
  });
  expect(columnSpec(profile(), { ...steps, role: 'target' }).over).toBeUndefined();
  expect([valueText(steps, 0), valueText(steps, -1)]).toEqual(['1', 'missing']);
});

it('of classes the chart has shares in %: of two the second, of more a line each', () => {
  const two = column([{ level: 'a', n: 4, target: [0.25, 0.75] }]);
  expect(columnSpec(profile(['no', 'yes']), two).over).toEqual({
    axis: { label: 'Share of y yes', unit: '%' },
    series: [{ name: '', values: [75] }],
  });
  const three = column([{ others: 2, n: 4, target: [0.5, 0.25, 0.25] }]);
  expect(columnSpec(profile(['a', 'b', 'c']), three).over!.series).toEqual([
    { name: 'a', values: [50] },
    { name: 'b', values: [25] },
    { name: 'c', values: [25] },
  ]);
  expect(valueText(three, 0)).toBe('2 other values');
});
