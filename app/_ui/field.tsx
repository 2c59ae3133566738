// A labelled input with hint and error, connected for screen readers; and a switch.
import { type InputHTMLAttributes, type ReactNode, type Ref, useId } from 'react';
import { cx } from './cx.ts';
import s from './field.module.css';

export function Field(
  props: InputHTMLAttributes<HTMLInputElement> & {
    readonly label: string;
    readonly hint?: string;
    readonly error?: string | null;
    readonly big?: boolean;
    readonly aside?: ReactNode;
    readonly inputRef?: Ref<HTMLInputElement>;
  },
) {
  const { label, hint, error = null, big = false, aside, inputRef, ...input } = props;
  const id = useId();
  const description = error ?? hint;
  return (
    <div className={s['field']}>
      <label htmlFor={id}>{label}</label>
      <div className={s['row']}>
        <input
          id={id}
          ref={inputRef}
          className={cx(s['input'], big && s['big'])}
          aria-invalid={error !== null}
          aria-describedby={description ? `${id}-description` : undefined}
          {...input}
        />
        {aside}
      </div>
      {description ? (
        <p
          id={`${id}-description`}
          className={s[error === null ? 'hint' : 'error']}
          role={error === null ? undefined : 'alert'}
        >
          {description}
        </p>
      ) : null}
    </div>
  );
}

/** A switch with its label. */
export function Toggle(props: {
  readonly label: ReactNode;
  readonly hint?: string;
  readonly checked: boolean;
  readonly disabled?: boolean;
  readonly onChange: (on: boolean) => void;
}) {
  const id = useId();
  return (
    <div className={s['toggle']}>
      <button
        type="button"
        id={id}
        role="switch"
        aria-checked={props.checked}
        disabled={props.disabled}
        onClick={() => props.onChange(!props.checked)}
        className={s['switch']}
      >
        <span aria-hidden="true">
          <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
            <path d={props.checked ? 'M2 6.5l3 3 5-6.5' : 'M3 3l6 6M9 3l-6 6'} />
          </svg>
        </span>
      </button>
      <label htmlFor={id}>
        <span>{props.label}</span>
        {props.hint ? <small>{props.hint}</small> : null}
      </label>
    </div>
  );
}
