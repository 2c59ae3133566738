'use client';
// The details of one run: score, stages with their reasons, error, log, findings, code changes, where its predictions
// are wrong, and a button to go back.
import { Tabs } from 'radix-ui';
import { useState } from 'react';
import { useAct } from '#app/_session/command-actions.tsx';
import { PersonMarks } from '#app/_session/person-marks.tsx';
import { useReport } from '#app/_session/use-api.ts';
import { useOfView, useProgress, useRowsOfView, useView, useYou } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import { metricText, spanText, timeText } from '#app/_ui/format.ts';
import { OnDemand } from '#app/_ui/on-demand.tsx';
import { Panel } from '#app/_ui/panel.tsx';
import type { Place } from '#pipeline-core/core/report.ts';
import { countsRun, isOver, mainRuns, mainRunsById, scoreOf } from '#session-core/client/scores.ts';
import { namesIn } from '#session-core/client/selectors.ts';
import { cannotServe } from '#session-core/model/findings.ts';
import type { RunView } from '#session-core/view/view-types.ts';
import { RevisionDiff } from '../revisions/revision-diff.tsx';
import { Findings } from '../scores/findings.tsx';
import { ErrorPanel } from '../scores/run-error.tsx';
import { TestResult } from '../scores/tests.tsx';
import { RunVerdict } from '../scores/verdict.tsx';
import { LogPanel } from './log-panel.tsx';
import { PipelineGraph } from './pipeline-graph.tsx';
import s from './run-detail.module.css';
import { RunJudgement } from './run-judgement.tsx';

const PARTS = ['stages', 'log', 'code', 'errors', 'model', 'environment'] as const;

const loadErrors = () => import('../explain/run-errors.tsx').then(({ RunErrors }) => RunErrors);
const loadEnvironment = () => import('../explain/run-environment.tsx').then(({ RunEnvironment }) => RunEnvironment);
const loadModel = () => import('../explain/run-model.tsx').then(({ RunModel }) => RunModel);
type Part = (typeof PARTS)[number];

export function RunDetail(props: {
  readonly run: RunView;
  readonly onPlace?: (place: Place) => void;
  /** Opens the composer with this text. */
  readonly onSuggest?: (text: string) => void;
}) {
  const { run, onPlace, onSuggest } = props;
  // Of lists that change with every vote only the rows that are shown.
  const view = { ...useView('task', 'revision'), runs: useRowsOfView(mainRunsById) };
  const suggestion = useOfView(({ suggestions }) => suggestions[run.suggestion ?? '']);
  const names = useRowsOfView(({ participants }) =>
    namesIn(participants, [run.by, suggestion?.author, ...(run.guesses ?? []).map((guess) => guess.participant)]),
  );
  const you = useYou();
  const act = useAct();
  const report = useReport(isOver(run) ? run : undefined);
  const progress = useProgress(run.id);
  const [part, setPart] = useState<Part>('stages');
  const runs = mainRuns(view);
  const before = runs[runs.findIndex((each) => each.id === run.id) - 1];
  const score = scoreOf(run, view.task);
  const may = you !== null && (you.drives || you.facilitator);
  const displayName = run.by === null ? null : (names[run.by] ?? t.someone);
  const about = { run, ...(onSuggest ? { onSuggest } : {}) };
  return (
    <Panel
      title={t.run.title(run.number ?? 0)}
      aside={
        may && isOver(run) && run.revision !== view.revision ? (
          <Button look="outline" onClick={() => void act({ type: 'revision.restore', revision: run.revision })}>
            {t.run.backTo(run.number ?? 0)}
          </Button>
        ) : null
      }
    >
      <p className={s['facts']}>
        {score === undefined ? (
          <b translate="no">{t.run.status[run.status]}</b>
        ) : (
          <b translate="no">{metricText(score)}</b>
        )}
        {isOver(run) ? (
          <RunVerdict run={run} versus={versus(view.runs[run.comparison?.against ?? '']?.number)} />
        ) : null}
        <span>
          {[timeText(run.requestedAt), run.ms === undefined ? null : spanText(run.ms), t.run.revision(run.revision)]
            .filter((fact) => fact !== null)
            .join(' · ')}
        </span>
        {displayName === null ? null : (
          <span dir="auto" translate="no">
            {displayName}
            <PersonMarks id={run.by} />
          </span>
        )}
      </p>
      {run.comparison && countsRun(run) ? (
        <p className={s['reason']}>{t.reports.comparisonReason(run.comparison.reason)}</p>
      ) : null}
      {suggestion ? (
        <p className={s['credit']}>
          <span>{t.run.fromSuggestion(suggestion.text, names[suggestion.author] ?? t.someone)}</span>
          <PersonMarks id={suggestion.author} />
        </p>
      ) : null}
      {run.error ? (
        <ErrorPanel
          error={run.error}
          served={runs.some((each) => each.status === 'succeeded')}
          {...(onPlace ? { onPlace } : {})}
        />
      ) : null}
      <Findings
        findings={run.findings}
        served={runs.some(({ findings, status }) => status === 'succeeded' && !cannotServe(findings))}
      />
      {run.tests ? <TestResult tests={run.tests} {...(onPlace ? { onPlace } : {})} /> : null}
      <RunJudgement run={run} />
      {run.guesses && run.guesses.length > 0 ? (
        <p className={s['reason']} dir="auto">
          <span>{`${t.guess.closest}: `}</span>
          {run.guesses.map((guess, i) => (
            <span key={guess.participant} translate="no">
              {i === 0 ? '' : ', '}
              <bdi>{names[guess.participant] ?? t.someone}</bdi>
              <PersonMarks id={guess.participant} /> {metricText(guess.value)}
            </span>
          ))}
        </p>
      ) : null}
      <Tabs.Root value={part} onValueChange={(name) => setPart(name as Part)}>
        <Tabs.List className={s['parts']} aria-label={t.run.parts}>
          {PARTS.map((name) => (
            <Tabs.Trigger key={name} value={name}>
              {t.run[name]}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        <Tabs.Content value="stages">
          <PipelineGraph run={run} />
        </Tabs.Content>
        <Tabs.Content value="log">
          <LogPanel lines={report.value?.log ?? progress?.log ?? []} />
        </Tabs.Content>
        <Tabs.Content value="code">
          <RevisionDiff from={before?.revision} to={run.revision} />
        </Tabs.Content>
        <Tabs.Content value="errors">
          <OnDemand load={loadErrors} props={about} />
        </Tabs.Content>
        <Tabs.Content value="model">
          <OnDemand load={loadModel} props={about} />
        </Tabs.Content>
        <Tabs.Content value="environment">
          <OnDemand load={loadEnvironment} props={{ run }} />
        </Tabs.Content>
      </Tabs.Root>
    </Panel>
  );
}

const versus = (n: number | undefined): string => (n === undefined ? t.score.versusLast : t.score.versusRun(n));
