// The runs as scores: the last, the best, and how each compares with the one before.
// Invariant: a change within noise, or under another evaluation protocol, is never called a gain.
import type { Comparison, Task } from '#pipeline-core/core/report.ts';
import { cannotServe } from '../model/findings.ts';
import type { PublicView, RunView } from '../view/view-types.ts';

export type RunOutcome =
  | 'first'
  | 'better'
  | 'worse'
  | 'noise'
  | 'same'
  | 'measure'
  | 'incomparable'
  | 'checking'
  | 'suspect'
  | 'struck'
  | 'failed'
  | 'stopped'
  | 'running';

/** Main runs, oldest first. */
export function mainRuns(view: Pick<PublicView, 'runs'>): readonly RunView[] {
  return Object.values(view.runs)
    .filter((run) => run.kind === 'main')
    .sort((a, b) => (a.number ?? 0) - (b.number ?? 0) || a.requestedAt - b.requestedAt);
}

/** The same as rows, for a page that draws again only when one of them changes: previews come and go all the while. */
export const mainRunsById = ({ runs }: Pick<PublicView, 'runs'>): PublicView['runs'] =>
  Object.fromEntries(Object.entries(runs).filter(([, { kind }]) => kind === 'main'));

export function scoreOf(run: RunView | undefined, task: Task): number | undefined {
  return run?.status === 'succeeded' ? run.metrics[task.metric] : undefined;
}

/** The newest run that is over, whatever came of it. */
export function newestResult(runs: readonly RunView[]): RunView | undefined {
  return runs.findLast(isOver);
}

/** Its result may be the best or the last: it has one, it is checked, no alarm is open, and nobody struck it. */
export function countsRun({ status, checking, suspect, struck }: RunView): boolean {
  return status === 'succeeded' && checking !== true && suspect !== true && struck === undefined;
}

/** The newest with a score that counts. */
export function lastScored(runs: readonly RunView[], task: Task): RunView | undefined {
  return runs.findLast((run) => countsRun(run) && scoreOf(run, task) !== undefined);
}

/** The newest with a score to show: it counts, or nothing says yet that it does not. */
export function lastShown(runs: readonly RunView[], task: Task): RunView | undefined {
  return runs.findLast((run) => (countsRun(run) || outcomeOf(run) === 'checking') && scoreOf(run, task) !== undefined);
}

/** The newest run whose model can answer: the one that the What-if form asks. */
export function servedRun(runs: readonly RunView[]): RunView | undefined {
  const done = runs.filter((run) => run.status === 'succeeded' && run.struck === undefined);
  return done.findLast((run) => !cannotServe(run.findings)) ?? done.at(-1);
}

/** The best of the current series, of main runs oldest first: runs under another evaluation protocol do not compete. */
export function bestRun(runs: readonly RunView[], task: Task): RunView | undefined {
  return currentSeries(runs, task).reduce<RunView | undefined>((best, run) => {
    const score = scoreOf(run, task);
    const bestScore = scoreOf(best, task);
    if (score === undefined || !countsRun(run)) return best;
    return bestScore === undefined || isBetter(score, bestScore, task) ? run : best;
  }, undefined);
}

/** Runs that are measured as the newest with a score is: going back to an earlier evaluation goes back to its series. */
export function currentSeries(runs: readonly RunView[], task: Task): readonly RunView[] {
  const series = lastScored(runs, task)?.series;
  if (series !== undefined) return runs.filter((run) => run.series === series);
  const changed = runs.findLastIndex((run) => countsRun(run) && run.comparison?.verdict === 'measure-changed');
  return runs.slice(Math.max(0, changed));
}

export function isBetter(a: number, b: number, task: Task): boolean {
  return task.direction === 'lower' ? a < b : a > b;
}

const OF_VERDICT: Readonly<Record<Comparison['verdict'], RunOutcome>> = {
  better: 'better',
  worse: 'worse',
  'within-noise': 'noise',
  'same-result': 'same',
  'not-comparable': 'incomparable',
  'measure-changed': 'measure',
};

export function outcomeOfVerdict(verdict: Comparison['verdict']): RunOutcome {
  return OF_VERDICT[verdict];
}

export function outcomeOf(run: RunView): RunOutcome {
  switch (run.status) {
    case 'queued':
    case 'running':
      return 'running';
    case 'failed':
      return 'failed';
    case 'cancelled':
    case 'interrupted':
      return 'stopped';
    case 'succeeded':
      if (run.struck) return 'struck';
      if (run.suspect) return 'suspect';
      if (run.checking) return 'checking';
      return run.comparison ? OF_VERDICT[run.comparison.verdict] : 'first';
  }
}

const NEW_SERIES: ReadonlySet<RunOutcome> = new Set(['first', 'measure', 'incomparable']);

/** A new evaluation protocol starts a new line of a chart: its scores are not comparable with those before. */
export const startsSeries = (run: RunView): boolean => NEW_SERIES.has(outcomeOf(run));

export function isOver(run: RunView): boolean {
  return run.status !== 'queued' && run.status !== 'running';
}

/** Parts of the way from the baseline to a perfect score, each a goal once the one before is reached. */
const GOALS = [0.15, 0.3, 0.5, 0.75, 0.9, 1] as const;

/**
 * Where the scale of the score ends: fixed until a run reaches it, so that a better score shows as a longer bar. `best`:
 * the best score so far; absent where none counts.
 */
export function goalOf(task: Pick<Task, 'direction'>, baseline: number, best: number | undefined): number {
  const perfect = task.direction === 'lower' ? 0 : 1;
  const goals = GOALS.map((part) => baseline + part * (perfect - baseline));
  const open = goals.find((goal) => best === undefined || (task.direction === 'lower' ? best > goal : best < goal));
  return open ?? perfect;
}

/** Which values a score can have: what nobody can guess is no guess. */
export function scoreRange({ measure }: Pick<Task, 'measure'>): { readonly least?: number; readonly most?: number } {
  switch (measure) {
    case 'rmse':
    case 'mae':
    case 'medianAbsoluteError':
    case 'logLoss':
      return { least: 0 };
    case 'r2':
      return { most: 1 };
    case 'brier':
      return { least: 0, most: 2 };
    default:
      return { least: 0, most: 1 };
  }
}

/** Beside another score of a classification: how many of a hundred rows are right; undefined where a run did not say. */
export function rightOfHundred(run: RunView | undefined, task: Task): number | undefined {
  const accuracy = run?.status === 'succeeded' ? run.metrics['cv.accuracy'] : undefined;
  return task.kind === 'classification' && accuracy !== undefined ? Math.round(100 * accuracy) : undefined;
}
