// Explains models while nobody needs the machine more: one at a time, at the lowest priority, the newest of each session.
// Invariant: a main run of its session ends it, so that no explanation delays a score; every handle resolves; what was
// found is kept in the run cache and not worked out again.
import type { Child } from '../child-process/child-process.ts';
import type { Explained, ExplainHandle, ExplainJob } from '../protocol/explain.ts';
import type { Limits } from '../protocol/job.ts';
import type { DataCache } from '../runner/data-cache.ts';
import { explainModel, type ModelToExplain } from '../runner/explain-model.ts';
import { RunCache } from '../runner/run-cache.ts';

export interface ExplainersOptions {
  readonly launch: () => Promise<Child>;
  readonly limits: Limits;
  readonly dataCache: DataCache;
  readonly log: (line: string) => void;
  /** No run waits for the place or the child. */
  readonly spare: () => boolean;
  /** The model of the job's run: of what is served, else from the run cache. null: it has none. */
  readonly modelOf: (job: ExplainJob) => Promise<ModelToExplain | null>;
}

interface Work {
  readonly job: ExplainJob;
  readonly onPart: (part: Explained) => void;
  readonly done: PromiseWithResolvers<Explained | null>;
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

  /** Explanations that are under way or wait. */
  get open(): number {
    return this.waiting.length + (this.active === undefined ? 0 : 1);
  }

  explain(job: ExplainJob, onPart: (part: Explained) => void): ExplainHandle {
    this.cancel(job.sessionId);
    const work: Work = { job, onPart, done: Promise.withResolvers(), cancelled: this.closed };
    if (work.cancelled) work.done.resolve(null);
    else {
      this.waiting.push(work);
      this.next();
    }
    return { done: work.done.promise, cancel: () => this.end(work) };
  }

  /** Of the session; its main run comes first. */
  cancel(sessionId: string): void {
    for (const work of this.all()) if (work.job.sessionId === sessionId) this.end(work);
  }

  async forget(sessionId: string): Promise<void> {
    const own = this.all().filter((work) => work.job.sessionId === sessionId);
    for (const work of own) this.end(work);
    await Promise.all(own.map(({ done }) => done.promise));
  }

  async close(): Promise<void> {
    this.closed = true;
    const all = this.all();
    for (const work of all) this.end(work);
    await Promise.all(all.map(({ done }) => done.promise));
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
    work.done.resolve(null);
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
    void this.work(work)
      .catch((error: Error) => {
        if (!work.cancelled) this.options.log(`A model was not explained: ${error.stack ?? error.message}`);
        return null;
      })
      .then((found) => {
        this.active = undefined;
        work.done.resolve(found);
        this.next();
      });
  }

  private async work(work: Work): Promise<Explained | null> {
    const { job, onPart } = work;
    const { limits, dataCache, log } = this.options;
    const cache = new RunCache(job.cacheDir);
    const known = await cache.note<Explained>(noteOf(job.key));
    if (known !== null) return known;
    const path = Object.keys(job.data).find((one) => one.endsWith('.csv'));
    if (work.cancelled || job.task === undefined || path === undefined) return null;
    const model = await this.options.modelOf(job);
    if (model === null || work.cancelled) return null;
    const { forbidden, target, actual } = job.task;
    const found = await explainModel({
      model,
      rows: dataCache.rowsOf(job.data[path]!, [...new Set([...forbidden, target])]),
      actual,
      limits,
      takeChild: async () => {
        const child = await this.options.launch();
        work.child = child;
        if (work.cancelled) child.kill();
        return child;
      },
      cancelled: () => work.cancelled,
      onPart,
    });
    if (found !== null && found.fault?.code !== 'ended')
      await cache.setNote(noteOf(job.key), found).catch((error: Error) => log(`No note kept: ${error.message}`));
    return found;
  }
}

const noteOf = (key: string): string => `explained-1-${key}`;

/** What an earlier process found, too; null: nothing is kept. */
export function keptExplanation(job: Pick<ExplainJob, 'key' | 'cacheDir'>): Promise<Explained | null> {
  return new RunCache(job.cacheDir).note<Explained>(noteOf(job.key));
}
