'use client';
// One chart of a run: lines, points or bars depending on its columns, with labels and units, and a table as alternative.
import { type ReactNode, useMemo, useState } from 'react';
import { type PlotShape, plotShape } from '#app/_features/charts/plot-shape.ts';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import type { Plot } from '#pipeline-core/core/report.ts';
import { BarChart } from './bar-chart.tsx';
import s from './chart.module.css';
import { LineChart } from './line-chart.tsx';
import { ScatterChart } from './scatter-chart.tsx';

export function Chart({ plot }: { readonly plot: Plot }) {
  const [table, setTable] = useState(false);
  const [failed, setFailed] = useState(false);
  // Memoized, because the page around the chart renders again with every vote.
  const shape = useMemo(() => plotShape(plot), [plot]);
  return (
    <ChartFrame
      title={plot.title || plot.path}
      table={table || failed}
      failed={failed}
      onTable={() => {
        setFailed(false);
        setTable(!(table || failed));
      }}
      rows={plot.rows}
      columns={plot.columns}
    >
      {shape === null ? null : <Drawing plot={plot} shape={shape} onFailed={() => setFailed(true)} />}
    </ChartFrame>
  );
}

function Drawing(props: { readonly plot: Plot; readonly shape: PlotShape; readonly onFailed: () => void }) {
  const { plot, shape, onFailed } = props;
  const { xLabel, yLabel, title } = plot;
  switch (shape.kind) {
    case 'lines':
      return <LineChart series={shape.series} xLabel={xLabel} yLabel={yLabel} onFailed={onFailed} />;
    case 'points':
      return <ScatterChart points={shape.points} xLabel={xLabel} yLabel={yLabel} label={title} />;
    case 'bars':
      return <BarChart bars={shape.bars} label={title} valueLabel={shape.values === 'y' ? yLabel : xLabel} />;
  }
}

const ROWS_SHOWN = 200;

function ChartFrame(props: {
  readonly title: string;
  readonly table: boolean;
  /** The code that draws could not be loaded. */
  readonly failed: boolean;
  readonly onTable: () => void;
  readonly columns: readonly string[];
  readonly rows: Plot['rows'];
  readonly children: ReactNode;
}) {
  return (
    <figure className={s['chart']}>
      <figcaption>
        <b dir="auto">{props.title}</b>
        <Button look="quiet" aria-pressed={props.table} onClick={props.onTable}>
          {props.table ? t.chart.picture : t.chart.table}
        </Button>
      </figcaption>
      {props.failed ? <p role="status">{t.chart.failed}</p> : null}
      {props.table || props.children === null ? (
        <div className={s['table']}>
          <table>
            <thead>
              <tr>
                {props.columns.map((column) => (
                  <th key={column} scope="col">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {props.rows.slice(0, ROWS_SHOWN).map((row, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: rows have no names
                <tr key={i}>
                  {row.map((cell, j) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: cells are their columns
                    <td key={j}>{typeof cell === 'number' ? Number(cell.toPrecision(6)) : cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
          {props.rows.length > ROWS_SHOWN ? <p>{t.chart.more(props.rows.length - ROWS_SHOWN)}</p> : null}
        </div>
      ) : (
        props.children
      )}
    </figure>
  );
}
