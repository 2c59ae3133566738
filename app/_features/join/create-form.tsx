'use client';
// Creating a session: title, approval, hold-out score. Whoever creates it becomes its facilitator at once; the link that
// the answer names is used up by that, and the host page shows another one to keep.
import { type FormEvent, useState } from 'react';
import { ask, type HttpRefusal } from '#app/_session/http.ts';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import { Field, Toggle } from '#app/_ui/field.tsx';
import { LIMITS } from '#session-core/model/limits.ts';
import { createRoute, facilitatorRoute } from '#session-core/protocol/http-api/session-routes.ts';
import s from './entry.module.css';

const HOLDOUT_CHOICES = ['hidden', 'shown', 'off'] as const;

export function CreateForm() {
  const [title, setTitle] = useState<string>(t.create.titleDefault);
  const [approveFirst, setApproveFirst] = useState(false);
  const [holdout, setHoldout] = useState<(typeof HOLDOUT_CHOICES)[number]>('hidden');
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<HttpRefusal | null>(null);

  const create = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const answer = await ask(createRoute, { body: { title: title.trim(), approveFirst, holdout } });
    if (answer.ok) {
      const { sessionId, facilitatorSecret } = answer.value;
      const entered = await ask(facilitatorRoute, { params: { id: sessionId }, body: { secret: facilitatorSecret } });
      if (entered.ok) return location.assign(`/s/${sessionId}/host?created`);
      setRefusal(entered.error);
    } else setRefusal(answer.error);
    setBusy(false);
  };
  return (
    <form className={s['form']} onSubmit={(event) => void create(event)}>
      <Field
        label={t.create.title}
        hint={t.create.titleHint}
        error={refusal?.message ?? null}
        value={title}
        maxLength={LIMITS.title}
        onChange={(event) => setTitle(event.target.value)}
        dir="auto"
      />
      <Toggle label={t.create.approve} hint={t.create.approveHint} checked={approveFirst} onChange={setApproveFirst} />
      <fieldset className={s['choices']}>
        <legend>{t.create.holdout}</legend>
        <p>{t.create.holdoutHint}</p>
        {HOLDOUT_CHOICES.map((choice) => (
          <label key={choice}>
            <input type="radio" name="holdout" checked={holdout === choice} onChange={() => setHoldout(choice)} />
            {t.create.holdoutChoices[choice]}
          </label>
        ))}
      </fieldset>
      <Button look="primary" large wide type="submit" disabled={busy}>
        {busy ? t.create.going : t.create.go}
      </Button>
    </form>
  );
}
