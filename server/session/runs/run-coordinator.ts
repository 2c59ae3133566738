// Runs in the sandbox: starts and cancels them, forwards their progress, and reports their results as system commands.
// Invariant: every run that was started ends in `run.report` or `run.interrupt`, and every report that is `checking` in
// `run.check`, after a restart too; the whole report is stored with the event that names it. The progress of a private
// preview is sent to its author only.
import type { RunFinding, RunReport, Task } from '#pipeline-core/core/report.ts';
import { type Job, type Pool, type RunHandle, RunLost } from '#sandbox/index.ts';
import type { Run, SessionState } from '#session-core/model/state.ts';
import type { SystemCommand } from '#session-core/model/system-commands.ts';
import type { Id, RunSummary } from '#session-core/model/types.ts';
import type { ProgressMessage } from '#session-core/protocol/progress.ts';
import { newestServable, newestSucceeded, taskOf } from '#session-core/rules/run.ts';
import { maySeeRun } from '#session-core/view/view-run.ts';
import { hashOf, type TextStore } from '../../document/text-store.ts';
import type { SessionData } from '../session-courses.ts';
import { type StoredReport, textsOfReport } from '../session-queries.ts';
import type { Comparisons } from './comparisons.ts';

export interface RunCoordinatorOptions {
  readonly session: string;
  readonly pool: Pool;
  readonly cacheDir: string;
  readonly texts: TextStore;
  readonly data: (task: Task) => SessionData;
  readonly state: () => SessionState;
  /** `texts`: what the command names by hash. */
  dispatch(command: SystemCommand, texts?: readonly string[]): void;
  progress(message: ProgressMessage, only?: Id): void;
  readonly comparisons: Comparisons;
  /** A main run has succeeded: its model may be explained. */
  explain(run: Id): void;
  failed(what: string, error: unknown): void;
}

export interface RunCoordinator {
  start(run: Id): void;
  cancel(run: Id): void;
  /** It, or what follows its report, is under way in this process. */
  isRunning(run: Id): boolean;
  /** Its report was stored by an earlier process, which did not live to check it. */
  checkAgain(run: Id): void;
  /**
   * Has the sandbox serve the newest model that answers, from the run cache: a restart forgets it. Not while a main run is under
   * way, whose model will be newer. Whoever asks meanwhile waits for the same one. Resolves to false where there is nothing
   * to serve.
   */
  restoreModel(): Promise<boolean>;
  jobOf(id: Id, run: Run): Promise<Job>;
}

export function createRunCoordinator(options: RunCoordinatorOptions): RunCoordinator {
  const { session, pool, cacheDir, texts, data, comparisons, state, dispatch } = options;
  const handles = new Map<Id, RunHandle>();
  const checking = new Set<Id>();
  let restoring: { readonly run: Id; readonly done: Promise<boolean> } | null = null;

  async function start(id: Id): Promise<void> {
    const run = state().runs[id];
    if (!run) return;
    const job = await jobOf(id, run);
    // It may have been cancelled while its files were read.
    if (!isUnfinished(state().runs[id])) return;
    // Of an open suggestion it is public; before that its author's only.
    const author = run.draftOf ?? state().suggestions[run.suggestion ?? '']?.author;
    const only = () => (maySeeRun(state(), id, { kind: 'public' }) ? undefined : author);
    const handle = pool.runJob({ ...job, ...(run.force ? { force: run.force } : {}) }, (progress) => {
      if (progress.type === 'started') dispatch({ type: 'run.start', run: id });
      options.progress({ run: id, ...progress }, only());
    });
    handles.set(id, handle);
    const report = await handle.report.finally(() => handles.delete(id));
    if (!isUnfinished(state().runs[id])) return handle.cancel();
    if (report.checking) checking.add(id);
    const { page, apart } = textsOfReport(report);
    const at = { detail: hashOf(page), ...(apart === null ? {} : { predictions: hashOf(apart) }) };
    const texts = apart === null ? [page] : [page, apart];
    dispatch({ type: 'run.report', run: id, report: await summary(id, run, { report, at }) }, texts);
    if (run.kind === 'main' && report.status === 'succeeded') options.explain(id);
    // In this order: only a run with a report can be checked.
    if (report.checking) await checked(id, handle);
  }

  /** null: the pool or the session was closed, and the next start checks it. */
  async function checked(id: Id, { checked: found }: RunHandle): Promise<void> {
    const findings = await found.catch((error: unknown) => {
      if (error instanceof RunLost) return 'lost' as const;
      throw error;
    });
    checking.delete(id);
    if (findings === 'lost') return tryAgain(id);
    if (findings !== null) dispatch({ type: 'run.check', run: id, findings });
  }

  async function checkAgain(id: Id): Promise<void> {
    const run = state().runs[id];
    if (!run?.report?.checking || checking.has(id)) return;
    checking.add(id);
    try {
      // From the run cache, as a preview: its model is not to be served in place of a newer one.
      const handle = pool.runJob({ ...(await jobOf(id, run)), kind: 'preview' }, () => {});
      const report = await handle.report;
      const late = await handle.checked;
      if (report.status === 'cancelled' || late === null) return;
      const known = new Set(run.report.findings.map((finding) => JSON.stringify(finding)));
      const found = report.status === 'succeeded' ? [...report.findings, ...late] : [INTERRUPTED];
      dispatch({
        type: 'run.check',
        run: id,
        findings: found.filter((finding) => !known.has(JSON.stringify(finding))),
      });
    } finally {
      checking.delete(id);
    }
  }

  async function jobOf(id: Id, run: Run): Promise<Job> {
    const files = await texts.textsOf(run.tree);
    const { tables, holdout, checked, limits } = data(taskOf(state(), run));
    return {
      runId: id,
      sessionId: session,
      kind: run.kind,
      files,
      data: tables,
      cacheDir,
      task: checked,
      limits,
      ...(run.kind === 'main' && holdout ? { holdout } : {}),
    };
  }

  async function restoreModel(): Promise<boolean> {
    const [id, run] = newestServable(state()) ?? [];
    if (id === undefined || !run) return false;
    if (restoring?.run === id) return restoring.done;
    const own = { run: id, done: restored(id, run) };
    restoring = own;
    return own.done.finally(() => {
      if (restoring === own) restoring = null;
    });
  }

  async function restored(id: Id, run: Run): Promise<boolean> {
    const busy = () => Object.values(state().runs).some((one) => one.kind === 'main' && isUnfinished(one));
    if (busy()) return false;
    const job = await jobOf(id, run);
    if (busy()) return false;
    try {
      return (await pool.runJob(job, () => {}).report).status === 'succeeded';
    } catch (error) {
      if (error instanceof RunLost) return false;
      throw error;
    }
  }

  function tryAgain(id: Id): void {
    checkAgain(id).catch((error: unknown) => {
      if (!(error instanceof RunLost)) options.failed('check_failed', error);
      dispatch({ type: 'run.check', run: id, findings: [INTERRUPTED] });
    });
  }

  async function summary(
    id: Id,
    run: Run,
    { report, at }: { readonly report: RunReport; readonly at: StoredReport },
  ): Promise<RunSummary> {
    comparisons.keep(at.detail, report);
    const { status, stages, metrics, error, findings, tests, checking, holdout, ms } = report;
    const base = run.kind === 'main' ? newestSucceeded(state(), id)?.[0] : run.against;
    const comparison = base === undefined ? undefined : await comparisons.between(base, id, report);
    const evaluation = comparisons.evaluationOf(report, comparison);
    return {
      status,
      stages,
      metrics,
      findings,
      ms,
      ...at,
      ...(error ? { error } : {}),
      ...(tests ? { tests } : {}),
      ...(checking ? { checking } : {}),
      ...(holdout === undefined ? {} : { holdout }),
      ...(evaluation ? { evaluation } : {}),
      ...(comparison ? { comparison } : {}),
    };
  }

  return {
    start(id) {
      start(id).catch((error: unknown) => {
        if (!(error instanceof RunLost)) options.failed('run_failed', error);
        dispatch({ type: 'run.interrupt', run: id });
      });
    },
    cancel: (id) => handles.get(id)?.cancel(),
    isRunning: (id) => handles.has(id) || checking.has(id),
    checkAgain: tryAgain,
    restoreModel,
    jobOf,
  };
}

const INTERRUPTED: RunFinding = { code: 'leak-unchecked', level: 'warning', facts: { reason: 'interrupted' } };

const isUnfinished = (run: Run | undefined) => run?.status === 'queued' || run?.status === 'running';
