'use client';
// Access to the facilitator's page: exchanges the secret in the URL fragment for a cookie and removes it from the address
// before anything is shown. Invariant: the secret is not stored, not logged, and sent only to that one route.
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { ask, type HttpRefusal } from '#app/_session/http.ts';
import { newId } from '#app/_session/ids.ts';
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
  const [asked, setAsked] = useState<Asked>({ secret: '', refusal: null });
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
      // What the server did not see can be sent again: the address has lost it, and the link may be nowhere else.
      setAsked({ secret: failed?.code === 'wrong_secret' ? '' : secret, refusal: failed?.message ?? null });
      setState('ready');
    });
  }, [sessionId]);
  if (state === 'looking') return null;
  return (
    <SessionGate sessionId={sessionId} fallback={<AskSecret sessionId={sessionId} asked={asked} />}>
      <Facilitators asked={asked} sessionId={sessionId}>
        {children}
      </Facilitators>
    </SessionGate>
  );
}

interface Asked {
  /** Of the address, where it was not answered. */
  readonly secret: string;
  readonly refusal: string | null;
}

function Facilitators(props: { readonly sessionId: string; readonly asked: Asked; readonly children: ReactNode }) {
  const you = useYou();
  return you?.facilitator ? props.children : <AskSecret sessionId={props.sessionId} asked={props.asked} />;
}

function AskSecret({ sessionId, asked }: { readonly sessionId: string; readonly asked: Asked }) {
  const [typed, setTyped] = useState(asked.secret);
  const [wrong, setWrong] = useState(asked.refusal);
  const go = async (event: FormEvent) => {
    event.preventDefault();
    const failed = await exchange(sessionId, secretOf(typed) || typed.trim());
    // Where it succeeded, the gate has noticed and connects anew.
    if (failed !== null) setWrong(failed.message);
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

/** What was pasted may end anywhere, in the middle of a %-sequence too, or in what was around it; a secret has 22 characters. */
function secretOf(address: string): string {
  return /(?:#|%23)([\w-]{22})(?![\w-])/.exec(address)?.[1] ?? '';
}

/** Between tries where the network is gone for a moment. */
const AGAIN_MS = 1_000;
const MOST_TRIES = 4;
/** One for the life of the page: whatever of it the server has seen, it is the same facilitator. */
let attempt = '';

/** null: success; otherwise why not. */
async function exchange(sessionId: string, secret: string): Promise<HttpRefusal | null> {
  attempt ||= newId();
  for (let tries = 1; ; tries++) {
    const answer = await ask(facilitatorRoute, { params: { id: sessionId }, body: { secret, attempt } });
    if (answer.ok) {
      await keepJoined(answer.value, true);
      return null;
    }
    if (answer.error.code !== 'unreached' || tries === MOST_TRIES) return answer.error;
    await new Promise((done) => setTimeout(done, AGAIN_MS));
  }
}
