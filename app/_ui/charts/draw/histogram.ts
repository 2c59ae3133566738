// How often each range of a number, or each category, occurs; above it a value for each bin, such as the target's mean.
import { axisX, axisY, barY, dot, gridY, line, plot, rectY, ruleY } from '@observablehq/plot';
import { onNumberAxis } from '#session-core/client/drawn-bins.ts';
import { numberText } from '../../chart-numbers.ts';
import { axisText, type Bin, binText, type HistogramSpec } from '../chart-spec.ts';
import { colorOf, dashOf } from '../series-look.ts';
import { type Drawn, type Frame, gridLook, heightOf, placed, plotFrame, xTicks, yTicks } from './drawn.ts';

/** Room for the label of a number. */
const LABEL_EM = 3;

const SVG = 'http://www.w3.org/2000/svg';

export function drawHistogram(spec: HistogramSpec, frame: Frame): Drawn {
  const { bins, over } = spec;
  const height = heightOf(frame, over ? 0.7 : 0.5);
  const above = over ? Math.round(height * 0.4) : 0;
  const numeric = onNumberAxis(bins);
  const named = bins.map((bin, at) => ({ ...bin, at }));
  const x = numeric
    ? { domain: [bins[0]?.from ?? 0, bins.at(-1)?.to ?? 1] }
    : { type: 'band' as const, domain: named.map(({ at }) => at), padding: 0.15 };
  const middle = (bin: Bin & { at: number }) => (numeric ? ((bin.from ?? 0) + (bin.to ?? 0)) / 2 : bin.at);
  const band = (frame.width - frame.unit * 5) / Math.max(1, bins.length);
  // Of numbers in order those between two labels are known; of words each is named, if only by its beginning.
  const ordered = bins.every(({ from }) => from !== undefined);
  const every = ordered ? Math.ceil((frame.unit * LABEL_EM) / band) : 1;
  const ticks = numeric
    ? xTicks(frame)
    : {
        label: null,
        tickSize: 0,
        ticks: named.filter(({ at }) => at % every === 0).map(({ at }) => at),
        tickFormat: (at: number) => binText(named[at] ?? { name: '' }),
        lineWidth: Math.max(1.5, (band * every) / frame.unit - 0.5),
        textOverflow: 'ellipsis' as const,
      };
  const shape = { fill: colorOf(0), fillOpacity: 0.85, insetLeft: 0.5, insetRight: 0.5 };
  const counts = plot({
    ...plotFrame(frame, height - above),
    x,
    y: { nice: true, zero: true },
    marks: [
      gridY(gridLook),
      axisX(ticks),
      axisY({ ...yTicks(frame), tickFormat: 's' }),
      numeric
        ? rectY(named, { x1: 'from', x2: 'to', y: 'count', ...shape })
        : barY(named, { x: 'at', y: 'count', ...shape }),
      ruleY([0], { stroke: 'var(--ink-2)' }),
    ],
  });
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', `0 0 ${frame.width} ${height}`);
  svg.setAttribute('width', String(frame.width));
  svg.setAttribute('height', String(height));
  counts.setAttribute('y', String(above));
  svg.append(counts);
  if (over) {
    const values = plot({
      ...plotFrame(frame, above),
      marginBottom: frame.unit * 0.6,
      // The bars below have the axis of both.
      x: { ...x, axis: null },
      y: { nice: true },
      marks: [
        gridY(gridLook),
        axisY(yTicks(frame)),
        ...over.series.flatMap((series, i) => {
          const known = named.filter(({ at }) => series.values[at] !== null && series.values[at] !== undefined);
          const y = (bin: { at: number }) => series.values[bin.at];
          return [
            line(known, { x: middle, y, stroke: colorOf(i + 1), strokeWidth: 2, strokeDasharray: dashOf(i) }),
            dot(known, { x: middle, y, fill: colorOf(i + 1), r: frame.unit * 0.26 }),
          ];
        }),
      ],
    });
    svg.append(values);
  }
  const [xs, ys] = [counts.scale('x'), counts.scale('y')];
  const targets = named.map((bin) => {
    const left = placed(xs, numeric ? bin.from : bin.at);
    const width = numeric ? placed(xs, bin.to) - left : (xs?.bandwidth ?? 0);
    const [top, bottom] = [placed(ys, bin.count), placed(ys, 0)];
    return {
      ...(bin.id === undefined ? {} : { id: bin.id }),
      lines: [
        `${axisText(spec.x)}: ${binText(bin)}`,
        ...(bin.about === undefined ? [] : [bin.about]),
        `${axisText(spec.y)}: ${numberText(bin.count)}`,
        ...(over?.series.flatMap(({ name, values }) => {
          const value = values[bin.at];
          const label = name === '' ? axisText(over.axis) : `${axisText(over.axis)}, ${name}`;
          return value === null || value === undefined ? [] : [`${label}: ${numberText(value)}`];
        }) ?? []),
      ],
      x: left + width / 2,
      y: above + (top + bottom) / 2,
      box: { width, height: bottom - top },
    };
  });
  return { svg, width: frame.width, height, targets, nearest: 'x' };
}
