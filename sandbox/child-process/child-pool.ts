// A few children kept warm, so that a run begins without waiting for one. Each serves one run, then is killed.
// Invariant: a new one is started off the critical path; a child that cannot start is a rejected take, never a hang.
import type { Limits } from '../protocol/job.ts';
import type { Child } from './child-process.ts';

/** How much a child may use. */
export type ChildSize = Pick<Limits, 'memoryMb' | 'outBytes'>;

export interface WarmOptions {
  readonly size: number;
  /** Of those that are kept warm. */
  readonly usual: ChildSize;
  readonly launch: (number: number, size: ChildSize) => Promise<Child>;
  readonly log: (line: string) => void;
}

const SLOW_START_MS = 2_500;

export class WarmChildren {
  private readonly options: WarmOptions;
  private readonly spare: Promise<Child>[] = [];
  private readonly alive = new Set<Child>();
  private readonly ready = new Set<Child>();
  private readonly starting = new Set<Promise<Child>>();
  private launched = 0;
  private failures = 0;
  private closed = false;

  constructor(options: WarmOptions) {
    this.options = options;
  }

  get warm(): number {
    return this.ready.size;
  }

  /** Starts children until `size` are warm or on their way. */
  fill(): void {
    while (!this.closed && this.failures < 3 && this.spare.length < this.options.size) this.spare.push(this.start());
  }

  /** One that is warm, left where it is. Rejects when none can be started. */
  first(): Promise<Child> {
    this.fill();
    return this.spare[0] ?? Promise.reject(new Error('No child of the sandbox could be started'));
  }

  /**
   * The warmest child, or a new one where more is wanted than the warm ones may use; it is the caller's until killed.
   * Rejects when none can be started.
   */
  async take(size: ChildSize = this.options.usual): Promise<Child> {
    if (this.closed) throw new Error('The runner is closing');
    const { usual } = this.options;
    if (size.memoryMb > usual.memoryMb || size.outBytes > usual.outBytes) {
      const child = await this.start(size);
      this.ready.delete(child);
      return child;
    }
    const spare = this.spare.shift() ?? this.start();
    const child = await this.soonest(spare);
    this.ready.delete(child);
    return child;
  }

  // One that is slow to start, or died while it waited, is no reason to keep a run waiting or to fail it.
  private async soonest(spare: Promise<Child>): Promise<Child> {
    const slow = new Promise<'slow'>((resolve) => setTimeout(resolve, SLOW_START_MS, 'slow').unref());
    const first = await Promise.race([spare.catch(() => 'slow' as const), slow]);
    if (first !== 'slow') return first;
    const other = this.start();
    const child = await Promise.any([spare, other]).catch(() => other);
    for (const starting of [spare, other]) {
      starting.then(
        (left) => {
          if (left !== child) left.kill();
        },
        () => {},
      );
    }
    return child;
  }

  /** Kills all; resolves when they are gone. */
  async close(): Promise<void> {
    this.closed = true;
    await Promise.allSettled([...this.starting].map(async (starting) => (await starting).kill()));
    const last = [...this.alive];
    for (const child of last) child.kill();
    await Promise.all(last.map((child) => child.gone));
  }

  private start(size: ChildSize = this.options.usual): Promise<Child> {
    const starting = this.options.launch(this.launched++, size).then(
      (child) => {
        this.failures = 0;
        this.alive.add(child);
        this.ready.add(child);
        void child.gone.then(() => this.left(child, starting));
        if (this.closed) child.kill();
        return child;
      },
      (error: Error) => {
        this.failures++;
        this.options.log(error.message);
        const at = this.spare.indexOf(starting);
        if (at !== -1) this.spare.splice(at, 1);
        throw error;
      },
    );
    this.starting.add(starting);
    const settled = (): void => {
      this.starting.delete(starting);
    };
    starting.then(settled, settled);
    return starting;
  }

  private left(child: Child, starting: Promise<Child>): void {
    this.alive.delete(child);
    const waited = this.ready.delete(child);
    const at = this.spare.indexOf(starting);
    if (at !== -1) this.spare.splice(at, 1);
    if (waited && !this.closed) this.options.log('A waiting child of the sandbox ended; another is started');
    this.fill();
  }
}
