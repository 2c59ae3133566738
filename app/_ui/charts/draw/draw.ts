// Draws any chart. Everything that imports Observable Plot lies in this folder, which loads when a chart is shown.
import type { ChartSpec } from '../chart-spec.ts';
import { drawBars } from './bars.ts';
import type { Drawn, Frame } from './drawn.ts';
import { drawHistogram } from './histogram.ts';
import { drawLinear, drawLines } from './lines.ts';
import { drawConfusion, drawHeatmap } from './matrix.ts';
import { drawScatter } from './scatter.ts';

export function draw(spec: ChartSpec, frame: Frame): Drawn {
  switch (spec.kind) {
    case 'scatter':
      return drawScatter(spec, frame);
    case 'linear':
      return drawLinear(spec, frame);
    case 'lines':
      return drawLines(spec, frame);
    case 'bar_horizontal':
      return drawBars(spec, frame);
    case 'histogram':
      return drawHistogram(spec, frame);
    case 'confusion':
      return drawConfusion(spec, frame);
    case 'heatmap':
      return drawHeatmap(spec, frame);
  }
}
