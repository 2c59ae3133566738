'use client';
// The score along the time line: each run's where it ended, the best so far in large, and a line at this moment.
import { useRef } from 'react';
import { t } from '#app/_strings/strings.ts';
import { metricText } from '#app/_ui/format.ts';
import { useWidth } from '#app/_ui/use-width.ts';
import type { Frame, Timeline } from '#session-core/client/replay.ts';
import type { Replay } from '#session-core/protocol/http-api/replay-routes.ts';
import s from './replay.module.css';

const HEIGHT = 150;
const EDGE = 12;

export function ReplayScore(props: {
  readonly replay: Replay;
  readonly timeline: Timeline;
  readonly play: number;
  readonly frame: Frame;
}) {
  const { replay, timeline, play, frame } = props;
  const box = useRef<HTMLDivElement>(null);
  const width = Math.max(240, useWidth(box));
  const { last, best, running } = frame;
  const newest = frame.runs.at(-1);
  // Of other metrics than that of the moment nothing can be compared.
  const metric = last?.metric ?? replay.runs[0]?.metric;
  const all = replay.runs.filter((run) => run.metric === metric && run.score !== undefined && run.outcome !== 'struck');
  const values = all.flatMap(({ score = 0, baseline }) => [score, ...(baseline === undefined ? [] : [baseline])]);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const x = (at: number) => EDGE + (timeline.playOf(at) / timeline.length) * (width - 2 * EDGE);
  const y = (score: number) => HEIGHT - EDGE - ((score - low) / (high - low || 1)) * (HEIGHT - 2 * EDGE);
  const shown = all.filter(({ number }) => frame.runs.some((run) => run.number === number));
  const now = EDGE + (play / timeline.length) * (width - 2 * EDGE);
  const baseline = last?.baseline;
  const text = (run: Replay['runs'][number]) => `${metricText(run.score ?? 0)} ${run.unit}`.trim();
  return (
    <section className={s['score']} aria-label={t.replay.score}>
      <p className={s['number-now']} translate="no">
        <b>{last ? text(last) : t.replay.noScore}</b> <small>{metric ?? ''}</small>
      </p>
      <p className={s['run-now']}>
        {running
          ? t.replay.running(running.number)
          : newest?.outcome === 'failed'
            ? t.replay.failedRun(newest.number)
            : best
              ? t.replay.best(text(best))
              : ''}
      </p>
      <div ref={box}>
        {all.length === 0 ? null : (
          <svg
            className={s['chart']}
            viewBox={`0 0 ${width} ${HEIGHT}`}
            role="img"
            aria-label={shown.map((run) => t.replay.scoreAt(run.number, text(run))).join(', ') || t.replay.noScore}
          >
            {baseline === undefined ? null : (
              <path className={s['base']} d={`M0 ${y(baseline)}H${width}`} data-line="baseline" />
            )}
            <path
              className={s['way']}
              d={shown.map((run, i) => `${i === 0 ? 'M' : 'L'}${x(run.endedAt ?? 0)} ${y(run.score ?? 0)}`).join('')}
            />
            {shown.map((run) => (
              <circle
                key={run.number}
                cx={x(run.endedAt ?? 0)}
                cy={y(run.score ?? 0)}
                r={run.number === best?.number ? 7 : 4.5}
                data-outcome={run.outcome}
              />
            ))}
            <path className={s['moment']} d={`M${now} 0V${HEIGHT}`} />
          </svg>
        )}
      </div>
    </section>
  );
}
