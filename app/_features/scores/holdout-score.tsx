'use client';
// The hold-out score: hidden until the reveal, then shown next to the cross-validation score.
import { useNow } from '#app/_session/clock.ts';
import { useApi } from '#app/_session/use-api.ts';
import { useSessionId, useView } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { changeText, metricText } from '#app/_ui/format.ts';
import { Icon } from '#app/_ui/icon.tsx';
import { Hint, Panel } from '#app/_ui/panel.tsx';
import type { Comparison } from '#pipeline-core/core/report.ts';
import { mainRuns, scoreOf } from '#session-core/client/scores.ts';
import { revealIn } from '#session-core/client/selectors.ts';
import { holdoutRoute } from '#session-core/protocol/http-api/work-routes.ts';
import s from './holdout-score.module.css';
import { Verdict } from './verdict.tsx';

export function HoldoutScore() {
  const view = useView('runs', 'settings', 'task', 'scene');
  // Ticks only while the reveal is on the projector: the scores wait for its countdown.
  const now = useNow(500, view.scene.name === 'reveal');
  const { settings, task } = view;
  const session = useSessionId();
  const last = mainRuns(view).findLast((run) => run.holdout !== undefined);
  const request = last ? { params: { id: session } } : null;
  const gains = useApi(holdoutRoute, request, last?.detail ?? '').value?.runs ?? [];
  if (settings.holdout === 'off') return null;
  if (now !== null && revealIn(view, now) > 0) return <p className={s['closed']}>{t.reveal.soon}</p>;
  const scored = mainRuns(view).filter((run) => run.holdout !== undefined);
  if (scored.length === 0) {
    if (settings.holdout === 'shown' || settings.reveal) return null;
    return (
      <p className={s['closed']}>
        <Icon name="lock" size={18} /> <span>{t.holdout.closed(Math.round(task.holdoutFraction * 100))}</span>
      </p>
    );
  }
  return (
    <Panel title={t.holdout.head} hint={t.holdout.hint}>
      {/* biome-ignore lint/a11y/useSemanticElements lint/a11y/noNoninteractiveTabindex: it scrolls on phones */}
      <div className={s['table']} role="group" tabIndex={0} aria-label={t.holdout.head}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t.holdout.run}</th>
              <th scope="col">{task.metric}</th>
              <th scope="col">{t.holdout.score}</th>
              <th scope="col">{t.holdout.overBaseline}</th>
              <th scope="col">{t.holdout.overStart}</th>
            </tr>
          </thead>
          <tbody>
            {scored.map((run) => (
              <tr key={run.id}>
                <th scope="row">{`#${run.number}`}</th>
                <td translate="no">{metricText(scoreOf(run, task) ?? Number.NaN)}</td>
                <td>
                  <b translate="no">{metricText(run.holdout ?? Number.NaN)}</b>
                  <Right of={gains.find((gain) => gain.run === run.id)?.right} />
                </td>
                <Gain of={gains.find((gain) => gain.run === run.id)?.overBaseline} />
                <Gain of={gains.find((gain) => gain.run === run.id)?.overStart} />
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Hint>{t.holdout.after}</Hint>
    </Panel>
  );
}

/** Of a classification: in words what the score says in bits. */
function Right({ of }: { readonly of: { readonly rows: number; readonly of: number } | undefined }) {
  return of ? <small className={s['interval']}>{t.holdout.right(of.rows, of.of)}</small> : null;
}

/** A paired gain with its 95 % interval. */
function Gain({ of }: { readonly of: Comparison | undefined }) {
  if (!of) return <td>–</td>;
  return (
    <td>
      <Verdict comparison={of} />
      {of.interval ? (
        <small className={s['interval']}>{`${changeText(of.interval[0])} … ${changeText(of.interval[1])}`}</small>
      ) : null}
    </td>
  );
}
