// How many rows have which error: bars from "too low" to "too high", with the numbers as a table for screen readers.
import { t } from '#app/_strings/strings.ts';
import { changeText } from '#app/_ui/format.ts';
import s from './run-errors.module.css';

export function ErrorHistogram(props: {
  readonly histogram: { readonly edges: readonly number[]; readonly counts: readonly number[] };
  readonly n: number;
  readonly unit: string;
}) {
  const { histogram, n, unit } = props;
  const { edges, counts } = histogram;
  const most = Math.max(1, ...counts);
  const rangeOf = (bin: number) => `${changeText(edges[bin] ?? 0)} … ${changeText(edges[bin + 1] ?? 0)}`;
  return (
    <figure className={s['histogram']}>
      <ol aria-label={t.explain.histogram(n, unit)}>
        {counts.map((count, bin) => (
          <li key={edges[bin]} title={t.explain.bin(rangeOf(bin), count)}>
            <span className="hidden-text">{t.explain.bin(rangeOf(bin), count)}</span>
            <span aria-hidden="true" style={{ blockSize: `${(100 * count) / most}%` }} />
          </li>
        ))}
      </ol>
      <figcaption aria-hidden="true">
        <span translate="no">{changeText(edges[0] ?? 0)}</span>
        <span>{t.explain.axis(unit)}</span>
        <span translate="no">{changeText(edges.at(-1) ?? 0)}</span>
      </figcaption>
    </figure>
  );
}
