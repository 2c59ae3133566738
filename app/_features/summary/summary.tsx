'use client';
// What everybody keeps of a session: how the score changed and by what, who contributed, the hold-out score, the code.
import { useSessionId, useView } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { Button, ButtonLink } from '#app/_ui/button.tsx';
import { dateText } from '#app/_ui/chart-numbers.ts';
import { metricText } from '#app/_ui/format.ts';
import { Empty, Hint, Panel } from '#app/_ui/panel.tsx';
import { pollsByTime } from '#session-core/client/polls.ts';
import { creditOf, type Summary as Facts, type SummaryStep, summaryOf } from '#session-core/client/summary.ts';
import { PollResults } from '../poll/poll-results.tsx';
import { Repository } from '../repository/repository.tsx';
import { HoldoutScore } from '../scores/holdout-score.tsx';
import { ScoreChart } from '../scores/score-chart.tsx';
import { RunVerdict } from '../scores/verdict.tsx';
import s from './summary.module.css';

const MOST_IN_CHART = 30;
const CHART_HEIGHT = 320;

export function Summary({ joined }: { readonly joined: boolean }) {
  const view = useView('title', 'task', 'participants', 'people', 'suggestions', 'runs', 'activity');
  const session = useSessionId();
  const facts = summaryOf(view);
  const [first] = facts.steps;
  return (
    <main id="main" className={s['page']}>
      <header className={s['head']}>
        <h1 dir="auto">{view.title}</h1>
        <p>{view.task.sentence}</p>
        {first ? <p>{dateText(first.run.requestedAt)}</p> : null}
      </header>
      <div className={s['actions']}>
        <Button look="primary" onClick={() => print()}>
          {t.summary.print}
        </Button>
        <ButtonLink look="outline" href={`/s/${session}/replay`}>
          {t.connection.toReplay}
        </ButtonLink>
        {joined ? (
          <ButtonLink look="outline" href={`/s/${session}`}>
            {t.summary.back}
          </ButtonLink>
        ) : null}
      </div>
      <Panel title={t.summary.counts}>
        <Counts facts={facts} />
      </Panel>
      <Panel title={t.summary.way}>
        {facts.steps.length === 0 ? (
          <Empty>{t.summary.none}</Empty>
        ) : (
          <>
            <ScoreChart most={MOST_IN_CHART} height={CHART_HEIGHT} />
            <Steps steps={facts.steps} />
          </>
        )}
      </Panel>
      <HoldoutScore />
      <Questions />
      <Panel title={t.summary.contributors} hint={t.summary.contributorsHint}>
        {facts.contributors.length === 0 ? <Empty>{t.summary.nobody}</Empty> : null}
        <ol className={s['people']}>
          {facts.contributors.map(({ credit, applied, votes }) => (
            <li key={credit}>
              <bdi translate="no">{credit}</bdi> <small>{t.summary.contribution(applied, votes)}</small>
            </li>
          ))}
        </ol>
        {facts.unnamed > 0 ? <Hint>{t.summary.unnamed(facts.unnamed)}</Hint> : null}
      </Panel>
      {joined ? (
        <Panel title={t.summary.more}>
          <Repository />
        </Panel>
      ) : null}
    </main>
  );
}

/** What everybody was asked, and answered. */
function Questions() {
  const polls = pollsByTime(useView('polls')).toReversed();
  if (polls.length === 0) return null;
  return (
    <Panel title={t.poll.answered}>
      {polls.map((poll) => (
        <article key={poll.id} className={s['poll']}>
          <h3 dir="auto">{poll.question}</h3>
          <Hint>{t.poll.count(poll.answers)}</Hint>
          <PollResults poll={poll} />
        </article>
      ))}
    </Panel>
  );
}

function Counts({ facts }: { readonly facts: Facts }) {
  const counts = [
    [t.summary.people, facts.people],
    [t.summary.suggestions, facts.suggestions],
    [t.summary.votes, facts.votes],
    [t.summary.applied, facts.applied],
    [t.summary.runs, facts.runs],
  ] as const;
  return (
    <dl className={s['counts']}>
      {counts.map(([label, n]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd translate="no">{n}</dd>
        </div>
      ))}
    </dl>
  );
}

function Steps({ steps }: { readonly steps: readonly SummaryStep[] }) {
  const { task } = useView('task');
  return (
    <div className={s['steps']}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t.summary.run}</th>
            <th scope="col">{task.metric}</th>
            <th scope="col">{t.summary.what}</th>
            <th scope="col">{t.summary.change}</th>
          </tr>
        </thead>
        <tbody>
          {steps.map((step, i) => (
            <tr key={step.run.id}>
              <th scope="row">{`#${step.run.number}`}</th>
              <td translate="no">
                <b>{metricText(step.score)}</b>
              </td>
              <td>
                <Changes step={step} first={i === 0} />
              </td>
              <td>
                <RunVerdict run={step.run} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Changes({ step, first }: { readonly step: SummaryStep; readonly first: boolean }) {
  const view = useView('participants');
  if (step.applied.length === 0) return <p>{first ? t.summary.start : t.summary.byHand}</p>;
  return step.applied.map((suggestion) => {
    const credit = creditOf(view, suggestion.author);
    return (
      <p key={suggestion.id}>
        <bdi>{suggestion.text}</bdi> <small>{credit === undefined ? t.summary.someone : t.summary.by(credit)}</small>
      </p>
    );
  });
}
