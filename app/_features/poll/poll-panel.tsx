'use client';
// The facilitator's questions to everybody: ask one, follow its answers, hide one of them, close it; the earlier ones.
import { type FormEvent, useState } from 'react';
import { useAct, useActing } from '#app/_session/command-actions.tsx';
import { useView } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import { Field, Toggle } from '#app/_ui/field.tsx';
import { Icon } from '#app/_ui/icon.tsx';
import { Empty, Hint, Panel } from '#app/_ui/panel.tsx';
import { openPoll, pollsByTime } from '#session-core/client/polls.ts';
import { LIMITS } from '#session-core/model/limits.ts';
import type { PollView } from '#session-core/view/view-types.ts';
import s from './poll.module.css';
import { PollResults, PollWords } from './poll-results.tsx';

export function PollPanel() {
  const view = useView('polls');
  const poll = openPoll(view);
  const earlier = pollsByTime(view).filter(({ open }) => !open);
  return (
    <>
      {poll === undefined ? null : <OpenPoll poll={poll} />}
      <Composer />
      <Panel title={t.poll.earlier}>
        {earlier.length === 0 ? <Empty>{t.poll.none}</Empty> : null}
        {earlier.map((one) => (
          <article key={one.id} className={s['earlier']}>
            <h3 dir="auto">{one.question}</h3>
            <Hint>{t.poll.count(one.answers)}</Hint>
            <Answers poll={one} />
          </article>
        ))}
      </Panel>
    </>
  );
}

function OpenPoll({ poll }: { readonly poll: PollView }) {
  const act = useAct();
  return (
    <Panel title={t.poll.head} aside={<Hint>{t.poll.count(poll.answers)}</Hint>}>
      <p className={s['question']} dir="auto">
        {poll.question}
      </p>
      <Answers poll={poll} />
      <div className={s['buttons']}>
        <Button onClick={() => void act({ type: 'scene.show', scene: 'poll' })}>
          <Icon name="screen" size={18} /> <span>{t.poll.show}</span>
        </Button>
        <Button look="quiet" onClick={() => void act({ type: 'poll.close', poll: poll.id })}>
          {t.poll.close}
        </Button>
      </div>
    </Panel>
  );
}

function Answers({ poll }: { readonly poll: PollView }) {
  const act = useAct();
  if (poll.choices !== null) return <PollResults poll={poll} />;
  return (
    <PollWords
      poll={poll}
      actions={({ key, text, hidden = false }) => (
        <Button
          look="quiet"
          onClick={() => void act({ type: 'poll.hideAnswer', poll: poll.id, answer: key, hidden: !hidden })}
        >
          {hidden ? t.poll.showAnswer(text) : t.poll.hide(text)}
        </Button>
      )}
    />
  );
}

const EMPTY: readonly string[] = Array.from({ length: LIMITS.choicesLeast }, () => '');

function Composer() {
  const { act } = useActing();
  const [question, setQuestion] = useState('');
  const [choices, setChoices] = useState<readonly string[] | null>(EMPTY);
  const ask = async (event: FormEvent) => {
    event.preventDefault();
    const given = choices?.map((text) => text.trim()).filter((text) => text !== '');
    const ack = await act({ type: 'poll.open', question, ...(given ? { choices: given } : {}) });
    if (!ack.ok) return;
    setQuestion('');
    setChoices(choices === null ? null : EMPTY);
  };
  const ready =
    question.trim() !== '' &&
    (choices === null || choices.filter((text) => text.trim() !== '').length >= LIMITS.choicesLeast);
  return (
    <Panel title={t.poll.ask} hint={t.poll.hint}>
      <form className={s['composer']} onSubmit={(event) => void ask(event)}>
        <Field
          label={t.poll.question}
          value={question}
          maxLength={LIMITS.question}
          autoComplete="off"
          onChange={(event) => setQuestion(event.target.value)}
        />
        <Toggle label={t.poll.words} checked={choices === null} onChange={(open) => setChoices(open ? null : EMPTY)} />
        <div className={s['composer']}>
          {choices?.map((text, i) => (
            <Field
              // biome-ignore lint/suspicious/noArrayIndexKey: a choice is its place until it is asked
              key={i}
              label={t.poll.choice(i + 1)}
              value={text}
              maxLength={LIMITS.choice}
              autoComplete="off"
              onChange={(event) => setChoices(choices.with(i, event.target.value))}
              aside={
                choices.length > LIMITS.choicesLeast ? (
                  <Button
                    square
                    look="quiet"
                    aria-label={t.poll.remove(i + 1)}
                    onClick={() => setChoices(choices.toSpliced(i, 1))}
                  >
                    <Icon name="close" size={18} />
                  </Button>
                ) : null
              }
            />
          ))}
        </div>
        <div className={s['buttons']}>
          <Button look="primary" type="submit" disabled={!ready}>
            {t.poll.open}
          </Button>
          {choices !== null && choices.length < LIMITS.choicesMost ? (
            <Button look="quiet" onClick={() => setChoices([...choices, ''])}>
              {t.poll.add}
            </Button>
          ) : null}
        </div>
      </form>
    </Panel>
  );
}
