// A change of the metric with its verdict in words: "−0.170 better", "+0.004 within noise".
// Invariant: no number if the two runs cannot be compared; the verdict, not the sign, says whether it is better.

import { t } from '#app/_strings/strings.ts';
import { changeText } from '#app/_ui/format.ts';
import type { Comparison } from '#pipeline-core/core/report.ts';
import { outcomeOf, outcomeOfVerdict, type RunOutcome } from '#session-core/client/scores.ts';
import type { RunView } from '#session-core/view/view-types.ts';
import { RunShape } from './run-shape.tsx';
import s from './verdict.module.css';

export function Verdict(props: {
  readonly comparison: Pick<Comparison, 'verdict' | 'change'> & { readonly reason?: Comparison['reason'] };
  readonly versus?: string;
  readonly large?: boolean;
}) {
  const { comparison, versus, large = false } = props;
  const outcome = outcomeOfVerdict(comparison.verdict);
  const shown = comparison.change !== undefined && outcome !== 'same';
  const pill = (
    <span
      className={s['verdict']}
      data-outcome={outcome}
      data-large={large}
      title={comparison.reason && t.reports.comparisonReason(comparison.reason)}
    >
      <RunShape outcome={outcome} size={large ? 22 : 16} />
      {shown ? <b translate="no">{changeText(comparison.change ?? 0)}</b> : null}
      <span>{outcomeWord(outcome)}</span>
    </span>
  );
  if (versus === undefined) return pill;
  return (
    <span className={s['versus']}>
      <span>{pill}</span> <small>{versus}</small>
    </span>
  );
}

type NoVerdict = 'checking' | 'suspect' | 'struck';

/** In place of a verdict: the result does not count, or not yet. */
export function NotCounted({ outcome, large = false }: { readonly outcome: NoVerdict; readonly large?: boolean }) {
  return (
    <span className={s['verdict']} data-outcome={outcome} data-large={large}>
      <RunShape outcome={outcome} size={large ? 22 : 16} />
      <span>{outcomeWord(outcome)}</span>
    </span>
  );
}

/** The verdict of a run against the one before it; or that its result does not count, or not yet. */
export function RunVerdict({ run, versus }: { readonly run: RunView; readonly versus?: string }) {
  const outcome = outcomeOf(run);
  if (outcome === 'checking' || outcome === 'suspect' || outcome === 'struck') return <NotCounted outcome={outcome} />;
  if (!run.comparison) return null;
  return <Verdict comparison={run.comparison} {...(versus === undefined ? {} : { versus })} />;
}

export function outcomeWord(outcome: RunOutcome): string {
  switch (outcome) {
    case 'better':
      return t.score.better;
    case 'worse':
      return t.score.worse;
    case 'noise':
      return t.score.noise;
    case 'same':
      return t.score.same;
    case 'measure':
      return t.score.evaluationChanged;
    case 'incomparable':
      return t.score.incomparable;
    case 'checking':
      return t.score.checking;
    case 'suspect':
      return t.score.suspect;
    case 'struck':
      return t.score.struck;
    case 'first':
      return t.run.first;
    case 'failed':
      return t.run.status.failed;
    case 'stopped':
      return t.run.status.cancelled;
    case 'running':
      return t.run.status.running;
  }
}
