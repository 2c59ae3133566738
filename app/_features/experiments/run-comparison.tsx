'use client';
// Two runs beside each other: the difference of the metric with its interval, parameters, metrics, code, the error by group,
// the rows that changed most, and the charts.
import { useApi } from '#app/_session/use-api.ts';
import { useSessionId, useView } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { ABSENT, changeText, metricText } from '#app/_ui/format.ts';
import { Empty, Panel } from '#app/_ui/panel.tsx';
import { compareRoute } from '#session-core/protocol/http-api/experiment-routes.ts';
import type { AnswerOf } from '#session-core/protocol/http-api/route.ts';
import type { RunView } from '#session-core/view/view-types.ts';
import { Hunks } from '../editor/hunks.tsx';
import { ChangedGroups, ChangedRows } from './changed-errors.tsx';
import { ComparedCharts } from './compared-charts.tsx';
import { Difference, RunHead } from './comparison-heads.tsx';
import s from './run-comparison.module.css';

const COLUMNS = 5;
const ROWS = 8;

/** By the number of a main run, or by id; undefined: it is in no list. */
export function useNamedRun(name: string): RunView | undefined {
  const { runs } = useView('runs');
  return Object.hasOwn(runs, name) ? runs[name] : Object.values(runs).find((run) => String(run.number) === name);
}

/** What the server says of the two, again when one of them ends. */
export function useComparison(before: string, after: string) {
  const id = useSessionId();
  const version = [useNamedRun(before), useNamedRun(after)].map((run) => `${run?.status} ${run?.detail}`).join(' ');
  return useApi(compareRoute, { params: { id, before, after } }, version);
}

export function RunComparison({ before, after }: { readonly before: string; readonly after: string }) {
  const [first, second] = [useNamedRun(before), useNamedRun(after)];
  const read = useComparison(before, after);
  if (!read.value) {
    const gone = read.error?.code === 'not_found' ? t.compare.missing : read.error?.message;
    return <Empty>{gone ?? t.loading}</Empty>;
  }
  const { comparison, params, code, errors } = read.value;
  return (
    <div className={s['comparison']}>
      <div className={s['sides']}>
        <RunHead run={first} label={t.compare.before} />
        <RunHead run={second} label={t.compare.after} />
      </div>
      <Panel title={t.compare.verdict}>
        <Difference comparison={comparison} before={first} after={second} />
      </Panel>
      <div className={s['sides']}>
        <Panel title={t.compare.params}>
          <ChangedParams params={params} />
        </Panel>
        <Panel title={t.compare.metrics}>
          <Metrics before={first} after={second} />
        </Panel>
      </div>
      <Panel title={t.compare.code}>
        {code.length === 0 ? <Empty>{t.compare.noCode}</Empty> : <Hunks files={code} />}
      </Panel>
      <Panel title={t.compare.groups}>
        {errors ? <ChangedGroups errors={errors} most={COLUMNS} /> : <Empty>{t.compare.noErrors}</Empty>}
      </Panel>
      {errors ? (
        <Panel title={t.compare.rowsHead}>
          <ChangedRows errors={errors} most={ROWS} />
        </Panel>
      ) : null}
      <Panel title={t.compare.charts}>
        <ComparedCharts before={first} after={second} />
      </Panel>
    </div>
  );
}

export function ChangedParams(props: {
  readonly params: AnswerOf<typeof compareRoute>['params'];
  readonly most?: number;
}) {
  const { params, most = params.length } = props;
  if (params.length === 0) return <Empty>{t.compare.noParams}</Empty>;
  return (
    <table className={s['table']}>
      <thead>
        <tr>
          <th scope="col">{t.compare.param}</th>
          <th scope="col">{t.compare.before}</th>
          <th scope="col">{t.compare.after}</th>
        </tr>
      </thead>
      <tbody>
        {params.slice(0, most).map(({ key, before, after }) => (
          <tr key={key} translate="no">
            <th scope="row">
              <code>{key}</code>
            </th>
            <td>{before ?? ABSENT}</td>
            <td>
              <b>{after ?? ABSENT}</b>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Metrics({ before, after }: { readonly before: RunView | undefined; readonly after: RunView | undefined }) {
  const [old, next] = [before?.metrics ?? {}, after?.metrics ?? {}];
  const names = [...new Set([...Object.keys(old), ...Object.keys(next)])].sort();
  if (names.length === 0) return <Empty>{t.compare.notDone}</Empty>;
  const shown = (value: number | undefined) => (value === undefined ? ABSENT : metricText(value));
  return (
    <table className={s['table']}>
      <thead>
        <tr>
          <th scope="col">{t.compare.metric}</th>
          <th scope="col">{t.compare.before}</th>
          <th scope="col">{t.compare.after}</th>
          <th scope="col">{t.compare.change}</th>
        </tr>
      </thead>
      <tbody>
        {names.map((name) => {
          const [a, b] = [old[name], next[name]];
          return (
            <tr key={name} translate="no">
              <th scope="row">
                <code>{name}</code>
              </th>
              <td>{shown(a)}</td>
              <td>{shown(b)}</td>
              <td>{a === undefined || b === undefined ? ABSENT : changeText(b - a)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
