'use client';
// The reveal: a countdown, then the hold-out score of the last run in one huge number, beside what cross-validation
// promised and the gain over the baseline with its interval.
import { useNow } from '#app/_session/clock.ts';
import { useApi } from '#app/_session/use-api.ts';
import { useSessionId, useView } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { countsRun, mainRuns, scoreOf } from '#session-core/client/scores.ts';
import { revealIn } from '#session-core/client/selectors.ts';
import { holdoutRoute } from '#session-core/protocol/http-api/work-routes.ts';
import { Verdict } from '../../_features/scores/verdict.tsx';
import { changeText, metricText } from '../../_ui/format.ts';
import { Icon } from '../../_ui/icon.tsx';
import s from './reveal-scene.module.css';

export function RevealScene() {
  const view = useView('runs', 'task', 'scene');
  const session = useSessionId();
  const now = useNow(200);
  // Not one that was struck, or whose result is suspect: its number would be believed.
  const final = mainRuns(view).findLast((run) => run.holdout !== undefined && countsRun(run));
  const read = useApi(holdoutRoute, final ? { params: { id: session } } : null, final?.detail ?? '');
  const row = read.value?.runs?.find((one) => one.run === final?.id);
  const gain = row?.overBaseline;
  const { task } = view;
  const left = now === null ? 0 : revealIn(view, now);
  if (final?.holdout === undefined)
    return (
      <div className={s['reveal']}>
        <h1>{t.reveal.title}</h1>
        <p className={s['closed']}>
          <Icon name="lock" size={48} /> <span>{t.holdout.closed(Math.round(task.holdoutFraction * 100))}</span>
        </p>
      </div>
    );
  if (now === null || left > 0)
    return (
      <div className={s['reveal']}>
        <h1>{t.reveal.title}</h1>
        <p className={s['number']} role="timer" translate="no">
          {Math.ceil(left / 1000)}
        </p>
        <p>{t.reveal.once}</p>
      </div>
    );
  return (
    <div className={s['reveal']}>
      <h1>{t.reveal.of(final.number ?? 0)}</h1>
      <p className={s['number']} data-shown="true">
        <span translate="no">{metricText(final.holdout)}</span>{' '}
        <small>{task.unit === '' ? t.reports.measureNames[task.measure] : task.unit}</small>
      </p>
      {row?.right ? <p>{t.holdout.right(row.right.rows, row.right.of)}</p> : null}
      <dl className={s['facts']}>
        <div>
          <dt>{t.reveal.promised}</dt>
          <dd translate="no">{metricText(scoreOf(final, task) ?? Number.NaN)}</dd>
        </div>
        {gain ? (
          <div>
            <dt>{t.holdout.overBaseline}</dt>
            <dd>
              <Verdict comparison={gain} large />
            </dd>
          </div>
        ) : null}
        {gain?.interval ? (
          <div>
            <dt>{t.reveal.interval}</dt>
            <dd translate="no">{`${changeText(gain.interval[0])} … ${changeText(gain.interval[1])}`}</dd>
          </div>
        ) : null}
      </dl>
    </div>
  );
}
