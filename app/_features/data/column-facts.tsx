// A column in numbers, each with its unit.
import { t } from '#app/_strings/strings.ts';
import { numberText } from '#app/_ui/chart-numbers.ts';
import { cellText, percent } from './column-texts.ts';
import s from './data.module.css';
import type { ColumnProfile, DataProfile } from './use-data.ts';

export function ColumnFacts({ profile, column }: { readonly profile: DataProfile; readonly column: ColumnProfile }) {
  const { type, numbers, missing, distinct, explained, correlation, sensitive } = column;
  const of = (value: number) => cellText(value, column.unit === undefined ? {} : { unit: column.unit });
  const target = profile.target.name;
  const facts: readonly (readonly [string, string, string?])[] = [
    [t.data.facts.type, `${t.data.types[type]}${sensitive ? ` · ${t.data.sensitive}` : ''}`],
    [t.data.facts.distinct, String(distinct)],
    [t.data.facts.missing, `${missing.n} (${percent(missing.n / Math.max(1, profile.rows))})`],
    ...(numbers === undefined
      ? []
      : [
          [t.data.facts.range, `${numberText(numbers.min)} – ${of(numbers.max)}`] as const,
          [t.data.facts.mean, of(numbers.mean)] as const,
          [t.data.facts.median, of(numbers.median)] as const,
          [t.data.facts.deviation, of(numbers.standardDeviation)] as const,
        ]),
    ...(explained === undefined
      ? []
      : [[t.data.facts.explained(target), percent(explained), t.data.explainedHint] as const]),
    ...(correlation === undefined
      ? []
      : [[t.data.facts.correlation(target), `r = ${numberText(Number(correlation.toFixed(2)))}`] as const]),
  ];
  return (
    <dl className={s['facts']}>
      {facts.map(([name, value, hint]) => (
        <div key={name} title={hint}>
          <dt dir="auto">{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
