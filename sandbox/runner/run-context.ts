// What the parts of one run share: its input and what is known of it so far.
import type { LogLine } from '#pipeline-core/core/report.ts';
import type { ChildSize } from '../child-process/child-pool.ts';
import type { Child, LowPriority } from '../child-process/child-process.ts';
import type { Job, Limits, Progress } from '../protocol/job.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { DataCache } from './data-cache.ts';
import type { RunCache } from './run-cache.ts';
import type { WorkspaceCache } from './workspace-cache.ts';

/** What a run leaves to be asked: everything `src/predict.ts` may read. */
export interface ModelToExplain {
  readonly files: ReadonlyMap<string, Buffer>;
  readonly params: unknown;
  /** Of a classification; none: it answers numbers. */
  readonly classes: readonly string[];
  /** What the run that made it was allowed. */
  readonly size: ChildSize;
}

export interface RunInput {
  readonly job: Job;
  readonly limits: Limits;
  /** Hash of the guest bundle and Node: part of every key. */
  readonly library: string;
  /** Of the pool: shared by all runs. */
  readonly dataCache: DataCache;
  readonly workspaces: WorkspaceCache;
  /** A warm child; asked for only when something must run. Rejects when none can be had. */
  readonly takeChild: () => Promise<Child>;
  readonly onProgress: (progress: Progress) => void;
  /** A run succeeded and has a src/predict.ts; `answers`: which was asked, and answered. */
  readonly onServable: (model: ModelToExplain & { readonly answers: boolean }) => void;
  /** For benches: how long a stage took inside its child. */
  readonly onTiming?: ((stage: string, timing: StageTiming) => void) | undefined;
  /** Less urgent than a run; a run in the background says so in its job. */
  readonly priority?: LowPriority;
  /** Only its score and its model are wanted: no tests, no stage that only draws, no checks. Its child stays. */
  readonly bare?: true;
  /** Of a check: the fold of each row, which stratified splits keep. */
  readonly folds?: readonly number[];
  readonly cancelled: () => boolean;
  readonly log: (line: string) => void;
}

/** Milliseconds inside the child: compile and join the modules, run them; of the processor for both. */
export interface StageTiming {
  readonly link: number;
  readonly run: number;
  readonly cpu: number;
}

/** What the loop knows so far. */
export interface RunState {
  readonly input: RunInput;
  readonly workspace: Workspace;
  readonly cache: RunCache;
  readonly began: number;
  /** Hash of every file that exists: workspace, data, outs written so far. */
  readonly hashes: Map<string, string>;
  readonly texts: Map<string, string | Buffer>;
  readonly lines: LogLine[];
  /** Milliseconds of the processor that a stage took, now or when it was kept: as many on a busy machine. */
  readonly costs: Map<string, number>;
  child: Promise<Child> | undefined;
  /** Milliseconds spent waiting for a child. */
  waited: number;
}
