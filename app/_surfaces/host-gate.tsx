'use client';
// Access to the facilitator's page: exchanges the secret in the URL fragment for a cookie and removes it from the address
// before anything is shown. Invariant: the secret is not stored, not logged, and sent only to that one route.
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { ask } from '#app/_session/http.ts';
import { keepJoined } from '#app/_session/keep-joined.ts';
import { useYou } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { facilitatorRoute } from '#session-core/protocol/http-api/session-routes.ts';
import s from '../_features/join/entry.module.css';
import { Button } from '../_ui/button.tsx';
import { Field } from '../_ui/field.tsx';
import { Mark } from '../_ui/logo.tsx';
import { SessionGate } from './session-gate.tsx';

export function HostGate({ sessionId, children }: { readonly sessionId: string; readonly children: ReactNode }) {
  const [state, setState] = useState<'looking' | 'ready'>('looking');
  const [refusal, setRefusal] = useState<string | null>(null);
  const begun = useRef(false);
  useEffect(() => {
    // React's strict mode runs effects twice; the second time the secret is already out of the address.
    if (begun.current) return;
    begun.current = true;
    const secret = secretOf(location.hash);
    if (secret === '') {
      setState('ready');
      return;
    }
    history.replaceState(null, '', location.pathname);
    void exchange(sessionId, secret).then((failed) => {
      setRefusal(failed);
      setState('ready');
    });
  }, [sessionId]);
  if (state === 'looking') return null;
  return (
    <SessionGate sessionId={sessionId} fallback={<AskSecret sessionId={sessionId} refusal={refusal} />}>
      <Facilitators refusal={refusal} sessionId={sessionId}>
        {children}
      </Facilitators>
    </SessionGate>
  );
}

function Facilitators(props: {
  readonly sessionId: string;
  readonly refusal: string | null;
  readonly children: ReactNode;
}) {
  const you = useYou();
  return you?.facilitator ? props.children : <AskSecret sessionId={props.sessionId} refusal={props.refusal} />;
}

function AskSecret({ sessionId, refusal }: { readonly sessionId: string; readonly refusal: string | null }) {
  const [typed, setTyped] = useState('');
  const [wrong, setWrong] = useState(refusal);
  const go = async (event: FormEvent) => {
    event.preventDefault();
    const failed = await exchange(sessionId, secretOf(typed) || typed.trim());
    // Where it succeeded, the gate has noticed and connects anew.
    if (failed !== null) setWrong(failed);
  };
  return (
    <main id="main" className={s['page']}>
      <Mark />
      <form className={s['card']} onSubmit={(event) => void go(event)}>
        <h1 className={s['title']}>{t.host.secretHead}</h1>
        <Field
          label={t.host.secret}
          hint={t.host.secretHint}
          error={wrong}
          type="password"
          value={typed}
          autoComplete="off"
          onChange={(event) => setTyped(event.target.value)}
        />
        <Button look="primary" large type="submit" disabled={typed.trim() === ''}>
          {t.host.secretGo}
        </Button>
      </form>
    </main>
  );
}

/** What was pasted may end anywhere, in the middle of a %-sequence too; a secret contains none. */
function secretOf(address: string): string {
  return /#([\w-]+)$/.exec(address.trim())?.[1] ?? '';
}

/** null: success; otherwise the reason as a sentence. */
async function exchange(sessionId: string, secret: string): Promise<string | null> {
  const answer = await ask(facilitatorRoute, { params: { id: sessionId }, body: { secret } });
  if (!answer.ok) return answer.error.message;
  await keepJoined(answer.value, true);
  return null;
}
