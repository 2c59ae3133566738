// The values or ranges of a column as a table: how many rows have each, and what the target is there. Each leads to its rows.
import { t } from '#app/_strings/strings.ts';
import { axisText } from '#app/_ui/charts/chart-spec.ts';
import { Hint } from '#app/_ui/panel.tsx';
import { meaningOf, shortTarget, valueText } from './column-texts.ts';
import s from './data.module.css';
import type { ColumnProfile, DataProfile } from './use-data.ts';

export function ColumnValues(props: {
  readonly profile: DataProfile;
  readonly column: ColumnProfile;
  /** The bin whose rows are shown; -1: the missing values. */
  readonly chosen: number | null;
  readonly onChoose: (at: number) => void;
}) {
  const { profile, column, chosen, onChoose } = props;
  const { target } = profile;
  const label = target.classes.length === 0 ? t.data.meanOf(target.name) : t.data.shareOf(target.name);
  const bins = [...column.bins.entries(), ...(column.missing.n > 0 ? [[-1, column.missing] as const] : [])];
  return (
    <section className={s['rows']}>
      <h4>{t.data.values}</h4>
      <Hint>{t.data.valuesHint}</Hint>
      <table className={s['values']}>
        <thead>
          <tr>
            <th scope="col">{t.data.value}</th>
            <th scope="col">{t.chart.count}</th>
            {column.role === 'target' ? null : (
              <th scope="col" dir="auto">
                {axisText({ label, unit: target.unit })}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {bins.map(([at, bin]) => {
            const meaning = at < 0 ? undefined : meaningOf(column, column.bins[at]!);
            return (
              <tr key={at} data-chosen={at === chosen}>
                <th scope="row">
                  <button type="button" aria-pressed={at === chosen} onClick={() => onChoose(at)}>
                    <span dir="auto">{valueText(column, at)}</span>
                    {meaning === undefined ? null : <small dir="auto">{meaning}</small>}
                  </button>
                </th>
                <td>{bin.n}</td>
                {column.role === 'target' ? null : <td>{shortTarget(target, bin.target)}</td>}
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
