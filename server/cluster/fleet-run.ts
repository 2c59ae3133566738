// A run on a worker, from its place among the session's own to its report, its checks and the model that it leaves.
// Invariant: a run has one report, or is lost; what comes after that is no part of it; no score is taken from a worker.
import type { RunFinding, RunReport } from '#pipeline-core/core/report.ts';
import { DEFAULT_LIMITS, type Job, type Limits, notRun, type Progress, RunLost } from '#sandbox/index.ts';
import type { Assigned, Dispatch } from './dispatch.ts';
import type { FleetModels, ServedRun } from './fleet-models.ts';
import { createRunProgress } from './run-progress.ts';
import { mostReportBytes, readMessage, scored, type WorkerMessage } from './worker-answers.ts';

/** Over the run's own clock: its children's last moments, and the way. */
const OVER_MS = 30_000;
/** A run that was taken begins at once; on a full machine its child may be slow to start. */
const BEGINS_MS = 5 * 60_000;
/** Checks run stages again, some of them several times. */
const CHECKED_MS = 10 * 60_000;
/** What serves the model. */
const PREDICT = 'src/predict.ts';

export interface FleetRunOptions {
  readonly job: Job;
  readonly dispatch: Dispatch;
  readonly models: FleetModels;
  readonly onProgress: (progress: Progress) => void;
  /** Its place among the session's own is free. */
  readonly left: () => void;
}

export interface FleetRun {
  readonly report: Promise<RunReport>;
  readonly checked: Promise<readonly RunFinding[] | null>;
  /** A worker has it, and has not reported. */
  readonly isRunning: () => boolean;
  readonly isReported: () => boolean;
  readonly isOver: () => boolean;
  begin(): void;
  /** Ends what is left of it. */
  cancel(): void;
  /** It never begins. */
  refuse(status: 'cancelled' | 'failed'): void;
}

export function createFleetRun({ job, dispatch, models, onProgress, left }: FleetRunOptions): FleetRun {
  const limits: Limits = { ...DEFAULT_LIMITS, ...job.limits };
  const report = Promise.withResolvers<RunReport>();
  const checked = Promise.withResolvers<readonly RunFinding[] | null>();
  // Whoever does not wait for them has no use for how they ended.
  for (const { promise } of [report, checked]) promise.catch(() => undefined);
  let [reported, over] = [false, false];
  let assigned: Assigned | null = null;
  let served: ServedRun | null = null;
  const progress = createRunProgress(limits, onProgress);

  function settle(made: RunReport): void {
    reported = true;
    report.resolve(made);
    if (made.checking !== true) endChecks([]);
    left();
  }
  function endChecks(found: readonly RunFinding[] | null | RunLost): void {
    if (over) return;
    over = true;
    if (found instanceof RunLost) checked.reject(found);
    else checked.resolve(found);
    if (served !== null) {
      served.busy = false;
      models.release(job.sessionId, served);
    } else assigned?.close();
  }
  /** Both promises end by it; nothing of the run is used any more. */
  function lost(): void {
    if (!reported) report.reject(new RunLost());
    const first = !reported;
    reported = true;
    endChecks(new RunLost());
    if (first) left();
  }

  function takeReport(given: RunReport): boolean {
    const made = scored(given, job, limits);
    // What is cancelled here has no line any more; in the background it gave way.
    const isStopped = given.status === 'cancelled' && job.background !== true;
    if (made === null || isStopped) return false;
    const ended = () => {
      if (served !== null) models.lost(job.sessionId, served);
      endChecks(new RunLost());
    };
    assigned?.done(ended, made.checking ? CHECKED_MS : undefined);
    if (job.kind === 'main' && made.status === 'succeeded' && assigned !== null) {
      served = {
        runId: job.runId,
        classes: job.task?.classes ?? [],
        assigned,
        servable: Object.hasOwn(job.files, PREDICT),
        answers: Object.hasOwn(job.files, PREDICT) && made.findings.every(({ code }) => code !== 'served-fails'),
        waiting: new Map(),
        busy: true,
      };
      models.keep(job.sessionId, served);
    }
    settle(made);
    return true;
  }

  function take(message: WorkerMessage): boolean {
    switch (message.type) {
      case 'progress':
        if (reported) return false;
        if (message.progress.type === 'started') assigned?.within(limits.runMs + OVER_MS);
        return progress.take(message.progress);
      case 'report':
        return !reported && takeReport(message.report);
      case 'checked':
        if (!reported) return false;
        assigned?.rest();
        // They were given up here, and nobody waits for them.
        if (over) return true;
        endChecks(message.findings);
        return true;
      case 'answer':
      case 'refused':
        return served !== null && models.received(served, message);
      default:
        return false;
    }
  }

  return {
    report: report.promise,
    checked: checked.promise,
    isRunning: () => !reported && assigned?.isWithWorker() === true,
    isReported: () => reported,
    isOver: () => over,
    begin() {
      assigned = dispatch.assign({
        sessionId: job.sessionId,
        rank: job.background ? 'background' : job.kind,
        call: { type: 'run', job },
        mostBytes: mostReportBytes(job, limits),
        mostMs: BEGINS_MS,
        taken: progress.again,
        ahead: (count) => onProgress({ type: 'queued', ahead: count }),
        received: (sent) => {
          const message = readMessage(sent);
          return message !== null && take(message);
        },
        lost,
      });
    },
    cancel() {
      if (!reported) {
        assigned?.close();
        settle(notRun('cancelled'));
      } else endChecks(null);
    },
    refuse: (status) => settle(notRun(status)),
  };
}
