'use client';
// The open question on a participant's page: a tap for a choice, or a few words; the answers so far below it.
// Invariant: nothing moves under a finger. A question that opens while the tab is shown waits behind a pill, and one that
// is closed stays, with what everybody answered.
import { type FormEvent, useState } from 'react';
import { useAct } from '#app/_session/command-actions.tsx';
import { useOfView, useYou } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Hint, Panel } from '#app/_ui/panel.tsx';
import { openPoll } from '#session-core/client/polls.ts';
import { LIMITS } from '#session-core/model/limits.ts';
import type { PollView } from '#session-core/view/view-types.ts';
import s from './poll.module.css';
import { PollResults, PollWords } from './poll-results.tsx';

/** The question that is shown, and whether another one has opened since. */
export function useShownPoll() {
  const open = useOfView(openPoll)?.id;
  const [taken, take] = useState(open);
  const shown = useOfView(({ polls }) => (taken === undefined ? undefined : polls[taken]));
  return { shown, isNew: open !== undefined && open !== taken, update: () => take(open) };
}

export function PollCard({ poll }: { readonly poll: PollView | undefined }) {
  const you = useYou();
  if (poll === undefined || you === null) return null;
  return (
    <Panel title={t.poll.head} aside={<Hint>{t.poll.count(poll.answers)}</Hint>}>
      <p className={s['question']} dir="auto">
        {poll.question}
      </p>
      {poll.open ? <Answer key={poll.id} poll={poll} /> : <PollResults poll={poll} />}
      {poll.open ? null : <Hint>{t.poll.closed}</Hint>}
    </Panel>
  );
}

function Answer({ poll }: { readonly poll: PollView }) {
  return poll.choices === null ? <Words poll={poll} /> : <Choices poll={poll} choices={poll.choices} />;
}

function Choices({ poll, choices }: { readonly poll: PollView; readonly choices: readonly string[] }) {
  const act = useAct();
  const you = useYou();
  const answer = you?.answers?.[poll.id];
  const mine = answer && 'choice' in answer ? answer.choice : null;
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
    if (text === '') return;
    const ack = await act({ type: 'poll.answer', poll: poll.id, text });
    if (ack.ok) setTyped('');
  };
  return (
    <>
      <form onSubmit={(event) => void send(event)}>
        <Field
          label={t.poll.answer}
          hint={t.poll.answerHint}
          value={typed}
          maxLength={LIMITS.answer}
          autoComplete="off"
          onChange={(event) => setTyped(event.target.value)}
          aside={
            <Button look="primary" type="submit">
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
          <Button look="quiet" onClick={() => void act({ type: 'poll.answer', poll: poll.id, text: null })}>
            {t.poll.takeBack}
          </Button>
          <PollWords poll={poll} />
        </div>
      )}
    </>
  );
}
