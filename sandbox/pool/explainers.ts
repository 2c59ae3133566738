// Works out what nobody waits for, while nobody needs the machine more: one thing at a time, at the lowest priority, the
// newest of each kind and session.
// Invariant: a main run of its session ends it, so that no explanation delays a score; every handle resolves; what was
// found is kept in the run cache and not worked out again.
import type { ChildSize } from '../child-process/child-pool.ts';
import type { Child } from '../child-process/child-process.ts';
import { explainModel } from '../explain/explain-model.ts';
import { learningCurve } from '../explain/learning-curve.ts';
import type { Explained, ExplainHandle, ExplainJob } from '../protocol/explain.ts';
import type { Limits } from '../protocol/job.ts';
import type { LearningCurve } from '../protocol/learning-curve.ts';
import type { DataCache } from '../runner/data-cache.ts';
import { restoredModel } from '../runner/run.ts';
import { RunCache } from '../runner/run-cache.ts';
import type { ModelToExplain } from '../runner/run-context.ts';
import type { WorkspaceCache } from '../runner/workspace-cache.ts';

export interface ExplainersOptions {
  readonly launch: (size: ChildSize) => Promise<Child>;
  /** A warm one, for what is short. */
  readonly takeWarm: (size: ChildSize) => Promise<Child>;
  readonly limits: Limits;
  /** Hash of the guest libraries. */
  readonly library: string;
  readonly dataCache: DataCache;
  readonly workspaces: WorkspaceCache;
  readonly log: (line: string) => void;
  /** No run waits for the place or the child. */
  readonly spare: () => boolean;
  /** The model of the job's run, where it is the one that is served. */
  readonly served: (job: ExplainJob) => ModelToExplain | undefined;
}

type Kind = 'model' | 'curve';

interface Work {
  readonly sessionId: string;
  readonly kind: Kind;
  /** Does it; never rejects. Whoever waits for it learns how it ended. */
  readonly begin: () => Promise<() => void>;
  /** It does not begin any more. */
  readonly drop: () => void;
  /** Settles when it is over. */
  readonly over: Promise<unknown>;
  cancelled: boolean;
  child?: Child;
}

const LOOK_AGAIN_MS = 150;

export class Explainers {
  private readonly options: ExplainersOptions;
  private readonly waiting: Work[] = [];
  private active: Work | undefined;
  private timer: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(options: ExplainersOptions) {
    this.options = options;
  }

  explain(job: ExplainJob, onPart: (part: Explained) => void): ExplainHandle<Explained> {
    return this.enter<Explained>('model', job, (work) => this.explained(work, job, onPart));
  }

  learningCurve(job: ExplainJob, onPart: (part: LearningCurve) => void): ExplainHandle<LearningCurve> {
    return this.enter<LearningCurve>('curve', job, (work) => this.curve(work, job, onPart));
  }

  /** Of the session; its main run comes first. */
  cancel(sessionId: string, kind?: Kind): void {
    for (const work of this.all())
      if (work.sessionId === sessionId && (kind === undefined || work.kind === kind)) this.end(work);
  }

  async forget(sessionId: string): Promise<void> {
    const own = this.all().filter((work) => work.sessionId === sessionId);
    for (const work of own) this.end(work);
    await Promise.all(own.map(({ over }) => over));
  }

  async close(): Promise<void> {
    this.closed = true;
    const all = this.all();
    for (const work of all) this.end(work);
    await Promise.all(all.map(({ over }) => over));
  }

  private enter<T>(kind: Kind, { sessionId, key, cacheDir }: ExplainJob, find: (work: Work) => Promise<T | null>) {
    this.cancel(sessionId, kind);
    const done = Promise.withResolvers<T | null>();
    const { log } = this.options;
    const cache = new RunCache(cacheDir);
    const found = async (): Promise<T | null> => {
      const known = await cache.note<T>(NOTES[kind](key));
      return known ?? (work.cancelled ? null : find(work));
    };
    const work: Work = {
      sessionId,
      kind,
      begin: async () => {
        const value = await found().catch((error: Error) => {
          if (!work.cancelled) log(`A run was not explained: ${error.stack ?? error.message}`);
          return null;
        });
        return () => done.resolve(value);
      },
      drop: () => done.resolve(null),
      over: done.promise,
      cancelled: this.closed,
    };
    if (work.cancelled) work.drop();
    else {
      this.waiting.push(work);
      this.next();
    }
    return { done: done.promise, cancel: () => this.end(work) };
  }

  private all(): Work[] {
    return [...this.waiting, ...(this.active ? [this.active] : [])];
  }

  private end(work: Work): void {
    work.cancelled = true;
    work.child?.kill();
    const at = this.waiting.indexOf(work);
    if (at === -1) return;
    this.waiting.splice(at, 1);
    work.drop();
  }

  private next(): void {
    clearTimeout(this.timer);
    if (this.active !== undefined || this.waiting.length === 0) return;
    if (!this.options.spare()) {
      this.timer = setTimeout(() => this.next(), LOOK_AGAIN_MS);
      this.timer.unref();
      return;
    }
    const work = this.waiting.shift()!;
    this.active = work;
    void work.begin().then((then) => {
      this.active = undefined;
      then();
      this.next();
    });
  }

  private readonly childOf = (work: Work, size: ChildSize) => async (): Promise<Child> => {
    const child = await this.options.launch(size);
    work.child = child;
    if (work.cancelled) child.kill();
    return child;
  };

  private async keep(kind: Kind, { key, cacheDir }: ExplainJob, value: unknown): Promise<void> {
    const { log } = this.options;
    await new RunCache(cacheDir)
      .setNote(NOTES[kind](key), value)
      .catch((error: Error) => log(`No note kept: ${error.message}`));
  }

  private async explained(work: Work, job: ExplainJob, onPart: (part: Explained) => void): Promise<Explained | null> {
    const { limits, dataCache } = this.options;
    const path = tableOf(job);
    if (job.task === undefined || path === undefined) return null;
    const model = await this.modelOf(job);
    if (model === null || work.cancelled) return null;
    const { forbidden, target, actual } = job.task;
    const found = await explainModel({
      model,
      rows: dataCache.rowsOf(job.data[path]!, [...new Set([...forbidden, target])]),
      actual,
      limits,
      takeChild: this.childOf(work, model.size),
      cancelled: () => work.cancelled,
      onPart,
    });
    if (found !== null && found.fault?.code !== 'ended') await this.keep('model', job, found);
    return found;
  }

  private async curve(
    work: Work,
    job: ExplainJob,
    onPart: (part: LearningCurve) => void,
  ): Promise<LearningCurve | null> {
    const { limits, library, workspaces, log } = this.options;
    const { task } = job;
    const table = tableOf(job);
    if (task === undefined || table === undefined) return null;
    const found = await learningCurve({
      job: { ...job, task },
      table,
      parts: { limits, library, workspaces, log },
      takeChild: this.childOf(work, { ...limits, ...job.limits }),
      cancelled: () => work.cancelled,
      onPart,
    });
    if (found !== null) await this.keep('curve', job, found);
    return found;
  }

  private async modelOf(job: ExplainJob): Promise<ModelToExplain | null> {
    const { library, dataCache, workspaces, takeWarm, log, served } = this.options;
    const limits = { ...this.options.limits, ...job.limits };
    const takeChild = () => takeWarm(limits);
    return served(job) ?? restoredModel({ job, limits, library, dataCache, workspaces, takeChild, log });
  }
}

const tableOf = ({ data }: ExplainJob): string | undefined => Object.keys(data).find((one) => one.endsWith('.csv'));

const NOTES: Readonly<Record<Kind, (key: string) => string>> = {
  model: (key) => `explained-1-${key}`,
  curve: (key) => `curve-1-${key}`,
};

type Kept = Pick<ExplainJob, 'key' | 'cacheDir'>;

/** What an earlier process found, too; null: nothing is kept. */
export const keptExplanation = ({ key, cacheDir }: Kept): Promise<Explained | null> =>
  new RunCache(cacheDir).note<Explained>(NOTES.model(key));
export const keepExplanation = ({ key, cacheDir }: Kept, value: Explained): Promise<void> =>
  new RunCache(cacheDir).setNote(NOTES.model(key), value);
export const keepCurve = ({ key, cacheDir }: Kept, value: LearningCurve): Promise<void> =>
  new RunCache(cacheDir).setNote(NOTES.curve(key), value);
export const keptCurve = ({ key, cacheDir }: Kept): Promise<LearningCurve | null> =>
  new RunCache(cacheDir).note<LearningCurve>(NOTES.curve(key));
