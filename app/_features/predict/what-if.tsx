'use client';
// What if: predicts a row that is not in the table with the model of the last successful run, again after each change.
// The task decides which columns are asked for (`row-form.ts`).
// Invariant: always shows which run's model answered.
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import { RowPushes } from '#app/_features/explain/row-pushes.tsx';
import { controlsOf } from '#app/_features/params/params.ts';
import { ClassAnswer } from '#app/_features/predict/class-answer.tsx';
import { type Cell, type ColumnForm, cellOf, columnsUsed, rowForm } from '#app/_features/predict/row-form.ts';
import { ask } from '#app/_session/http.ts';
import { useApi, useFiles } from '#app/_session/use-api.ts';
import { useSessionId, useView } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import f from '#app/_ui/field.module.css';
import { metricText } from '#app/_ui/format.ts';
import { Empty, Hint, Panel } from '#app/_ui/panel.tsx';
import { PARAMS_FILE } from '#pipeline-core/workspace/param-controls.ts';
import { mainRuns, servedRun } from '#session-core/client/scores.ts';
import type { AnswerOf } from '#session-core/protocol/http-api/route.ts';
import { MOST_CELL } from '#session-core/protocol/http-api/row-body.ts';
import { courseRoute, predictRoute } from '#session-core/protocol/http-api/work-routes.ts';
import s from './what-if.module.css';

const PAUSE_MS = 350;

export function WhatIf() {
  const view = useView('runs', 'task');
  const session = useSessionId();
  const [changed, setChanged] = useState<Readonly<Record<string, Cell>>>({});
  const [answer, setAnswer] = useState<AnswerOf<typeof predictRoute> | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [threshold, setThreshold] = useState(50);
  const served = servedRun(mainRuns(view));
  const read = useFiles(served?.revision);
  const text = read.value?.files[PARAMS_FILE];
  const course = useApi(courseRoute, { params: { id: session } });
  const columns = course.value?.columns ?? null;
  // Until it is known what the columns hold there are no fields: they would change while somebody fills them in.
  const waits = columns === null && course.error === null;
  const { forms, used } = useMemo(() => {
    const controls = controlsOf(text ?? '');
    return { forms: waits ? [] : rowForm(view.task, columns, controls), used: columnsUsed(controls) };
  }, [text, view.task, columns, waits]);
  const row = useMemo(
    () => Object.fromEntries(forms.map((form) => [form.name, changed[form.name] ?? form.start])),
    [forms, changed],
  );
  const touched = Object.keys(changed).length > 0;
  const asked = useRef(0);
  const servedId = served?.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a newer model predicts the same row again
  useEffect(() => {
    if (!touched) return;
    const request = ++asked.current;
    const timer = setTimeout(async () => {
      const found = await ask(predictRoute, { params: { id: session }, body: { row } });
      if (request !== asked.current || (!found.ok && found.error.code === 'superseded')) return;
      setAnswer(found.ok ? found.value : null);
      setRefusal(found.ok ? null : found.error.message);
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [row, session, servedId, touched]);
  if (!served) {
    return (
      <Panel title={t.whatIf.head}>
        <Empty>{t.whatIf.noModel}</Empty>
      </Panel>
    );
  }
  const first = forms.filter((form) => used.has(form.name));
  const rest = forms.filter((form) => !used.has(form.name));
  const change = (name: string, value: Cell) => setChanged((before) => ({ ...before, [name]: value }));
  return (
    <Panel title={t.whatIf.head} hint={t.whatIf.hint}>
      <div className={s['answer']} role="status">
        {answer ? (
          <>
            {typeof answer.prediction === 'number' ? (
              <>
                <b translate="no">{metricText(answer.prediction)}</b> <span>{t.whatIf.unit(view.task.targetUnit)}</span>
              </>
            ) : (
              <ClassAnswer
                classes={view.task.classes}
                probabilities={answer.probabilities ?? {}}
                prediction={answer.prediction}
                threshold={threshold}
                onThreshold={setThreshold}
              />
            )}
            <Hint>{t.whatIf.by(view.runs[answer.run]?.number ?? served.number ?? 0)}</Hint>
          </>
        ) : (
          <Hint>{refusal ?? t.whatIf.ask}</Hint>
        )}
      </div>
      {answer ? <RowPushes row={row} /> : null}
      <div className={s['grid']}>
        {first.map((form) => (
          <CellField key={form.name} form={form} value={row[form.name] ?? form.start} onChange={change} />
        ))}
      </div>
      {rest.length > 0 ? (
        <details className={s['rest']}>
          <summary>{t.whatIf.unused(rest.length)}</summary>
          <div className={s['grid']}>
            {rest.map((form) => (
              <CellField key={form.name} form={form} value={row[form.name] ?? form.start} onChange={change} />
            ))}
          </div>
        </details>
      ) : null}
      <Hint>{t.whatIf.caution}</Hint>
    </Panel>
  );
}

function CellField(props: {
  readonly form: ColumnForm;
  readonly value: Cell;
  readonly onChange: (name: string, value: Cell) => void;
}) {
  const { form, value, onChange } = props;
  const id = useId();
  return (
    <div className={s['cell']}>
      <label htmlFor={id}>{form.label}</label>
      {form.choices ? (
        <select
          id={id}
          className={f['select']}
          value={String(value)}
          onChange={(event) => {
            const chosen = form.choices?.find(([each]) => String(each) === event.target.value);
            if (chosen) onChange(form.name, chosen[0]);
          }}
        >
          {form.choices.map(([each, word]) => (
            <option key={each} value={String(each)}>
              {word}
            </option>
          ))}
        </select>
      ) : (
        <input
          id={id}
          type={form.number ? 'number' : 'text'}
          className={f['input']}
          min={form.number?.min}
          max={form.number?.max}
          maxLength={MOST_CELL}
          step={form.number?.whole ? 1 : 'any'}
          value={value}
          onChange={(event) => onChange(form.name, cellOf(event.target.value))}
        />
      )}
    </div>
  );
}
