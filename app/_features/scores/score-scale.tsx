// A scale from the baseline to the best run that shows where the last run is.

import { t } from '#app/_strings/strings.ts';
import { metricText } from '#app/_ui/format.ts';
import type { Task } from '#pipeline-core/core/report.ts';
import { bestRun, lastScored, scoreOf } from '#session-core/client/scores.ts';
import type { RunView } from '#session-core/view/view-types.ts';
import s from './score-scale.module.css';

export function ScoreScale({ runs, task }: { readonly runs: readonly RunView[]; readonly task: Task }) {
  const last = lastScored(runs, task);
  const value = scoreOf(last, task);
  const best = scoreOf(bestRun(runs, task), task);
  const baseline = last?.metrics[task.baselineMetric];
  if (value === undefined || best === undefined || baseline === undefined) return null;
  const worst = task.direction === 'lower' ? Math.max(baseline, value) : Math.min(baseline, value);
  const span = best - worst;
  const at = (score: number) => `${span === 0 ? 100 : Math.round(((score - worst) / span) * 1000) / 10}%`;
  return (
    <div className={s['scale']}>
      <div className={s['line']} aria-hidden="true">
        <span className={s['done']} style={{ width: at(value) }} />
        <span className={s['base']} style={{ left: at(baseline) }} />
        <span className={s['here']} style={{ left: at(value) }} />
      </div>
      <p className={s['ends']}>
        <span>
          <span>{t.score.baseline}</span> <b translate="no">{metricText(baseline)}</b>
        </span>
        <span>
          <span>{t.score.best}</span> <b translate="no">{metricText(best)}</b>
        </span>
      </p>
    </div>
  );
}
