// Main runs as a table of experiments, and which accepted suggestions changed the metric.
// Invariant: a suggestion is credited only with runs of code that contains it; other changes in the same comparison are
// named; a change within noise, or under another evaluation protocol, is no gain. Without code there is nothing to credit.
import type { Comparison } from '#pipeline-core/core/report.ts';
import type { RunPair } from '../model/types.ts';
import type { PublicView, RunView, SuggestionView } from '../view/view-types.ts';
import type { RunOutcome } from './scores.ts';
import { bestRun, countsRun, mainRuns, outcomeOf, scoreOf } from './scores.ts';

type Seen = Pick<PublicView, 'runs' | 'suggestions' | 'task' | 'revisions'>;

/** A main run as a row of the table of experiments. */
export interface ExperimentRow {
  readonly run: RunView;
  readonly score?: number;
  readonly outcome: RunOutcome;
  /** Against the successful run before it, where a change may be shown. */
  readonly change?: number;
  /** The best of the current series. */
  readonly best: boolean;
  /** Accepted suggestions that are credited with this run. */
  readonly suggestions: readonly SuggestionView[];
}

/** Oldest first. */
export function experimentRows(view: Seen): readonly ExperimentRow[] {
  const runs = mainRuns(view);
  const best = bestRun(runs, view.task);
  const carriers = accepted(view).map((card) => ({ card, runs: measuredBy(view, card, runs) }));
  return runs.map((run) => {
    const score = scoreOf(run, view.task);
    const change = countsRun(run) ? run.comparison?.change : undefined;
    return {
      run,
      outcome: outcomeOf(run),
      best: run === best,
      suggestions: carriers
        .filter((carrier) => carrier.runs.includes(run) || carrier.card.accepted?.run === run.id)
        .map(({ card }) => card),
      ...(score === undefined ? {} : { score }),
      ...(change === undefined ? {} : { change }),
    };
  });
}

export interface Moved {
  readonly card: SuggestionView;
  /** The run that measured it, or the last of them. */
  readonly run: RunView;
  /** All of its runs, oldest first: one implemented by hand may have taken several. */
  readonly runs: readonly RunView[];
  readonly comparison: Pick<Comparison, 'verdict' | 'change' | 'reason'>;
  /** Other suggestions applied between the compared runs: the change may be theirs too. */
  readonly together: readonly SuggestionView[];
  /** Between the compared runs somebody also typed or restored a revision. */
  readonly otherChanges: boolean;
}

/** Largest gain first, then losses; what is within noise or not comparable comes after, in the order of its runs. */
export function suggestionsThatMoved(view: Seen): readonly Moved[] {
  const sign = view.task.direction === 'lower' ? 1 : -1;
  const rank = ({ comparison: { verdict, change = 0 } }: Moved) =>
    verdict === 'better' || verdict === 'worse' ? sign * change : Number.MAX_VALUE;
  const mains = mainRuns(view);
  return accepted(view)
    .flatMap((card) => moved(view, card, mains) ?? [])
    .sort((a, b) => rank(a) - rank(b) || (a.run.number ?? 0) - (b.run.number ?? 0));
}

/** Those that can be credited with a run. */
export const acceptedById = ({ suggestions }: Pick<PublicView, 'suggestions'>): PublicView['suggestions'] =>
  Object.fromEntries(Object.entries(suggestions).filter(([, { status }]) => status === 'accepted'));

/** Accepted ones that changed the text. */
function accepted(view: Seen): readonly SuggestionView[] {
  return Object.values(view.suggestions).filter(
    (card) =>
      card.status === 'accepted' &&
      card.accepted !== undefined &&
      card.accepted.how !== 'words' &&
      card.accepted.from < card.accepted.to,
  );
}

const spanOf = ({ accepted: span }: SuggestionView) => ({ from: span?.from ?? 0, to: span?.to ?? 0 });

/** The successful runs of code that contains the suggestion, from its first change to the first run of all of it. */
function measuredBy(view: Seen, card: SuggestionView, mains: readonly RunView[]): readonly RunView[] {
  const { from, to } = spanOf(card);
  const after = mains.filter((run) => countsRun(run) && run.revision > from);
  const within = card.accepted?.how === 'hand' ? after.filter((run) => run.revision < to) : [];
  const whole = after.find((run) => run.revision >= to);
  if (whole && !wentBack(view, to, whole.revision)) return [...within, whole];
  return within;
}

/** Whether an older text or a checkpoint replaced the text after `from`, up to and including `to`. */
const wentBack = (view: Seen, from: number, to: number): boolean =>
  Object.entries(view.revisions).some(
    ([n, { why }]) => Number(n) > from && Number(n) <= to && (why === 'restore' || why === 'checkpoint'),
  );

function moved(view: Seen, card: SuggestionView, mains: readonly RunView[]): Moved | undefined {
  const runs = measuredBy(view, card, mains).filter((run) => run.comparison && view.runs[run.comparison.against]);
  const run = runs.at(-1);
  const first = runs[0];
  if (!run || !first) return undefined;
  const since = view.runs[first.comparison?.against ?? '']?.revision ?? 0;
  const others = accepted(view).filter((other) => other !== card);
  const covers = (other: SuggestionView, n: number) => n > spanOf(other).from && n <= spanOf(other).to;
  const numbers = Array.from({ length: Math.max(0, run.revision - since) }, (_, i) => since + 1 + i);
  const together = others.filter((other) => numbers.some((n) => covers(other, n)));
  const suggestions = [card, ...together];
  return {
    card,
    run,
    runs,
    comparison: overall(runs),
    together,
    otherChanges: numbers.some((n) => !suggestions.some((suggestion) => covers(suggestion, n))),
  };
}

/** One run: its own comparison. Several: their sum if they agree in direction; otherwise no number. */
function overall(runs: readonly RunView[]): Moved['comparison'] {
  const steps = runs.flatMap(({ comparison }) => comparison ?? []);
  const [only] = steps;
  if (steps.length === 1 && only) return only;
  const counted = { runs: steps.length };
  const reason = { code: 'several_runs', ...counted } as const;
  const verdicts = new Set(steps.map(({ verdict }) => verdict));
  if (verdicts.has('measure-changed')) return { verdict: 'measure-changed', reason };
  if (verdicts.has('not-comparable') || (verdicts.has('better') && verdicts.has('worse')))
    return { verdict: 'not-comparable', reason: { code: 'several_runs_mixed', ...counted } };
  const change = steps.reduce((sum, step) => sum + (step.change ?? 0), 0);
  if (verdicts.has('better')) return { verdict: 'better', change, reason };
  if (verdicts.has('worse')) return { verdict: 'worse', change, reason };
  return verdicts.has('within-noise')
    ? { verdict: 'within-noise', change, reason: { code: 'several_runs_noise', ...counted } }
    : { verdict: 'same-result', change: 0, reason };
}

/** What the comparison scene shows: what a facilitator chose, else the newest run that is compared with another. */
export function pairOnProjector({ scene, runs }: Pick<PublicView, 'scene' | 'runs'>): RunPair | undefined {
  if (scene.runs) return scene.runs;
  const newest = mainRuns({ runs }).findLast(({ comparison }) => comparison !== undefined);
  return newest?.comparison && { before: newest.comparison.against, after: newest.id };
}
