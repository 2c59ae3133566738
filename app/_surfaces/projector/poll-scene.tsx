'use client';
// The question scene of the projector: the open question, or the last one, and what everybody answered so far.
import { useOfView } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { openPoll, pollsByTime } from '#session-core/client/polls.ts';
import { PollResults } from '../../_features/poll/poll-results.tsx';
import s from './poll-scene.module.css';

export function PollScene() {
  const poll = useOfView((view) => openPoll(view) ?? pollsByTime(view)[0]);
  if (poll === undefined) return <h1 className={s['none']}>{t.poll.none}</h1>;
  return (
    <div className={s['poll']}>
      <h1 dir="auto">{poll.question}</h1>
      <p className={s['count']}>
        <b>{t.poll.count(poll.answers)}</b> <span>{poll.open ? t.poll.waiting : t.poll.closed}</span>
      </p>
      <div className={s['answers']}>
        <PollResults poll={poll} />
      </div>
    </div>
  );
}
