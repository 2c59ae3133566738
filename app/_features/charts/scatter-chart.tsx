// A scatter chart as SVG, such as predicted against actual; with the line x = y if both axes share a unit.
import { extent, nice, ticks } from 'd3-array';
import { useRef } from 'react';
import type { Point } from '#app/_features/charts/plot-shape.ts';
import { t } from '#app/_strings/strings.ts';
import { useWidth } from '#app/_ui/use-width.ts';
import s from './chart.module.css';

const LEFT = 44;
const BOTTOM = 26;
const TOP = 12;
const RIGHT = 14;

export function ScatterChart(props: {
  readonly points: readonly Point[];
  readonly xLabel: string;
  readonly yLabel: string;
  readonly label: string;
}) {
  const box = useRef<HTMLDivElement>(null);
  // One unit of the drawing is one px on the screen, so text keeps its size on a phone.
  const W = Math.min(760, Math.max(280, useWidth(box)));
  const H = Math.round(W * 0.72);
  const xs = ticksOf(props.points.map((p) => p.x));
  const ys = ticksOf(props.points.map((p) => p.y));
  const px = (x: number) => LEFT + ((x - xs.from) / (xs.to - xs.from)) * (W - LEFT - RIGHT);
  const py = (y: number) => H - BOTTOM - ((y - ys.from) / (ys.to - ys.from)) * (H - TOP - BOTTOM);
  const from = Math.max(xs.from, ys.from);
  const to = Math.min(xs.to, ys.to);
  const alike = to > from && xs.to - xs.from < 4 * (ys.to - ys.from) && ys.to - ys.from < 4 * (xs.to - xs.from);
  return (
    <div ref={box} className={s['axes']}>
      <p>{`↑ ${props.yLabel}`}</p>
      <svg
        className={s['svg']}
        viewBox={`0 0 ${W} ${H}`}
        role="img"
        aria-label={t.chart.points(props.label, props.points.length)}
      >
        {xs.ticks.map((x) => (
          <g key={x}>
            <path d={`M${px(x)} ${TOP}V${H - BOTTOM}`} className={s['grid']} />
            <text x={px(x)} y={H - BOTTOM + 18} textAnchor="middle" data-soft="">
              {x}
            </text>
          </g>
        ))}
        {ys.ticks.map((y) => (
          <g key={y}>
            <path d={`M${LEFT} ${py(y)}H${W - RIGHT}`} className={s['grid']} />
            <text x={LEFT - 8} y={py(y) + 4} textAnchor="end" data-soft="">
              {y}
            </text>
          </g>
        ))}
        {props.points.map((point, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: points have no names
          <circle key={i} cx={px(point.x)} cy={py(point.y)} r="3.4" className={s['dot']} />
        ))}
        {alike ? <path d={`M${px(from)} ${py(from)}L${px(to)} ${py(to)}`} className={s['ideal']} /> : null}
      </svg>
      <p data-end="">{`${props.xLabel} →`}</p>
    </div>
  );
}

/** Round numbers around the values, about five of them; a range where all values are the same. */
export function ticksOf(values: readonly number[]): { from: number; to: number; ticks: readonly number[] } {
  const [low = 0, high = 0] = extent(values);
  // One value alone has no range: it gets one around it.
  const margin = low === high ? Math.abs(low) / 5 || 1 : 0;
  const [from, to] = nice(low - margin, high + margin, 5);
  return { from, to, ticks: ticks(from, to, 5) };
}
