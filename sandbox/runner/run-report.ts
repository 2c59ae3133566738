// Gathers what a run came to: stages, metrics, plots, predictions, findings, and the keys by which runs compare.
// Invariant: metrics and plots are read from the outs by the parent, after the stage succeeded, and by nobody else.
import { PipelineError } from '#pipeline-core/core/errors.ts';
import type {
  Answers,
  LockedOut,
  Plot,
  Predictions,
  RunError,
  RunFinding,
  RunReport,
  StageReason,
  StageResult,
  TestResults,
} from '#pipeline-core/core/report.ts';
import { pathsOut, type Stage } from '#pipeline-core/workspace/pipeline.ts';
import type { Job, Progress } from '../protocol/job.ts';
import { factOf } from '../workspace/dvc-lock.ts';
import { PREDICT, resolvedPath, type Texts } from '../workspace/paths.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { constantFeatures } from './constant-features.ts';
import { mostBytesOf, PREDICTIONS, readPredictions } from './read-predictions.ts';
import { evenly, readMetrics, readPlot } from './results.ts';
import { type Outs, sha256Of } from './run-cache.ts';
import type { RunInput, RunState } from './run-context.ts';
import { errorOfPipeline } from './run-error.ts';
import { groupCheck, scoreCheck } from './score-check.ts';
import { isTestStage, testsEnded, testsOf, withTests } from './test-results.ts';

export interface RunReportBuilder {
  /** The first error stays. */
  fail(problem: RunError): void;
  /** A stage of tests came to no result, which does not fail the run. */
  failTests(problem: RunError, test: string | undefined): void;
  cancel(): void;
  /** No further stage begins: the run is over, or over its limit. */
  stopped(): boolean;
  stopReason(): StageReason;
  succeeded(): boolean;
  add(result: StageResult, onProgress: (progress: Progress) => void): void;
  finding(found: RunFinding): void;
  found(code: RunFinding['code']): boolean;
  /** Checks follow the report. */
  setChecking(): void;
  /** `score` undefined: whoever has the labels scores. */
  setHoldout(answers: Answers, score: number | undefined): void;
  outsKey(): string;
  metric(name: string): number | undefined;
  predictions(): Predictions | undefined;
  /** Metrics, plots and predictions among the outs; what is wrong with them fails the run. */
  readStage(stage: Stage, outs: Outs, job: Pick<Job, 'files' | 'task'>): void;
  finish(workspace: Workspace, state: RunState): void;
  close(input: Pick<RunInput, 'limits' | 'log'>): RunReport;
}

/** @param began performance.now() of the run's start */
export function createReport(began: number): RunReportBuilder {
  const stages: StageResult[] = [];
  const metrics = new Map<string, number>();
  const plots: Plot[] = [];
  const findings: RunFinding[] = [];
  let error: RunError | undefined;
  let cancelled = false;
  let predictions: Predictions | undefined;
  let keys: { measureKey: string; outsKey: string } | undefined;
  let holdout: { readonly score: number | undefined; readonly answers: Answers } | undefined;
  const locked: (readonly [string, LockedOut])[] = [];
  let lines: RunReport['log'] = [];
  let checking = false;
  let tests: TestResults | undefined;

  const fail = (problem: RunError): void => {
    error ??= problem;
  };
  const draft: RunReportBuilder = {
    fail,
    failTests(problem, test) {
      tests = withTests(tests, testsEnded(problem, test));
    },
    cancel(): void {
      cancelled = true;
    },
    stopped: (): boolean => cancelled || error?.kind === 'limit' || error?.kind === 'internal',
    stopReason: () => ({ code: cancelled ? 'run-cancelled' : 'run-stopped' }),
    succeeded: (): boolean => !cancelled && error === undefined,
    add(result: StageResult, onProgress: (progress: Progress) => void): void {
      stages.push(result);
      onProgress({ type: 'staged', result });
    },
    finding(found: RunFinding): void {
      findings.push(found);
    },
    found: (code) => findings.some((one) => one.code === code),
    setChecking(): void {
      checking = true;
    },
    setHoldout(answers, score): void {
      holdout = { score, answers };
    },
    outsKey: (): string => keys?.outsKey ?? '',
    metric: (name: string): number | undefined => metrics.get(name),
    predictions: (): Predictions | undefined => predictions,

    readStage(stage, outs, { files, task }) {
      locked.push(...lockedOuts(stage, outs));
      try {
        for (const at of stage.metrics) {
          for (const [name, value] of Object.entries(readMetrics(at, outs.get(at.path)!.toString('utf8')))) {
            if (metrics.has(name)) {
              findings.push({ code: 'metric-twice', level: 'warning', facts: { metric: name, path: at.path } });
            }
            metrics.set(name, value);
          }
        }
        if (metrics.size > 64) {
          const at = stage.metrics[0]!;
          const message = 'The stages write more than 64 metrics in all. Keep those that matter.';
          throw new PipelineError('bad-metrics', message, { file: 'dvc.yaml', line: at.line });
        }
        for (const at of stage.plots) plots.push(readPlot(at, outs.get(at.path)!.toString('utf8')));
      } catch (problem) {
        if (!(problem instanceof PipelineError)) throw problem;
        fail(errorOfPipeline(problem, files, stage.name));
      }
      if (isTestStage(stage)) {
        const came = testsOf(stage, outs, files);
        if (came === undefined)
          findings.push({ code: 'tests-unreadable', level: 'warning', facts: { stage: stage.name } });
        else tests = withTests(tests, came);
      }
      findings.push(...constantFeatures(outs));
      const written = outs.get(PREDICTIONS);
      if (written === undefined) return;
      const read = readPredictions(written.toString('utf8'), task?.classes ?? [], task && mostBytesOf(task));
      if (read.ok) predictions = read.value;
      else {
        const facts = { path: PREDICTIONS, ...read.error };
        findings.push({ code: 'predictions-unreadable', level: 'warning', facts });
      }
    },

    finish(workspace: Workspace, state: RunState): void {
      lines = state.lines;
      if (!draft.succeeded()) return;
      const outs = workspace.stages.flatMap(pathsOut).sort();
      keys = {
        outsKey: sha256Of(JSON.stringify(outs.map((path) => [path, state.hashes.get(path)]))),
        measureKey: measureKey(workspace, state, predictions),
      };
      const { task } = state.input.job;
      findings.push(...scoreCheck(predictions, metrics, task?.classes ?? []));
      const split = predictions && task?.groups ? groupCheck(predictions, task.groups) : null;
      if (split !== null) findings.push(split);
    },

    close({ limits, log }: Pick<RunInput, 'limits' | 'log'>): RunReport {
      const status = cancelled ? 'cancelled' : error === undefined ? 'succeeded' : 'failed';
      const report: RunReport = {
        status,
        stages,
        metrics: Object.fromEntries(metrics),
        plots,
        log: lines,
        findings,
        ...(tests === undefined ? {} : { tests }),
        ...(checking && status === 'succeeded' ? { checking: true as const } : {}),
        ...(error === undefined || cancelled ? {} : { error }),
        ...(predictions === undefined || status !== 'succeeded' ? {} : { predictions }),
        ...(keys === undefined ? {} : { ...keys, lockedOuts: Object.fromEntries(locked) }),
        ...(holdout?.score === undefined ? {} : { holdout: holdout.score }),
        ...(holdout === undefined ? {} : { holdoutPredictions: holdout.answers }),
        ms: performance.now() - began,
      };
      return bounded(report, limits.resultBytes, log);
    },
  };
  return draft;
}

const MOST_METRICS_BYTES = 8_192;

function lockedOuts(stage: Stage, outs: Outs): (readonly [string, LockedOut])[] {
  return [...outs].map(([path, bytes]) => {
    const kept = bytes.length <= MOST_METRICS_BYTES && stage.metrics.some((at) => at.path === path);
    return [path, { ...factOf(bytes), ...(kept ? { text: bytes.toString('utf8') } : {}) }];
  });
}

/**
 * A report without its predictions, which are kept apart, may be so large: longer plots show fewer of their rows, and
 * where even that is too much, none.
 */
function bounded(report: RunReport, most: number, log: (line: string) => void): RunReport {
  const { predictions, holdoutPredictions, ...page } = report;
  const apart = {
    ...(predictions === undefined ? {} : { predictions }),
    ...(holdoutPredictions === undefined ? {} : { holdoutPredictions }),
  };
  let { plots } = page;
  const bytes = () => JSON.stringify({ ...page, plots }).length;
  for (let rows = MOST_SHRUNK_ROWS; rows >= FEWEST_SHRUNK_ROWS && bytes() > most; rows /= 2)
    plots = plots.map(shrunk(rows));
  const large = bytes();
  if (large <= most) return { ...page, plots, ...apart };
  log(`A report of ${large} bytes was cut to ${most}`);
  const kb = Math.round(most / 1024);
  const finding = { code: 'result-too-large', level: 'warning', facts: { kb } } as const;
  return { ...page, plots: [], findings: [...page.findings, finding], ...apart };
}

const MOST_SHRUNK_ROWS = 2_000;
const FEWEST_SHRUNK_ROWS = 250;

const shrunk =
  (most: number) =>
  (plot: Plot): Plot =>
    plot.rows.length <= most ? plot : { ...plot, of: plot.of ?? plot.rows.length, rows: evenly(plot.rows, most) };

// How the score is made: the code that only measures, and the rows, folds and true values it measured on. Code that
// the model's own stage or what is served reads too (features, models) is what participants improve, and is not part of the evaluation.
function measureKey(workspace: Workspace, state: RunState, predictions: Predictions | undefined): string {
  const measuring = workspace.stages.filter((stage) => pathsOut(stage).includes(PREDICTIONS));
  const evaluating = measuring.length > 0 ? measuring : workspace.stages.filter((stage) => stage.metrics.length > 0);
  // What only tests read is no part of the model.
  const others = workspace.stages.filter((stage) => !evaluating.includes(stage) && !isTestStage(stage));
  const served = reachedFrom(PREDICT, state.input.job.files);
  const shared = new Set([...others.flatMap((stage) => stage.deps.map(({ path }) => path)), ...served]);
  // The evaluation's own file stays part of it, also where another stage was made to name or import it.
  const own = evaluating.flatMap(({ entry, deps }) => [
    entry,
    ...deps.map(({ path }) => path).filter((path) => path.endsWith('.ts') && !shared.has(path)),
  ]);
  const code = [...new Set(own)].sort().map((path) => [path, state.hashes.get(path)]);
  const rows = predictions === undefined ? null : [predictions.row, predictions.fold, predictions.actual];
  return sha256Of(JSON.stringify([code, rows]));
}

/** The files that a file imports, directly or not. By the text alone: a wrong guess only moves a badge. */
function reachedFrom(entry: string, files: Texts): Set<string> {
  const reached = new Set<string>();
  const open = [entry];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (reached.has(path) || !Object.hasOwn(files, path)) continue;
    reached.add(path);
    for (const [, specifier] of files[path]!.matchAll(/\bfrom\s{0,9}['"](\.{1,2}\/[^'"\n]{1,100})['"]/g)) {
      open.push(resolvedPath(specifier!, path));
    }
  }
  return reached;
}
