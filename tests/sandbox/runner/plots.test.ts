import { expect, it } from 'vitest';
import { readPlot } from '#sandbox/runner/results.ts';

it('draws what DVCLive writes: columns between tabs, commas in them', () => {
  const plot = { path: 'dvclive/plots/metrics/loss.tsv', line: 3, x: 'step' };
  expect(readPlot(plot, 'step\tloss, mean\n0\t1.5\n1\t0.5\n')).toMatchObject({
    x: 'step',
    y: 'loss, mean',
    columns: ['step', 'loss, mean'],
    rows: [
      [0, 1.5],
      [1, 0.5],
    ],
  });
});

it('draws some rows of a long table, evenly, and says of how many', () => {
  const text = `x,y\n${Array.from({ length: 12_000 }, (_, i) => `${i},1`).join('\n')}\n`;
  const { rows, of } = readPlot({ path: 'p.csv', line: 3 }, text);
  expect([rows.length, of, rows[0], rows.at(-1)]).toEqual([5_000, 12_000, [0, 1], [11_997, 1]]);
});
