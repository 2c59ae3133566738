'use client';
// Who did what, newest first, in words; what it was about, as far as this reader may see it.
// RUNS IN browser
import { timeText } from '#app/_client/numbers.ts';
import { useOfView } from '#app/_client/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import s from './activity-feed.module.css';
import { Empty } from './panel.tsx';

export function ActivityFeed({ most = 40 }: { readonly most?: number }) {
  const activity = useOfView((view) => view.activity);
  const participants = useOfView((view) => view.participants);
  const suggestions = useOfView((view) => view.suggestions);
  if (activity.length === 0) return <Empty>{t.activity.empty}</Empty>;
  return (
    <ol className={s['feed']}>
      {activity
        .slice(-most)
        .reverse()
        .map((line) => (
          <li key={line.seq} dir="auto">
            <time>{timeText(line.at)}</time>
            <span>
              {line.by === null ? null : <b>{participants[line.by]?.alias ?? t.someone} </b>}
              {line.what}
              {line.about !== undefined && suggestions[line.about] ? <q>{suggestions[line.about]?.text}</q> : null}
            </span>
          </li>
        ))}
    </ol>
  );
}
