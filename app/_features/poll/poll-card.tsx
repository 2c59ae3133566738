'use client';
// The open question on a participant's page: a tap for a choice, or a few words; the answers so far below it.
// Invariant: nothing moves under a finger. A question that opens while the tab is shown waits behind a pill, and one that
// is closed stays, with what everybody answered.
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useAct } from '#app/_session/command-actions.tsx';
import { useYou } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Hint, Panel } from '#app/_ui/panel.tsx';
import { LIMITS } from '#session-core/model/limits.ts';
import type { PollView } from '#session-core/view/view-types.ts';
import s from './poll.module.css';
import { PollResults, PollWords } from './poll-results.tsx';

export function PollCard({ poll }: { readonly poll: PollView | undefined }) {
  const you = useYou();
  const question = useQuestionFocus(poll?.id);
  if (poll === undefined || you === null) return null;
  return (
    <Panel title={t.poll.head} aside={<Hint>{t.poll.count(poll.answers)}</Hint>}>
      <p ref={question} className={s['question']} dir="auto" tabIndex={-1}>
        {poll.question}
      </p>
      {poll.choices === null ? <Words key={poll.id} poll={poll} /> : <Choices poll={poll} choices={poll.choices} />}
    </Panel>
  );
}

/** Whoever asked for the next question goes on at it, by keyboard or screen reader too. */
function useQuestionFocus(id: string | undefined) {
  const question = useRef<HTMLParagraphElement>(null);
  const before = useRef(id);
  useEffect(() => {
    if (before.current !== id) question.current?.focus({ preventScroll: true });
    before.current = id;
  }, [id]);
  return question;
}

function Choices({ poll, choices }: { readonly poll: PollView; readonly choices: readonly string[] }) {
  const act = useAct();
  const you = useYou();
  const answer = you?.answers?.[poll.id];
  const mine = answer && 'choice' in answer ? answer.choice : null;
  if (!poll.open)
    return (
      <>
        <PollResults poll={poll} />
        <Hint>{t.poll.closed}</Hint>
      </>
    );
  return (
    <fieldset className={s['choices']}>
      <legend className="hidden-text">{t.poll.answer}</legend>
      {choices.map((choice, i) => (
        <button
          key={choice}
          type="button"
          aria-pressed={mine === i}
          onClick={() => void act({ type: 'poll.answer', poll: poll.id, choice: mine === i ? null : i })}
        >
          <bdi>{choice}</bdi> {mine === null ? null : <small translate="no">{poll.counts?.[i] ?? 0}</small>}
        </button>
      ))}
    </fieldset>
  );
}

function Words({ poll }: { readonly poll: PollView }) {
  const act = useAct();
  const you = useYou();
  const answer = you?.answers?.[poll.id];
  const mine = answer && 'text' in answer ? answer : undefined;
  const [typed, setTyped] = useState('');
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const text = typed.trim();
    if (text === '' || !poll.open) return;
    const ack = await act({ type: 'poll.answer', poll: poll.id, text });
    if (ack.ok) setTyped('');
  };
  return (
    <>
      <form onSubmit={(event) => void send(event)}>
        <Field
          label={t.poll.answer}
          hint={poll.open ? t.poll.answerHint : t.poll.closed}
          value={typed}
          maxLength={LIMITS.answer}
          autoComplete="off"
          onChange={(event) => setTyped(event.target.value)}
          aside={
            <Button look="primary" type="submit" disabled={!poll.open}>
              {mine === undefined ? t.poll.send : t.poll.change}
            </Button>
          }
        />
      </form>
      {mine === undefined ? null : (
        <div className={s['mine']}>
          <p>
            <b>{t.poll.yours}</b> <bdi>{mine.text}</bdi>
          </p>
          {mine.hidden ? <Hint>{t.poll.held}</Hint> : null}
          {poll.open ? (
            <Button look="quiet" onClick={() => void act({ type: 'poll.answer', poll: poll.id, text: null })}>
              {t.poll.takeBack}
            </Button>
          ) : null}
        </div>
      )}
      {mine === undefined && poll.open ? null : <PollWords poll={poll} />}
    </>
  );
}
