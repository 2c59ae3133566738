'use client';
// A line chart drawn by uPlot, which loads only when a line is shown. Series differ by dash pattern and label, not by
// color alone.
import { useEffect, useRef, useState } from 'react';
import 'uplot/dist/uPlot.min.css';
import type { Series } from '#app/_features/charts/plot-shape.ts';
import { t } from '#app/_strings/strings.ts';
import s from './chart.module.css';

const HEIGHT = 260;
const DASHES = [[], [9, 5], [2, 4], [12, 4, 2, 4], [5, 2], [1, 6]] as const;

export function LineChart(props: {
  readonly series: readonly Series[];
  readonly xLabel: string;
  readonly yLabel: string;
  /** The code that draws could not be loaded. */
  readonly onFailed: () => void;
}) {
  const { series, xLabel, yLabel } = props;
  const onFailed = useRef(props.onFailed);
  onFailed.current = props.onFailed;
  const place = useRef<HTMLDivElement>(null);
  const dark = useDark();
  // biome-ignore lint/correctness/useExhaustiveDependencies: redraws when the color scheme changes
  useEffect(() => {
    const box = place.current;
    if (!box) return;
    let gone = false;
    let destroy = () => {};
    const draw = (UPlot: typeof import('uplot')) => {
      if (gone) return;
      // A canvas cannot use light-dark(), so the computed colors are read from the element around it.
      const css = getComputedStyle(box);
      const axis = {
        stroke: css.color,
        grid: { stroke: css.borderTopColor, width: 1 },
        ticks: { stroke: css.borderTopColor, width: 1 },
        font: `13px ${css.fontFamily}`,
      };
      const plot = new UPlot(
        {
          width: box.clientWidth,
          height: HEIGHT,
          padding: [12, 12, 0, 0],
          scales: { x: { time: false } },
          legend: { show: false },
          cursor: { show: false },
          axes: [{ ...axis }, { ...axis, size: 64 }],
          series: [
            {},
            ...series.map(({ name, points }, i) => ({
              label: name,
              stroke: css.outlineColor,
              width: 3,
              dash: [...(DASHES[i % DASHES.length] ?? [])],
              spanGaps: true,
              points: { show: points.length <= 40, size: 8, fill: css.outlineColor },
            })),
          ],
        },
        aligned(series),
        box,
      );
      const watch = new ResizeObserver(() => plot.setSize({ width: box.clientWidth, height: HEIGHT }));
      watch.observe(box);
      destroy = () => {
        watch.disconnect();
        plot.destroy();
      };
    };
    import('uplot').then(
      (module) => draw(module.default),
      (error: unknown) => {
        console.warn('the code of the line chart could not be loaded', error);
        if (!gone) onFailed.current();
      },
    );
    return () => {
      gone = true;
      destroy();
    };
  }, [series, dark]);
  const count = series.reduce((sum, { points }) => sum + points.length, 0);
  return (
    <div className={s['axes']}>
      <p>{`↑ ${yLabel}`}</p>
      <div ref={place} className={s['line']} role="img" aria-label={t.chart.line(yLabel, xLabel, count)} />
      <p data-end="">{`${xLabel} →`}</p>
      {series.length > 1 ? (
        <ul className={s['legend']}>
          {series.map(({ name }, i) => (
            <li key={name} dir="auto">
              <svg width="44" height="10" aria-hidden="true">
                <path d="M2 5H42" strokeDasharray={(DASHES[i % DASHES.length] ?? []).join(' ')} />
              </svg>
              <span>{name}</span>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

/** One x for all: where a series has no point it has a gap, which is spanned. */
function aligned(series: readonly Series[]): [number[], ...(number | null)[][]] {
  const xs = [...new Set(series.flatMap(({ points }) => points.map(({ x }) => x)))].sort((a, b) => a - b);
  return [
    xs,
    ...series.map(({ points }) => {
      const at = new Map(points.map(({ x, y }) => [x, y]));
      return xs.map((x) => at.get(x) ?? null);
    }),
  ];
}

function useDark(): boolean {
  const [dark, setDark] = useState(false);
  useEffect(() => {
    const query = matchMedia('(prefers-color-scheme: dark)');
    const look = () => setDark(query.matches);
    look();
    query.addEventListener('change', look);
    return () => query.removeEventListener('change', look);
  }, []);
  return dark;
}
