'use client';
// Editing the agenda while the session runs: its length, and each step's title, minutes and place; skip, add, undo.
// A title or a number is sent when its field is left, or with Enter.
import { type FormEvent, useState } from 'react';
import { useAct, useActing } from '#app/_session/command-actions.tsx';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import { Field, Toggle } from '#app/_ui/field.tsx';
import { Icon } from '#app/_ui/icon.tsx';
import { Hint } from '#app/_ui/panel.tsx';
import { minutesOf, placeAfter } from '#session-core/client/agenda.ts';
import { LIMITS } from '#session-core/model/limits.ts';
import type { AgendaStepView, AgendaView } from '#session-core/view/view-agenda.ts';
import s from './agenda-editor.module.css';

export function AgendaEditor(props: {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly agenda: AgendaView;
  readonly lengths: readonly number[];
}) {
  const { open, onClose, agenda, lengths } = props;
  const { act } = useActing();
  const { left, all } = minutesOf(agenda);
  return (
    <Dialog side open={open} onClose={onClose} title={t.agenda.editHead}>
      {lengths.length > 1 || agenda.minutes === null ? (
        <LengthChoice lengths={lengths} chosen={agenda.minutes} />
      ) : null}
      <div className={s['head']}>
        <Hint>{t.agenda.total(left, all)}</Hint>
        <Button look="quiet" disabled={!agenda.undo} onClick={() => void act({ type: 'agenda.undo' })}>
          <Icon name="undo" size={18} /> <span>{t.agenda.undo}</span>
        </Button>
      </div>
      <ol className={s['steps']}>
        {agenda.order.map((id, i) => {
          const step = agenda.steps[id];
          return step ? <Row key={id} id={id} n={i + 1} step={step} agenda={agenda} /> : null;
        })}
      </ol>
      <NewStep agenda={agenda} />
    </Dialog>
  );
}

export function LengthChoice({
  lengths,
  chosen,
}: {
  readonly lengths: readonly number[];
  readonly chosen: number | null;
}) {
  const act = useAct();
  if (lengths.length === 0) return null;
  return (
    <fieldset className={s['lengths']}>
      <legend>{t.agenda.length}</legend>
      <div>
        {lengths.map((minutes) => (
          <Button
            key={minutes}
            look={minutes === chosen ? 'primary' : 'outline'}
            aria-pressed={minutes === chosen}
            onClick={() => void act({ type: 'agenda.choose', minutes })}
          >
            {t.agenda.choose(minutes)}
          </Button>
        ))}
      </div>
      <Hint>{t.agenda.lengthHint}</Hint>
    </fieldset>
  );
}

function Row(props: {
  readonly id: string;
  readonly n: number;
  readonly step: AgendaStepView;
  readonly agenda: AgendaView;
}) {
  const { id, n, step, agenda } = props;
  const { act } = useActing();
  const move = (by: -1 | 1) => {
    const after = placeAfter(agenda, id, by);
    if (after !== undefined) void act({ type: 'agenda.move', step: id, after });
  };
  return (
    <li data-skipped={step.skipped === true} aria-current={id === agenda.now ? 'step' : undefined}>
      <Sent
        label={t.agenda.title(n)}
        value={step.title}
        maxLength={LIMITS.step.title}
        onSend={(title) => void act({ type: 'agenda.edit', step: id, title })}
      />
      <Sent
        label={t.agenda.minutesOf(n)}
        value={String(step.minutes)}
        inputMode="numeric"
        pattern="[0-9]*"
        onSend={(typed) => {
          const minutes = minutesTyped(typed);
          if (minutes !== null) void act({ type: 'agenda.edit', step: id, minutes });
        }}
      />
      <div className={s['acts']}>
        <button type="button" disabled={n === 1} aria-label={t.agenda.up(step.title)} onClick={() => move(-1)}>
          <Icon name="up" size={18} />
        </button>
        <button
          type="button"
          disabled={n === agenda.order.length}
          aria-label={t.agenda.down(step.title)}
          onClick={() => move(1)}
        >
          <Icon name="down" size={18} />
        </button>
        <Toggle
          label={
            <>
              <span>{t.agenda.skip}</span> <span className="hidden-text">{step.title}</span>
            </>
          }
          checked={step.skipped === true}
          onChange={(skipped) => void act({ type: 'agenda.edit', step: id, skipped })}
        />
      </div>
    </li>
  );
}

/** 1 to the most that a step may take; null: no number. */
function minutesTyped(typed: string): number | null {
  const minutes = Number.parseInt(typed, 10);
  return Number.isNaN(minutes) ? null : Math.min(Math.max(minutes, 1), LIMITS.stepMinutes);
}

/** A field that is sent when it is left; what somebody else changes meanwhile is shown as long as nobody types here. */
function Sent(props: {
  readonly label: string;
  readonly value: string;
  readonly onSend: (value: string) => void;
  readonly maxLength?: number;
  readonly inputMode?: 'numeric';
  readonly pattern?: string;
}) {
  const { label, value, onSend, ...input } = props;
  /** null: nobody types here. */
  const [typed, setTyped] = useState<string | null>(null);
  const send = () => {
    const trimmed = typed?.trim() ?? '';
    if (trimmed !== '' && trimmed !== value) onSend(trimmed);
    // What the session takes comes back as its value.
    setTyped(null);
  };
  return (
    <input
      aria-label={label}
      value={typed ?? value}
      dir="auto"
      autoComplete="off"
      {...input}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={send}
      onKeyDown={(event) => (event.key === 'Enter' ? event.currentTarget.blur() : undefined)}
    />
  );
}

/** Behind the current step, where it is needed; at the end, where none has begun. */
function NewStep({ agenda }: { readonly agenda: AgendaView }) {
  const { act } = useActing();
  const [title, setTitle] = useState('');
  const [minutes, setMinutes] = useState('5');
  const add = async (event: FormEvent) => {
    event.preventDefault();
    const after = agenda.now ?? agenda.order.at(-1) ?? null;
    const ack = await act({ type: 'agenda.add', after, title: title.trim(), minutes: minutesTyped(minutes) ?? 5 });
    if (ack.ok) setTitle('');
  };
  return (
    <form className={s['add']} onSubmit={(event) => void add(event)}>
      <Field
        label={t.agenda.newTitle}
        value={title}
        maxLength={LIMITS.step.title}
        dir="auto"
        autoComplete="off"
        onChange={(event) => setTitle(event.target.value)}
      />
      <Field
        label={t.agenda.newMinutes}
        value={minutes}
        inputMode="numeric"
        pattern="[0-9]*"
        autoComplete="off"
        onChange={(event) => setMinutes(event.target.value)}
      />
      <Button type="submit" disabled={title.trim() === ''}>
        {t.agenda.add}
      </Button>
    </form>
  );
}
