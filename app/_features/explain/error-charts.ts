// The errors of a run as charts. Pure: what is tapped comes back as an id, which `pickOf` reads.
import { t } from '#app/_strings/strings.ts';
import { numberText } from '#app/_ui/chart-numbers.ts';
import type { Bar, BarsSpec, HistogramSpec, ScatterSpec } from '#app/_ui/charts/chart-spec.ts';
import { metricText } from '#app/_ui/format.ts';
import type { runErrorsRoute } from '#session-core/protocol/http-api/explain-routes.ts';
import type { AnswerOf } from '#session-core/protocol/http-api/route.ts';

type Answer = AnswerOf<typeof runErrorsRoute>;
export type Errors = NonNullable<Answer['errors']>;
export type Classes = NonNullable<Answer['classes']>;
type GroupName = { readonly level: string } | { readonly from: number; readonly to: number };

/** What somebody tapped on. */
export type Pick =
  | { readonly kind: 'row'; readonly row: number }
  | { readonly kind: 'bin'; readonly bin: number }
  | { readonly kind: 'group'; readonly column: number; readonly group: number };

export const pickOf = (id: string): Pick => {
  const [kind, a = 0, b = 0] = id.split(' ').map((part, i) => (i === 0 ? part : Number(part))) as [
    string,
    number,
    number,
  ];
  if (kind === 'bin') return { kind, bin: a };
  return kind === 'group' ? { kind, column: a, group: b } : { kind: 'row', row: a };
};

export function predictedAgainstActual({ points, n }: Errors, unit: string): ScatterSpec {
  return {
    kind: 'scatter',
    title: t.explain.scatter,
    x: { label: t.explain.actual, unit },
    y: { label: t.explain.predictedAxis, unit },
    n,
    sameQuantity: true,
    ...(points.row.length < n ? { notes: [t.chart.sampled(points.row.length, n)] } : {}),
    points: points.row.map((row, i) => ({
      id: `row ${row}`,
      name: t.explain.row(row),
      x: points.actual[i] ?? 0,
      y: points.predicted[i] ?? 0,
    })),
  };
}

export function errorHistogram({ histogram, n }: Errors, unit: string): HistogramSpec {
  return {
    kind: 'histogram',
    title: t.explain.histogram,
    x: { label: t.explain.difference, unit },
    y: { label: t.explain.rows },
    n,
    bins: histogram.counts.map((count, bin) => ({
      id: `bin ${bin}`,
      from: histogram.edges[bin] ?? 0,
      to: histogram.edges[bin + 1] ?? 0,
      count,
    })),
  };
}

/** The drawn rows whose error lies in a bin, the largest error first. */
export function rowsInBin({ histogram: { edges }, points }: Errors, bin: number): readonly number[] {
  const last = bin === edges.length - 2;
  const [from = 0, to = 0] = [edges[bin], edges[bin + 1]];
  const error = (i: number) => (points.predicted[i] ?? 0) - (points.actual[i] ?? 0);
  // The sums that made the edges may differ from these in the last bit.
  const slack = 1e-9 * (Math.abs(from) + Math.abs(to));
  return [...points.row.keys()]
    .filter((i) => error(i) >= from - slack && (error(i) < to || (last && error(i) <= to + slack)))
    .sort((a, b) => Math.abs(error(b)) - Math.abs(error(a)))
    .map((i) => points.row[i] ?? 0);
}

/** One bar for each group of the first columns; those that chance does not explain are coloured. */
export function groupBars(errors: Errors, columns: number, unit: string): BarsSpec {
  return barsOf({
    slices: errors.slices.slice(0, columns),
    overall: errors.rmse,
    errorOf: (group) => group.rmse,
    x: { label: t.explain.error, unit },
    n: errors.n,
  });
}

export function classGroupBars(classes: Classes, columns: number): BarsSpec {
  return barsOf({
    slices: classes.slices.slice(0, columns),
    overall: classes.errorRate,
    errorOf: (group) => group.errorRate,
    x: { label: t.explain.errorRate },
    n: classes.n,
  });
}

type AnyGroup = GroupName & { readonly n: number; readonly interval: readonly [number, number] };

function barsOf<G extends AnyGroup>(of: {
  readonly slices: readonly { readonly column: string; readonly groups: readonly G[] }[];
  readonly overall: number;
  readonly errorOf: (group: G) => number;
  readonly x: BarsSpec['x'];
  readonly n: number;
}): BarsSpec {
  const { slices, overall, errorOf, x, n } = of;
  return {
    kind: 'bar_horizontal',
    title: t.explain.groups,
    x,
    y: { label: t.explain.group },
    n,
    reference: { value: overall, label: t.explain.allRows(metricText(overall)) },
    bars: slices.flatMap(({ column, groups }, c) =>
      groups.map((group, g): Bar => {
        const [low, high] = group.interval;
        const tone = low > overall ? 'above' : high < overall ? 'below' : undefined;
        return {
          id: `group ${c} ${g}`,
          name: `${column}: ${groupName(group)}`,
          value: errorOf(group),
          low,
          high,
          n: group.n,
          ...(tone === undefined ? {} : { tone, note: t.explain.apart[tone] }),
        };
      }),
    ),
  };
}

export function groupName(group: GroupName): string {
  if ('level' in group) return group.level;
  const [from, to] = [numberText(group.from), numberText(group.to)];
  return from === to ? from : `${from} – ${to}`;
}
