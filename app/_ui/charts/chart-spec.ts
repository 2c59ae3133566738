// What a chart shows, without how: the values, labels and units, one type a kind of chart.
// Invariant: plain data. Whatever is drawn, read out, listed as a table or downloaded comes from here.
import * as bins from '#session-core/client/drawn-bins.ts';
import { numberText } from '../chart-numbers.ts';

export interface Axis {
  readonly label: string;
  /** Shown in brackets behind the label. */
  readonly unit?: string;
}

interface Common {
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  /** How many rows of the table are behind it. */
  readonly n?: number;
  /** What a reader must know: sampled, a missing label. */
  readonly notes?: readonly string[];
}

/** `id`: given to onPoint when the mark is chosen. */
interface Mark {
  readonly id?: string;
}

export interface ScatterPoint extends Mark {
  readonly x: number;
  readonly y: number;
  /** What the point is, such as "row 17". */
  readonly name?: string;
  readonly group?: string;
}
export interface ScatterSpec extends Common {
  readonly kind: 'scatter';
  readonly points: readonly ScatterPoint[];
  /** Both axes measure the same quantity: they are drawn to one scale, with the line where both are equal. */
  readonly sameQuantity?: boolean;
}

export interface LinePoint extends Mark {
  readonly x: number;
  readonly y: number;
  /** An interval around y. */
  readonly low?: number;
  readonly high?: number;
}
export interface Series {
  /** '' where there is only one. */
  readonly name: string;
  readonly points: readonly LinePoint[];
}
export interface LinearSpec extends Common {
  readonly kind: 'linear';
  readonly series: readonly Series[];
  /** The line where y equals x, as for calibration. */
  readonly diagonal?: boolean;
}

/** One line for each row, and their mean: partial dependence. */
export interface LinesSpec extends Common {
  readonly kind: 'lines';
  readonly curves: readonly (Mark & { readonly name: string; readonly points: readonly LinePoint[] })[];
  readonly mean: readonly LinePoint[];
}

export interface Bar extends Mark {
  readonly name: string;
  readonly value: number;
  readonly low?: number;
  readonly high?: number;
  readonly n?: number;
  /** Clearly above or below the reference; `note` says so in words. */
  readonly tone?: 'above' | 'below';
  readonly note?: string;
}
/** x is the axis of the values, y that of the names. */
export interface BarsSpec extends Common {
  readonly kind: 'bar_horizontal';
  readonly bars: readonly Bar[];
  /** A value to compare with: a dashed line. */
  readonly reference?: { readonly value: number; readonly label: string };
}

export interface Bin extends Mark {
  /** A range of numbers, or a category by its name. */
  readonly from?: number;
  readonly to?: number;
  readonly name?: string;
  /** What the value means, such as "higher education" for 4. */
  readonly about?: string;
  readonly count: number;
}
/** y is the axis of the counts. */
export interface HistogramSpec extends Common {
  readonly kind: 'histogram';
  readonly bins: readonly Bin[];
  /** A value for each bin above it, such as the mean of the target; null where the bin is empty. */
  readonly over?: {
    readonly axis: Axis;
    readonly series: readonly { readonly name: string; readonly values: readonly (number | null)[] }[];
  };
}

/** x holds the predicted classes, y the actual ones; counts by actual, then predicted class. */
export interface ConfusionSpec extends Common {
  readonly kind: 'confusion';
  readonly labels: readonly string[];
  readonly counts: readonly (readonly number[])[];
  /** Shown as shares of each actual class. */
  readonly normalized: boolean;
  readonly ids?: readonly (readonly string[])[];
}

export interface HeatmapSpec extends Common {
  readonly kind: 'heatmap';
  readonly xs: readonly string[];
  readonly ys: readonly string[];
  /** By y, then x. */
  readonly values: readonly (readonly (number | null)[])[];
  readonly value: Axis;
  readonly ids?: readonly (readonly string[])[];
}

export type ChartSpec = ScatterSpec | LinearSpec | LinesSpec | BarsSpec | HistogramSpec | ConfusionSpec | HeatmapSpec;

/** "Predicted price (euro)" */
export const axisText = ({ label, unit }: Axis): string =>
  unit === undefined || unit === '' || label.endsWith(')') ? label : `${label} (${unit})`;

/** "15 to 17", or the category. */
export const binText = (bin: Omit<Bin, 'count'>): string => bins.binText(bin, numberText);
