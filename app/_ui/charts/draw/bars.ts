// A bar for each name. Bars start at zero; an interval is a line across the end of its bar.
import { axisX, axisY, barX, gridX, plot, ruleX, ruleY, text } from '@observablehq/plot';
import { numberText } from '../../chart-numbers.ts';
import { decimalText } from '../../format.ts';
import { axisText, type Bar, type BarsSpec } from '../chart-spec.ts';
import { colorOf } from '../series-look.ts';
import { type Drawn, type Frame, gridLook, nameMargin, placed, plotFrame, xTicks } from './drawn.ts';

const TONES = { above: 'var(--worse)', below: 'var(--better)' } as const;
const fillOf = ({ value, tone }: Bar): string => (tone ? TONES[tone] : colorOf(value < 0 ? 1 : 0));

/** So many that the longest bar has three digits, or all are whole. */
function decimalsOf(values: readonly number[]): number {
  if (values.every(Number.isInteger)) return 0;
  const most = Math.max(...values.map(Math.abs));
  return Math.min(6, Math.max(0, 2 - Math.floor(Math.log10(most))));
}

export function drawBars(spec: BarsSpec, frame: Frame): Drawn {
  // Two bars may have one name, so they are placed by their number.
  const bars = spec.bars.map((bar, i) => ({ ...bar, at: i }));
  const { margin, em } = nameMargin(
    frame,
    bars.map(({ name }) => name),
  );
  // One number of decimals for all of them: 0.235 above 0.040, not above 0.04.
  const decimals = decimalsOf(bars.map(({ value }) => value));
  const base = plotFrame(frame, 0);
  const row = frame.unit * 1.7;
  const height = frame.height ?? Math.round(bars.length * row) + (base.marginTop ?? 0) + (base.marginBottom ?? 0);
  const ranged = bars.filter(({ low, high }) => low !== undefined && high !== undefined);
  const ends = bars.map(({ value, high }) => Math.max(value, high ?? value));
  const figure = plot({
    ...base,
    height,
    marginLeft: margin,
    // The number of each bar is written after it.
    marginRight: frame.unit * 4,
    y: { domain: bars.map(({ at }) => at), padding: 0.25 },
    x: { nice: true, zero: true },
    marks: [
      gridX(gridLook),
      axisX(xTicks(frame)),
      axisY({
        label: null,
        tickSize: 0,
        tickFormat: (at: number) => bars[at]?.name ?? '',
        lineWidth: em,
        textOverflow: 'ellipsis',
        fill: 'var(--ink)',
      }),
      barX(bars, {
        y: 'at',
        x: 'value',
        fill: fillOf,
      }),
      ruleX([0], { stroke: 'var(--ink-2)' }),
      ...(spec.reference
        ? [ruleX([spec.reference.value], { stroke: 'var(--ink)', strokeWidth: 2, strokeDasharray: '6 5' })]
        : []),
      ruleY(ranged, { y: 'at', x1: 'low', x2: 'high', stroke: 'var(--ink)', strokeWidth: 2 }),
      text(bars, {
        y: 'at',
        x: (_, i) => Math.max(0, ends[i] ?? 0),
        text: ({ value }: Bar) => decimalText(value, decimals),
        textAnchor: 'start',
        dx: frame.unit * 0.4,
        fill: 'var(--ink)',
        fontWeight: 700,
      }),
    ],
    color: { type: 'identity' },
  });
  const [x, y] = [figure.scale('x'), figure.scale('y')];
  const band = y?.bandwidth ?? row;
  const zero = placed(x, 0);
  const targets = bars.map(({ id, at, name, value, low, high, n, note }) => {
    const end = placed(x, value);
    return {
      ...(id === undefined ? {} : { id }),
      lines: [
        name,
        `${axisText(spec.x)}: ${numberText(value)}`,
        ...(low === undefined || high === undefined ? [] : [`${numberText(low)} – ${numberText(high)}`]),
        ...(n === undefined ? [] : [`n = ${n}`]),
        ...(note === undefined ? [] : [note]),
      ],
      x: (zero + end) / 2,
      y: placed(y, at) + band / 2,
      box: { width: Math.abs(end - zero), height: band },
    };
  });
  return { svg: figure, width: frame.width, height, targets, nearest: 'y' };
}
