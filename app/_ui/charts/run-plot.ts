// A plot that a stage wrote, as a chart of the page: what is drawn of it, and what a reader must know about it.
// Invariant: pure, and never throws on what participants wrote. If nothing can be drawn the result is null, and the
// page shows the table.
import { t } from '#app/_strings/strings.ts';
import type { Plot } from '#pipeline-core/core/report.ts';
import { type DrawnPlot, drawnPlot, partDrawn } from '#session-core/client/drawn-plot.ts';
import { numberText } from '../chart-numbers.ts';
import type { ChartSpec } from './chart-spec.ts';

/** null: its columns cannot be drawn as that. */
export function runPlot(plot: Plot): ChartSpec | null {
  const drawn = drawnPlot(plot, numberText);
  if (drawn === null) return null;
  const spec = specOf(plot, drawn);
  return { ...spec, notes: [...missingTexts(plot, spec), ...partTexts(plot, drawn)] };
}

function specOf({ rows }: Plot, drawn: DrawnPlot): ChartSpec {
  const common = { title: drawn.title, x: { label: drawn.x }, y: { label: drawn.y } };
  // Of these a row of the file is a row of the table; of the others it is a point that stands for many.
  const counted = { ...common, n: rows.length };
  switch (drawn.kind) {
    case 'scatter': {
      const { kind, sameQuantity, of } = drawn;
      const points = drawn.points.map(({ row, ...point }) => ({ ...point, name: t.chart.rowName(row) }));
      return { ...common, kind, n: of, points, sameQuantity };
    }
    case 'linear':
      return { ...common, kind: drawn.kind, series: drawn.series };
    case 'bar_horizontal':
      return { ...common, kind: drawn.kind, bars: drawn.bars };
    case 'confusion': {
      const { kind, labels, counts, normalized } = drawn;
      return { ...counted, kind, labels, counts, normalized };
    }
    case 'histogram':
      return { ...counted, kind: drawn.kind, y: { label: t.chart.count }, bins: drawn.bins };
    case 'heatmap': {
      const { kind, xs, ys, values, column } = drawn;
      return { ...common, kind, xs, ys, values, value: { label: column ?? t.chart.count } };
    }
  }
}

/** What is not drawn: the run kept a part of the rows, or there are more points or bars than a chart can show. */
function partTexts(plot: Plot, drawn: DrawnPlot): string[] {
  const part = partDrawn(plot, drawn);
  const isPoints = drawn.kind === 'scatter' || drawn.kind === 'linear';
  return [
    ...(drawn.kind === 'bar_horizontal' && drawn.bars.length < drawn.of
      ? [t.chart.sampledBars(drawn.bars.length, drawn.of)]
      : []),
    ...(part === null
      ? []
      : [isPoints ? t.chart.sampled(part.shown, part.of) : t.chart.sampledRows(part.shown, part.of)]),
  ];
}

/** What dvc.yaml does not say and a reader would need. */
function missingTexts(plot: Plot, spec: ChartSpec): string[] {
  const label = (key: string, text: string, column: string, numeric: boolean): string[] => {
    if (text === column) return [t.chart.noLabel(key, column)];
    return numeric && !/[([].+[)\]]/.test(text) ? [t.chart.noUnit(key)] : [];
  };
  const numeric = spec.kind === 'scatter' || spec.kind === 'linear';
  const binned = spec.kind === 'histogram';
  return [
    ...(plot.title === plot.path ? [t.chart.noTitle] : []),
    ...label('x_label', plot.xLabel, plot.x, numeric || (binned && spec.bins[0]?.from !== undefined)),
    ...(binned ? [] : label('y_label', plot.yLabel, plot.y, numeric)),
  ];
}
