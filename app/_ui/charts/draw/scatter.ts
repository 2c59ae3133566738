// Points, one for each row. Axes that measure the same quantity have one scale, and the line where both are equal.
import { axisX, axisY, dot, gridX, gridY, link, plot } from '@observablehq/plot';
import { numberText } from '../../chart-numbers.ts';
import { axisText, type ScatterSpec } from '../chart-spec.ts';
import { colorOf } from '../series-look.ts';
import { type Drawn, type Frame, gridLook, heightOf, placed, plotFrame, xTicks, yTicks } from './drawn.ts';

const SYMBOLS = ['circle', 'triangle', 'square', 'diamond', 'cross', 'star'] as const;

export function drawScatter(spec: ScatterSpec, frame: Frame): Drawn {
  const { points } = spec;
  const same = spec.sameQuantity === true;
  const free = same && frame.height === undefined;
  const width = free ? Math.min(frame.width, frame.unit * 36) : frame.width;
  const margins = plotFrame(frame, 0);
  const [across, upright] = [
    (margins.marginLeft ?? 0) + (margins.marginRight ?? 0),
    (margins.marginTop ?? 0) + (margins.marginBottom ?? 0),
  ];
  const height = free ? width - across + upright : heightOf(frame, 0.62);
  const groups = [...new Set(points.map(({ group }) => group ?? ''))];
  const range = rangeOf(same ? points.flatMap(({ x, y }) => [x, y]) : []);
  const shared = range === null ? { nice: true } : { domain: range, nice: true };
  // With a fixed height the wide side has room to spare: both scales get the length of the shorter.
  const spare = same ? Math.max(0, width - across - (height - upright)) : 0;
  const figure = plot({
    ...plotFrame({ ...frame, width }, height),
    marginLeft: (margins.marginLeft ?? 0) + spare / 2,
    marginRight: (margins.marginRight ?? 0) + spare / 2,
    x: shared,
    y: shared,
    marks: [
      gridX(gridLook),
      gridY(gridLook),
      axisX(xTicks(frame)),
      axisY(yTicks(frame)),
      ...(range === null
        ? []
        : [
            link([range], {
              x1: '0',
              y1: '0',
              x2: '1',
              y2: '1',
              stroke: 'var(--ink)',
              strokeWidth: 2,
              strokeDasharray: '8 6',
            }),
          ]),
      ...groups.map((group, i) =>
        dot(
          points.filter((point) => (point.group ?? '') === group),
          {
            x: 'x',
            y: 'y',
            r: frame.unit * 0.26,
            symbol: SYMBOLS[i % SYMBOLS.length]!,
            fill: colorOf(i),
            fillOpacity: 0.45,
            stroke: colorOf(i),
          },
        ),
      ),
    ],
  });
  const [x, y] = [figure.scale('x'), figure.scale('y')];
  return {
    svg: figure,
    width,
    height,
    nearest: 'xy',
    targets: points
      .map((point) => ({
        ...(point.id === undefined ? {} : { id: point.id }),
        lines: [
          ...(point.name === undefined ? [] : [point.name]),
          ...(point.group === undefined ? [] : [point.group]),
          `${axisText(spec.x)}: ${numberText(point.x)}`,
          `${axisText(spec.y)}: ${numberText(point.y)}`,
        ],
        x: placed(x, point.x),
        y: placed(y, point.y),
      }))
      .sort((a, b) => a.x - b.x || b.y - a.y),
  };
}

/** The values' range; one value alone gets one around it. Null without values. */
function rangeOf(values: readonly number[]): [number, number] | null {
  if (values.length === 0) return null;
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) [low, high] = [Math.min(low, value), Math.max(high, value)];
  const margin = low === high ? Math.abs(low) / 5 || 1 : 0;
  return [low - margin, high + margin];
}
