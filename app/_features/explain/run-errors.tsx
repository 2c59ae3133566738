'use client';
// Where the predictions of a run are wrong: predicted against actual, how far, the worst rows, and the error of each group.
// From a point, a bar or a group one tap leads to its rows, and from there to a suggestion about them.
// Invariant: nothing of it says that a group is better or worse than chance where its interval holds the error of all rows.
import { useCallback, useMemo, useState } from 'react';
import { useApi } from '#app/_session/use-api.ts';
import { useSessionId, useView } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import { Chart } from '#app/_ui/charts/chart.tsx';
import { changeText, metricText } from '#app/_ui/format.ts';
import { Empty, Hint } from '#app/_ui/panel.tsx';
import { mainRuns, servedRun } from '#session-core/client/scores.ts';
import { runErrorsRoute } from '#session-core/protocol/http-api/explain-routes.ts';
import type { RunView } from '#session-core/view/view-types.ts';
import { ClassErrors } from './class-errors.tsx';
import {
  type Errors,
  errorHistogram,
  groupBars,
  groupName,
  type Pick,
  pickOf,
  predictedAgainstActual,
  rowsInBin,
} from './error-charts.ts';
import { RowList, RowsByNumber } from './row-list.tsx';
import s from './run-errors.module.css';

const SHOWN_COLUMNS = 4;

export interface RunErrorsProps {
  readonly run: RunView;
  /** Opens the composer with this text. */
  readonly onSuggest?: (text: string) => void;
}

export function RunErrors({ run, onSuggest }: RunErrorsProps) {
  const id = useSessionId();
  const view = useView('task', 'runs');
  const request = run.status === 'succeeded' ? { params: { id, run: run.id } } : null;
  const read = useApi(runErrorsRoute, request, run.detail ?? '');
  const served = servedRun(mainRuns(view))?.id === run.id;
  const { errors, classes } = read.value ?? {};
  const about = { run: run.id, served, ...(onSuggest ? { onSuggest } : {}) };
  if (errors) return <NumberErrors errors={errors} unit={view.task.targetUnit} {...about} />;
  if (classes) return <ClassErrors classes={classes} {...about} />;
  return <Empty>{read.error?.message ?? (read.value || !request ? t.explain.none : t.explain.loading)}</Empty>;
}

function NumberErrors(props: {
  readonly errors: Errors;
  readonly unit: string;
  readonly run: string;
  readonly served: boolean;
  readonly onSuggest?: (text: string) => void;
}) {
  const { errors, unit, onSuggest, ...rest } = props;
  const [all, setAll] = useState(false);
  const [pick, setPick] = useState<Pick | null>(null);
  const columns = all ? errors.slices.length : SHOWN_COLUMNS;
  const scatter = useMemo(() => predictedAgainstActual(errors, unit), [errors, unit]);
  const histogram = useMemo(() => errorHistogram(errors, unit), [errors, unit]);
  const groups = useMemo(() => groupBars(errors, columns, unit), [errors, columns, unit]);
  const choose = useCallback((chosen: string) => setPick(pickOf(chosen)), []);
  const about = { unit, ...rest, ...(onSuggest ? { onSuggest } : {}) };
  return (
    <div className={s['errors']}>
      <section>
        <h3>{t.explain.sizes}</h3>
        <Hint>{t.explain.sizesHint(errors.n, metricText(errors.rmse), changeText(errors.bias), unit)}</Hint>
        <Chart spec={scatter} onPoint={choose} />
        {pick?.kind === 'row' ? <Picked errors={errors} pick={pick} {...about} /> : null}
        <Chart spec={histogram} onPoint={choose} />
        {pick?.kind === 'bin' ? <Picked errors={errors} pick={pick} {...about} /> : null}
      </section>
      <section>
        <h3>{t.explain.worst}</h3>
        <Hint>{t.explain.worstHint}</Hint>
        <RowList rows={errors.worst} {...about} />
      </section>
      {errors.slices.length === 0 ? null : (
        <section>
          <h3>{t.explain.groups}</h3>
          <Hint>{t.explain.groupsHint}</Hint>
          <Chart spec={groups} onPoint={choose} />
          {errors.slices.length > SHOWN_COLUMNS ? (
            <p>
              <Button look="quiet" aria-expanded={all} onClick={() => setAll(!all)}>
                {all ? t.explain.fewer : t.explain.more(errors.slices.length - SHOWN_COLUMNS)}
              </Button>
            </p>
          ) : null}
          {pick?.kind === 'group' ? <Picked errors={errors} pick={pick} {...about} /> : null}
        </section>
      )}
    </div>
  );
}

/** The rows behind what was tapped. */
function Picked(props: {
  readonly errors: Errors;
  readonly pick: Pick;
  readonly run: string;
  readonly unit: string;
  readonly served: boolean;
  readonly onSuggest?: (text: string) => void;
}) {
  const { errors, pick, ...rest } = props;
  const { title, rows } = rowsOf(errors, pick);
  const slice = pick.kind === 'group' ? errors.slices[pick.column] : undefined;
  const group = pick.kind === 'group' ? slice?.groups[pick.group] : undefined;
  const { onSuggest } = rest;
  return (
    <section className={s['picked']} aria-label={title}>
      <h4>{title}</h4>
      <RowsByNumber key={title} rows={rows} {...rest} />
      {slice && group && onSuggest ? (
        <p>
          <Button
            look="outline"
            onClick={() =>
              onSuggest(
                t.explain.aboutGroup(slice.column, groupName(group), metricText(group.rmse), metricText(errors.rmse)),
              )
            }
          >
            {t.explain.suggestGroup}
          </Button>
        </p>
      ) : null}
    </section>
  );
}

function rowsOf(errors: Errors, pick: Pick): { readonly title: string; readonly rows: readonly number[] } {
  if (pick.kind === 'row') return { title: t.explain.row(pick.row), rows: [pick.row] };
  if (pick.kind === 'bin') {
    const [from = 0, to = 0] = [errors.histogram.edges[pick.bin], errors.histogram.edges[pick.bin + 1]];
    return { title: t.explain.between(changeText(from), changeText(to)), rows: rowsInBin(errors, pick.bin) };
  }
  const slice = errors.slices[pick.column];
  const group = slice?.groups[pick.group];
  if (!slice || !group) return { title: '', rows: [] };
  return { title: t.explain.worstOf(slice.column, groupName(group), group.n), rows: group.worst };
}
