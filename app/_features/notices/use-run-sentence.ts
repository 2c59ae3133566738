// The newest finished run as a sentence for screen readers; '' before there is one, null before the first view.
import { useMaybeOfView } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { metricText } from '#app/_ui/format.ts';
import { isOver, mainRuns, outcomeOf, scoreOf } from '#session-core/client/scores.ts';
import { runErrorText } from '#session-core/sentences/report-sentences.ts';
import { outcomeWord } from '../scores/verdict.tsx';

export function useRunSentence(): string | null {
  const runs = useMaybeOfView((view) => view.runs);
  const task = useMaybeOfView((view) => view.task);
  const last = runs && mainRuns({ runs }).findLast(isOver);
  if (task === undefined) return null;
  if (last === undefined) return '';
  const score = scoreOf(last, task);
  if (score !== undefined) return t.score.spoken(task.metric, metricText(score), outcomeWord(outcomeOf(last)));
  if (last.status === 'succeeded') return t.run.noScore(last.number ?? 0, task.metric);
  const [line = ''] = last.error ? runErrorText(t.reports.runErrors, last.error).split('\n') : [];
  return t.score.spokenFailed(line === '' ? t.run.status[last.status] : line);
}
