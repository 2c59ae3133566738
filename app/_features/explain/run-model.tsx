'use client';
// What the model of a run goes by: how important its columns are, and what it answers as one of them moves.
import { useCallback, useId, useMemo, useState } from 'react';
import { useApi } from '#app/_session/use-api.ts';
import { useSessionId, useView, useYou } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import { Chart } from '#app/_ui/charts/chart.tsx';
import f from '#app/_ui/field.module.css';
import { metricText } from '#app/_ui/format.ts';
import { Empty, Hint } from '#app/_ui/panel.tsx';
import { mainRuns, servedRun } from '#session-core/client/scores.ts';
import { dependenceRoute } from '#session-core/protocol/http-api/explain-routes.ts';
import type { RunView } from '#session-core/view/view-types.ts';
import { pickOf } from './error-charts.ts';
import { LearningCurve } from './learning-curve.tsx';
import { answerAxis, dependenceChart, type Explained, importanceBars } from './model-charts.ts';
import { RowsByNumber } from './row-list.tsx';
import s from './run-errors.module.css';
import { useExplanations } from './use-work.ts';
import { WorkProgress } from './work-progress.tsx';

const MOST_BARS = 16;

export interface RunModelProps {
  readonly run: RunView;
  /** Opens the composer with this text. */
  readonly onSuggest?: (text: string) => void;
}

export function RunModel({ run, onSuggest }: RunModelProps) {
  const { read, share, begin, refused } = useExplanations(run);
  const you = useYou();
  const { value, error } = read;
  if (run.status !== 'succeeded') return <Empty>{t.explain.noModel}</Empty>;
  if (!value) return <Empty>{error?.message ?? t.explain.loading}</Empty>;
  const { state, explained } = value;
  return (
    <div className={s['errors']}>
      <WorkProgress state={state} share={share} working={t.explain.working} />
      {state === 'none' ? (
        <>
          <Empty>{t.explain.notExplained}</Empty>
          {you ? (
            <p>
              <Button look="outline" onClick={begin}>
                {t.explain.begin}
              </Button>
            </p>
          ) : null}
        </>
      ) : null}
      {refused === null ? null : <Hint>{refused}</Hint>}
      {explained?.fault ? <Hint>{t.explain.faults[explained.fault.code](explained.fault.message ?? '')}</Hint> : null}
      {explained && explained.importance.length > 0 ? (
        <Importance run={run} explained={explained} {...(onSuggest ? { onSuggest } : {})} />
      ) : null}
      <LearningCurve run={run} />
    </div>
  );
}

function Importance({ run, explained, onSuggest }: RunModelProps & { readonly explained: Explained }) {
  const { task } = useView('task');
  const [wanted, setWanted] = useState<string | null>(null);
  const spec = useMemo(() => importanceBars(explained, MOST_BARS, task), [explained, task]);
  const choose = useCallback((column: string) => setWanted(column), []);
  const column = explained.dependence.find((one) => one === wanted) ?? explained.dependence[0];
  const about = explained.importance.find((one) => one.column === column);
  return (
    <>
      <section>
        <h3>{t.explain.importance}</h3>
        <Hint>
          {t.explain.importanceHint(
            explained.rows,
            t.reports.measureNames[task.kind === 'classification' ? 'logLoss' : 'rmse'],
            metricText(explained.error),
            task.targetUnit,
          )}
        </Hint>
        <Chart spec={spec} onPoint={choose} />
      </section>
      {column === undefined ? null : (
        <section>
          <h3>{t.explain.dependenceHead}</h3>
          <Hint>{t.explain.dependenceHint}</Hint>
          <ColumnField columns={explained.dependence} chosen={column} onChoose={choose} />
          <ColumnDependence
            key={`${run.id} ${column}`}
            run={run}
            column={column}
            {...(onSuggest ? { onSuggest } : {})}
          />
          {onSuggest && about ? (
            <p>
              <Button look="outline" onClick={() => onSuggest(t.explain.aboutColumn(column, metricText(about.mean)))}>
                {t.explain.suggestColumn}
              </Button>
            </p>
          ) : null}
        </section>
      )}
    </>
  );
}

function ColumnField(props: {
  readonly columns: readonly string[];
  readonly chosen: string;
  readonly onChoose: (column: string) => void;
}) {
  const id = useId();
  return (
    <p className={s['choose']}>
      <label htmlFor={id}>{t.explain.column}</label>
      <select
        id={id}
        className={f['select']}
        value={props.chosen}
        onChange={(event) => props.onChoose(event.target.value)}
        translate="no"
      >
        {props.columns.map((column) => (
          <option key={column} value={column}>
            {column}
          </option>
        ))}
      </select>
    </p>
  );
}

function ColumnDependence({ run, column, onSuggest }: RunModelProps & { readonly column: string }) {
  const id = useSessionId();
  const view = useView('task', 'runs');
  const read = useApi(dependenceRoute, { params: { id, run: run.id }, query: { column } });
  const [row, setRow] = useState<number | null>(null);
  const choose = useCallback((chosen: string) => {
    const pick = pickOf(chosen);
    if (pick.kind === 'row') setRow(pick.row);
  }, []);
  const unit = view.task.targetUnit;
  const found = read.value?.dependence;
  const spec = useMemo(() => (found ? dependenceChart(found, answerAxis(view.task)) : null), [found, view.task]);
  if (!spec) return <Empty>{read.error?.message ?? (read.value ? t.explain.notYet : t.explain.loading)}</Empty>;
  const served = servedRun(mainRuns(view))?.id === run.id;
  return (
    <>
      <Chart spec={spec} onPoint={choose} />
      {row === null ? null : (
        <RowsByNumber
          key={row}
          run={run.id}
          rows={[row]}
          unit={unit}
          served={served}
          {...(onSuggest ? { onSuggest } : {})}
        />
      )}
    </>
  );
}
