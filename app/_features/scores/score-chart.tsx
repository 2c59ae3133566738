'use client';
// The runs as a chart for the projector: each run's score with the symbol of its outcome, and the baseline. A suspect
// score is marked, and the line passes it by; a struck one is not drawn. The machine's best is a dashed line.
import { extent, nice, ticks as roundTicks } from 'd3-array';
import { useRef } from 'react';
import { useView } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { tickText } from '#app/_ui/chart-numbers.ts';
import { axisText } from '#app/_ui/charts/chart-spec.ts';
import { metricText } from '#app/_ui/format.ts';
import { Empty } from '#app/_ui/panel.tsx';
import { useWidth } from '#app/_ui/use-width.ts';
import { countsRun, lastScored, mainRuns, outcomeOf, scoreOf, startsSeries } from '#session-core/client/scores.ts';
import type { RunView } from '#session-core/view/view-types.ts';
import { RunPath } from './run-shape.tsx';
import s from './score-chart.module.css';
import { outcomeWord } from './verdict.tsx';

export function ScoreChart({ most, height }: { readonly most: number; readonly height: number }) {
  const view = useView('runs', 'task', 'search');
  const box = useRef<HTMLDivElement>(null);
  const width = Math.max(320, useWidth(box));
  const { task } = view;
  const runs = mainRuns(view)
    .filter((run) => scoreOf(run, task) !== undefined && run.struck === undefined)
    .slice(-most);
  const breaks = runs.map((run, i) => i === 0 || startsSeries(run));
  const current = breaks.lastIndexOf(true);
  const unit = Math.max(20, width / 38);
  const baseline = (lastScored(runs, task) ?? runs.at(-1))?.metrics[task.baselineMetric];
  const scores = runs.map((run) => scoreOf(run, task) ?? 0);
  const machine = view.search?.outdated ? undefined : view.search?.best?.metric;
  const { from, to, ticks } = ticksOf([...scores, baseline, machine].filter((value) => value !== undefined));
  const left = unit * 3.4;
  const bottom = unit * 2.6;
  const top = unit * 1.6;
  const x = (i: number) => left + ((i + 0.5) / Math.max(4, runs.length)) * (width - left - unit);
  const y = (score: number) => height - bottom - ((score - from) / (to - from)) * (height - bottom - top);
  if (runs.length === 0) return <Empty>{t.score.noneHint}</Empty>;
  return (
    <div ref={box}>
      <svg
        className={s['chart']}
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={runs
          .map(
            (run, i) => `${t.score.run(run.number ?? 0)} ${metricText(scores[i] ?? 0)} ${outcomeWord(outcomeOf(run))}`,
          )
          .concat(machine === undefined ? [] : [`${t.machine.best} ${metricText(machine)}`])
          .join(', ')}
        style={{ fontSize: unit }}
      >
        {ticks.map((tick) => (
          <g key={tick}>
            <path d={`M${left} ${y(tick)}H${width}`} className={s['grid']} />
            <text x={left - unit * 0.5} y={y(tick) + unit * 0.35} textAnchor="end">
              {tickText(tick, (ticks[1] ?? 1) - (ticks[0] ?? 0))}
            </text>
          </g>
        ))}
        {baseline === undefined ? null : (
          <g>
            <path
              d={`M${current === 0 ? left : (x(current) + x(current - 1)) / 2} ${y(baseline)}H${width}`}
              className={s['base']}
            />
            <text x={width - 4} y={y(baseline) - unit * 0.4} textAnchor="end" className={s['strong']}>
              {t.score.baseline} {metricText(baseline)}
            </text>
          </g>
        )}
        {machine === undefined ? null : (
          <g>
            <path d={`M${left} ${y(machine)}H${width}`} className={s['machine']} />
            <text x={left + 4} y={y(machine) - unit * 0.4} className={s['strong']}>
              {t.machine.chart} {metricText(machine)}
            </text>
          </g>
        )}
        <path d={lineThrough(runs, breaks, (i) => `${x(i)} ${y(scores[i] ?? 0)}`)} className={s['line']} />
        {runs.map((run, i) => {
          const score = scores[i] ?? 0;
          const scale = (unit * 1.1) / 20;
          return (
            <g key={run.id}>
              <circle cx={x(i)} cy={y(score)} r={unit * 0.85} className={s['halo']} />
              <g
                transform={`translate(${x(i) - 10 * scale} ${y(score) - 10 * scale}) scale(${scale})`}
                data-outcome={outcomeOf(run)}
                className={s['mark']}
              >
                <RunPath outcome={outcomeOf(run)} />
              </g>
              <text x={x(i)} y={y(score) + unit * 1.9} textAnchor="middle" className={s['strong']}>
                {metricText(score)}
              </text>
              <text x={x(i)} y={height - unit * 0.6} textAnchor="middle">
                #{run.number}
              </text>
            </g>
          );
        })}
        <text x={4} y={unit} className={s['strong']}>
          {axisText({ label: task.metric, unit: task.unit })}
        </text>
      </svg>
    </div>
  );
}

/** Through the scores that count; it begins anew with each series. */
function lineThrough(runs: readonly RunView[], breaks: readonly boolean[], at: (i: number) => string): string {
  let begins = true;
  return runs
    .map((run, i) => {
      begins ||= breaks[i] === true;
      if (!countsRun(run)) return '';
      const step = `${begins ? 'M' : 'L'}${at(i)}`;
      begins = false;
      return step;
    })
    .join('');
}

/** Round numbers around the values, about five of them; a range where all values are the same. */
function ticksOf(values: readonly number[]): { from: number; to: number; ticks: readonly number[] } {
  const [low = 0, high = 0] = extent(values);
  // One value alone has no range: it gets one around it.
  const margin = low === high ? Math.abs(low) / 5 || 1 : 0;
  const [from, to] = nice(low - margin, high + margin, 5);
  return { from, to, ticks: roundTicks(from, to, 5) };
}
