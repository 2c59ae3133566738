'use client';
// The plots of two runs, each beside the same plot of the other.
import { useReport } from '#app/_session/use-api.ts';
import { t } from '#app/_strings/strings.ts';
import { RunChart } from '#app/_ui/charts/run-chart.tsx';
import { Empty } from '#app/_ui/panel.tsx';
import type { Plot } from '#pipeline-core/core/report.ts';
import type { RunView } from '#session-core/view/view-types.ts';
import { runName } from './comparison-heads.tsx';
import s from './run-comparison.module.css';

export function ComparedCharts(props: { readonly before: RunView | undefined; readonly after: RunView | undefined }) {
  const runs = [props.before, props.after];
  const plots = [useReport(props.before).value?.plots ?? [], useReport(props.after).value?.plots ?? []];
  const keys = [...new Set(plots.flatMap((own) => own.map(keyOf)))];
  if (keys.length === 0) return <Empty>{t.compare.noCharts}</Empty>;
  return keys.map((key) => (
    <div key={key} className={s['sides']}>
      {plots.map((own, i) => {
        const plot = own.find((one) => keyOf(one) === key);
        return (
          <section key={runs[i]?.id ?? i} aria-label={runName(runs[i])}>
            <h3>{runName(runs[i])}</h3>
            {plot ? <RunChart plot={plot} /> : <Empty>{t.compare.noChart}</Empty>}
          </section>
        );
      })}
    </div>
  ));
}

const keyOf = ({ path, x, y }: Plot): string => `${path} ${x} ${y}`;
