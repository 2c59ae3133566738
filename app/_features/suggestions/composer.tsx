'use client';
// Writing a suggestion: the draft is kept, similar open ones are shown while typing, and a rate limit counts down here.
import { type FormEvent, useEffect, useId, useState } from 'react';
import { stagesNamed } from '#app/_features/suggestions/queue.ts';
import { useActing } from '#app/_session/command-actions.tsx';
import { useSuggestionPace } from '#app/_session/use-pace.ts';
import { useSend, useSessionId, useStore, useView } from '#app/_session/use-session.tsx';
import { useStored } from '#app/_session/use-stored.ts';
import { lateRejectionText } from '#app/_strings/rejection-text.ts';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import f from '#app/_ui/field.module.css';
import { similarSuggestions } from '#session-core/client/similar-suggestions.ts';
import type { Anchor, SharedExpression } from '#session-core/model/client-commands.ts';
import { LIMITS, SUGGESTION_PACE } from '#session-core/model/limits.ts';
import s from './composer.module.css';
import { SuggestionCard } from './suggestion-card.tsx';

export function Composer(props: {
  readonly anchor?: Anchor;
  /** Text to begin with; a kept draft stays before it. */
  readonly start?: string;
  /** Its answer is shown with the suggestion. */
  readonly expression?: SharedExpression;
  readonly onDone?: () => void;
}) {
  const { anchor, start, expression, onDone } = props;
  const view = useView('suggestions', 'settings', 'runs');
  const send = useSend();
  const { say } = useActing();
  const store = useStore();
  const id = useId();
  const session = useSessionId();
  const [text, setText] = useStored(`cp-draft-${session}`, start);
  const [stage, setStage] = useState('');
  const [shows, setShows] = useState(true);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [refusedFor, setWait] = useCountdown();
  const pace = useSuggestionPace(session);
  const wait = Math.max(refusedFor, pace.wait);
  const length = [...text.trim()].length;
  const similar = similarSuggestions(text, Object.values(view.suggestions));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (length === 0 || busy || wait > 0) return;
    setBusy(true);
    setRefusal(null);
    const ack = await send({
      type: 'suggestion.add',
      text: text.trim(),
      ...(stage === '' ? {} : { stage }),
      ...(anchor ? { anchor } : {}),
      ...(expression && shows ? { expression } : {}),
    });
    setBusy(false);
    if (ack.ok) {
      setText('');
      // The server sends one's own part before it acknowledges: a suggestion held by the word filter is there by now.
      const waits = store.get().you?.own[ack.about ?? '']?.status === 'pending';
      say(waits ? t.compose.sentWaits : t.compose.sent);
      onDone?.();
      return;
    }
    const seconds = Number(ack.rejection['seconds'] ?? 0);
    if (seconds > 0) setWait(seconds);
    setRefusal(seconds > 0 ? null : await lateRejectionText(ack.rejection));
  };
  return (
    <form className={s['form']} onSubmit={(event) => void submit(event)}>
      {anchor ? <p className={f['hint']}>{t.compose.here(anchor.file, anchor.fromLine)}</p> : null}
      <label htmlFor={id} className={s['label']}>
        {t.compose.label}
      </label>
      <textarea
        id={id}
        className={f['area']}
        value={text}
        rows={3}
        placeholder={t.compose.placeholder}
        maxLength={LIMITS.suggestion * 2}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void submit(event);
        }}
        dir="auto"
      />
      {expression ? (
        <label className={s['shows']}>
          <input type="checkbox" checked={shows} onChange={(event) => setShows(event.target.checked)} />
          <span>{t.compose.shows[expression.as]}</span> <code translate="no">{expression.code}</code>
        </label>
      ) : null}
      <div className={s['row']}>
        <label>
          <span>{t.compose.stage}</span>{' '}
          <select className={f['select']} value={stage} onChange={(event) => setStage(event.target.value)}>
            <option value="">{t.compose.anyStage}</option>
            {stagesNamed(view).map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <span className={s['left']} data-over={length > LIMITS.suggestion}>
          {t.compose.left(LIMITS.suggestion - length)}
        </span>
        <Button look="signal" type="submit" disabled={busy || wait > 0 || length === 0 || length > LIMITS.suggestion}>
          {wait > 0 ? t.compose.wait(wait) : busy ? t.compose.sending : t.compose.send}
        </Button>
      </div>
      <p className={f['error']} role="status">
        {wait > 0
          ? t.compose.tooFast
          : (refusal ?? (pace.left === 1 ? t.compose.lastOne(1 / SUGGESTION_PACE.perSecond) : null))}
      </p>
      {similar.length > 0 ? (
        <div className={s['similar']}>
          <p>{t.compose.similar}</p>
          {similar.map((card) => (
            <SuggestionCard key={card.id} card={card} />
          ))}
        </div>
      ) : null}
    </form>
  );
}

/** Seconds left, counting down. */
export function useCountdown(): readonly [number, (seconds: number) => void] {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    if (left <= 0) return;
    const timer = setTimeout(() => setLeft(left - 1), 1_000);
    return () => clearTimeout(timer);
  }, [left]);
  return [left, (seconds) => setLeft(Math.ceil(seconds))];
}
