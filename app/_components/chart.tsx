'use client';
// One chart of a run: points where predictions are compared, else lines; labels and units always; a table behind it.
// RUNS IN browser
import { type ReactNode, useState } from 'react';
import { t } from '#app/_strings/strings.ts';
import type { Plot } from '#pipeline-core/report.ts';
import { Button } from './button.tsx';
import s from './chart.module.css';
import { LineChart } from './line-chart.tsx';
import { ScatterChart } from './scatter-chart.tsx';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export function Chart({ plot }: { readonly plot: Plot }) {
  const [table, setTable] = useState(false);
  const xAt = plot.columns.indexOf(plot.x);
  const yAt = plot.columns.indexOf(plot.y);
  const points = plot.rows.flatMap((row) => {
    const x = Number(row[xAt]);
    const y = Number(row[yAt]);
    return row[xAt] === '' || !Number.isFinite(x) || !Number.isFinite(y) ? [] : [{ x, y }];
  });
  const series = points.every((point, i) => i === 0 || point.x >= (points[i - 1]?.x ?? 0));
  return (
    <ChartFrame
      title={plot.title || plot.path}
      table={table}
      onTable={() => setTable(!table)}
      rows={plot.rows}
      columns={plot.columns}
    >
      {points.length === 0 ? null : series && points.length > 2 ? (
        <LineChart points={points} xLabel={plot.xLabel} yLabel={plot.yLabel} />
      ) : (
        <ScatterChart points={points} xLabel={plot.xLabel} yLabel={plot.yLabel} label={plot.title} />
      )}
    </ChartFrame>
  );
}

const ROWS_SHOWN = 200;

function ChartFrame(props: {
  readonly title: string;
  readonly table: boolean;
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
