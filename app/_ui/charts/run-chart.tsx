// A plot that a stage of the workspace wrote: as its template says, or as a table where that cannot be drawn.
import { useMemo } from 'react';
import { t } from '#app/_strings/strings.ts';
import type { Plot } from '#pipeline-core/core/report.ts';
import s from './chart.module.css';
import { Chart } from './chart.tsx';
import { runPlot } from './run-plot.ts';
import { ValueTable } from './value-table.tsx';

export function RunChart({ plot }: { readonly plot: Plot }) {
  // Memoized, because the page around the chart renders again with every vote.
  const spec = useMemo(() => runPlot(plot), [plot]);
  if (spec !== null) return <Chart spec={spec} />;
  const title = plot.title || plot.path;
  return (
    <figure className={s['chart']}>
      <figcaption>
        <b dir="auto">{title}</b>
      </figcaption>
      <p className={s['note']}>{t.chart.undrawable}</p>
      <ValueTable label={title} columns={plot.columns} rows={plot.rows} />
    </figure>
  );
}
