// The values or ranges of a column as a table: how many rows have each, and what the target is there. Each leads to its rows.
import { t } from '#app/_strings/strings.ts';
import { axisText } from '#app/_ui/charts/chart-spec.ts';
import { Hint } from '#app/_ui/panel.tsx';
import { meaningOf, shortTarget, valueText } from './column-texts.ts';
import s from './data.module.css';
import type { ColumnProfile, DataProfile } from './use-data.ts';

/** More would push what follows far down the page. */
const MOST_OPEN = 12;

interface Props {
  readonly profile: DataProfile;
  readonly column: ColumnProfile;
}
interface Choice {
  /** The bin whose rows are shown; -1: the missing values. */
  readonly chosen: number | null;
  readonly onChoose: (at: number) => void;
}

export function ColumnValues({ profile, column, ...choice }: Props & Choice) {
  return (
    <details className={s['all']} open={column.bins.length <= MOST_OPEN}>
      <summary>{t.data.values}</summary>
      <Hint>{t.data.valuesHint}</Hint>
      <ValueTable profile={profile} column={column} choice={choice} />
    </details>
  );
}

/** Without a choice it is only to be read. */
export function ValueTable({ profile, column, choice }: Props & { readonly choice?: Choice }) {
  const { target } = profile;
  const label = target.classes.length === 0 ? t.data.meanOf(target.name) : t.data.shareOf(target.name);
  const bins = [...column.bins.entries(), ...(column.missing.n > 0 ? [[-1, column.missing] as const] : [])];
  return (
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
        {bins.map(([at, bin]) => (
          <tr key={at} data-chosen={at === choice?.chosen}>
            <th scope="row">
              {choice ? (
                <button type="button" aria-pressed={at === choice.chosen} onClick={() => choice.onChoose(at)}>
                  <Value column={column} at={at} />
                </button>
              ) : (
                <Value column={column} at={at} />
              )}
            </th>
            <td>{bin.n}</td>
            {column.role === 'target' ? null : <td>{shortTarget(target, bin.target)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Value({ column, at }: { readonly column: ColumnProfile; readonly at: number }) {
  const bin = column.bins[at];
  const meaning = bin === undefined ? undefined : meaningOf(column, bin);
  return (
    <>
      <span dir="auto">{valueText(column, at)}</span>
      {meaning === undefined ? null : <small dir="auto">{meaning}</small>}
    </>
  );
}
