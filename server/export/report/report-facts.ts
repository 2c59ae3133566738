// What a report says: gathered once, for the page, the notebook, the README and the figures.
// Invariant: what everybody in the session sees, and no more; names by consent alone; no hold-out score before its reveal.
import type { RunReport, Task } from '#pipeline-core/core/report.ts';
import {
  bestRun,
  countsRun,
  currentSeries,
  lastScored,
  mainRuns,
  scoreOf,
  servedRun,
} from '#session-core/client/scores.ts';
import { type Summary, summaryOf } from '#session-core/client/summary.ts';
import type { License } from '#session-core/model/licenses.ts';
import type { Replay } from '#session-core/protocol/http-api/replay-routes.ts';
import { given, own } from '#session-core/util/immutable-map.ts';
import type { PublicView, RunView } from '#session-core/view/view-types.ts';
import type { HoldoutRow, SessionReadings } from '../../session/session-api.ts';
import { replayOf } from '../replay.ts';
import { type Figure, plotFigure } from './figures.ts';
import { scoreFigure } from './score-figure.ts';

type Course = ReturnType<SessionReadings['course']>;

export interface ReportFacts {
  readonly id: string;
  readonly title: string;
  readonly task: Task;
  readonly course: Course;
  readonly data: ReturnType<SessionReadings['data']>;
  readonly license: License;
  readonly replay: Replay;
  readonly applied: readonly AppliedSuggestion[];
  readonly summary: Summary;
  /** The run whose model answers, and what it reported. */
  readonly last: { readonly run: RunView; readonly report: RunReport } | null;
  /** Of the runs that count and are measured as the newest is: the first and the best. */
  readonly first: number | undefined;
  readonly best: number | undefined;
  readonly baseline: number | undefined;
  readonly holdout: readonly HoldoutRow[] | null;
  readonly figures: readonly Figure[];
}

export interface AppliedSuggestion {
  readonly text: string;
  readonly credit?: string;
  readonly votes: number;
  /** Absent where none has run with it. */
  readonly run?: Replay['runs'][number];
  /** By hand they may be several; none where words alone were applied. */
  readonly changes: Replay['revisions'];
}

export async function reportFacts(session: SessionReadings): Promise<ReportFacts> {
  const [state, view] = [session.state(), session.view()];
  const replay = await replayOf(session);
  const { task } = view;
  const ofTask = runsOfTask(view, state.runs, task.id);
  // Scores of different tasks, or of different evaluations, have nothing to do with each other.
  const first = currentSeries(ofTask, task).find((one) => countsRun(one) && scoreOf(one, task) !== undefined);
  const run = servedRun(ofTask);
  const report = run === undefined ? null : await session.report(run.id, 'page');
  const plots = (report?.plots ?? []).map(plotFigure);
  return {
    id: session.id,
    title: view.title,
    task,
    course: session.course(),
    data: session.data(),
    license: view.settings.license,
    replay,
    applied: appliedOf(view, replay),
    summary: summaryOf(view),
    last: run === undefined || report === null ? null : { run, report },
    first: scoreOf(first, task),
    best: scoreOf(bestRun(ofTask, task), task),
    baseline: lastScored(ofTask, task)?.metrics[task.baselineMetric],
    holdout: await session.holdout(),
    figures: [scoreFigure(ofTask, task), ...plots].filter((figure) => figure !== null),
  };
}

const runsOfTask = (view: PublicView, runs: Readonly<Record<string, { readonly task: string }>>, task: string) =>
  mainRuns(view).filter(({ id }) => own(runs, id)?.task === task);

/** What was applied, in that order: the run that shows it, and what it changed of the code. */
export function appliedOf({ suggestions, runs }: PublicView, replay: Replay): readonly AppliedSuggestion[] {
  const found = replay.suggestions.flatMap(({ id, text, credit, votes }) => {
    const accepted = own(suggestions, id)?.accepted;
    if (accepted === undefined) return [];
    const number = own(runs, accepted.run)?.number;
    const run = number === undefined ? undefined : replay.runs.find((one) => one.number === number);
    const changes = replay.revisions.filter(({ n }) => n > accepted.from && n <= accepted.to);
    return [{ text, votes: votes.at(-1)?.n ?? 0, changes, at: accepted.at, ...given({ credit, run }) }];
  });
  return found.sort((a, b) => a.at - b.at);
}

export const dayText = (at: number): string => new Date(at).toISOString().slice(0, 10);
export const countText = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;

const OUTCOMES: Readonly<Record<Replay['runs'][number]['outcome'], string>> = {
  first: 'first',
  better: 'better',
  worse: 'worse',
  noise: 'within noise',
  same: 'same result',
  measure: 'evaluation changed',
  incomparable: 'not comparable',
  checking: 'being checked',
  suspect: 'suspect, does not count',
  struck: 'struck, does not count',
  failed: 'failed',
  stopped: 'stopped',
  running: 'running',
};
export const outcomeText = (outcome: Replay['runs'][number]['outcome']): string => OUTCOMES[outcome];
