// Charts as SVG: scales, axes, a legend and marks, the same in a page, in a file and on paper.
// Invariant: no styles and no scripts, attributes alone, so that a page with a strict policy shows them.
import { tickStep, ticks } from 'd3-array';
import { escaped } from './markup.ts';
import { numberText } from './numbers.ts';

export const PAPER = '#ffffff';
export const INK = '#08252a';
export const SOFT = '#5a6f73';
export const GRID = '#d6e0de';
export const BLUE = '#0b5cad';
export const ORANGE = '#b45309';
const GREEN = '#1f7a4d';
const PURPLE = '#8b3fa0';
const RED = '#a3243b';
const GRAY = '#4d5a5c';
/** What a dark page makes of them: each as far from its ground as before. A figure in a file of its own stays light. */
export const IN_THE_DARK: Readonly<Record<string, string>> = {
  [PAPER]: '#0e181b',
  [INK]: '#e3eceb',
  [SOFT]: '#a5b8bc',
  [GRID]: '#33454a',
  [BLUE]: '#7ab8ff',
  [ORANGE]: '#f0a35e',
  [GREEN]: '#5fc994',
  [PURPLE]: '#d59be6',
  [RED]: '#ff8fa0',
  [GRAY]: '#a9b8bb',
};
/** A series has a color, and a dash or a shape: either alone is enough to tell it from the others. */
const LOOKS = [
  { color: BLUE, dash: '', shape: '' },
  { color: ORANGE, dash: '9 5', shape: 'M-3-3h6v6h-6z' },
  { color: GREEN, dash: '2 4', shape: 'M0-4l4 7h-8z' },
  { color: PURPLE, dash: '12 4 2 4', shape: 'M0-4.5l4.5 4.5l-4.5 4.5l-4.5-4.5z' },
  { color: RED, dash: '5 2', shape: 'M-1-4h2v3h3v2h-3v3h-2v-3h-3v-2h3z' },
  { color: GRAY, dash: '1 6', shape: 'M0 4l4-7h-8z' },
] as const;

/** On a phone a chart is as wide as the page, about two thirds of this: its letters can still be read there. */
const WIDTH = 520;
const HEIGHT = 360;
const FONT = 14;
const RIGHT = 24;
const TOP = 34;
const BOTTOM = 56;
const LEFT = 48;
const CHARACTER = 7.5;
const LINE = 20;
/** The label of y begins so far left of a square, above its numbers. */
const BESIDE = 40;
const EDGE = 8;
const MOST_UPRIGHT = 18;
const MOST_BESIDE = 24;
/** Next to the least that a number can be no step can be taken. */
const LEAST_ROOM = 1e-300;

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
  /** From the bottom up. */
  readonly yNames?: readonly string[];
  /** Names that are numbers in order: those between two are known. */
  readonly xOrdered?: boolean;
  /** Whole numbers only. */
  readonly xWhole?: boolean;
  /** As high as it is wide: both axes measure the same. */
  readonly square?: boolean;
  /** Of the series, in the order of LOOKS. */
  readonly legend?: { readonly of: 'lines' | 'points'; readonly names: readonly string[] };
}

type Tick = readonly [at: number, text: string];

export function chart(facts: ChartFacts, marks: (frame: Frame) => string): string {
  const { label, xLabel, yLabel, xNames, yNames, square = false } = facts;
  const legend = legendOf(facts.legend);
  const yTicks = yNames?.map((name, i): Tick => [i, clipped(name, MOST_BESIDE)]) ?? ticksOf(facts.yRange, 5);
  const beside = Math.max(LEFT, 2 * EDGE + CHARACTER * Math.max(...yTicks.map(([, text]) => text.length), 0));
  const top = TOP + legend.height;
  const side = HEIGHT + TOP - BOTTOM;
  const left = square ? Math.max(beside, (WIDTH - side) / 2) : beside;
  const right = square ? left + side : WIDTH - RIGHT;
  const names =
    xNames === undefined ? null : namesBelow(xNames, (right - left) / xNames.length, facts.xOrdered === true);
  const under = BOTTOM + (names?.extra ?? 0);
  const rows = yNames?.length ?? 0;
  const inner = square
    ? side
    : yNames === undefined
      ? HEIGHT - TOP - BOTTOM
      : Math.max(84, (rows > 20 ? 18 : 28) * rows);
  const height = Math.ceil(top + inner + under);
  const frame: Frame = {
    left,
    right,
    top,
    bottom: height - under,
    x: scale(facts.xRange, left, right),
    y: scale(facts.yRange, height - under, top),
  };
  const xTicks = names?.ticks ?? ticksOf(facts.xRange, square ? 5 : 6, facts.xWhole);
  const middle = (left + right) / 2;
  const yLabelAt = square ? left - BESIDE : EDGE;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${escaped(label)}" font-family="system-ui, sans-serif" font-size="${FONT}">
<rect width="${WIDTH}" height="${height}" fill="${PAPER}"/>
${legend.svg}${xTicks.map((tick) => xTick(frame, tick, names)).join('\n')}
${yTicks.map((tick) => yTick(frame, tick, yNames !== undefined)).join('\n')}
${marks(frame)}
<line x1="${px(left)}" y1="${frame.bottom}" x2="${px(right)}" y2="${frame.bottom}" stroke="${INK}"/>
${textAt({ x: middle, y: height - 12, text: within(xLabel, 2 * Math.min(middle, WIDTH - middle)), anchor: 'middle' })}
${textAt({ x: yLabelAt, y: top - 16, text: within(yLabel, WIDTH - yLabelAt), anchor: 'start' })}
</svg>`;
}

interface NamesBelow {
  readonly ticks: readonly Tick[];
  /** Written upwards, because they are longer than their places are wide. */
  readonly turned: boolean;
  /** Room that they take beyond that of a number. */
  readonly extra: number;
}

/** The names below a chart: level where they fit, else turned; where even those do not fit, every second one, or fewer. */
function namesBelow(names: readonly string[], place: number, ordered: boolean): NamesBelow {
  const longest = CHARACTER * (1 + Math.max(0, ...names.map(({ length }) => length)));
  const turned = longest > place && !ordered;
  const every = Math.max(1, Math.ceil((ordered ? longest : turned ? LINE - 4 : 0) / place));
  const ticks = names.flatMap((name, i): Tick[] => (i % every === 0 ? [[i, clipped(name, MOST_UPRIGHT)]] : []));
  const extra = turned ? CHARACTER * Math.max(0, ...ticks.map(([, text]) => text.length)) - 14 : 0;
  return { ticks, turned, extra: Math.max(0, extra) };
}

function xTick({ x, top, bottom }: Frame, [at, text]: Tick, names: NamesBelow | null): string {
  const place = px(x(at));
  const line = names ? '' : `<line x1="${place}" y1="${top}" x2="${place}" y2="${bottom}" stroke="${GRID}"/>`;
  return names?.turned
    ? `${line}<text transform="rotate(-90)" x="${px(-bottom - 8)}" y="${px(x(at) + 4)}" text-anchor="end" fill="${INK}">${escaped(text)}</text>`
    : line + textAt({ x: x(at), y: bottom + 18, text, anchor: 'middle' });
}

function yTick({ y, left, right }: Frame, [at, text]: Tick, named: boolean): string {
  const place = px(y(at));
  const line = named ? '' : `<line x1="${px(left)}" y1="${place}" x2="${px(right)}" y2="${place}" stroke="${GRID}"/>`;
  return line + textAt({ x: left - 8, y: y(at) + 4, text, anchor: 'end' });
}

/** A line or a point and a name for each series, in as many rows as they need; none for one series alone. */
function legendOf({ of, names }: NonNullable<ChartFacts['legend']> = { of: 'lines', names: [] }) {
  if (names.length < 2) return { svg: '', height: 0 };
  let [left, row] = [EDGE, 0];
  const entries = names.map((whole, i) => {
    const name = clipped(whole, 40);
    const width = 44 + CHARACTER * name.length;
    if (left > EDGE && left + width > WIDTH - RIGHT) [left, row] = [EDGE, row + 1];
    const [at, y] = [left, LINE + row * LINE];
    left += width + 12;
    const look =
      of === 'lines'
        ? `<line x1="${at}" y1="${y}" x2="${at + 32}" y2="${y}" ${strokeOf(i)}/>`
        : `<g fill="${colorOf(i)}">${pointAt(i, at + 26, y)}</g>`;
    return `${look}${textAt({ x: at + 40, y: y + 4, text: name, anchor: 'start' })}`;
  });
  return { svg: `${entries.join('\n')}\n`, height: (row + 1) * LINE + EDGE };
}

export const colorOf = (series: number): string => LOOKS[series % LOOKS.length]!.color;

/** A point of a series, in its shape. */
export function pointAt(series: number, x: number, y: number): string {
  const { shape } = LOOKS[series % LOOKS.length]!;
  return shape === ''
    ? `<circle cx="${px(x)}" cy="${px(y)}" r="3"/>`
    : `<path transform="translate(${px(x)} ${px(y)})" d="${shape}"/>`;
}

/** Attributes of the line of a series. */
export function strokeOf(series: number): string {
  const { color, dash } = LOOKS[series % LOOKS.length]!;
  return `stroke="${color}" stroke-width="2"${dash === '' ? '' : ` stroke-dasharray="${dash}"`}`;
}

export const textAt = (at: {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly anchor: 'start' | 'middle' | 'end';
  readonly fill?: string;
  readonly size?: number;
}): string =>
  `<text x="${px(at.x)}" y="${px(at.y)}" text-anchor="${at.anchor}" fill="${at.fill ?? INK}"${at.size === undefined ? '' : ` font-size="${at.size}"`}>${escaped(at.text)}</text>`;

/** About how wide a text is. */
export const widthOf = (text: string, size = FONT): number => ((CHARACTER * size) / FONT) * text.length;

export const px = (value: number): string => String(Math.round(value * 10) / 10);

const within = (text: string, width: number): string => clipped(text, Math.floor((width - EDGE) / CHARACTER));
const clipped = (text: string, most: number): string => (text.length <= most ? text : `${text.slice(0, most - 1)}…`);

/** Halves: the difference of two numbers may be more than a number can be, their halves' is not. */
const scale =
  ({ min, max }: Range, from: number, to: number) =>
  (value: number): number =>
    from + ((value / 2 - min / 2) / (max / 2 - min / 2 || 1)) * (to - from);

/** With a little room on both sides. */
export function rangeOf(values: readonly number[], { zero = false }: { readonly zero?: boolean } = {}): Range {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  if (min > max) [min, max] = [0, 1];
  if (zero) [min, max] = [Math.min(0, min), Math.max(0, max)];
  const room = Math.max(LEAST_ROOM, Math.min(Number.MAX_VALUE / 4, (max - min || Math.abs(max) || 1) * 0.06));
  const within = (value: number) => Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value));
  return { min: zero && min === 0 ? 0 : within(min - room), max: zero && max === 0 ? 0 : within(max + room) };
}

/** Round numbers, about so many, all with as many decimals. */
function ticksOf({ min, max }: Range, count: number, whole = false): readonly Tick[] {
  // Beyond half of what a number can be the step itself is no number.
  const at = ticks(min, max, count).filter((tick) => Number.isFinite(tick) && (!whole || Number.isInteger(tick)));
  const decimals = Math.max(0, -Math.floor(Math.log10(tickStep(min, max, count))));
  const large = at.some((tick) => Math.abs(tick) >= 1e6) || decimals > 6;
  return at.map((tick): Tick => [tick, large ? numberText(tick, 6) : tick.toFixed(whole ? 0 : decimals)]);
}
