// What becomes of a plot that the crowd declared: a line, several, points, bars, or only its table.
import { describe, expect, it } from 'vitest';
import { plotShape } from '#app/_features/charts/plot-shape.ts';
import type { Plot } from '#pipeline-core/core/report.ts';

const plot = (columns: string[], rows: (string | number)[][]): Plot => ({
  path: 'reports/p.csv',
  title: '',
  x: 'x',
  y: 'y',
  xLabel: 'x',
  yLabel: 'y',
  columns,
  rows,
});

describe('a plot', () => {
  it('with rising x is a line; with a few words beside it, a line for each word', () => {
    expect(
      plotShape(
        plot(
          ['x', 'y'],
          [
            [1, 3],
            [2, 2],
            [4, 1],
          ],
        ),
      )?.kind,
    ).toBe('lines');
    const two = plotShape(
      plot(
        ['x', 'rows', 'y'],
        [
          [100, 'train', 2],
          [100, 'cv', 3],
          [200, 'train', 2.2],
          [200, 'cv', 2.8],
        ],
      ),
    );
    expect(two).toEqual({
      kind: 'lines',
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
      plotShape(
        plot(
          ['x', 'y'],
          [
            [3, 1],
            [1, 2],
            [2, 3],
          ],
        ),
      )?.kind,
    ).toBe('points');
    expect(
      plotShape(
        plot(
          ['x', 'y'],
          [
            [1, 1],
            [1, 2],
            [2, 3],
          ],
        ),
      )?.kind,
    ).toBe('points');
    expect(plotShape(plot(['x', 'y'], [[1, 1]]))?.kind).toBe('points');
  });

  it('with a word for each number is bars, whichever side the words are on', () => {
    const bars = [
      { name: 'failures', value: 0.4 },
      { name: 'age', value: -0.01 },
    ];
    expect(
      plotShape(
        plot(
          ['x', 'y'],
          [
            ['failures', 0.4],
            ['age', '-0.01'],
          ],
        ),
      ),
    ).toEqual({ kind: 'bars', bars, values: 'y' });
    expect(
      plotShape(
        plot(
          ['y', 'x'],
          [
            ['failures', 0.4],
            ['age', -0.01],
          ],
        ),
      ),
    ).toEqual({ kind: 'bars', bars, values: 'x' });
  });

  it('leaves out what is no number, and is null where nothing is left to draw', () => {
    const holes = plotShape(
      plot(
        ['x', 'y'],
        [
          [1, 3],
          [2, ''],
          [3, 'nan'],
          ['', 4],
          [5, 1],
        ],
      ),
    );
    expect(holes).toEqual({
      kind: 'lines',
      series: [
        {
          name: '',
          points: [
            { x: 1, y: 3 },
            { x: 5, y: 1 },
          ],
        },
      ],
    });
    expect(plotShape(plot(['x', 'y'], []))).toBeNull();
    expect(plotShape(plot(['x', 'y'], [['a', 'b']]))).toBeNull();
    expect(plotShape(plot(['x', 'z'], [[1, 2]]))).toBeNull();
  });
});
