'use client';
// The metric tile: value, unit, split and direction, the change against the last run, and the best run.
// Invariant: the verdict belongs to the newest run; where that has no score, its reason is shown there, and the score is
// labeled with the run that it is from. A score that is not checked yet has no verdict.
import { useView } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { metricText } from '#app/_ui/format.ts';
import {
  bestRun,
  isOver,
  lastShown,
  mainRuns,
  newestResult,
  rightOfHundred,
  scoreOf,
} from '#session-core/client/scores.ts';
import s from './metric-tile.module.css';
import { RunNotice } from './run-notice.tsx';
import { RunShape } from './run-shape.tsx';
import { ScoreScale } from './score-scale.tsx';
import { TestsLine } from './tests.tsx';
import { NotCounted, Verdict } from './verdict.tsx';

export function MetricTile(props: {
  readonly projector?: boolean;
  /** False: what the newest run does or why it has no score is beside it (`RunLine`). */
  readonly alone?: boolean;
}) {
  const { projector = false, alone = true } = props;
  const view = useView('runs', 'task');
  const { task } = view;
  const runs = mainRuns(view);
  const last = lastShown(runs, task);
  const best = bestRun(runs, task);
  const newest = newestResult(runs);
  const current = newest === undefined || newest.id === last?.id;
  const base = last?.comparison ? view.runs[last.comparison.against] : undefined;
  // The run before may not count: then it is compared with an earlier one.
  const before = last && runs[runs.indexOf(last) - 1];
  const versus = base?.number === undefined || base === before ? t.score.versusLast : t.score.versusRun(base.number);
  const running = runs.some((run) => !isOver(run));
  const value = scoreOf(last, task);
  const top = scoreOf(best, task);
  const right = task.measure === 'accuracy' ? undefined : rightOfHundred(last, task);
  return (
    <section className={s['tile']} data-projector={projector} aria-label={task.metric}>
      <header className={s['head']}>
        <h2>
          <span>{t.reports.measureNames[task.measure]}</span> <code translate="no">{task.metric}</code>
        </h2>
        <span className={s['direction']}>
          <span aria-hidden="true">{task.direction === 'lower' ? '↓' : '↑'}</span>{' '}
          <span>{t.score[task.direction]}</span>
        </span>
        {running && alone ? (
          <span className={s['running']}>
            <RunShape outcome="running" /> <span translate="no">{t.run.status.running}</span>
          </span>
        ) : null}
      </header>
      {value === undefined || last === undefined ? (
        <>
          <p className={s['value']}>—</p>
          {newest ? null : <p className={s['facts']}>{running ? t.score.firstRuns : t.score.noneHint}</p>}
        </>
      ) : (
        <>
          <p className={s['value']}>
            <span translate="no">{metricText(value)}</span> <small>{task.unit}</small>
            {right === undefined ? null : <small className={s['right']}>{t.score.right(right, 100)}</small>}
          </p>
          <div className={s['facts']}>
            {last.checking ? (
              <NotCounted outcome="checking" large={projector} />
            ) : last.comparison && current ? (
              <Verdict comparison={last.comparison} versus={versus} large={projector} />
            ) : (
              <span>{t.score.run(last.number ?? 0)}</span>
            )}
            {top !== undefined && best !== undefined ? (
              <span className={s['best']}>
                {best.id === last.id && current ? t.score.isBest : t.score.bestIs(metricText(top), best.number ?? 0)}
              </span>
            ) : null}
          </div>
          <ScoreScale runs={runs} task={task} />
        </>
      )}
      {alone && newest && !current ? <RunNotice run={newest} task={task} /> : null}
      {newest?.tests ? <TestsLine tests={newest.tests} large={projector} /> : null}
      <p className={s['split']}>{t.score.split(task.folds)}</p>
    </section>
  );
}
