'use client';
// Announces finished runs to screen readers, at most once in five seconds; the latest one wins.
import { useEffect, useRef, useState } from 'react';
import { useView } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { metricText } from '#app/_ui/format.ts';
import { isOver, mainRuns, outcomeOf, scoreOf } from '#session-core/client/scores.ts';
import { runErrorText } from '#session-core/sentences/report-sentences.ts';
import { outcomeWord } from '../_features/scores/verdict.tsx';

const GAP_MS = 5_000;

export function MetricLiveRegion() {
  const view = useView('runs', 'task');
  const last = mainRuns(view).findLast(isOver);
  const score = scoreOf(last, view.task);
  const sentence =
    last === undefined
      ? ''
      : score === undefined && last.status === 'succeeded'
        ? t.run.noScore(last.number ?? 0, view.task.metric)
        : score === undefined
          ? t.score.spokenFailed(
              last.error
                ? (runErrorText(t.reports.runErrors, last.error).split('\n')[0] ?? '')
                : t.run.status[last.status],
            )
          : t.score.spoken(view.task.metric, metricText(score), outcomeWord(outcomeOf(last)));
  const [said, setSaid] = useState('');
  const at = useRef(0);
  // The run that was there when the page opened is not announced.
  const first = useRef(sentence);
  useEffect(() => {
    if (sentence === first.current) return;
    first.current = '';
    const timer = setTimeout(
      () => {
        at.current = Date.now();
        setSaid(sentence);
      },
      Math.max(0, at.current + GAP_MS - Date.now()),
    );
    return () => clearTimeout(timer);
  }, [sentence]);
  return (
    <p className="hidden-text" aria-live="polite">
      {said}
    </p>
  );
}
