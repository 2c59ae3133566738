'use client';
// A series as a line, by uPlot, which is loaded only where a line is shown.
// RUNS IN browser
import { useEffect, useRef } from 'react';
import 'uplot/dist/uPlot.min.css';
import s from './chart.module.css';
import type { Point } from './chart.tsx';

const HEIGHT = 260;

export function LineChart(props: {
  readonly points: readonly Point[];
  readonly xLabel: string;
  readonly yLabel: string;
}) {
  const { points, xLabel, yLabel } = props;
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const box = place.current;
    if (!box) return;
    let gone = false;
    let destroy = () => {};
    void import('uplot').then(({ default: UPlot }) => {
      if (gone) return;
      const css = getComputedStyle(box);
      const ink = css.color;
      const line = css.getPropertyValue('--brand-now') || ink;
      const axis = (label: string) => ({
        label,
        stroke: ink,
        grid: { stroke: 'rgb(128 150 150 / 35%)' },
        font: '13px sans-serif',
      });
      const plot = new UPlot(
        {
          width: box.clientWidth,
          height: HEIGHT,
          scales: { x: { time: false } },
          legend: { show: false },
          axes: [axis(xLabel), axis(yLabel)],
          series: [{}, { label: yLabel, stroke: line, width: 3 }],
        },
        [points.map((point) => point.x), points.map((point) => point.y)],
        box,
      );
      const watch = new ResizeObserver(() => plot.setSize({ width: box.clientWidth, height: HEIGHT }));
      watch.observe(box);
      destroy = () => {
        watch.disconnect();
        plot.destroy();
      };
    });
    return () => {
      gone = true;
      destroy();
    };
  }, [points, xLabel, yLabel]);
  return <div ref={place} className={s['line']} role="img" aria-label={`${yLabel} / ${xLabel}`} />;
}
