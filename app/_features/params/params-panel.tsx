'use client';
// The values of params.yaml as controls. Changing one suggests a one-line patch against the current revision; the code
// itself changes only when the driver applies the patch.
import { useEffect, useState } from 'react';
import { controlsOf, firstControls, type ParamValue, valueText } from '#app/_features/params/params.ts';
import { useActing } from '#app/_session/command-actions.tsx';
import { bringRequests, useFiles } from '#app/_session/use-api.ts';
import { useFirstView, useOfView } from '#app/_session/use-session.tsx';
import { isolate } from '#app/_strings/isolate.ts';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import f from '#app/_ui/field.module.css';
import { inTurn } from '#app/_ui/in-turn.ts';
import { Empty, Hint } from '#app/_ui/panel.tsx';
import { PARAMS_FILE, type ParamControl } from '#pipeline-core/workspace/param-controls.ts';
import s from './params-panel.module.css';

const suggesting = () => import('./param-suggestion.ts');

export function ParamsPanel({ most }: { readonly most?: number }) {
  const revision = useOfView((view) => view.revision);
  const frozen = useOfView((view) => view.settings.frozen);
  const first = useFirstView()?.params;
  const [last, setLast] = useState<{ text: string; revision: number } | null>(first ?? null);
  const read = useFiles(last?.revision === revision ? undefined : revision);
  const [search, setSearch] = useState('');
  /** Sent and not answered yet, with the value: a tap shows at once that it counts. */
  const [pending, setPending] = useState<ReadonlyMap<string, ParamValue>>(new Map());
  const { act, say } = useActing();
  // A tap, and the next revision, find their code here; what does not arrive now is asked for then.
  useEffect(() => {
    for (const load of [suggesting, bringRequests]) inTurn<unknown>(load).catch(() => undefined);
  }, []);
  const fresh = read.value?.files[PARAMS_FILE];
  // Keep showing the last revision while the next one loads, so that the controls do not disappear during a tap.
  if (fresh !== undefined && read.value && last?.revision !== read.value.revision) {
    setLast({ text: fresh, revision: read.value.revision });
  }
  if (last === null) return read.error ? <Hint>{t.params.failed}</Hint> : <Hint>{t.loading}</Hint>;
  // A line of text has no control.
  const controls = controlsOf(last.text).filter(({ kind }) => kind !== 'text');
  if (controls.length === 0) return <Empty>{t.params.none}</Empty>;
  const wanted = search.trim().toLowerCase();
  const shown =
    most === undefined
      ? controls.filter((control) => `${control.key} ${control.label}`.toLowerCase().includes(wanted))
      : firstControls(controls, most);
  const propose = async (control: ParamControl, value: ParamValue) => {
    setPending((all) => new Map(all).set(control.key, value));
    try {
      const { paramSuggestion } = await suggesting();
      const command = paramSuggestion(last, control, value);
      const ack = await act(command);
      if (ack.ok) say(t.params.sent(command.text));
    } catch (error) {
      console.warn('the code that changes a parameter could not be loaded', error);
      say(t.http.unreached, 'bad');
    }
    setPending((all) => new Map([...all].filter(([key]) => key !== control.key)));
  };
  return (
    <div className={s['panel']}>
      {most === undefined ? (
        <input
          type="search"
          className={f['input']}
          aria-label={t.params.search}
          placeholder={t.params.search}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      ) : null}
      <ul className={s['list']}>
        {shown.map((control) => (
          <li key={control.key}>
            <Control
              control={control}
              disabled={frozen}
              pending={pending.get(control.key)}
              onPropose={(value) => {
                if (!pending.has(control.key)) void propose(control, value);
              }}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}

interface ControlProps {
  readonly control: ParamControl;
  readonly disabled: boolean;
  /** A value of it that was sent and not answered yet. */
  readonly pending: ParamValue | undefined;
  readonly onPropose: (value: ParamValue) => void;
}

function Control({ control, disabled, pending, onPropose }: ControlProps) {
  const name = control.key.replace(/^columns\./, '');
  const caption = (
    <span className={s['words']}>
      <b>{name}</b>
      <small>
        <span>{control.label === name ? '' : `${isolate(control.label)} · `}</span>
        <span>{t.params.now(valueText(control.value))}</span>
      </small>
    </span>
  );
  switch (control.kind) {
    case 'switch':
      return (
        <div className={s['control']}>
          {caption}
          <Button
            disabled={disabled}
            aria-busy={pending !== undefined}
            aria-label={
              pending === undefined
                ? `${control.value ? t.params.turnOff : t.params.turnOn}: ${control.label}`
                : undefined
            }
            onClick={() => onPropose(!control.value)}
          >
            {pending !== undefined ? t.compose.sending : control.value ? t.params.turnOff : t.params.turnOn}
          </Button>
        </div>
      );
    case 'choice':
      return (
        <div className={s['control']} data-tall="true">
          {caption}
          <span className={s['choices']}>
            {(control.choices ?? []).map((choice) => (
              <button
                key={choice}
                type="button"
                disabled={disabled || choice === control.value}
                aria-pressed={choice === control.value}
                aria-busy={choice === pending}
                onClick={() => onPropose(choice)}
              >
                {choice}
              </button>
            ))}
          </span>
        </div>
      );
    case 'number':
      return (
        <NumberControl
          key={String(control.value)}
          control={control}
          disabled={disabled}
          pending={pending}
          onPropose={onPropose}
          caption={caption}
        />
      );
    case 'text':
      return null;
  }
}

function NumberControl({
  control,
  disabled,
  pending,
  onPropose,
  caption,
}: ControlProps & { readonly caption: React.ReactNode }) {
  const start = typeof control.value === 'number' ? control.value : (control.min ?? 1);
  // As typed: "", "-" and "0." are on the way to a number, and must not turn into one.
  const [text, setText] = useState(String(start));
  const value = text.trim() === '' ? Number.NaN : Number(text);
  const { min, max } = control;
  const ranged = min !== undefined && max !== undefined;
  // A linear slider is useless over a wide range, so the handle moves on a log scale.
  const log = ranged && min > 0 && max / min >= 50;
  const toHandle = (v: number) => (log ? Math.log(v / min) / Math.log(max / min) : v);
  const ofHandle = (h: number) => (log ? min * (max / min) ** h : h);
  const fits = value >= (min ?? -Infinity) && value <= (max ?? Infinity) && (!control.whole || Number.isInteger(value));
  const rounded = (v: number) => (control.whole ? Math.round(v) : Number(v.toPrecision(3)));
  return (
    <div className={s['control']} data-tall="true">
      {caption}
      <span className={s['slide']}>
        {ranged ? (
          <input
            type="range"
            aria-label={control.key}
            aria-valuetext={text}
            min={log ? 0 : min}
            max={log ? 1 : max}
            step={log ? 0.005 : (control.step ?? 1)}
            value={toHandle(fits ? value : start)}
            onChange={(event) => setText(String(rounded(ofHandle(Number(event.target.value)))))}
          />
        ) : null}
        <input
          type="number"
          className={f['input']}
          aria-label={`${control.key}${ranged ? `, ${t.params.range(min, max)}` : ''}`}
          aria-invalid={!fits}
          inputMode="decimal"
          min={min}
          max={max}
          step="any"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Button
          disabled={disabled || !fits || value === control.value}
          aria-busy={pending !== undefined}
          onClick={() => onPropose(value)}
        >
          {pending !== undefined ? t.compose.sending : t.params.propose}
        </Button>
      </span>
      {fits || !ranged ? null : (
        <small className={f['error']} role="status">
          {t.params.outside(min, max, control.whole === true)}
        </small>
      )}
    </div>
  );
}
