// A row of the table with all its values, each with its label, what it means and its unit where the course names them.
import { type Cell, cellText } from './column-texts.ts';
import s from './rows.module.css';
import { useDataProfile } from './use-data.ts';

export function RowValues({ values }: { readonly values: Readonly<Record<string, Cell>> }) {
  const columns = useDataProfile().value?.columns ?? [];
  return (
    <dl className={s['values']}>
      {Object.entries(values).map(([name, cell]) => {
        const column = columns.find((one) => one.name === name);
        return (
          <div key={name} data-role={column?.role}>
            <dt>
              {column === undefined || column.label === name ? null : <span dir="auto">{column.label}</span>}
              <code translate="no">{name}</code>
            </dt>
            <dd dir="auto" translate="no">
              {cellText(cell, column)}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
