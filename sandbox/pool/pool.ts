// The pool on which runs execute: a queue in front of child processes.
// Invariant: the participants' code runs only in children of this pool; every run ends in a report, whatever the code does; no
// child outlives the pool.
import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { RunFinding, RunReport } from '#pipeline-core/core/report.ts';
import { DIST } from '../build/build-options.ts';
import { buildWhenStale } from '../build/build-when-stale.ts';
import { CodeChecker } from '../checks/code-checker.ts';
import { type ChildSize, WarmChildren } from '../child-process/child-pool.ts';
import { type Child, launchChild } from '../child-process/child-process.ts';
import { type Containment, findContainment, missingMeasures } from '../child-process/containment.ts';
import type { PushesJob, RowPushes } from '../protocol/explain.ts';
import type { Expression, ExpressionAnswer } from '../protocol/expression.ts';
import type { Job, Predicted, Progress, Row } from '../protocol/job.ts';
import type { Pool, PoolStats, RunHandle } from '../protocol/pool.ts';
import { createDataCache } from '../runner/data-cache.ts';
import type { Check } from '../runner/leakage/leak-check.ts';
import { runPipeline } from '../runner/run.ts';
import { createWorkspaceCache } from '../runner/workspace-cache.ts';
import { Explainers } from './explainers.ts';
import { evaluateIn } from './expressions.ts';
import { FairQueue } from './fair-queue.ts';
import { notRun } from './not-run.ts';
import { OF_EXPLAINERS, OUTSIDE_ISOLATE_MB, type PoolOptions, type PoolParts, partsOf } from './pool-options.ts';
import { Predictors } from './predictors.ts';
import { pushesOf } from './pushes.ts';
import type { Waiting } from './waiting.ts';

/** Builds the guest libraries if they are stale, tests what the platform can contain, starts the first children. */
export async function createPool(options: PoolOptions = {}): Promise<Pool> {
  const pool = new ChildPool(partsOf(options, await buildWhenStale(options.log)));
  await pool.open();
  return pool;
}

class ChildPool implements Pool {
  gaps: readonly string[];
  private readonly parts: PoolParts;
  private readonly containment: Containment;
  private readonly children: WarmChildren;
  private readonly predictors: Predictors;
  private readonly explainers: Explainers;
  private readonly checker: CodeChecker;
  readonly check: Pool['check'] = (job) => this.checker.check(job);
  readonly explain: Pool['explain'] = (job, onPart) => this.explainers.explain(job, onPart);
  readonly learningCurve: Pool['learningCurve'] = (job, onPart) => this.explainers.learningCurve(job, onPart);
  private readonly queue: FairQueue<Waiting>;
  private readonly jobs = new Set<Waiting>();
  private readonly dataCache = createDataCache();
  private readonly workspaces = createWorkspaceCache();
  private closed = false;

  constructor(parts: PoolParts) {
    this.parts = parts;
    const build = join(DIST, parts.stamp.folder);
    this.containment = findContainment(spawnSync, build);
    this.gaps = this.containment.gaps;
    this.queue = new FairQueue(parts.places);
    this.checker = new CodeChecker({
      spawn,
      spawnSync,
      containment: this.containment,
      fallbackFolder: DIST,
      busy: () => [...this.jobs].some(({ kind }) => kind !== 'background'),
      log: parts.log,
    });
    const launch = async (number: number, size: ChildSize = parts.limits): Promise<Child> => {
      const began = performance.now();
      const child = await launchChild({
        spawn,
        containment: this.containment,
        build,
        number,
        isolateMb: Math.max(32, size.memoryMb - OUTSIDE_ISOLATE_MB),
        rehearsed: parts.rehearsed,
        memoryMb: size.memoryMb,
        bodyBytes: size.outBytes + 1024 * 1024,
      });
      parts.onReady?.(performance.now() - began);
      return child;
    };
    this.children = new WarmChildren({ size: parts.places, usual: parts.limits, launch, log: parts.log });
    const takeOne = async (size: ChildSize) => {
      const child = await this.children.take(size);
      // It stays for a while; its place among the warm ones is filled at once.
      this.children.fill();
      return child;
    };
    let explaining = 0;
    this.explainers = new Explainers({
      launch: (size) => launch(OF_EXPLAINERS + (explaining++ % OF_EXPLAINERS), size),
      takeWarm: (size) => this.children.take(size),
      limits: parts.limits,
      library: parts.stamp.key,
      dataCache: this.dataCache,
      workspaces: this.workspaces,
      log: parts.log,
      spare: () => this.queue.queued === 0 && this.children.warm > 0,
      served: (job) => this.predictors.modelOf(job.sessionId, job.runId),
    });
    this.predictors = new Predictors({
      launch: takeOne,
      limits: parts.limits,
      log: parts.log,
      spare: () => this.queue.queued === 0 && this.children.warm > 1,
    });
  }

  /** The first child shows what the kernel really granted; rejects when no child can be started at all. */
  async open(): Promise<void> {
    this.children.fill();
    const first = await this.children.first();
    this.gaps = [
      ...new Set([...this.gaps, ...missingMeasures(first.pid, this.containment.wrap(0, this.parts.limits.memoryMb))]),
    ];
    for (const gap of this.gaps) this.parts.log(`For trusted participants only. ${gap}`);
  }

  runJob(job: Job, onProgress: (progress: Progress) => void): RunHandle {
    const limits = { ...this.parts.limits, ...job.limits };
    if (job.kind === 'main') this.explainers.cancel(job.sessionId);
    let child: Child | undefined;
    let cancelled = this.closed;
    const report = Promise.withResolvers<RunReport>();
    const checked = Promise.withResolvers<readonly RunFinding[] | null>();
    const settle = (of: RunReport): void => {
      report.resolve(of);
      if (of.checking !== true) checked.resolve([]);
    };
    const cancel = (): void => {
      cancelled = true;
      child?.kill();
    };
    const takeChild = async (): Promise<Child> => {
      child = await this.children.take(limits);
      if (cancelled) child.kill();
      return child;
    };
    const waiting: Waiting = {
      sessionId: job.sessionId,
      kind: job.background ? 'background' : job.kind,
      onProgress,
      ahead: -1,
      over: report.promise,
      cancel: () => {
        cancel();
        if (this.queue.remove(waiting)) settle(notRun('cancelled'));
        this.tellPositions();
      },
      begin: async () => {
        onProgress({ type: 'started' });
        const { report: made, check } = await runPipeline({
          job,
          limits,
          library: this.parts.stamp.key,
          dataCache: this.dataCache,
          workspaces: this.workspaces,
          takeChild,
          onProgress,
          onServable: ({ answers, ...model }) => {
            // The last model that answers goes on answering; a preview's answers nobody.
            const better = job.kind === 'main' && (answers || !this.predictors.serves(job.sessionId));
            if (better) this.predictors.serve(job.sessionId, { ...model, runId: job.runId });
          },
          onTiming: this.parts.onTiming,
          cancelled: () => cancelled,
          log: this.parts.log,
        });
        if (check === undefined) child?.kill();
        return () => {
          settle(made);
          if (check !== undefined) this.checkResult(job.sessionId, { check, cancel, done: checked });
        };
      },
    };
    if (cancelled) settle(notRun('cancelled'));
    else if (!this.queue.add(waiting)) settle(notRun('failed'));
    else {
      this.watch(waiting);
      this.next();
    }
    return { report: report.promise, checked: checked.promise, cancel: waiting.cancel };
  }

  /** The checks of a run that has been reported, with a place of their own in the queue. */
  private checkResult(
    sessionId: string,
    of: {
      readonly check: Check;
      readonly cancel: () => void;
      readonly done: PromiseWithResolvers<readonly RunFinding[] | null>;
    },
  ): void {
    const waiting: Waiting = {
      sessionId,
      kind: 'check',
      onProgress: () => {},
      ahead: -1,
      over: of.done.promise,
      cancel: () => {
        of.cancel();
        if (this.queue.remove(waiting)) of.done.resolve(null);
      },
      begin: async () => {
        const found = await of.check.begin();
        return () => of.done.resolve(found);
      },
    };
    this.watch(waiting);
    this.queue.add(waiting);
    if (this.closed) waiting.cancel();
    else this.next();
    // A child that has to wait holds memory for nothing.
    if (this.queue.isWaiting(waiting)) of.check.release();
  }

  private watch(waiting: Waiting): void {
    this.jobs.add(waiting);
    const over = (): boolean => this.jobs.delete(waiting);
    void waiting.over.then(over, over);
  }

  predict(sessionId: string, rows: readonly Row[]): Promise<Predicted> {
    return this.predictors.predict(sessionId, rows);
  }

  pushes(job: PushesJob): Promise<RowPushes> {
    return pushesOf(this.predictors, job, this.dataCache.rowsOf(job.csv, job.forbidden));
  }

  evaluate(expression: Expression): Promise<ExpressionAnswer> {
    const enter = (waiting: Waiting): boolean => {
      if (this.closed || !this.queue.add(waiting)) return false;
      this.watch(waiting);
      this.next();
      return true;
    };
    const leave = (waiting: Waiting): boolean => this.queue.remove(waiting);
    const takeChild = (): Promise<Child> => this.children.take();
    return evaluateIn({ limits: this.parts.limits, takeChild, enter, leave }, expression);
  }

  async forget(sessionId: string): Promise<void> {
    this.checker.forget(sessionId);
    await this.explainers.forget(sessionId);
    await this.end((waiting) => waiting.sessionId === sessionId);
    await this.predictors.forget(sessionId);
  }

  stats = (): PoolStats => ({
    running: this.queue.active,
    queued: this.queue.queued,
    warm: this.children.warm,
    predictors: this.predictors.open,
  });

  async close(): Promise<void> {
    this.closed = true;
    await this.end(() => true);
    await this.checker.close();
    await this.explainers.close();
    await this.predictors.close();
    await this.children.close();
  }

  /** Cancels runs and checks; a run that is cancelled after its report leaves a check behind. */
  private async end(which: (waiting: Waiting) => boolean): Promise<void> {
    for (let own = [...this.jobs].filter(which); own.length > 0; own = [...this.jobs].filter(which)) {
      for (const waiting of own) waiting.cancel();
      await Promise.all(own.map(({ over }) => over));
    }
  }

  private next(): void {
    for (const waiting of this.queue.inTheWay()) waiting.cancel();
    for (let item = this.queue.start(); item !== undefined; item = this.queue.start()) {
      const started = item;
      void started.begin().then((then) => {
        this.queue.end(started);
        then();
        this.next();
      });
    }
    this.tellPositions();
  }

  private tellPositions(): void {
    for (const [item, ahead] of this.queue.positions()) {
      if (item.ahead === ahead) continue;
      item.ahead = ahead;
      item.onProgress({ type: 'queued', ahead });
    }
  }
}
