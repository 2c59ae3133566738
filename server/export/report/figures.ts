// The figures of what the stages of the last run plotted: the same as the page of the session draws of them.
import type { Plot } from '#pipeline-core/core/report.ts';
import { binText, onNumberAxis } from '#session-core/client/drawn-bins.ts';
import {
  type DrawnBars,
  type DrawnConfusion,
  type DrawnHeatmap,
  type DrawnHistogram,
  type DrawnLines,
  type DrawnPlot,
  type DrawnScatter,
  drawnPlot,
  partDrawn,
  shareOf,
} from '#session-core/client/drawn-plot.ts';
import { numberText } from './numbers.ts';
import {
  BLUE,
  type ChartFacts,
  chart,
  colorOf,
  GRID,
  INK,
  ORANGE,
  PAPER,
  pointAt,
  px,
  rangeOf,
  strokeOf,
  textAt,
  widthOf,
} from './svg.ts';

/** Longer lines have no dots on them. */
const MOST_DOTS = 40;
/** Of the numbers in cells: in those that are too narrow for the smallest there are none, they would lie across the next. */
const SIZES = [14, 11];
/** From so much of a color on white has more contrast with it than ink. */
const WHITE_ON_BLUE = 0.76;
const WHITE_ON_ORANGE = 0.86;

export interface Figure {
  /** Of its file, without the ending. */
  readonly name: string;
  readonly title: string;
  readonly svg: string;
}

/** null: its columns cannot be drawn. */
export function plotFigure(plot: Plot, index: number): Figure | null {
  const drawn = drawnPlot(plot, numberText);
  if (drawn === null) return null;
  const part = partDrawn(plot, drawn);
  const title = part === null ? drawn.title : `${drawn.title} (${part.shown} of ${part.of}, evenly spread)`;
  const label = `${drawn.title}: ${plot.rows.length} rows of ${plot.path}`;
  return { name: `plot-${index + 1}`, title, svg: svgOf(drawn, { label, xLabel: drawn.x, yLabel: drawn.y }) };
}

type Labels = Pick<ChartFacts, 'label' | 'xLabel' | 'yLabel'>;

function svgOf(drawn: DrawnPlot, labels: Labels): string {
  switch (drawn.kind) {
    case 'scatter':
      return scatterOf(drawn, labels);
    case 'linear':
      return linesOf(drawn, labels);
    case 'bar_horizontal':
      return barsOf(drawn, labels);
    case 'histogram':
      return histogramOf(drawn, { ...labels, yLabel: 'Rows' });
    case 'confusion':
      return confusionOf(drawn, labels);
    case 'heatmap':
      return heatmapOf(drawn, labels);
  }
}

function scatterOf({ points, sameQuantity }: DrawnScatter, labels: Labels): string {
  const groups = [...new Set(points.map(({ group }) => group ?? ''))];
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const both = rangeOf([...xs, ...ys]);
  const [xRange, yRange] = sameQuantity ? [both, both] : [rangeOf(xs), rangeOf(ys)];
  const legend = { of: 'points', names: groups } as const;
  return chart({ ...labels, xRange, yRange, square: sameQuantity, legend }, ({ x, y, left, right, top, bottom }) => {
    const equal = sameQuantity
      ? `<line x1="${px(left)}" y1="${bottom}" x2="${px(right)}" y2="${top}" stroke="${INK}" stroke-dasharray="8 6"/>`
      : '';
    const clouds = groups.map((name, i) => {
      const own = points.filter(({ group = '' }) => group === name);
      const dots = own.map((point) => pointAt(i, x(point.x), y(point.y)));
      return `<g fill="${colorOf(i)}" fill-opacity="0.45">${dots.join('')}</g>`;
    });
    return [equal, ...clouds].join('\n');
  });
}

function linesOf({ series }: DrawnLines, labels: Labels): string {
  const all = series.flatMap(({ points }) => points);
  const [xRange, yRange] = [rangeOf(all.map(({ x }) => x)), rangeOf(all.map(({ y }) => y))];
  const legend = { of: 'lines', names: series.map(({ name }) => name) } as const;
  return chart({ ...labels, xRange, yRange, legend }, ({ x, y }) =>
    series
      .map(({ points }, i) => {
        const at = points.map((point) => [px(x(point.x)), px(y(point.y))] as const);
        const line = `<polyline points="${at.map((point) => point.join(',')).join(' ')}" fill="none" ${strokeOf(i)}/>`;
        const dots = at.length > MOST_DOTS ? [] : at.map(([cx, cy]) => `<circle cx="${cx}" cy="${cy}" r="4"/>`);
        return `${line}<g fill="${colorOf(i)}">${dots.join('')}</g>`;
      })
      .join('\n'),
  );
}

function barsOf({ bars }: DrawnBars, labels: Labels): string {
  // The first is on top.
  const shown = bars.toReversed();
  const values = shown.map(({ value }) => value);
  const { min, max } = rangeOf(values, { zero: true });
  const facts = {
    ...labels,
    // The number of each bar is written after it.
    xRange: { min, max: max + (max - min) * 0.1 },
    yRange: placesOf(shown),
    yNames: shown.map(({ name }) => name),
  };
  return chart(facts, ({ x, y }) =>
    shown
      .map(({ value }, i) => {
        const [from, to] = [Math.min(x(0), x(value)), Math.max(x(0), x(value))];
        const text = numberText(value, 3);
        return `<rect x="${px(from)}" y="${px(y(i) - 7)}" width="${px(to - from)}" height="14" fill="${value < 0 ? ORANGE : BLUE}"/>${textAt({ x: to + 6, y: y(i) + 4, text, anchor: 'start' })}`;
      })
      .join('\n'),
  );
}

function histogramOf({ bins }: DrawnHistogram, labels: Labels): string {
  const yRange = rangeOf(
    bins.map(({ count }) => count),
    { zero: true },
  );
  const bar = (left: number, right: number, [top, bottom]: readonly [number, number]) =>
    `<rect x="${px(left)}" y="${px(top)}" width="${px(right - left)}" height="${px(bottom - top)}" fill="${BLUE}"/>`;
  if (onNumberAxis(bins)) {
    const xRange = { min: bins[0]!.from, max: bins.at(-1)!.to };
    return chart({ ...labels, xRange, yRange }, ({ x, y, bottom }) =>
      bins.map(({ from, to, count }) => bar(x(from) + 0.5, x(to) - 0.5, [y(count), bottom])).join('\n'),
    );
  }
  const xNames = bins.map((bin) => binText(bin, numberText));
  const xOrdered = bins.every(({ from }) => from !== undefined);
  return chart({ ...labels, xNames, xOrdered, xRange: placesOf(bins), yRange }, ({ x, y, bottom }) =>
    bins.map(({ count }, i) => bar(x(i - 0.4), x(i + 0.4), [y(count), bottom])).join('\n'),
  );
}

interface Cell {
  /** Places of its column and its row, from the left and from the top. */
  readonly i: number;
  readonly j: number;
  /** -1 to 1: how much of the color it has. */
  readonly strength: number;
  readonly text: string;
}

function confusionOf({ labels: classes, counts, normalized }: DrawnConfusion, labels: Labels): string {
  const most = Math.max(1, ...counts.flat());
  const cells = classes.flatMap((_, j) =>
    classes.map((_, i): Cell => {
      const [count, share] = [counts[j]![i]!, shareOf(counts[j], i)];
      return normalized
        ? { i, j, strength: share, text: `${Math.round(share * 1000) / 10} %` }
        : { i, j, strength: count / most, text: String(count) };
    }),
  );
  return matrixOf({ xs: classes, ys: classes, cells }, labels);
}

function heatmapOf({ xs, ys, values, column }: DrawnHeatmap, labels: Labels): string {
  const most = Math.max(Number.MIN_VALUE, ...values.flat().map((value) => Math.abs(value ?? 0)));
  const cells = ys.flatMap((_, j) =>
    xs.flatMap((_, i): Cell[] => {
      const value = values[j]![i] ?? null;
      return value === null ? [] : [{ i, j, strength: value / most, text: numberText(value, 2) }];
    }),
  );
  const label = `${labels.label}, ${column ?? 'rows'} by color`;
  return matrixOf({ xs, ys, cells }, { ...labels, label });
}

/** The first row is on top. */
function matrixOf(
  {
    xs,
    ys,
    cells,
  }: { readonly xs: readonly string[]; readonly ys: readonly string[]; readonly cells: readonly Cell[] },
  labels: Labels,
): string {
  const facts = { ...labels, xNames: xs, yNames: ys.toReversed(), xRange: placesOf(xs), yRange: placesOf(ys) };
  return chart(facts, ({ x, y }) => {
    const width = x(1) - x(0);
    const size = SIZES.find((one) => cells.every(({ text }) => widthOf(text, one) < width));
    return cells
      .map(({ i, j, strength, text }) => {
        const row = ys.length - 1 - j;
        const [left, top, bottom] = [x(i - 0.5), y(row + 0.5), y(row - 0.5)];
        const rect = `<rect x="${px(left + 1)}" y="${px(top + 1)}" width="${px(width - 2)}" height="${px(bottom - top - 2)}" fill="${strength < 0 ? ORANGE : BLUE}" fill-opacity="${Math.abs(strength).toFixed(2)}" stroke="${GRID}"/>`;
        const fill = strength > WHITE_ON_BLUE || strength < -WHITE_ON_ORANGE ? PAPER : INK;
        const place = { x: left + width / 2, y: (top + bottom) / 2 + 4, anchor: 'middle' } as const;
        return size === undefined ? rect : rect + textAt({ ...place, text, fill, size });
      })
      .join('\n');
  });
}

/** One place for each name. */
const placesOf = ({ length }: readonly unknown[]) => ({ min: -0.5, max: length - 0.5 });
