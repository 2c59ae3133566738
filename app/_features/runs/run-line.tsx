'use client';
// The newest run in two lines: its stages while it runs and afterwards, or why it has no score that counts.
// Invariant: as high from the first moment on as later, so that nothing below it moves when a run begins, ends or fails.
import { useProgress, useView } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import type { Place } from '#pipeline-core/core/report.ts';
import { countsRun, isOver, mainRuns, outcomeOf } from '#session-core/client/scores.ts';
import type { RunView } from '#session-core/view/view-types.ts';
import { noticeOf } from '../scores/run-notice.tsx';
import { RunShape } from '../scores/run-shape.tsx';
import { useStages } from './pipeline-stages.ts';
import s from './run-line.module.css';
import { StageShape } from './stage-shape.tsx';
import { stageWord } from './stage-word.ts';

export function RunLine(props: {
  /** Opens the line of code where a run failed. */
  readonly onPlace?: (place: Place) => void;
  /** Opens the results. */
  readonly onMore?: () => void;
}) {
  const { onPlace, onMore } = props;
  const run = mainRuns(useView('runs')).at(-1);
  const file = run?.error?.file;
  const line = run?.error?.line;
  const inside = run === undefined ? <span>{t.score.noneHint}</span> : <Newest run={run} />;
  return (
    <div className={s['line']} data-kind={run?.suspect ? 'suspect' : run?.status === 'failed' ? 'failed' : 'plain'}>
      {onMore && run ? (
        <button type="button" className={s['what']} onClick={onMore}>
          {inside}
        </button>
      ) : (
        <div className={s['what']}>{inside}</div>
      )}
      {onPlace && file !== undefined && line !== undefined ? (
        <button type="button" className={s['place']} translate="no" onClick={() => onPlace({ file, line })}>
          {`${file.split('/').at(-1)}:${line}`}
        </button>
      ) : null}
    </div>
  );
}

function Newest({ run }: { readonly run: RunView }) {
  const { task } = useView('task');
  const stages = useStages(run);
  const ahead = useProgress(run.id)?.ahead ?? 0;
  const n = run.number ?? 0;
  const notice = isOver(run) && run.checking !== true && !countsRun(run) ? noticeOf(run, task) : null;
  if (notice !== null)
    return (
      <>
        <b className={s['head']}>
          <RunShape outcome={outcomeOf(run)} size={16} /> <span>{notice.head}</span>
        </b>
        <span className={s['detail']} dir="auto">
          {notice.detail}
        </span>
      </>
    );
  return (
    <>
      <b className={s['head']}>{isOver(run) ? t.run.title(n) : t.run.now(n)}</b>
      {stages.length === 0 ? (
        <span className={s['detail']}>{ahead > 0 ? t.run.ahead(ahead) : t.run.status[run.status]}</span>
      ) : (
        <span className={s['stages']}>
          {stages.map((stage) => (
            <span key={stage.name}>
              <StageShape status={stage.status} size={16} /> <span translate="no">{stage.name}</span>{' '}
              <small>{stageWord(stage)}</small>
            </span>
          ))}
        </span>
      )}
    </>
  );
}
