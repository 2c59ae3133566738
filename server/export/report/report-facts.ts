// What a report says: gathered once, for the page, the notebook, the README and the figures.
// Invariant: what everybody in the session sees, and no more; names by consent alone; no hold-out score before its reveal.
import type { RunReport, Task } from '#pipeline-core/core/report.ts';
import { mainRuns, servedRun } from '#session-core/client/scores.ts';
import { type Summary, summaryOf } from '#session-core/client/summary.ts';
import type { License } from '#session-core/model/licenses.ts';
import type { Replay } from '#session-core/protocol/http-api/replay-routes.ts';
import { own } from '#session-core/util/immutable-map.ts';
import type { PublicView, RunView } from '#session-core/view/view-types.ts';
import type { HoldoutRow, SessionReadings } from '../../session/session-api.ts';
import { replayOf } from '../replay.ts';
import { counts, type Figure, plotFigure, scoreFigure, withScore } from './figures.ts';

type Course = ReturnType<SessionReadings['course']>;

export interface ReportFacts {
  readonly id: string;
  readonly title: string;
  readonly task: Task;
  readonly course: Course;
  readonly data: ReturnType<SessionReadings['data']>;
  readonly license: License;
  readonly replay: Replay;
  readonly summary: Summary;
  /** The run whose model answers, and what it reported. */
  readonly last: { readonly run: RunView; readonly report: RunReport } | null;
  /** Of the task, that count: the first and the best. */
  readonly first: number | undefined;
  readonly best: number | undefined;
  readonly baseline: number | undefined;
  readonly holdout: readonly HoldoutRow[] | null;
  readonly figures: readonly Figure[];
}

export async function reportFacts(session: SessionReadings): Promise<ReportFacts> {
  const [state, view] = [session.state(), session.view()];
  const replay = await replayOf(session);
  const { task } = view;
  const ofTask = runsOfTask(view, state.runs, task.id);
  const run = servedRun(ofTask);
  const report = run === undefined ? null : await session.report(run.id, 'page');
  // Scores of different tasks have nothing to do with each other, even where their metrics have one name.
  const numbers = new Set(ofTask.map(({ number }) => number));
  const all = withScore(replay.runs.filter(({ number }) => numbers.has(number)));
  const scored = all.filter(counts);
  const scores = scored.map(({ score }) => score);
  const best = scores.length === 0 ? undefined : task.direction === 'lower' ? Math.min(...scores) : Math.max(...scores);
  const plots = (report?.plots ?? []).map(plotFigure);
  return {
    id: session.id,
    title: view.title,
    task,
    course: session.course(),
    data: session.data(),
    license: view.settings.license,
    replay,
    summary: summaryOf(view),
    last: run === undefined || report === null ? null : { run, report },
    first: scores[0],
    best,
    baseline: scored.at(-1)?.baseline,
    holdout: await session.holdout(),
    figures: [scoreFigure(all, task), ...plots].filter((figure) => figure !== null),
  };
}

const runsOfTask = (view: PublicView, runs: Readonly<Record<string, { readonly task: string }>>, task: string) =>
  mainRuns(view).filter(({ id }) => own(runs, id)?.task === task);

export const numberText = (value: number): string => String(Number(value.toPrecision(5)));
export const withUnit = (value: number, unit: string): string => `${numberText(value)}${unit === '' ? '' : ` ${unit}`}`;
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
