// A bar for each category, such as the importance of each column. Bars start at zero; negative ones go to the left.
import { t } from '#app/_strings/strings.ts';
import s from './bar-chart.module.css';

export function BarChart(props: {
  readonly bars: readonly { readonly name: string; readonly value: number }[];
  readonly label: string;
  readonly valueLabel: string;
}) {
  const { bars, label, valueLabel } = props;
  const low = Math.min(0, ...bars.map(({ value }) => value));
  const high = Math.max(0, ...bars.map(({ value }) => value));
  const span = high - low || 1;
  const percent = (part: number) => `${(100 * part) / span}%`;
  return (
    <div className={s['chart']} role="img" aria-label={t.chart.bars(label, bars.length)}>
      <p>{`${valueLabel} →`}</p>
      <ol>
        {bars.map(({ name, value }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two bars may have one name
          <li key={i}>
            <span dir="auto">{name}</span>
            <span className={s['track']}>
              <span
                data-below={value < 0}
                style={{ insetInlineStart: percent(Math.min(0, value) - low), inlineSize: percent(Math.abs(value)) }}
              />
            </span>
            <b>{Number(value.toPrecision(3))}</b>
          </li>
        ))}
      </ol>
    </div>
  );
}
