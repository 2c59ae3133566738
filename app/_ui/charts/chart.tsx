// A chart: title, labels and units, n, the drawing, and behind it a table, SVG, PNG and CSV. The one way in which the
// app shows values as a picture; what draws them loads with the first chart.
'use client';
import { useMemo, useRef, useState } from 'react';
import { t } from '#app/_strings/strings.ts';
import { Button } from '../button.tsx';
import { OnDemand } from '../on-demand.tsx';
import s from './chart.module.css';
import { axisText, type ChartSpec } from './chart-spec.ts';
import type { DrawingProps } from './drawing.tsx';
import { colorOf, dashOf } from './series-look.ts';
import { specTable } from './spec-table.ts';
import { ValueTable } from './value-table.tsx';

const loadDrawing = () => import('./drawing.tsx').then(({ Drawing }) => Drawing);
const FORMATS = ['SVG', 'PNG', 'CSV'] as const;

export interface ChartProps {
  /** Memoized by the caller: a new object is drawn again. */
  readonly spec: ChartSpec;
  /** A mark was chosen by click, touch or Enter: the id that the spec gave it. */
  readonly onPoint?: (id: string) => void;
  /** Of the drawing, in px; absent: by the width. */
  readonly height?: number;
  /** Without table and downloads: on the projector, or one of many small charts. */
  readonly plain?: boolean;
  readonly small?: boolean;
}

export function Chart({ spec: given, onPoint, height, plain = false, small = false }: ChartProps) {
  const [table, setTable] = useState(false);
  const [failed, setFailed] = useState(false);
  const [normalized, setNormalized] = useState<boolean | null>(null);
  const figure = useRef<HTMLElement>(null);
  const spec = useMemo(
    () => (given.kind === 'confusion' && normalized !== null ? { ...given, normalized } : given),
    [given, normalized],
  );
  const drawing: DrawingProps = useMemo(
    () => ({ spec, small, ...(height === undefined ? {} : { height }), ...(onPoint ? { onPoint } : {}) }),
    [spec, small, height, onPoint],
  );
  const save = async (format: (typeof FORMATS)[number]) => {
    try {
      const { downloadChart } = await import('./download.ts');
      await downloadChart(spec, format, figure.current?.querySelector('svg') ?? null);
      setFailed(false);
    } catch (error) {
      console.warn('the chart could not be saved', error);
      setFailed(true);
    }
  };
  return (
    <figure ref={figure} className={s['chart']} data-small={small}>
      <figcaption>
        <b dir="auto">{spec.title}</b>
        {spec.n === undefined ? null : <span>{t.chart.n(spec.n)}</span>}
      </figcaption>
      {table ? (
        <ValueTable label={spec.title} {...specTable(spec)} />
      ) : (
        <div className={s['axes']}>
          <p dir="auto">{`↑ ${axisText(spec.y)}`}</p>
          <OnDemand load={loadDrawing} props={drawing} />
          <p data-end="" dir="auto">{`${axisText(spec.x)} →`}</p>
          <Legend spec={spec} />
        </div>
      )}
      <Notes notes={spec.notes ?? []} />
      {failed ? <p role="alert">{t.chart.downloadFailed}</p> : null}
      {plain ? null : (
        <div className={s['controls']}>
          <Button look="quiet" aria-pressed={table} onClick={() => setTable(!table)}>
            {table ? t.chart.picture : t.chart.table}
          </Button>
          {spec.kind === 'confusion' ? (
            <Button look="quiet" onClick={() => setNormalized(!spec.normalized)}>
              {spec.normalized ? t.chart.counts : t.chart.shares}
            </Button>
          ) : null}
          {FORMATS.filter((format) => format === 'CSV' || !table).map((format) => (
            <Button
              key={format}
              look="quiet"
              aria-label={`${t.chart.download(format)}: ${spec.title}`}
              onClick={() => void save(format)}
            >
              {format}
            </Button>
          ))}
        </div>
      )}
    </figure>
  );
}

function Notes({ notes }: { readonly notes: readonly string[] }) {
  if (notes.length === 0) return null;
  return (
    <ul className={s['note']}>
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}

/** Names of the series, with the dash or symbol each is drawn with. */
function Legend({ spec }: { readonly spec: ChartSpec }) {
  const [names, offset] = legendOf(spec);
  if (names.length === 0) return null;
  return (
    <ul className={s['legend']}>
      {names.map((name, i) => (
        <li key={name} dir="auto">
          <svg width="44" height="10" aria-hidden="true">
            {spec.kind === 'bar_horizontal' ? (
              <path d="M2 5H42" stroke="var(--ink)" strokeDasharray="6 5" />
            ) : (
              <path d="M2 5H42" stroke={colorOf(i + offset)} strokeDasharray={dashOf(i)} />
            )}
          </svg>
          <span>{name}</span>
        </li>
      ))}
    </ul>
  );
}

/** Names of what is drawn, and the color that the first has. */
function legendOf(spec: ChartSpec): readonly [readonly string[], number] {
  if (spec.kind === 'linear' && spec.series.length > 1) return [spec.series.map(({ name }) => name), 0];
  if (spec.kind === 'scatter')
    return [[...new Set(spec.points.flatMap(({ group }) => (group === undefined ? [] : [group])))], 0];
  if (spec.kind === 'bar_horizontal' && spec.reference) return [[spec.reference.label], 0];
  if (spec.kind === 'histogram' && spec.over)
    return [spec.over.series.map(({ name }) => (name === '' ? axisText(spec.over!.axis) : name)), 1];
  return [[], 0];
}
