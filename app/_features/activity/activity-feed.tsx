'use client';
// The activity feed: who did what, newest first, with the suggestion it was about if this reader may see it.
import { memo, useState } from 'react';
import { PersonMarks } from '#app/_session/person-marks.tsx';
import { useOfView, useRowsOfView } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import { timeText } from '#app/_ui/format.ts';
import { Empty } from '#app/_ui/panel.tsx';
import { namesIn } from '#session-core/client/selectors.ts';
import { activityOf } from '#session-core/sentences/sentence-of.ts';
import type { PublicView } from '#session-core/view/view-types.ts';
import s from './activity-feed.module.css';

const FIRST = 12;
const MOST = 60;

export function ActivityFeed() {
  const [all, setAll] = useState(false);
  const activity = useOfView((view) => view.activity);
  // Of lists that change with every vote only the rows that are shown.
  const names = useRowsOfView((view) =>
    namesIn(
      view.participants,
      view.activity.slice(-MOST).map(({ by }) => by),
    ),
  );
  const texts = useRowsOfView(textsAbout);
  if (activity.length === 0) return <Empty>{t.activity.empty}</Empty>;
  const most = all ? MOST : FIRST;
  return (
    <>
      <ol className={s['feed']}>
        {activity
          .slice(-most)
          .reverse()
          .map((line) => (
            <Line
              key={line.seq}
              line={line}
              name={line.by === null ? null : (names[line.by] ?? t.someone)}
              text={texts[line.about ?? '']}
            />
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

const textsAbout = (view: PublicView): Readonly<Record<string, string>> =>
  Object.fromEntries(
    view.activity.slice(-MOST).flatMap(({ about = '' }) => {
      const text = view.suggestions[about]?.text;
      return text === undefined ? [] : [[about, text]];
    }),
  );

/** The same line is drawn once, whatever comes above it. */
const Line = memo(function Line(props: {
  readonly line: PublicView['activity'][number];
  readonly name: string | null;
  readonly text: string | undefined;
}) {
  const { line, name, text } = props;
  return (
    <li>
      <time>{timeText(line.at)}</time>
      <span>
        {name === null ? null : (
          <b>
            <span translate="no">{name}</span>
            <PersonMarks id={line.by} />{' '}
          </b>
        )}
        <span>{activityOf(t.activities, line)}</span>
        {text === undefined ? null : <q>{text}</q>}
      </span>
    </li>
  );
});
