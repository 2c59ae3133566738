'use client';
// Joining: the display name is filled in, so it takes one button.
import { type FormEvent, useCallback, useEffect, useState } from 'react';
import { ask, type HttpRefusal } from '#app/_session/http.ts';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Mark } from '#app/_ui/logo.tsx';
import { displayNameRoute } from '#session-core/protocol/http-api/server-routes.ts';
import { joinRoute } from '#session-core/protocol/http-api/session-routes.ts';
import s from './entry.module.css';

export function JoinForm(props: { readonly code: string; readonly title?: string; readonly hint?: string }) {
  const { code, title, hint } = props;
  const [displayName, setDisplayName] = useState('');
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<HttpRefusal | null>(null);
  const another = useCallback(async () => {
    const answer = await ask(displayNameRoute, {});
    if (answer.ok) setDisplayName(answer.value.displayName);
  }, []);
  useEffect(() => {
    void another();
  }, [another]);

  const join = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const answer = await ask(joinRoute, {
      body: { code, ...(displayName.trim() === '' ? {} : { displayName: displayName.trim() }) },
    });
    if (answer.ok) {
      const here = `/s/${encodeURIComponent(answer.value.sessionId)}`;
      // A full page load, so that the socket connects with the new cookie.
      if (location.pathname.startsWith(here)) location.reload();
      else location.assign(here);
      return;
    }
    setRefusal(answer.error);
    setBusy(false);
  };
  return (
    <main id="main" className={s['page']}>
      <Mark />
      <div className={s['card']}>
        <p className={s['over']}>{hint ?? t.join.head}</p>
        <h1 className={s['title']} dir="auto">
          {title ?? <span className={s['code']}>{`${code.slice(0, 3)} ${code.slice(3)}`}</span>}
        </h1>
        <form className={s['form']} onSubmit={(event) => void join(event)}>
          <Field
            big
            label={t.join.as}
            hint={t.join.asHint}
            error={refusal?.message ?? null}
            value={displayName}
            onChange={(event) => setDisplayName(event.target.value)}
            maxLength={40}
            name="displayName"
            dir="auto"
            autoComplete="nickname"
            enterKeyHint="go"
          />
          <Button look="signal" large wide type="submit" disabled={busy}>
            {busy ? t.join.busy : t.join.go}
          </Button>
          <Button look="quiet" wide onClick={() => void another()}>
            {t.join.another}
          </Button>
        </form>
      </div>
    </main>
  );
}
