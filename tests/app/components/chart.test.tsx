// Every kind of chart on a page: what it reads out, how the arrow keys move through it, what choosing a mark gives.
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Chart } from '#app/_ui/charts/chart.tsx';
import type { ChartSpec } from '#app/_ui/charts/chart-spec.ts';
import { draw } from '#app/_ui/charts/draw/draw.ts';
import { giveWidth } from './layout.ts';

const axes = { title: 'A chart', x: { label: 'Age', unit: 'years' }, y: { label: 'Grade' } };
const line = [
  { x: 15, y: 10, low: 9, high: 11 },
  { x: 16, y: 12, low: 11, high: 13 },
];
const SPECS: readonly ChartSpec[] = [
  {
    ...axes,
    kind: 'scatter',
    sameQuantity: true,
    points: [
      { x: 1, y: 2, id: '4', name: 'row 4' },
      { x: 3, y: 1, id: '9', name: 'row 9' },
    ],
  },
  { ...axes, kind: 'linear', series: [{ name: '', points: line }], diagonal: true },
  { ...axes, kind: 'lines', curves: [{ id: '3', name: 'row 3', points: line }], mean: line },
  {
    ...axes,
    kind: 'bar_horizontal',
    reference: { value: 0.3, label: 'All rows: 0.3' },
    bars: [
      { name: 'absences', value: 0.5, low: 0.4, high: 0.6, n: 12, tone: 'above', note: 'above all rows' },
      { name: 'a name that is far too long for the space beside its bar', value: -0.2 },
    ],
  },
  {
    ...axes,
    kind: 'histogram',
    bins: [
      { from: 0, to: 5, count: 3 },
      { from: 5, to: 10, count: 0 },
    ],
    over: { axis: { label: 'Mean grade' }, series: [{ name: '', values: [11, null] }] },
  },
  { ...axes, kind: 'histogram', bins: [{ name: 'GP', count: 3 }] },
  {
    ...axes,
    kind: 'confusion',
    labels: ['no', 'yes'],
    counts: [
      [3, 1],
      [0, 0],
    ],
    normalized: true,
  },
  { ...axes, kind: 'heatmap', xs: ['a', 'b'], ys: ['c'], values: [[0.5, -1]], value: { label: 'r' } },
];

describe.each([
  ['a phone', { width: 320, unit: 15, small: false }],
  ['a strip of small charts', { width: 120, unit: 12, small: true }],
  ['a projector', { width: 1600, height: 800, unit: 28, small: false }],
])('on %s', (_, frame) => {
  it.each(SPECS.map((spec, i) => [`${spec.kind} ${i}`, spec] as const))('%s lies inside its drawing', (__, spec) => {
    const drawn = draw(spec, frame);
    expect(drawn.width).toBeLessThanOrEqual(frame.width);
    expect(drawn.targets.length).toBeGreaterThan(0);
    for (const { x, y, lines } of drawn.targets) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x).toBeLessThanOrEqual(drawn.width);
      expect(y).toBeGreaterThanOrEqual(0);
      expect(y).toBeLessThanOrEqual(drawn.height);
      expect(lines.join()).not.toMatch(/NaN|undefined/);
    }
    expect(drawn.svg.outerHTML).not.toContain('NaN');
  });
});

it('values of one quantity have axes of one scale', () => {
  const { svg, targets } = draw(SPECS[0]!, { width: 1000, height: 400, unit: 16, small: false });
  const [a, b] = [targets.find(({ id }) => id === '4')!, targets.find(({ id }) => id === '9')!];
  expect(Math.abs(b.x - a.x) / 2).toBeCloseTo(Math.abs(b.y - a.y), 0);
  expect(svg.querySelector('[stroke-dasharray="8 6"]')).not.toBeNull();
});

describe('a chart on a page', () => {
  beforeEach(giveWidth);
  afterEach(() => vi.unstubAllGlobals());

  it('is moved through with the arrow keys, which read the values out; Enter opens the row', async () => {
    const opened: string[] = [];
    render(<Chart spec={SPECS[0]!} onPoint={(id) => opened.push(id)} />);
    const chart = await screen.findByRole('application', { name: /A chart: chart with 2 marks.*Enter opens one/ });
    await userEvent.tab();
    expect(document.activeElement).toBe(chart);
    await userEvent.keyboard('{ArrowRight}{ArrowRight}');
    expect(screen.getByRole('status').textContent).toBe('row 9, Age (years): 3, Grade: 1');
    await userEvent.keyboard('{Enter}{Home}{Enter}');
    expect(opened).toEqual(['9', '4']);
  });

  it('has its values as a table, and a confusion matrix its counts and shares', async () => {
    render(<Chart spec={SPECS[6]!} />);
    await screen.findByText('75 %');
    await userEvent.click(screen.getByRole('button', { name: 'Show counts' }));
    await screen.findByText('3');
    expect(screen.queryByText('75 %')).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Show table' }));
    expect(screen.getAllByRole('row')).toHaveLength(5);
  });

  it('says in words what the colour of a bar and its dashed line say', async () => {
    render(<Chart spec={SPECS[3]!} />);
    const chart = await screen.findByRole('application', { name: /2 marks/ });
    expect(chart.querySelector('[fill="var(--worse)"]')).not.toBeNull();
    expect(screen.getByText('All rows: 0.3')).toBeDefined();
    await userEvent.tab();
    await userEvent.keyboard('{ArrowRight}');
    expect(screen.getByRole('status').textContent).toContain('above all rows');
  });
});
