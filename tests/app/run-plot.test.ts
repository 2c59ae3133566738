// What becomes of a plot that participants declared: its kind by DVC's template or by its values, its labels, its table.
import { describe, expect, it } from 'vitest';
import { binsOf } from '#app/_ui/charts/bins.ts';
import type { ChartSpec } from '#app/_ui/charts/chart-spec.ts';
import { runPlot } from '#app/_ui/charts/run-plot.ts';
import { specTable } from '#app/_ui/charts/spec-table.ts';
import type { Plot } from '#pipeline-core/core/report.ts';

type Rows = readonly (readonly (string | number)[])[];
const plot = (columns: readonly string[], rows: Rows, more: Partial<Plot> = {}): Plot => ({
  path: 'reports/p.csv',
  title: 'A title',
  x: 'x',
  y: 'y',
  xLabel: 'Age (years)',
  yLabel: 'Error (points)',
  columns,
  rows,
  ...more,
});
const drawn = (...given: Parameters<typeof plot>): ChartSpec => {
  const spec = runPlot(plot(...given));
  if (spec === null) throw new Error('nothing is drawn');
  return spec;
};
const kindOf = (rows: Rows) => runPlot(plot(['x', 'y'], rows))?.kind;

describe('a plot without a template', () => {
  it('with rising x is a line; with a few words beside it, a line for each word', () => {
    expect(
      kindOf([
        [1, 3],
        [2, 2],
        [4, 1],
      ]),
    ).toBe('linear');
    const rows = [
      [100, 'train', 2],
      [100, 'cv', 3],
      [200, 'train', 2.2],
      [200, 'cv', 2.8],
    ];
    expect(drawn(['x', 'rows', 'y'], rows)).toMatchObject({
      kind: 'linear',
      series: [
        {
          name: 'train',
          points: [
            { x: 100, y: 2 },
            { x: 200, y: 2.2 },
          ],
        },
        {
          name: 'cv',
          points: [
            { x: 100, y: 3 },
            { x: 200, y: 2.8 },
          ],
        },
      ],
    });
  });

  it('whose x comes back is points, also where the rows happen to be sorted', () => {
    expect(
      kindOf([
        [3, 1],
        [1, 2],
        [2, 3],
      ]),
    ).toBe('scatter');
    expect(
      kindOf([
        [1, 1],
        [1, 2],
        [2, 3],
      ]),
    ).toBe('scatter');
    expect(kindOf([[1, 1]])).toBe('scatter');
  });

  it('with a word for each number is bars, whichever side the words are on', () => {
    const bars = [
      { name: 'failures', value: 0.4 },
      { name: 'age', value: -0.01 },
    ];
    const rows = [
      ['failures', 0.4],
      ['age', '-0.01'],
    ];
    expect(drawn(['x', 'y'], rows)).toMatchObject({ kind: 'bar_horizontal', bars, x: { label: 'Error (points)' } });
    expect(drawn(['y', 'x'], rows)).toMatchObject({ kind: 'bar_horizontal', bars, x: { label: 'Age (years)' } });
  });

  it('leaves out what is no number, and is not drawn where nothing is left', () => {
    const holes = drawn(
      ['x', 'y'],
      [
        [1, 3],
        [2, ''],
        [3, 'nan'],
        ['', 4],
        [5, 1],
      ],
    );
    expect(holes).toMatchObject({
      kind: 'linear',
      series: [
        {
          points: [
            { x: 1, y: 3 },
            { x: 5, y: 1 },
          ],
        },
      ],
    });
    expect(runPlot(plot(['x', 'y'], []))).toBeNull();
    expect(runPlot(plot(['x', 'y'], [['a', 'b']]))).toBeNull();
    expect(runPlot(plot(['x', 'z'], [[1, 2]]))).toBeNull();
  });
});

describe('a template of DVC', () => {
  const classes: Rows = [
    ['no', 'no'],
    ['no', 'yes'],
    ['yes', 'yes'],
    ['yes', 'yes'],
  ];

  it('confusion counts the pairs; the predicted class goes to the right', () => {
    const spec = drawn(['x', 'y'], classes, { template: 'confusion', xLabel: 'actual', yLabel: 'predicted' });
    expect(spec).toMatchObject({
      labels: ['no', 'yes'],
      counts: [
        [1, 1],
        [0, 2],
      ],
      normalized: false,
      x: { label: 'predicted' },
      y: { label: 'actual' },
    });
    expect(specTable(spec).rows).toEqual([
      ['no', 'no', 1, 0.5],
      ['no', 'yes', 1, 0.5],
      ['yes', 'no', 0, 0],
      ['yes', 'yes', 2, 1],
    ]);
    expect(drawn(['x', 'y'], classes, { template: 'confusion_normalized' })).toMatchObject({ normalized: true });
  });

  it('histogram counts each value once', () => {
    const values = Array.from({ length: 500 }, (_, i) => (i * 37) % 101);
    const spec = drawn(
      ['x', 'y'],
      values.map((value) => [value, 0]),
      { template: 'histogram' },
    );
    if (spec.kind !== 'histogram') throw new Error(spec.kind);
    expect(spec.bins.reduce((sum, { count }) => sum + count, 0)).toBe(500);
    for (const { from = 0, to = 0, count } of spec.bins) {
      const last = to === spec.bins.at(-1)?.to;
      expect(values.filter((value) => value >= from && (value < to || (last && value === to)))).toHaveLength(count);
    }
  });

  it('bar_horizontal_sorted has the longest bar first, heatmap a cell for each pair', () => {
    const rows: Rows = [
      ['a', 1],
      ['b', 3],
    ];
    expect(drawn(['x', 'y'], rows, { template: 'bar_horizontal_sorted' })).toMatchObject({
      bars: [
        { name: 'b', value: 3 },
        { name: 'a', value: 1 },
      ],
    });
    const cells: Rows = [
      ['a', 'c', 0.5],
      ['b', 'c', -1],
      ['a', 'd', 2],
    ];
    expect(drawn(['x', 'y', 'r'], cells, { template: 'heatmap' })).toMatchObject({
      xs: ['a', 'b'],
      ys: ['c', 'd'],
      values: [
        [0.5, -1],
        [2, null],
      ],
      value: { label: 'r' },
    });
  });

  it('scatter: axes are alike only for predicted against actual values, not for equal units', () => {
    const rows: Rows = [
      [2, 2.5],
      [1, 1.5],
    ];
    const pair = { template: 'scatter', xLabel: 'a (points)', yLabel: 'b (points)' } as const;
    expect(drawn(['x', 'y'], rows, pair)).toMatchObject({ sameQuantity: false });
    const named = { ...pair, x: 'actual', y: 'predicted' };
    expect(drawn(['actual', 'predicted'], rows, named)).toMatchObject({ sameQuantity: true });
  });
});

it('more than 2000 points are sampled, and it says so', () => {
  const rows = Array.from({ length: 3000 }, (_, i) => [(i * 7) % 3000, i]);
  const spec = drawn(['x', 'y'], rows, { template: 'scatter' });
  if (spec.kind !== 'scatter') throw new Error(spec.kind);
  expect([spec.points.length, spec.n]).toEqual([2000, 3000]);
  expect(spec.notes).toEqual(['2000 of 3000 points are drawn, evenly spread over the file.']);
});

it('a title, label or unit that dvc.yaml does not give is named; where all are given there is no note', () => {
  const rows: Rows = [
    [2, 1],
    [1, 1],
  ];
  expect(drawn(['x', 'y'], rows).notes).toEqual([]);
  const bare = drawn(['x', 'y'], rows, { title: 'reports/p.csv', xLabel: 'x', yLabel: 'Error' });
  expect(bare.notes).toHaveLength(3);
  expect(bare.notes?.[1]).toContain('no x_label');
  expect(bare.notes?.[2]).toContain('y_label names no unit');
});

it('a point carries the row of the table where the file names it', () => {
  const rows: Rows = [
    [17, 2, 1],
    [4, 1, 1],
  ];
  expect(drawn(['row', 'x', 'y'], rows, { template: 'scatter' })).toMatchObject({
    points: [
      { id: '17', name: 'row 17', x: 2, y: 1 },
      { id: '4', name: 'row 4', x: 1, y: 1 },
    ],
  });
});

it('bins: few distinct numbers one by one, words by how often, a single value alone', () => {
  expect(binsOf([2, 1, 2])).toEqual([
    { from: 1, to: 1, count: 1 },
    { from: 2, to: 2, count: 2 },
  ]);
  expect(binsOf(['b', 'a', 'a'])).toEqual([
    { name: 'a', count: 2 },
    { name: 'b', count: 1 },
  ]);
  expect(binsOf([])).toEqual([]);
  const many = binsOf(Array.from({ length: 30 }, (_, i) => `word ${i}`));
  expect(many.reduce((sum, { count }) => sum + count, 0)).toBe(30);
  expect(many).toHaveLength(20);
});
