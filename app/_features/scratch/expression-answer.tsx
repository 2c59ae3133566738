// The answer to an expression: a table or a value, as a chart where there is something to draw; a mistake with its line.
import { useMemo, useState } from 'react';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import { Chart } from '#app/_ui/charts/chart.tsx';
import { ValueTable } from '#app/_ui/charts/value-table.tsx';
import { ABSENT } from '#app/_ui/format.ts';
import { Hint } from '#app/_ui/panel.tsx';
import type { SharedExpression } from '#session-core/model/client-commands.ts';
import { type Answer, chartOf, columnsThatFit } from './cells.ts';
import s from './scratch-cell.module.css';

/** As many as a table lists. */
const ROWS_LISTED = 200;
/** On the projector, at the size of its text. */
const LETTERS_ACROSS = 70;

export function ExpressionAnswer(props: {
  readonly code: string;
  readonly answer: Answer;
  readonly as?: SharedExpression['as'];
  /** Shows it to all, as it is shown here. */
  readonly onSuggest?: (as: SharedExpression['as']) => void;
  /** Without controls; `height` of a chart in px, `rows` of a table. */
  readonly fixed?: { readonly height: number; readonly rows: number };
}) {
  const { code, answer, as = 'table', onSuggest, fixed } = props;
  const [drawn, setDrawn] = useState(as === 'chart');
  const chart = useMemo(() => chartOf(code, answer), [code, answer]);
  const usable = answer.kind === 'table' || answer.kind === 'text';
  return (
    // No landmark: the same expression may be asked twice.
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is of inputs
    <div role="group" className={s['result']} aria-live="polite" aria-label={code} translate="no">
      {drawn && chart ? (
        <Chart spec={chart} {...(fixed ? { plain: true, height: fixed.height } : {})} />
      ) : (
        <Value label={code} answer={answer} {...(fixed ? { most: fixed.rows } : {})} />
      )}
      <div className={s['actions']} translate="yes">
        {chart && !fixed ? (
          <Button look="outline" aria-pressed={drawn} onClick={() => setDrawn(!drawn)}>
            {drawn ? t.scratch.values : t.scratch.chart}
          </Button>
        ) : null}
        {usable && onSuggest ? (
          <Button look="outline" onClick={() => onSuggest(drawn && chart ? 'chart' : 'table')}>
            {t.scratch.suggest}
          </Button>
        ) : null}
      </div>
    </div>
  );
}

function Value(props: { readonly label: string; readonly answer: Answer; readonly most?: number }) {
  const { label, answer, most } = props;
  switch (answer.kind) {
    case 'table': {
      const rows = answer.rows.slice(0, most ?? ROWS_LISTED);
      const across = most === undefined ? answer.columns.length : columnsThatFit({ ...answer, rows }, LETTERS_ACROSS);
      return (
        <>
          {rows.length === 0 ? <Hint>{t.scratch.noRows}</Hint> : null}
          <ValueTable
            label={label}
            columns={answer.columns.slice(0, across)}
            rows={rows.map((row) => row.slice(0, across).map((cell) => cell ?? ABSENT))}
          />
          <Hint>{t.scratch.rows(rows.length, answer.total)}</Hint>
          {across < answer.columns.length ? <Hint>{t.scratch.columns(across, answer.columns.length)}</Hint> : null}
        </>
      );
    }
    case 'text':
      return (
        <pre className={s['value']} dir="auto">
          {answer.text}
        </pre>
      );
    case 'error':
      return (
        <p className={s['fault']}>
          {answer.line === undefined ? null : <b>{t.scratch.line(answer.line)}</b>} <span>{answer.message}</span>
        </p>
      );
    case 'limit':
      return <p className={s['fault']}>{t.scratch.limits[answer.limit]}</p>;
  }
}
