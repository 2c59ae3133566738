// The two runs of a comparison by name, with score, origin and what speaks against their results; and the verdict on the
// difference.
// Invariant: where one of the two does not count, there is no verdict, only the numbers.
import { useView } from '#app/_session/use-session.tsx';
import { isolate } from '#app/_strings/isolate.ts';
import { t } from '#app/_strings/strings.ts';
import { changeText, metricText, timeText } from '#app/_ui/format.ts';
import type { Comparison } from '#pipeline-core/core/report.ts';
import { countsRun, outcomeOf, scoreOf } from '#session-core/client/scores.ts';
import type { RunView } from '#session-core/view/view-types.ts';
import { Findings } from '../scores/findings.tsx';
import { NotCounted, Verdict } from '../scores/verdict.tsx';
import s from './run-comparison.module.css';

/** undefined: a private preview, which no list has. */
export const runName = (run: RunView | undefined): string =>
  run === undefined ? t.compare.private : run.number === undefined ? t.compare.preview : t.run.title(run.number);

export function RunHead({ run, label }: { readonly run: RunView | undefined; readonly label: string }) {
  const view = useView('task', 'participants', 'suggestions');
  if (run === undefined)
    return (
      <div className={s['head']}>
        <small>{label}</small>
        <h2>{t.compare.private}</h2>
      </div>
    );
  const score = scoreOf(run, view.task);
  const outcome = outcomeOf(run);
  const card = run.suggestion === undefined ? undefined : view.suggestions[run.suggestion];
  const who = card?.author ?? run.by;
  const name = who === null ? null : (view.participants[who]?.displayName ?? t.someone);
  return (
    <div className={s['head']}>
      <small>{label}</small>
      <h2>{runName(run)}</h2>
      <p className={s['score']}>
        {score === undefined ? (
          <b>{t.run.status[run.status]}</b>
        ) : (
          <>
            <b translate="no">{metricText(score)}</b> <small>{view.task.unit}</small>
          </>
        )}
      </p>
      {outcome === 'checking' || outcome === 'suspect' || outcome === 'struck' ? (
        <p>
          <NotCounted outcome={outcome} />
        </p>
      ) : null}
      {card ? <p dir="auto">{card.text}</p> : null}
      <p className={s['facts']} dir="auto">
        <span translate="no">{[...(name === null ? [] : [isolate(name)]), timeText(run.requestedAt)].join(' · ')}</span>
      </p>
      <Findings findings={run.findings.filter(({ level }) => level === 'alarm')} most={2} />
    </div>
  );
}

export function Difference(props: {
  readonly comparison: Comparison | null;
  readonly before: RunView | undefined;
  readonly after: RunView | undefined;
}) {
  const { comparison, before, after } = props;
  const { task } = useView('task');
  if (comparison === null) return <p>{t.compare.notDone}</p>;
  const counted = [before, after].every((run) => run === undefined || run.kind === 'preview' || countsRun(run));
  const { change, interval, reason } = comparison;
  return (
    <div className={s['difference']}>
      {counted ? (
        <Verdict comparison={comparison} large />
      ) : (
        <p>
          {change === undefined ? null : <b translate="no">{changeText(change)}</b>} <span>{t.compare.noVerdict}</span>
        </p>
      )}
      {interval ? (
        <p className={s['interval']}>
          {t.compare.interval(
            [changeText(interval[0]), changeText(interval[1])],
            task.unit,
            'rows' in reason ? reason.rows : undefined,
          )}
        </p>
      ) : null}
      {counted && !interval ? <p className={s['facts']}>{t.reports.comparisonReason(reason)}</p> : null}
    </div>
  );
}
