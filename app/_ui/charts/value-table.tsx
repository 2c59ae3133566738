// Values in rows and columns, such as those behind a chart. It scrolls inside its own box, by keyboard too.
import { t } from '#app/_strings/strings.ts';
import s from './chart.module.css';
import type { SpecTable } from './spec-table.ts';

const ROWS_SHOWN = 200;

export function ValueTable({ label, columns, rows }: SpecTable & { readonly label: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
    <section className={s['table']} tabIndex={0} aria-label={label}>
      <table>
        <thead>
          <tr>
            {columns.map((column, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two columns may have one name
              <th key={i} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, ROWS_SHOWN).map((row, i) => (
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
      {rows.length > ROWS_SHOWN ? <p>{t.chart.more(rows.length - ROWS_SHOWN)}</p> : null}
    </section>
  );
}
