// A scale from the baseline to a goal that stays until it is reached: the last run, and a mark at the best. While the first
// run is being checked it is empty, so that nothing moves when the run counts.

import { t } from '#app/_strings/strings.ts';
import { metricText } from '#app/_ui/format.ts';
import type { Task } from '#pipeline-core/core/report.ts';
import { bestRun, goalOf, lastScored, lastShown, scoreOf } from '#session-core/client/scores.ts';
import type { RunView } from '#session-core/view/view-types.ts';
import s from './score-scale.module.css';

export function ScoreScale({ runs, task }: { readonly runs: readonly RunView[]; readonly task: Task }) {
  const last = lastScored(runs, task);
  const value = scoreOf(last, task);
  const best = scoreOf(bestRun(runs, task), task);
  const baseline = (last ?? lastShown(runs, task))?.metrics[task.baselineMetric];
  if (baseline === undefined) return null;
  const goal = goalOf(task, baseline, best ?? baseline);
  const at = (score: number) => {
    const part = goal === baseline ? 1 : (score - baseline) / (goal - baseline);
    return `${Math.round(Math.min(1, Math.max(0, part)) * 1000) / 10}%`;
  };
  return (
    <div className={s['scale']}>
      <div className={s['line']} aria-hidden="true">
        {value === undefined ? null : <span className={s['done']} style={{ width: at(value) }} />}
        {best === undefined ? null : <span className={s['best']} style={{ left: at(best) }} />}
        {value === undefined ? null : <span className={s['here']} style={{ left: at(value) }} />}
      </div>
      <p className={s['ends']}>
        <span>
          <span>{t.score.baseline}</span> <b translate="no">{metricText(baseline)}</b>
        </span>
        <span>
          <span>{t.score.goal}</span> <b translate="no">{metricText(goal)}</b>
        </span>
      </p>
    </div>
  );
}
