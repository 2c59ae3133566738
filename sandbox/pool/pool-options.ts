// What a pool is started with.
import type { BuildStamp } from '../build/last-build.ts';
import type { Limits } from '../protocol/job.ts';
import type { StageTiming } from '../runner/run-context.ts';

export const DEFAULT_LIMITS: Limits = {
  stageMs: 10_000,
  testMs: 5_000,
  runMs: 45_000,
  memoryMb: 450,
  logLines: 500,
  logBytes: 65_536,
  resultBytes: 262_144,
  outBytes: 16 * 1024 * 1024,
};

/** As many as the courses' pipelines have stages. */
const REHEARSED = 4;

export interface PoolOptions {
  /** Runs at a time; default: the cores, at least 2. */
  readonly size?: number;
  readonly limits?: Partial<Limits>;
  /**
   * Isolates that each waiting child rehearses, so that the stages of a run begin warm; default: `REHEARSED`. Each takes a
   * tenth of a second of the processor and some memory, for every run.
   */
  readonly rehearsed?: number;
  /** One plain line each. */
  readonly log?: (line: string) => void;
  /** For benches: a child became warm after so many milliseconds; a stage took so long inside it. */
  readonly onReady?: (ms: number) => void;
  readonly onTiming?: (stage: string, timing: StageTiming) => void;
}

/** V8's own heap limit is a little below the watch, so that it usually speaks first, with a line. */
export const OUTSIDE_ISOLATE_MB = 110;

/** Explanations have children of their own, since the warm ones are for runs; they count from here, for users of their own. */
export const OF_EXPLAINERS = 1_500;

export interface PoolParts {
  readonly places: number;
  readonly limits: Limits;
  readonly rehearsed: number;
  readonly log: (line: string) => void;
  readonly stamp: BuildStamp;
  readonly onReady: PoolOptions['onReady'] | undefined;
  readonly onTiming: PoolOptions['onTiming'] | undefined;
}

export function partsOf(
  { size, limits, rehearsed, log, onReady, onTiming }: PoolOptions,
  stamp: BuildStamp,
): PoolParts {
  return {
    places: size ?? Math.max(2, Math.min(8, navigator.hardwareConcurrency)),
    limits: { ...DEFAULT_LIMITS, ...limits },
    rehearsed: rehearsed ?? REHEARSED,
    log: log ?? (() => {}),
    stamp,
    onReady,
    onTiming,
  };
}
