'use client';
// Joining: the display name is filled in, so it takes one button. A form that works without scripts, too.
// Invariant: the input is the browser's own, so that what is typed before the scripts are there stays. Where the code that
// asks the server does not arrive, the form goes the way that it has without scripts.

import { useRouter } from 'next/navigation';
import { type FormEvent, useCallback, useEffect, useRef, useState } from 'react';
import { isReachable } from '#app/_session/network.ts';
import { tabToken } from '#app/_session/tokens.ts';
import { t } from '#app/_strings/strings.ts';
import { appPath, basePath } from '#app/_ui/base-path.ts';
import { Button } from '#app/_ui/button.tsx';
import { Field } from '#app/_ui/field.tsx';
import { LanguageLinks } from '#app/_ui/language-links.tsx';
import { Mark } from '#app/_ui/logo.tsx';
import s from './entry.module.css';

const requests = () => import('./join-requests.ts');

/** null: its code did not arrive. */
const arrived = () =>
  requests().catch((error: unknown) => {
    console.warn('the code that joins could not be loaded', error);
    return null;
  });
// On a slow phone it comes while the form comes to life.
if (typeof window !== 'undefined') void arrived();

export function JoinForm(props: {
  readonly code: string;
  readonly title: string;
  readonly hint?: string;
  /** How many are in. */
  readonly online?: number;
  /** A name to begin with; without one, it is asked for. */
  readonly displayName?: string;
  readonly refusal?: string | null;
  /** Files of the session's page that this one has not: fetched while somebody reads it. */
  readonly ahead?: readonly string[];
  /** Why nobody new gets in: in place of the form. */
  readonly closed?: string;
  /** The browser has kept no cookie, and a page load would lose who has joined: this page goes on as the session's. */
  readonly onHeld?: (sessionId: string) => void;
}) {
  const { code, title, hint, online, displayName, onHeld } = props;
  const input = useRef<HTMLInputElement>(null);
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState(props.refusal ?? null);
  const another = useCallback(async () => {
    const name = await (await arrived())?.anotherName();
    if (name && input.current) input.current.value = name;
  }, []);
  useEffect(() => {
    if (displayName === undefined) void another();
    else void arrived();
  }, [displayName, another]);
  const { ahead } = props;
  useEffect(() => {
    if (ahead !== undefined) void arrived().then((asks) => asks?.fetchAhead(ahead));
  }, [ahead]);

  const join = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    setBusy(true);
    const asks = await arrived();
    if (asks === null) {
      if (await isReachable()) return form.submit();
      setRefusal(t.http.unreached);
      setBusy(false);
      return;
    }
    const typed = (input.current?.value ?? '').trim();
    const answer = await asks.join(code, typed);
    if (answer.ok) {
      const { sessionId } = answer.value;
      const here = appPath(`/s/${encodeURIComponent(sessionId)}`);
      const there = location.pathname.startsWith(here);
      const kept = asks.keepJoined(answer.value, there);
      // The page that follows is rendered for whoever the cookie names. Next's router knows no path before its own
      // addresses: there a page is loaded, which knows nothing of this one.
      const loads = basePath() !== '';
      if (there || loads || !navigator.cookieEnabled) await kept;
      // No page load: the scripts stay. On the session's own page the gate connects anew by itself.
      if (there) setBusy(false);
      else if (!loads) router.push(here);
      else if (onHeld && tabToken(sessionId) !== null) {
        history.replaceState(null, '', here);
        onHeld(sessionId);
      } else location.assign(here);
      return;
    }
    setRefusal(answer.error.message);
    setBusy(false);
  };
  return (
    <main id="main" className={s['page']}>
      <Mark />
      <div className={s['card']}>
        <p className={s['over']}>{hint ?? t.join.head}</p>
        <h1 className={s['title']} dir="auto">
          {title}
        </h1>
        {online === undefined ? null : <p>{t.join.people(online)}</p>}
        {props.closed === undefined ? (
          <form
            className={s['form']}
            method="post"
            action={appPath(`/j/${code}`)}
            onSubmit={(event) => void join(event)}
          >
            <Field
              big
              label={t.join.as}
              hint={t.join.asHint}
              error={refusal}
              inputRef={input}
              defaultValue={displayName}
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
        ) : (
          <p role="alert">{props.closed}</p>
        )}
      </div>
      <LanguageLinks />
    </main>
  );
}
