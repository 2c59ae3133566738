// How many rows have which error, from "too low" to "too high".
import { useMemo } from 'react';
import { t } from '#app/_strings/strings.ts';
import { Chart } from '#app/_ui/charts/chart.tsx';
import type { HistogramSpec } from '#app/_ui/charts/chart-spec.ts';

export function ErrorHistogram(props: {
  readonly histogram: { readonly edges: readonly number[]; readonly counts: readonly number[] };
  readonly n: number;
  readonly unit: string;
}) {
  const { histogram, n, unit } = props;
  const spec = useMemo(
    (): HistogramSpec => ({
      kind: 'histogram',
      title: t.explain.histogram,
      x: { label: t.explain.difference, unit },
      y: { label: t.explain.rows },
      n,
      bins: histogram.counts.map((count, bin) => ({
        from: histogram.edges[bin] ?? 0,
        to: histogram.edges[bin + 1] ?? 0,
        count,
      })),
    }),
    [histogram, n, unit],
  );
  return <Chart spec={spec} />;
}
