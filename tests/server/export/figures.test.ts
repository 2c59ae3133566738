// The figures of a report draw a plot as the page of the session does, whatever a stage wrote.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runPlot } from '#app/_ui/charts/run-plot.ts';
import type { Plot } from '#pipeline-core/core/report.ts';
import { plotFigure } from '#server/export/report/figures.ts';

type Rows = Plot['rows'];
const plot = (columns: readonly string[], rows: Rows, more: Partial<Plot> = {}): Plot => ({
  path: 'reports/p.csv',
  title: 'A title',
  x: 'x',
  y: 'y',
  xLabel: 'label of x',
  yLabel: 'label of y',
  columns,
  rows,
  ...more,
});
const svgOf = (...given: Parameters<typeof plot>): string => {
  const figure = plotFigure(plot(...given), 0);
  if (figure === null) throw new Error('nothing is drawn');
  return figure.svg;
};
const textsOf = (svg: string) =>
  [...svg.matchAll(/<text x="([\d.-]+)" y="([\d.-]+)"[^>]*>([^<]*)</g)].map(([, x, y, text]) => ({
    x: Number(x),
    y: Number(y),
    text,
  }));
const tagsOf = (svg: string, name: string) => [...svg.matchAll(new RegExp(`<${name} [^>]*>`, 'g'))].map(([tag]) => tag);

describe('a figure', () => {
  const classes: Rows = Object.entries({ 'no no': 4, 'no yes': 3, 'yes no': 2, 'yes yes': 1 }).flatMap(([pair, n]) =>
    Array.from({ length: n }, () => pair.split(' ')),
  );
  it.each([
    ['confusion', ['4', '3', '2', '1']],
    ['confusion_normalized', ['57.1 %', '42.9 %', '66.7 %', '33.3 %']],
  ] as const)('of the template %s has predicted classes in x, actual ones from the top', (template, [a, b, c, d]) => {
    const texts = textsOf(svgOf(['x', 'y'], classes, { template }));
    const at = (wanted: string) => texts.find(({ text }) => text === wanted)!;
    expect([at(a).y, at(b).x, at(c).x, at(c).y]).toEqual([at(b).y, at(d).x, at(a).x, at(d).y]);
    expect([at(a).x < at(b).x, at(a).y < at(c).y]).toEqual([true, true]);
    // The label below the axis is that of the predicted classes.
    expect(at('label of y').y).toBeGreaterThan(at(c).y);
  });

  it('has a line of its own look for each word beside x and y, and a legend that names them', () => {
    const rows: Rows = [
      [1, 'train', 2],
      [1, 'cv', 3],
      [2, 'train', 2.2],
      [2, 'cv', 2.8],
    ];
    const svg = svgOf(['x', 'rows', 'y'], rows, { template: 'linear' });
    const lines = tagsOf(svg, 'polyline');
    expect(lines).toHaveLength(2);
    expect(new Set(lines.map((line) => /stroke="(#\w+)"/.exec(line)?.[1])).size).toBe(2);
    expect(textsOf(svg).map(({ text }) => text)).toEqual(expect.arrayContaining(['train', 'cv']));
    const points = tagsOf(svgOf(['x', 'rows', 'y'], rows, { template: 'scatter' }), 'g');
    expect(new Set(points.map((group) => /fill="(#\w+)"/.exec(group)?.[1])).size).toBe(2);
  });

  it('takes a number stored as text for a number, and leaves out a row without one', () => {
    const rows: Rows = [
      ['1', '2'],
      ['2', '3.5'],
      ['3', ''],
      ['4', '1e1'],
    ];
    const [line = ''] = tagsOf(svgOf(['x', 'y'], rows), 'polyline');
    expect(/points="([^"]+)"/.exec(line)?.[1]?.split(' ')).toHaveLength(3);
  });

  it('of a histogram has bars between round numbers', () => {
    const rows: Rows = Array.from({ length: 500 }, (_, i) => [((i * 37) % 101) / 10, 0]);
    const svg = svgOf(['x', 'y'], rows, { template: 'histogram' });
    const ticks = textsOf(svg).filter(({ text }) => /^\d+$/.test(text ?? ''));
    const edges = tagsOf(svg, 'rect').map((bar) => Number(/ x="([\d.]+)"/.exec(bar)?.[1]) - 0.5);
    // From 0 to 10 in steps of 0.5: under every number of the axis a bar begins, but at its end.
    const below = ticks.filter(({ y }) => y === Math.max(...ticks.map((tick) => tick.y)));
    expect(below.length).toBeGreaterThan(4);
    for (const { x } of below.slice(0, -1)) expect(edges.some((edge) => Math.abs(edge - x) < 0.2)).toBe(true);
  });

  it('says that it shows a part', () => {
    const rows: Rows = Array.from({ length: 3000 }, (_, i) => [(i * 7) % 3000, i]);
    expect(plotFigure(plot(['x', 'y'], rows), 0)?.title).toBe('A title (2000 of 3000, evenly spread)');
    expect(plotFigure(plot(['x', 'y'], rows.slice(0, 2)), 0)?.title).toBe('A title');
  });
});

it('is drawn where the page draws it, and has a place for every number', () => {
  const cell = fc.oneof(fc.double(), fc.constantFrom('', 'a', '2', 'nan', 'train'), fc.integer({ min: 0, max: 3 }));
  const templates = [
    ...(['linear', 'scatter', 'bar_horizontal', 'bar_horizontal_sorted', 'histogram', 'heatmap'] as const),
    ...(['confusion', 'confusion_normalized', undefined] as const),
  ];
  fc.assert(
    fc.property(
      fc.array(fc.tuple(cell, cell, cell), { maxLength: 30 }),
      fc.constantFrom(...templates),
      fc.constantFrom('y', 'z', 'absent'),
      (rows, template, y) => {
        const one = plot(['x', 'y', 'z'], rows, { y, ...(template === undefined ? {} : { template }) });
        const figure = plotFigure(one, 0);
        expect(figure === null).toBe(runPlot(one) === null);
        // Names of classes may be such words.
        expect(figure?.svg.replaceAll(/>[^<]*</g, '><') ?? '').not.toMatch(/NaN|Infinity|undefined/);
      },
    ),
    { numRuns: 1000 },
  );
});
