'use client';
// The activity feed: who did what, newest first, with the suggestion it was about if this reader may see it.
import { useState } from 'react';
import { PersonMarks } from '#app/_session/person-marks.tsx';
import { useOfView } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import { timeText } from '#app/_ui/format.ts';
import { Empty } from '#app/_ui/panel.tsx';
import { activityOf } from '#session-core/sentences/sentence-of.ts';
import s from './activity-feed.module.css';

const FIRST = 12;
const MOST = 60;

export function ActivityFeed() {
  const [all, setAll] = useState(false);
  const activity = useOfView((view) => view.activity);
  const participants = useOfView((view) => view.participants);
  const suggestions = useOfView((view) => view.suggestions);
  if (activity.length === 0) return <Empty>{t.activity.empty}</Empty>;
  const most = all ? MOST : FIRST;
  return (
    <>
      <ol className={s['feed']}>
        {activity
          .slice(-most)
          .reverse()
          .map((line) => (
            <li key={line.seq} dir="auto">
              <time>{timeText(line.at)}</time>
              <span>
                {line.by === null ? null : (
                  <b>
                    <span translate="no">{participants[line.by]?.displayName ?? t.someone}</span>
                    <PersonMarks id={line.by} />{' '}
                  </b>
                )}
                <span>{activityOf(t.activities, line)}</span>
                {line.about !== undefined && suggestions[line.about] ? <q>{suggestions[line.about]?.text}</q> : null}
              </span>
            </li>
          ))}
      </ol>
      {!all && activity.length > FIRST ? (
        <Button look="quiet" onClick={() => setAll(true)}>
          {t.activity.more}
        </Button>
      ) : null}
    </>
  );
}
