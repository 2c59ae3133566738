// A histogram at the size of a stamp: its bars, and above them how the value over them goes up and down. One of many; opened
// large it is a chart with axes and numbers. Decorative: words beside it say what it shows.
import type { HistogramSpec } from './chart-spec.ts';
import { colorOf } from './series-look.ts';

const WIDTH = 120;
const HEIGHT = 56;
/** Of the height: the line above, the bars below. */
const LINE = 20;

export function MiniHistogram({ spec }: { readonly spec: HistogramSpec }) {
  const { bins, over } = spec;
  const top = over ? LINE + 2 : 2;
  const most = Math.max(1, ...bins.map(({ count }) => count));
  const width = WIDTH / Math.max(1, bins.length);
  const values = over?.series.flatMap((series) => series.values.filter((value) => value !== null)) ?? [];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const yOf = (value: number) => (high > low ? LINE - 2 - ((value - low) / (high - low)) * (LINE - 4) : LINE / 2);
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" width="100%" height="100%" aria-hidden="true">
      {bins.map(({ count }, i) => {
        const height = ((HEIGHT - top) * count) / most;
        const gap = bins.length > 1 ? Math.min(1, width / 8) : 0;
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: bins are their places
            key={i}
            x={i * width + gap}
            y={HEIGHT - height}
            width={width - 2 * gap}
            height={height}
            fill={colorOf(0)}
            fillOpacity={0.85}
          />
        );
      })}
      {(over?.series ?? []).map(({ name, values: own }, s) => (
        <polyline
          key={name}
          points={own.flatMap((value, i) => (value === null ? [] : [`${(i + 0.5) * width},${yOf(value)}`])).join(' ')}
          fill="none"
          stroke={colorOf(s + 1)}
          strokeWidth={2}
          vectorEffect="non-scaling-stroke"
        />
      ))}
    </svg>
  );
}
