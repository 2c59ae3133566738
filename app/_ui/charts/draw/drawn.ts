// What every chart function takes and gives: a size to draw in, and the drawing with the places of its marks.
// Colors are CSS variables, so a drawing follows light and dark without being made again.
import type { AxisXOptions, AxisYOptions, PlotOptions } from '@observablehq/plot';
import { tickText } from '../../chart-numbers.ts';

/** Size of the letters of the axes, of the text around. */
const TEXT = 0.9;

export interface Frame {
  /** In px of the drawing; one of them is one px of the page. */
  readonly width: number;
  /** Absent: by the width. */
  readonly height?: number;
  /** Size of the page's text around it: the axes are a little smaller. */
  readonly unit: number;
  /** One of many small charts: fewer ticks. */
  readonly small: boolean;
}

/** A mark that can be pointed at, moved to with the arrow keys, and chosen. */
export interface Target {
  readonly id?: string;
  /** Its values, a line each. */
  readonly lines: readonly string[];
  readonly x: number;
  readonly y: number;
  /** Its size where it is an area; its middle is then x, y. */
  readonly box?: { readonly width: number; readonly height: number };
}

export interface Drawn {
  readonly svg: Element;
  readonly width: number;
  readonly height: number;
  readonly targets: readonly Target[];
  /** The direction in which the pointer finds the nearest mark. */
  readonly nearest: 'x' | 'y' | 'xy';
}

const lookOf = (frame: Frame) => ({
  fontSize: `${Math.round(frame.unit * TEXT)}px`,
  fontFamily: 'inherit',
  color: 'var(--ink-2)',
  background: 'transparent',
  overflow: 'visible',
});

/** Room for the numbers of the axes, in proportion to the text. */
export function plotFrame(frame: Frame, height: number): PlotOptions {
  const { unit, width } = frame;
  return {
    width,
    height,
    marginLeft: Math.round(unit * 3.6),
    marginRight: Math.round(unit * 1.2),
    marginTop: Math.round(unit * 0.8),
    marginBottom: Math.round(unit * 2),
    style: lookOf(frame),
    // Fixed: otherwise every drawing gets a random class.
    className: 'chart-drawing',
  };
}

export const gridLook = { stroke: 'var(--line)', strokeOpacity: 1 } as const;

/** Plot would write the numbers of an axis in English on every page. */
function tickFormat(value: unknown, _index: number, ticks: readonly unknown[] = []): string {
  if (typeof value !== 'number') return String(value);
  return tickText(value, Math.abs(Number(ticks[1]) - Number(ticks[0])) || 1);
}

/** The labels are texts of the page around the drawing, where they wrap and are read aloud. */
export const xTicks = (frame: Frame): AxisXOptions => ({
  label: null,
  tickFormat,
  tickSize: 0,
  tickSpacing: frame.unit * (frame.small ? 7 : 5),
});
export const yTicks = (frame: Frame): AxisYOptions => ({
  label: null,
  tickFormat,
  tickSize: 0,
  tickSpacing: frame.unit * (frame.small ? 4 : 3),
});

/** In proportion to the width, but on a phone not so flat that a slope is lost. */
export const heightOf = ({ width, height, unit, small }: Frame, share: number): number =>
  height ?? Math.round(Math.min(Math.max(width * share, unit * (small ? 7 : 14)), unit * 28));

/** Where a scale of the drawing puts a value. */
export function placed(scale: { apply(input: unknown): unknown } | undefined, value: unknown): number {
  const at = Number(scale?.apply(value));
  return Number.isFinite(at) ? at : 0;
}

/** Characters that fit beside the bars: names may take two fifths of the width. */
export function nameMargin(frame: Frame, names: readonly string[]): { readonly margin: number; readonly em: number } {
  const longest = Math.max(3, ...names.map((name) => [...name].length));
  const size = frame.unit * TEXT;
  const margin = Math.min(frame.width * 0.4, longest * size * 0.58 + size);
  return { margin: Math.round(margin), em: margin / size - 1 };
}
