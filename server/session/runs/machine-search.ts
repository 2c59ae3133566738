// The machine tries other parameters of the code as it is: a run in the background for each text of params.yaml, with the
// session's own pipeline and evaluation, until its time is over.
// Invariant: it delays no run, since runs in the background give way (a trial that had to is tried again); every search ends
// in `search.finish`, unless it was stopped.

import type { Task } from '#pipeline-core/core/report.ts';
import {
  type Job,
  type ParamChange,
  type Pool,
  type RunHandle,
  RunLost,
  searchParams,
  type Trial,
  type TrialResult,
} from '#sandbox/index.ts';
import type { MachineBest, SearchEnd } from '#session-core/model/machine-search.ts';
import type { SessionState } from '#session-core/model/state.ts';
import type { SystemCommand } from '#session-core/model/system-commands.ts';
import type { Id, Tree } from '#session-core/model/types.ts';
import { hunksOf } from '#session-core/text/patch.ts';
import type { TextStore } from '../../document/text-store.ts';
import type { After, Now } from '../../platform/clock.ts';
import type { SessionData } from '../session-courses.ts';

export interface MachineSearchOptions {
  readonly session: string;
  readonly pool: Pool;
  /** Its own, so that its trials push nothing out of the session's run cache. */
  readonly cacheDir: string;
  readonly texts: TextStore;
  readonly data: (task: Task) => SessionData;
  readonly state: () => SessionState;
  readonly now: Now;
  readonly after: After;
  dispatch(command: SystemCommand): void;
  failed(what: string, error: unknown): void;
}

export interface MachineSearcher {
  start(search: Id): void;
  stop(search: Id): void;
  isRunning(search: Id): boolean;
}

const PARAMS = 'params.yaml';
/** Of one trial. */
const MOST_LOST = 2;

export function createMachineSearcher(options: MachineSearchOptions): MachineSearcher {
  const { session, pool, cacheDir, texts, data, state, now, after, dispatch, failed } = options;
  let current: { readonly id: Id; over: SearchEnd | null; handle?: RunHandle } | null = null;

  async function run(id: Id, own: NonNullable<typeof current>): Promise<void> {
    const { search, revisions, tasks } = state();
    const tree: Tree | undefined = revisions[String(search?.revision)]?.tree;
    if (search?.id !== id || tree === undefined) return;
    const task = tasks[search.task] ?? state().task;
    const files = await texts.textsOf(tree);
    const before = files[PARAMS] ?? '';
    const end = (why: SearchEnd) => {
      own.over ??= why;
      own.handle?.cancel();
    };
    const cancelTimer = after(search.seconds * 1000 - (now() - search.at), () => end('budget'));
    let trials = 0;
    let base: { readonly score: number; readonly evaluation: string | undefined } | undefined;
    let best: MachineBest | undefined;

    async function tried(trial: Trial): Promise<TrialResult | null> {
      let lost = 0;
      while (own.over === null) {
        const job: Job = {
          runId: `${id}-${trials}`,
          sessionId: session,
          kind: 'preview',
          background: true,
          files: { ...files, [PARAMS]: trial.text },
          data: data(task).tables,
          cacheDir,
        };
        own.handle = pool.runJob(job, () => {});
        const report = await own.handle.report.catch((error: unknown) => {
          if (error instanceof RunLost) return null;
          throw error;
        });
        if (report === null) lost += 1;
        // It had to give way, or its machine is gone; code that takes one machine after another with it is not tried for ever.
        if (report === null ? lost < MOST_LOST : report.status === 'cancelled') continue;
        trials++;
        if (report === null) return 'failed';
        const score = report.metrics[task.metric];
        if (report.status !== 'succeeded' || score === undefined) return 'failed';
        base ??= { score, evaluation: report.measureKey };
        return report.measureKey === base.evaluation ? { score } : 'other-protocol';
      }
      return null;
    }

    try {
      const search_ = searchParams(before, task.direction);
      let step = search_.next();
      while (step.done !== true) {
        const trial: Trial = step.value;
        const result = await tried(trial);
        if (result === null) break;
        if (base === undefined) end('failed');
        else if (typeof result !== 'string') {
          const better = isBetter(result.score, best?.metric ?? base.score, task.direction);
          if (better) best = bestOf({ trial, score: result.score, before, revision: search.revision });
          if (better || trials === 1) dispatch(reportOf({ id, trials, base, best }));
        }
        step = search_.next(result);
      }
      end('exhausted');
    } finally {
      cancelTimer();
    }
    if (own.over !== 'stopped' && own.over !== null)
      dispatch({ type: 'search.finish', search: id, why: own.over, trials });
  }

  return {
    start(id) {
      const own: NonNullable<typeof current> = { id, over: null };
      current = own;
      run(id, own)
        .catch((error: unknown) => {
          failed('search_failed', error);
          dispatch({ type: 'search.finish', search: id, why: 'failed', trials: 0 });
        })
        .finally(() => {
          if (current === own) current = null;
        });
    },
    stop(id) {
      if (current?.id !== id) return;
      current.over ??= 'stopped';
      current.handle?.cancel();
    },
    isRunning: (id) => current?.id === id,
  };
}

const isBetter = (score: number, than: number, direction: Task['direction']): boolean =>
  direction === 'lower' ? score < than : score > than;

function bestOf(found: {
  readonly trial: Trial;
  readonly score: number;
  readonly before: string;
  readonly revision: number;
}): MachineBest {
  const { trial, score, before, revision } = found;
  const written = ({ key, before: was, after: is }: ParamChange) => ({ key, before: String(was), after: String(is) });
  return {
    metric: score,
    changes: trial.changes.map(written),
    patch: { revision, files: [{ path: PARAMS, hunks: hunksOf(before, trial.text) }] },
  };
}

function reportOf(known: {
  readonly id: Id;
  readonly trials: number;
  readonly base: { readonly score: number; readonly evaluation: string | undefined };
  readonly best: MachineBest | undefined;
}): SystemCommand {
  const { id, trials, base, best } = known;
  return {
    type: 'search.report',
    search: id,
    trials,
    base: base.score,
    ...(base.evaluation === undefined ? {} : { evaluation: base.evaluation }),
    ...(best ? { best } : {}),
  };
}
