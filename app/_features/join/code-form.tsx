'use client';
// The join field: a code, with or without spaces, or a pasted link. Without scripts it is sent to /j.

import { type FormEvent, useState } from 'react';
import { joinCodeOf } from '#app/_features/join/join-code.ts';
import { t } from '#app/_strings/strings.ts';
import { appPath } from '#app/_ui/base-path.ts';
import { Button } from '#app/_ui/button.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Mark } from '#app/_ui/logo.tsx';
import s from './entry.module.css';

export function CodeForm({ typed = '', why = null }: { readonly typed?: string; readonly why?: string | null }) {
  const [link, setLink] = useState(false);
  const [error, setError] = useState(why);
  const go = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const code = joinCodeOf(String(new FormData(event.currentTarget).get('code')));
    setError(code === null ? t.codeForm.wrong : null);
    if (code !== null) location.assign(appPath(`/j/${code}`));
  };
  return (
    <form className={s['form']} action={appPath('/j')} onSubmit={go} noValidate>
      <Field
        big
        label={t.codeForm.label}
        hint={t.codeForm.hint}
        error={error}
        defaultValue={typed}
        onChange={(event) => setLink(/[/:]/.test(event.target.value))}
        name="code"
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        enterKeyHint="go"
        style={{ textTransform: link ? 'none' : 'uppercase', letterSpacing: '0.12em' }}
      />
      <Button look="signal" large wide type="submit">
        {t.codeForm.join}
      </Button>
    </form>
  );
}

/** The page for a code that is none: what is wrong, and the field with what was typed. */
export function WrongCode(props: { readonly typed: string; readonly why: string }) {
  return (
    <main id="main" className={s['page']}>
      <Mark />
      <div className={s['card']}>
        <h1 className="hidden-text">{t.codeForm.label}</h1>
        <CodeForm {...props} />
      </div>
    </main>
  );
}
