// The table behind a chart: the same values, for those who read or compute with them, and as CSV.
import { t } from '#app/_strings/strings.ts';
import { shareOf } from '#session-core/client/drawn-plot.ts';
import { type Axis, axisText, binText, type ChartSpec } from './chart-spec.ts';

export type Cell = number | string;
export interface SpecTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

export function specTable(spec: ChartSpec): SpecTable {
  const { x, y } = { x: axisText(spec.x), y: axisText(spec.y) };
  switch (spec.kind) {
    case 'scatter': {
      const named = spec.points.some(({ name }) => name !== undefined);
      const grouped = spec.points.some(({ group }) => group !== undefined);
      return {
        columns: [...(named ? [''] : []), x, y, ...(grouped ? ['group'] : [])],
        rows: spec.points.map((point) => [
          ...(named ? [point.name ?? ''] : []),
          point.x,
          point.y,
          ...(grouped ? [point.group ?? ''] : []),
        ]),
      };
    }
    case 'linear':
      return ofLines(spec.series, x, y);
    case 'lines':
      return ofLines([{ name: 'mean', points: spec.mean }, ...spec.curves], x, y);
    case 'bar_horizontal': {
      const ranged = spec.bars.some(({ low }) => low !== undefined);
      const counted = spec.bars.some(({ n }) => n !== undefined);
      const noted = spec.bars.some(({ note }) => note !== undefined);
      return {
        columns: [y, x, ...(ranged ? ['low', 'high'] : []), ...(counted ? ['n'] : []), ...(noted ? ['note'] : [])],
        rows: spec.bars.map(({ name, value, low, high, n, note }) => [
          name,
          value,
          ...(ranged ? [low ?? '', high ?? ''] : []),
          ...(counted ? [n ?? ''] : []),
          ...(noted ? [note ?? ''] : []),
        ]),
      };
    }
    case 'histogram': {
      const { over } = spec;
      const meant = spec.bins.some(({ about }) => about !== undefined);
      const nameOf = (name: string, axis: Axis) => (name === '' ? axisText(axis) : `${axisText(axis)}: ${name}`);
      return {
        columns: [
          x,
          ...(meant ? [t.chart.meaning] : []),
          y,
          ...(over?.series.map(({ name }) => nameOf(name, over.axis)) ?? []),
        ],
        rows: spec.bins.map((bin, i) => [
          binText(bin),
          ...(meant ? [bin.about ?? ''] : []),
          bin.count,
          ...(over?.series.map(({ values }) => values[i] ?? '') ?? []),
        ]),
      };
    }
    case 'confusion':
      return {
        columns: [y, x, 'rows', 'share'],
        rows: spec.labels.flatMap((actual, a) =>
          spec.labels.map((predicted, p) => [actual, predicted, spec.counts[a]?.[p] ?? 0, shareOf(spec.counts[a], p)]),
        ),
      };
    case 'heatmap':
      return {
        columns: [y, x, axisText(spec.value)],
        rows: spec.ys.flatMap((yName, j) => spec.xs.map((xName, i) => [yName, xName, spec.values[j]?.[i] ?? ''])),
      };
  }
}

function ofLines(
  series: readonly {
    readonly name: string;
    readonly points: readonly {
      readonly x: number;
      readonly y: number;
      readonly low?: number;
      readonly high?: number;
    }[];
  }[],
  x: string,
  y: string,
): SpecTable {
  const named = series.length > 1;
  const ranged = series.some(({ points }) => points.some(({ low }) => low !== undefined));
  return {
    columns: [...(named ? ['line'] : []), x, y, ...(ranged ? ['low', 'high'] : [])],
    rows: series.flatMap(({ name, points }) =>
      points.map((point) => [
        ...(named ? [name] : []),
        point.x,
        point.y,
        ...(ranged ? [point.low ?? '', point.high ?? ''] : []),
      ]),
    ),
  };
}
