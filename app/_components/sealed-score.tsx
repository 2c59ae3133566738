'use client';
// The score on the sealed rows: kept from the room until the reveal, where it stands beside what cross-validation said.
// RUNS IN browser
import { metricText } from '#app/_client/numbers.ts';
import { useView } from '#app/_client/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { mainRuns, scoreOf } from '#session-core/scores.ts';
import { Icon } from './icon.tsx';
import { Hint, Panel } from './panel.tsx';
import s from './sealed-score.module.css';

export function SealedScore() {
  const view = useView();
  const { settings, task } = view;
  if (settings.sealed === 'off') return null;
  const scored = mainRuns(view).filter((run) => run.sealed !== undefined);
  if (scored.length === 0) {
    if (settings.sealed === 'shown' || settings.reveal) return null;
    return (
      <p className={s['closed']}>
        <Icon name="lock" size={18} /> {t.sealed.closed(Math.round(task.sealedFraction * 100))}
      </p>
    );
  }
  return (
    <Panel title={t.sealed.head} hint={t.sealed.hint}>
      <div className={s['table']}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t.sealed.run}</th>
              <th scope="col">{task.metric}</th>
              <th scope="col">{t.sealed.score}</th>
            </tr>
          </thead>
          <tbody>
            {scored.map((run) => (
              <tr key={run.id}>
                <th scope="row">#{run.number}</th>
                <td>{metricText(scoreOf(run, task) ?? Number.NaN)}</td>
                <td>
                  <b>{metricText(run.sealed ?? Number.NaN)}</b>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Hint>{t.sealed.after}</Hint>
    </Panel>
  );
}
