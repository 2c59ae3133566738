// Why the newest run has no score that counts, in a line or two: it failed, and where; its result is suspect, and why; it
// was struck; it wrote no score; it was stopped.
// Invariant: nothing about a run whose score counts, and nothing while a run is in progress that the tile does not say.
import { t } from '#app/_strings/strings.ts';
import { metricText } from '#app/_ui/format.ts';
import type { RunError, Task } from '#pipeline-core/core/report.ts';
import { countsRun, outcomeOf, scoreOf } from '#session-core/client/scores.ts';
import { findingText, runErrorText } from '#session-core/sentences/report-sentences.ts';
import type { RunView } from '#session-core/view/view-types.ts';
import s from './run-notice.module.css';
import { RunShape } from './run-shape.tsx';

export function RunNotice({ run, task }: { readonly run: RunView; readonly task: Task }) {
  const { head, detail } = noticeOf(run, task);
  return (
    <p
      className={s['notice']}
      data-kind={run.suspect ? 'suspect' : run.status === 'failed' ? 'failed' : 'other'}
      dir="auto"
    >
      <RunShape outcome={countsRun(run) ? 'incomparable' : outcomeOf(run)} size={20} />
      <span>
        <b>{head}</b>
        {detail === '' ? null : (
          <>
            {' '}
            <span>{detail}</span>
          </>
        )}
      </span>
    </p>
  );
}

export function noticeOf(run: RunView, task: Task): { readonly head: string; readonly detail: string } {
  const n = run.number ?? 0;
  if (run.status === 'failed') return { head: t.run.titleFailed(n), detail: run.error ? errorLine(run.error) : '' };
  if (run.status !== 'succeeded') return { head: t.run.ended(n, t.run.status[run.status]), detail: '' };
  if (run.struck) return { head: t.run.struckRun(n), detail: run.struck.reason };
  const score = scoreOf(run, task);
  const [alarm] = run.findings.filter(({ level }) => level === 'alarm');
  if (run.suspect && alarm) {
    const detail = findingText(t.reports.findings, alarm);
    return { head: t.run.suspectRun(n, score === undefined ? '' : metricText(score)), detail };
  }
  return {
    head: score === undefined ? t.run.noScore(n, task.metric) : `${t.run.title(n)}: ${metricText(score)}`,
    detail: '',
  };
}

/** Where, and the first line of what. */
function errorLine(error: RunError): string {
  const { file, line, stage } = error;
  const place = file === undefined ? null : line === undefined ? file : `${file}:${line}`;
  const [first = ''] = runErrorText(t.reports.runErrors, error).split('\n');
  return [place ?? (stage === null ? t.run.failedBefore : t.run.failedIn(stage)), first].join(': ');
}
