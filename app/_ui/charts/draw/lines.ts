// Lines: a few that have names, with intervals where they are known; or one for each row, with their mean.
import { areaY, axisX, axisY, dot, gridY, line, link, plot } from '@observablehq/plot';
import { numberText } from '../../chart-numbers.ts';
import { axisText, type LinearSpec, type LinePoint, type LinesSpec } from '../chart-spec.ts';
import { colorOf, dashOf } from '../series-look.ts';
import { type Drawn, type Frame, gridLook, heightOf, placed, plotFrame, type Target, xTicks, yTicks } from './drawn.ts';

/** Longer lines have no dots on them. */
const MOST_DOTS = 40;

export function drawLinear(spec: LinearSpec, frame: Frame): Drawn {
  const { series } = spec;
  const height = heightOf(frame, 0.5);
  const all = series.flatMap(({ points }) => points);
  const xs = all.map(({ x }) => x);
  const figure = plot({
    ...plotFrame(frame, height),
    x: { nice: true },
    y: { nice: true },
    marks: [
      gridY(gridLook),
      axisX(xTicks(frame)),
      axisY(yTicks(frame)),
      ...(spec.diagonal && xs.length > 0
        ? [
            link([[smallest(xs), -smallest(xs.map((x) => -x))]], {
              x1: '0',
              y1: '0',
              x2: '1',
              y2: '1',
              stroke: 'var(--ink)',
              strokeWidth: 2,
              strokeDasharray: '8 6',
            }),
          ]
        : []),
      ...series.flatMap(({ points }, i) => [
        ...(points.some(({ low, high }) => low !== undefined && high !== undefined)
          ? [areaY(points, { x: 'x', y1: 'low', y2: 'high', fill: colorOf(i), fillOpacity: 0.16 })]
          : []),
        line(points, {
          x: 'x',
          y: 'y',
          stroke: colorOf(i),
          strokeWidth: frame.unit * 0.22,
          strokeDasharray: dashOf(i),
        }),
        ...(points.length <= MOST_DOTS
          ? [dot(points, { x: 'x', y: 'y', fill: colorOf(i), r: frame.unit * 0.28 })]
          : []),
      ]),
    ],
  });
  const scales = { x: figure.scale('x'), y: figure.scale('y') };
  const targets = series
    .flatMap(({ name, points }) =>
      points.map(
        (point): Target => ({
          ...(point.id === undefined ? {} : { id: point.id }),
          lines: [...(name === '' ? [] : [name]), ...pointLines(spec, point)],
          x: placed(scales.x, point.x),
          y: placed(scales.y, point.y),
        }),
      ),
    )
    .sort((a, b) => a.x - b.x || a.y - b.y);
  return { svg: figure, width: frame.width, height, targets, nearest: series.length > 1 ? 'xy' : 'x' };
}

export function drawLines(spec: LinesSpec, frame: Frame): Drawn {
  const height = heightOf(frame, 0.5);
  const figure = plot({
    ...plotFrame(frame, height),
    x: { nice: true },
    y: { nice: true },
    marks: [
      gridY(gridLook),
      axisX(xTicks(frame)),
      axisY(yTicks(frame)),
      ...spec.curves.map(({ points }) =>
        line(points, { x: 'x', y: 'y', stroke: colorOf(0), strokeWidth: 1, strokeOpacity: 0.3 }),
      ),
      line(spec.mean, { x: 'x', y: 'y', stroke: 'var(--ink)', strokeWidth: frame.unit * 0.28 }),
    ],
  });
  const scales = { x: figure.scale('x'), y: figure.scale('y') };
  const place = (point: LinePoint) => ({ x: placed(scales.x, point.x), y: placed(scales.y, point.y) });
  const targets = [
    ...spec.mean.map((point): Target => ({ lines: pointLines(spec, point), ...place(point) })),
    // A line is chosen at its end, where the lines lie furthest apart.
    ...spec.curves.flatMap(({ id, name, points }) => {
      const last = points.at(-1);
      if (id === undefined || last === undefined) return [];
      return [{ id, lines: [name, ...pointLines(spec, last)], ...place(last) }];
    }),
  ];
  return { svg: figure, width: frame.width, height, targets, nearest: 'xy' };
}

function pointLines(spec: LinearSpec | LinesSpec, { x, y, low, high }: LinePoint): readonly string[] {
  const interval = low === undefined || high === undefined ? '' : ` (${numberText(low)} – ${numberText(high)})`;
  return [`${axisText(spec.x)}: ${numberText(x)}`, `${axisText(spec.y)}: ${numberText(y)}${interval}`];
}

const smallest = (values: readonly number[]): number => values.reduce((low, value) => Math.min(low, value));
