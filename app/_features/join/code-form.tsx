'use client';
// The join field of the home page: a code, with or without spaces, or a pasted link.
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { joinCodeOf } from '#app/_features/join/join-code.ts';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import { Field } from '#app/_ui/field.tsx';
import s from './entry.module.css';

export function CodeForm() {
  const router = useRouter();
  const [typed, setTyped] = useState('');
  const [wrong, setWrong] = useState(false);
  const go = (event: FormEvent) => {
    event.preventDefault();
    const code = joinCodeOf(typed);
    setWrong(code === null);
    if (code !== null) router.push(`/j/${code}`);
  };
  return (
    <form className={s['form']} onSubmit={go} noValidate>
      <Field
        big
        label={t.home.codeLabel}
        hint={t.home.codeHint}
        error={wrong ? t.home.wrongCode : null}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        name="code"
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        enterKeyHint="go"
        style={{ textTransform: /[/:]/.test(typed) ? 'none' : 'uppercase', letterSpacing: '0.12em' }}
      />
      <Button look="signal" large wide type="submit">
        {t.home.join}
      </Button>
    </form>
  );
}
