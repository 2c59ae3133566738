'use client';
// The bar under the editor: run, cancel, live stages, the result, and the log on demand.
import { useState } from 'react';
import { useAct } from '#app/_session/command-actions.tsx';
import { useReport } from '#app/_session/use-api.ts';
import { useProgress, useView } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import { metricText } from '#app/_ui/format.ts';
import { Icon } from '#app/_ui/icon.tsx';
import type { Place, RunError } from '#pipeline-core/core/report.ts';
import { bestRun, isOver, mainRuns, scoreOf } from '#session-core/client/scores.ts';
import { CheckMarks } from '../checks/check-marks.tsx';
import { Findings } from '../scores/findings.tsx';
import { ErrorPanel } from '../scores/run-error.tsx';
import { failing, TestResult, TestsLine } from '../scores/tests.tsx';
import { RunVerdict } from '../scores/verdict.tsx';
import { LogPanel } from './log-panel.tsx';
import { useStages } from './pipeline-stages.ts';
import s from './run-bar.module.css';
import { StageShape } from './stage-shape.tsx';
import { stageWord } from './stage-word.ts';

export function RunBar(props: {
  readonly onPlace: (place: Place) => void;
  readonly onApplyFix?: (quickFix: NonNullable<RunError['quickFix']>) => void;
  readonly may: boolean;
}) {
  const view = useView('runs', 'task', 'revision', 'codeChecks');
  const act = useAct();
  const [open, setOpen] = useState(false);
  const runs = mainRuns(view);
  const last = runs.at(-1);
  const stages = useStages(last);
  const busy = last !== undefined && !isOver(last);
  const score = scoreOf(last, view.task);
  const best = bestRun(runs, view.task);
  const progress = useProgress(last?.id);
  const report = useReport(open && last && !busy ? last : undefined);
  const back = best && last && best.id !== last.id && best.revision !== view.revision && !busy ? best : undefined;
  return (
    <footer className={s['bar']}>
      {last?.error && !busy ? (
        <div className={s['error']}>
          <ErrorPanel
            error={last.error}
            served={runs.some((run) => run.status === 'succeeded')}
            onPlace={props.onPlace}
            {...(props.onApplyFix ? { onApplyFix: props.onApplyFix } : {})}
          />
        </div>
      ) : null}
      {last?.suspect && !busy ? (
        <div className={s['error']}>
          <Findings findings={last.findings} most={2} />
        </div>
      ) : null}
      {last?.tests && failing(last.tests) && !busy ? (
        <div className={s['error']}>
          <TestResult tests={last.tests} most={2} onPlace={props.onPlace} />
        </div>
      ) : null}
      {open ? (
        <div className={s['log']}>
          <LogPanel lines={busy ? (progress?.log ?? []) : (report.value?.log ?? progress?.log ?? [])} />
        </div>
      ) : null}
      <div className={s['row']}>
        {busy ? (
          <Button
            look="danger"
            large
            disabled={!props.may}
            onClick={() => void act({ type: 'run.cancel', run: last.id })}
          >
            <Icon name="stop" /> <span>{t.run.cancel}</span>
          </Button>
        ) : (
          <Button look="primary" large disabled={!props.may} onClick={() => void act({ type: 'run.request' })}>
            <Icon name="run" /> <span>{t.run.go}</span>
          </Button>
        )}
        <ol className={s['stages']}>
          {stages.map((stage) => (
            <li key={stage.name} title={stage.reason ? t.stageReason(stage.reason) : undefined}>
              <StageShape status={stage.status} />
              <span>
                <b>{stage.name}</b>
                <small>{stageWord(stage)}</small>
              </span>
            </li>
          ))}
        </ol>
        {view.codeChecks ? (
          <CheckMarks
            checks={{ types: view.codeChecks.types, style: view.codeChecks.style }}
            version={view.codeChecks.revision}
            onPlace={props.onPlace}
          />
        ) : null}
        <div className={s['score']}>
          {last ? <span>{t.score.run(last.number ?? 0)}</span> : null}
          {score === undefined ? (
            <b translate="no">{last ? t.run.status[last.status] : '—'}</b>
          ) : (
            <b className={s['number']}>{metricText(score)}</b>
          )}
          {last && !busy ? <RunVerdict run={last} /> : null}
          {last?.tests && !busy && !failing(last.tests) ? <TestsLine tests={last.tests} /> : null}
        </div>
        {back && props.may ? (
          <Button onClick={() => void act({ type: 'revision.restore', revision: back.revision })}>
            <Icon name="undo" size={18} /> <span>{t.run.backTo(back.number ?? 0)}</span>
          </Button>
        ) : null}
        <Button look="quiet" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? t.run.hideLog : t.run.log}
        </Button>
      </div>
    </footer>
  );
}
