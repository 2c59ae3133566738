// What is heard of runs while they run: which stage, how far, the log's lines. Volatile: lost lines are meant to be lost,
// the whole log stands in the run's report.
import type { LogLine, StageStatus } from '#pipeline-core/core/report.ts';
import type { ProgressMessage } from '#session-core/protocol/messages.ts';

export interface StageProgress {
  readonly name: string;
  readonly status: 'waiting' | 'running' | StageStatus;
  readonly reason: string;
  /** 0 to 1, where the stage tells. */
  readonly share?: number;
  readonly ms?: number;
}
export interface RunProgress {
  readonly ahead: number;
  readonly stages: readonly StageProgress[];
  readonly log: readonly LogLine[];
}
export type ProgressMap = Readonly<Record<string, RunProgress>>;

const EMPTY: RunProgress = { ahead: 0, stages: [], log: [] };
const LOG_LINES = 500;
const RUNS_KEPT = 4;

/** The map after one message; the oldest runs fall out. Unknown messages change nothing. */
export function heard(map: ProgressMap, message: ProgressMessage): ProgressMap {
  const before = map[message.run] ?? EMPTY;
  const after = step(before, message as unknown as ProgressWords);
  if (after === before) return map;
  const others = Object.entries(map).filter(([run]) => run !== message.run);
  return Object.fromEntries([...others.slice(-(RUNS_KEPT - 1)), [message.run, after]]);
}

type ProgressWords =
  | { readonly type: 'queued'; readonly ahead: number }
  | { readonly type: 'started' }
  | {
      readonly type: 'plan';
      readonly stages: readonly { readonly name: string; readonly willRun: boolean; readonly reason: string }[];
    }
  | { readonly type: 'stage'; readonly name: string }
  | { readonly type: 'progress'; readonly stage: string; readonly share: number }
  | {
      readonly type: 'staged';
      readonly result: {
        readonly name: string;
        readonly status: StageStatus;
        readonly reason: string;
        readonly ms: number;
      };
    }
  | { readonly type: 'log'; readonly lines: readonly LogLine[] };

function step(run: RunProgress, word: ProgressWords): RunProgress {
  switch (word.type) {
    case 'queued':
      return { ...run, ahead: word.ahead };
    case 'started':
      return { ...run, ahead: 0 };
    case 'plan':
      return {
        ...run,
        stages: word.stages.map(({ name, reason }) => ({ name, reason, status: 'waiting' as const })),
      };
    case 'stage':
      return changed(run, word.name, { status: 'running' });
    case 'progress':
      return changed(run, word.stage, { status: 'running', share: word.share });
    case 'staged': {
      const { name, status, reason, ms } = word.result;
      return changed(run, name, { status, reason, ms });
    }
    case 'log':
      return { ...run, log: [...run.log, ...word.lines].slice(-LOG_LINES) };
    default:
      return run;
  }
}

function changed(run: RunProgress, name: string, change: Partial<StageProgress>): RunProgress {
  const known = run.stages.some((stage) => stage.name === name);
  const stages = known ? run.stages : [...run.stages, { name, reason: '', status: 'waiting' as const }];
  return { ...run, stages: stages.map((stage) => (stage.name === name ? { ...stage, ...change } : stage)) };
}
