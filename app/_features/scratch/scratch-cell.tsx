'use client';
// A line of code over a table, answered as a table, a chart or a value, for the person who asks alone. Earlier ones are kept
// in this browser; one of them can become a suggestion.
import { type KeyboardEvent, useId, useMemo, useRef, useState } from 'react';
import { ask } from '#app/_session/http.ts';
import { useApi } from '#app/_session/use-api.ts';
import { useSessionId } from '#app/_session/use-session.tsx';
import { useStored } from '#app/_session/use-stored.ts';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import f from '#app/_ui/field.module.css';
import { Panel } from '#app/_ui/panel.tsx';
import type { SharedExpression } from '#session-core/model/client-commands.ts';
import { LIMITS } from '#session-core/model/limits.ts';
import { expressionRoute } from '#session-core/protocol/http-api/expression-routes.ts';
import { courseRoute } from '#session-core/protocol/http-api/work-routes.ts';
import { keptText, lookText, readKept } from './cells.ts';
import { type Completion, completionsAt } from './completions.ts';
import { ExpressionAnswer } from './expression-answer.tsx';
import s from './scratch-cell.module.css';

export function ScratchCell(props: { readonly onSuggest?: (text: string, expression: SharedExpression) => void }) {
  const { onSuggest } = props;
  const session = useSessionId();
  const [code, setCode] = useStored(`cp-scratch-${session}`);
  const [text, keep] = useStored(`cp-scratch-kept-${session}`);
  const cells = useMemo(() => readKept(text), [text]);
  const [place, setPlace] = useState(0);
  const [table, setTable] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const id = useId();
  const course = useApi(courseRoute, { params: { id: session } }).value?.columns;
  const shown = cells[place];
  const tables = cells[0]?.answered.tables ?? [];
  const known = cells.find(({ answered }) => answered.table === (table ?? tables[0]) && 'names' in answered.answer);
  const names = known && 'names' in known.answered.answer ? known.answered.answer.names : undefined;
  const columns = names ?? course?.map(({ name }) => name) ?? [];
  const evaluate = async () => {
    if (busy || code.trim() === '') return;
    setBusy(true);
    const body = { code: code.trim(), ...(table === null ? {} : { table }) };
    const found = await ask(expressionRoute, { params: { id: session }, body });
    setBusy(false);
    setRefusal(found.ok ? null : found.error.message);
    if (!found.ok) return;
    keep(keptText([{ code: body.code, answered: found.value }, ...cells.filter((cell) => cell.code !== body.code)]));
    setPlace(0);
  };
  return (
    <Panel title={t.scratch.head} hint={t.scratch.hint}>
      <form
        className={s['form']}
        onSubmit={(event) => {
          event.preventDefault();
          void evaluate();
        }}
      >
        {tables.length > 1 ? (
          <label className={s['table']}>
            <span>{t.scratch.table}</span>
            <select
              className={f['input']}
              value={table ?? tables[0]}
              onChange={(event) => setTable(event.target.value)}
            >
              {tables.map((path) => (
                <option key={path} translate="no">
                  {path}
                </option>
              ))}
            </select>
          </label>
        ) : null}
        <label htmlFor={id}>{t.scratch.code}</label>
        <CodeLine id={id} code={code} columns={columns} onCode={setCode} onEnter={() => void evaluate()} />
        <Button type="submit" look="primary" disabled={busy || code.trim() === ''}>
          {busy ? t.scratch.busy : t.scratch.go}
        </Button>
      </form>
      {refusal === null ? null : (
        <p className={s['fault']} role="alert">
          {refusal}
        </p>
      )}
      {shown ? (
        <ExpressionAnswer
          key={`${shown.code} ${text.length}`}
          code={shown.code}
          answer={shown.answered.answer}
          {...(onSuggest
            ? {
                onSuggest: (as: SharedExpression['as']) =>
                  onSuggest(lookText(shown), { code: shown.code, table: shown.answered.table, as }),
              }
            : {})}
        />
      ) : null}
      {cells.length > 1 ? (
        <>
          <ol className={s['kept']} aria-label={t.scratch.kept}>
            {cells.map((cell, i) => (
              <li key={cell.code}>
                <button
                  type="button"
                  aria-pressed={i === place}
                  onClick={() => {
                    setPlace(i);
                    setCode(cell.code);
                  }}
                >
                  <code translate="no">{cell.code}</code>
                </button>
              </li>
            ))}
          </ol>
          <p>
            <Button look="quiet" onClick={() => keep('')}>
              {t.scratch.forget}
            </Button>
          </p>
        </>
      ) : null}
    </Panel>
  );
}

function CodeLine(props: {
  readonly id: string;
  readonly code: string;
  readonly columns: readonly string[];
  readonly onCode: (code: string) => void;
  readonly onEnter: () => void;
}) {
  const { id, code, columns, onCode, onEnter } = props;
  const area = useRef<HTMLTextAreaElement>(null);
  const [caret, setCaret] = useState<number | null>(null);
  const [at, setAt] = useState(0);
  const { from, items } = useMemo(
    () => (caret === null ? { from: 0, items: [] } : completionsAt(code, caret, columns)),
    [code, caret, columns],
  );
  const take = ({ insert }: Completion) => {
    onCode(code.slice(0, from) + insert + code.slice(caret ?? code.length));
    setCaret(null);
    const end = from + insert.length;
    // After React has written the new text.
    requestAnimationFrame(() => {
      area.current?.focus();
      area.current?.setSelectionRange(end, end);
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const chosen = items[at];
    if (chosen && event.key === 'Tab' && !event.shiftKey) {
      event.preventDefault();
      take(chosen);
    } else if (items.length > 0 && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      setAt((at + (event.key === 'ArrowDown' ? 1 : items.length - 1)) % items.length);
    } else if (event.key === 'Escape' && items.length > 0) {
      event.stopPropagation();
      setCaret(null);
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      setCaret(null);
      onEnter();
    }
  };
  return (
    <div className={s['line']}>
      <textarea
        ref={area}
        id={id}
        className={f['input']}
        rows={2}
        maxLength={LIMITS.expression}
        value={code}
        placeholder={t.scratch.placeholder}
        translate="no"
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        aria-describedby={items.length > 0 ? `${id}-list` : undefined}
        onChange={(event) => {
          onCode(event.target.value);
          setCaret(event.target.selectionStart);
          setAt(0);
        }}
        onBlur={({ relatedTarget }) => {
          if (!(relatedTarget instanceof HTMLElement && relatedTarget.dataset['completion'])) setCaret(null);
        }}
        onKeyDown={onKeyDown}
      />
      {items.length > 0 ? (
        <ul id={`${id}-list`} className={s['completions']} aria-label={t.scratch.completions}>
          {items.map((item, i) => (
            <li key={item.shown}>
              <button
                type="button"
                tabIndex={-1}
                data-completion="yes"
                data-chosen={i === at}
                translate="no"
                onClick={() => take(item)}
              >
                {item.shown}
              </button>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
