// Charts as SVG without any library: scales, axes and marks, the same in a page, in a file and on paper.
// Invariant: no styles and no scripts, attributes alone, so that a page with a strict policy shows them.
import { escaped } from './markup.ts';

export const INK = '#08252a';
export const SOFT = '#5a6f73';
const GRID = '#d6e0de';
export const BLUE = '#0b5cad';
export const ORANGE = '#b45309';

const WIDTH = 720;
const HEIGHT = 400;
const RIGHT = 24;
const TOP = 20;
const BOTTOM = 56;
const LEFT = 72;
const CHARACTER = 7;

export interface Range {
  readonly min: number;
  readonly max: number;
}

export interface Frame {
  /** Data to pixels. */
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface ChartFacts {
  /** What it shows, for those who do not see it. */
  readonly label: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly xRange: Range;
  readonly yRange: Range;
  /** In place of numbers: one place for each, from 0. */
  readonly xNames?: readonly string[];
  readonly yNames?: readonly string[];
  /** Whole numbers only. */
  readonly xWhole?: boolean;
}

export function chart(facts: ChartFacts, marks: (frame: Frame) => string): string {
  const { label, xLabel, yLabel, xNames, yNames } = facts;
  const names = yNames?.map((name) => clipped(name, 30)) ?? [];
  const left = Math.max(LEFT, 28 + CHARACTER * Math.max(0, ...names.map(({ length }) => length)));
  const height = yNames === undefined ? HEIGHT : Math.max(160, TOP + BOTTOM + 28 * yNames.length);
  const frame: Frame = {
    left,
    right: WIDTH - RIGHT,
    top: TOP,
    bottom: height - BOTTOM,
    x: scale(facts.xRange, left, WIDTH - RIGHT),
    y: scale(facts.yRange, height - BOTTOM, TOP),
  };
  const xTicks = xNames
    ? xNames.map((name, i) => [i, clipped(name, 14)] as const)
    : ticksOf(facts.xRange, 8, facts.xWhole === true);
  const yTicks = yNames ? names.map((name, i) => [i, name] as const) : ticksOf(facts.yRange, 6, false);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${escaped(label)}" font-family="system-ui, sans-serif" font-size="13">
<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>
${xTicks.map(([at, text]) => axisTick(frame, 'x', at, text)).join('\n')}
${yTicks.map(([at, text]) => axisTick(frame, 'y', at, text)).join('\n')}
${marks(frame)}
<line x1="${left}" y1="${frame.bottom}" x2="${frame.right}" y2="${frame.bottom}" stroke="${INK}"/>
${textAt({ x: (left + frame.right) / 2, y: height - 12, text: clipped(xLabel, 90), anchor: 'middle' })}
<text transform="rotate(-90)" x="${-(frame.top + frame.bottom) / 2}" y="16" text-anchor="middle" fill="${INK}">${escaped(clipped(yLabel, Math.floor(height / CHARACTER)))}</text>
</svg>`;
}

function axisTick({ x, y, left, right, top, bottom }: Frame, axis: 'x' | 'y', at: number, text: string): string {
  const line =
    axis === 'x'
      ? `<line x1="${px(x(at))}" y1="${top}" x2="${px(x(at))}" y2="${bottom}" stroke="${GRID}"/>`
      : `<line x1="${left}" y1="${px(y(at))}" x2="${right}" y2="${px(y(at))}" stroke="${GRID}"/>`;
  const label =
    axis === 'x'
      ? textAt({ x: x(at), y: bottom + 18, text, anchor: 'middle' })
      : textAt({ x: left - 8, y: y(at) + 4, text, anchor: 'end' });
  return line + label;
}

export const textAt = (at: {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly anchor: 'start' | 'middle' | 'end';
  readonly fill?: string;
}): string =>
  `<text x="${px(at.x)}" y="${px(at.y)}" text-anchor="${at.anchor}" fill="${at.fill ?? INK}">${escaped(at.text)}</text>`;

export const px = (value: number): string => String(Math.round(value * 10) / 10);

const clipped = (text: string, most: number): string => (text.length <= most ? text : `${text.slice(0, most - 1)}…`);

const scale =
  ({ min, max }: Range, from: number, to: number) =>
  (value: number): number =>
    from + ((value - min) / (max - min || 1)) * (to - from);

/** With a little room on both sides. */
export function rangeOf(values: readonly number[], { zero = false }: { readonly zero?: boolean } = {}): Range {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  if (min > max) [min, max] = [0, 1];
  if (zero) [min, max] = [Math.min(0, min), Math.max(0, max)];
  const room = (max - min || Math.abs(max) || 1) * 0.06;
  return { min: zero && min === 0 ? 0 : min - room, max: zero && max === 0 ? 0 : max + room };
}

/** Round numbers, about so many. */
function ticksOf({ min, max }: Range, count: number, whole: boolean): (readonly [number, string])[] {
  const rough = (max - min) / count;
  const power = 10 ** Math.floor(Math.log10(rough || 1));
  const step = Math.max(whole ? 1 : 0, power * ([1, 2, 5, 10].find((times) => times * power >= rough) ?? 10));
  const ticks: (readonly [number, string])[] = [];
  const decimals = Math.max(0, -Math.floor(Math.log10(step)));
  for (let i = Math.ceil(min / step); i * step <= max && ticks.length < 40; i++) {
    const at = i * step;
    ticks.push([at, Math.abs(at) >= 1e6 ? at.toExponential(1) : at.toFixed(Math.min(decimals, 12))]);
  }
  return ticks;
}
