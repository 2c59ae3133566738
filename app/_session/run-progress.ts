// Progress messages of runs: current stage, share done, log lines. Volatile: lost lines are not sent again, because the
// report of the run has the whole log.
import type { LogLine, StageReason, StageStatus } from '#pipeline-core/core/report.ts';
import { type ProgressMessage, readProgress } from '#session-core/protocol/progress.ts';

export interface StageProgress {
  readonly name: string;
  readonly status: 'waiting' | 'running' | StageStatus;
  readonly reason?: StageReason;
  /** 0 to 1, if the stage reports it. */
  readonly share?: number;
  readonly ms?: number;
}
export interface RunProgress {
  readonly ahead: number;
  readonly stages: readonly StageProgress[];
  readonly log: readonly LogLine[];
  /** How much of the explanation of its model is done, 0 to 1. */
  readonly explained?: number;
  /** The same of its learning curve. */
  readonly curve?: number;
}
export type ProgressMap = Readonly<Record<string, RunProgress>>;

const EMPTY: RunProgress = { ahead: 0, stages: [], log: [] };
const LOG_LINES = 500;
const RUNS_KEPT = 4;

/** The map after what came over the socket; what this page cannot read changes nothing. */
export function withSaid(map: ProgressMap, said: unknown): ProgressMap {
  const message = readProgress(said);
  return message === null ? map : withProgress(map, message);
}

/** The map after one message; the oldest runs fall out. */
export function withProgress(map: ProgressMap, message: ProgressMessage): ProgressMap {
  const before = map[message.run] ?? EMPTY;
  const after = step(before, message);
  const others = Object.entries(map).filter(([run]) => run !== message.run);
  return Object.fromEntries([...others.slice(-(RUNS_KEPT - 1)), [message.run, after]]);
}

function step(run: RunProgress, message: ProgressMessage): RunProgress {
  switch (message.type) {
    case 'queued':
      return { ...run, ahead: message.ahead };
    case 'started':
      return { ...run, ahead: 0 };
    case 'plan':
      return {
        ...run,
        stages: message.stages.map(({ name, reason }) => ({ name, reason, status: 'waiting' as const })),
      };
    case 'stage':
      return changed(run, message.name, { status: 'running' });
    case 'progress':
      return changed(run, message.stage, { status: 'running', share: message.share });
    case 'staged': {
      const { name, status, reason, ms } = message.result;
      return changed(run, name, { status, reason, ms });
    }
    case 'explained':
      return { ...run, explained: message.share };
    case 'curve':
      return { ...run, curve: message.share };
    case 'log':
      return { ...run, log: [...run.log, ...message.lines].slice(-LOG_LINES) };
  }
}

function changed(run: RunProgress, name: string, change: Partial<StageProgress>): RunProgress {
  const known = run.stages.some((stage) => stage.name === name);
  const stages = known ? run.stages : [...run.stages, { name, status: 'waiting' as const }];
  return { ...run, stages: stages.map((stage) => (stage.name === name ? { ...stage, ...change } : stage)) };
}
