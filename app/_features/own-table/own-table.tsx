'use client';
// A table of one's own on the page of a new session: drop a file, look at what is in it, say what is to be predicted.
// Invariant: what is sent is what the person sees; a proposal is filled in with its reason and can be changed.
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { sendFile } from '#app/_session/http.ts';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import { cx } from '#app/_ui/cx.ts';
import { uploadTableRoute } from '#session-core/protocol/http-api/table-routes.ts';
import { sizeRefusal, textRefusal } from './file-limits.ts';
import s from './own-table.module.css';
import { TableColumns } from './table-columns.tsx';
import type { TableAnswers, UploadedTable } from './table-types.ts';
import { TaskForm } from './task-form.tsx';
import { useTask } from './use-task.ts';

interface Sent {
  readonly name: string;
  readonly table: UploadedTable;
}

export function OwnTable(props: {
  /** For new sessions; '' on the server's own machine. */
  readonly createKey: string;
  /** On the page, wherever on it. */
  readonly dropped: File | null;
  /** null: something is still missing. */
  readonly onAnswers: (answers: TableAnswers | null) => void;
  readonly onNeedsKey: () => void;
}) {
  const { createKey, dropped, onAnswers, onNeedsKey } = props;
  const [sent, setSent] = useState<Sent | null>(null);
  const [busy, setBusy] = useState(false);
  const [over, setOver] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const newest = useRef(0);
  const refuse = (message: string | null, code = '') => {
    setRefusal(message);
    if (code === 'not_local') onNeedsKey();
  };
  const task = useTask({ createKey, onRefusal: refuse });
  const { proposal, answers } = task;
  useEffect(() => onAnswers(answers), [answers, onAnswers]);
  // What was decided belongs to the table that is shown no more. Gone with this part of the page, too.
  useEffect(() => () => onAnswers(null), [onAnswers]);

  const clear = () => {
    newest.current += 1;
    task.clear();
    setSent(null);
    refuse(null);
  };
  const take = async (file: File | undefined) => {
    if (!file || busy) return;
    clear();
    const mine = newest.current;
    const early = sizeRefusal(file.size) ?? textRefusal(await file.text());
    if (mine !== newest.current) return;
    refuse(early);
    if (early !== null) return;
    setBusy(true);
    const answer = await sendFile(uploadTableRoute, file, createKey);
    setBusy(false);
    if (answer.ok) setSent({ name: file.name, table: answer.value });
    else refuse(answer.error.message, answer.error.code);
  };
  const takeDropped = useEffectEvent((file: File) => {
    setOver(false);
    void take(file);
  });
  useEffect(() => {
    if (dropped !== null) takeDropped(dropped);
  }, [dropped]);
  if (!sent) {
    return (
      <div className={s['start']}>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way, on all of the page; the field inside takes keys */}
        <div
          className={cx(s['drop'], over && s['over'])}
          onDragOver={() => setOver(true)}
          onDragLeave={() => setOver(false)}
        >
          <label>
            <b>{busy ? t.ownTable.reading : t.ownTable.file}</b>
            <small>{t.ownTable.limits}</small>
            <input
              type="file"
              accept=".csv,.tsv,.txt,text/csv"
              disabled={busy}
              onChange={(event) => void take(event.target.files?.[0])}
            />
          </label>
        </div>
        <Refusal text={refusal} />
      </div>
    );
  }
  const { table } = sent;
  return (
    <div className={s['start']}>
      <div className={s['file']}>
        <b dir="auto">{sent.name}</b>
        <span>{t.ownTable.size(table.rows, table.columns.length)}</span>
        <Button look="quiet" onClick={clear}>
          {t.ownTable.another}
        </Button>
      </div>
      {table.notes.length > 0 ? (
        <ul className={s['notes']}>
          {table.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      ) : null}
      <FirstRows table={table} />
      <TaskForm
        table={table}
        target={task.target}
        proposal={proposal}
        answers={answers}
        onTarget={(target, kind) => void task.choose(sent, target, kind)}
        onAnswers={(next) => task.change(() => next)}
      />
      <Refusal text={refusal} />
      <TableColumns
        table={table}
        proposal={proposal}
        target={answers?.target ?? null}
        forbidden={answers?.forbidden ?? []}
        group={answers?.group ?? null}
        onForbid={(column, isForbidden) =>
          task.change((before) => ({
            ...before,
            forbidden: [...before.forbidden.filter((one) => one !== column), ...(isForbidden ? [column] : [])],
          }))
        }
      />
    </div>
  );
}

function Refusal({ text }: { readonly text: string | null }) {
  return text === null ? null : (
    <p className={s['refusal']} role="alert">
      {text}
    </p>
  );
}

function FirstRows({ table }: { readonly table: UploadedTable }) {
  return (
    <section className={s['head']} aria-label={t.ownTable.head}>
      <h2>{t.ownTable.head}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, by the arrow keys too */}
      <div className={s['scroll']} tabIndex={0}>
        <table translate="no">
          <thead>
            <tr>
              {table.columns.map(({ name, header }) => (
                <th key={name} scope="col" dir="auto">
                  {header}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.head.map((row, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows are their places
              <tr key={i}>
                {table.columns.map(({ name }, j) => (
                  <td key={name} dir="auto">
                    {row[j] ?? ''}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
