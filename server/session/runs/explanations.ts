// What the models of main runs go by: worked out in the sandbox after each run, and again for an older one when somebody asks.
// Invariant: an explanation belongs to files and table, so that runs of the same code share it and a restart loses none; a
// newer main run ends the one under way.
import type { Task } from '#pipeline-core/core/report.ts';
import { type ExplainHandle, type Job, keptExplanation, type Pool, type RowPushes } from '#sandbox/index.ts';
import type { Run, SessionState } from '#session-core/model/state.ts';
import type { Id } from '#session-core/model/types.ts';
import type { ProgressMessage } from '#session-core/protocol/progress.ts';
import { taskOf } from '#session-core/rules/run.ts';
import { hashOf } from '../../document/text-store.ts';
import type { Explanation } from '../session-api.ts';
import type { SessionData } from '../session-courses.ts';

export interface Explanations {
  /** Does nothing where it is known or under way. */
  begin(run: Id): Promise<void>;
  of(run: Id): Promise<Explanation>;
  /** What pushed the answer of the served model for a row; `served`: the run whose model it is. */
  pushes(row: Readonly<Record<string, string | number>>, served: Id | undefined): Promise<RowPushes>;
}

interface Reading {
  readonly state: () => SessionState;
  readonly data: (task: Task) => SessionData;
  readonly cacheDir: string;
}

/** Runs of equal files and table have one. */
function keyOf({ state, data }: Omit<Reading, 'cacheDir'>, run: Run): string {
  const task = taskOf(state(), run);
  return hashOf(JSON.stringify([Object.entries(run.tree).sort(), data(task).listing, task.id]));
}

/** What was found by the process that had the session in its memory. */
export async function storedExplanation(reading: Reading, id: Id): Promise<Explanation> {
  const run = reading.state().runs[id];
  if (run === undefined) return NONE;
  const explained = await keptExplanation({ key: keyOf(reading, run), cacheDir: reading.cacheDir });
  return explained === null ? NONE : { state: 'done', share: 1, explained };
}

const NONE: Explanation = { state: 'none', share: 0, explained: null };
const KEPT = 12;
const KEPT_PUSHES = 200;

export function createExplanations(options: {
  readonly session: string;
  readonly pool: Pool;
  readonly cacheDir: string;
  readonly state: () => SessionState;
  readonly data: (task: Task) => SessionData;
  readonly jobOf: (id: Id, run: Run) => Promise<Job>;
  readonly progress: (message: ProgressMessage) => void;
}): Explanations {
  const { session, pool, state, data, progress } = options;
  /** By key, newest last. */
  const kept = new Map<string, Explanation>();
  const handles = new Map<string, ExplainHandle>();
  const pushed = new Map<string, RowPushes>();

  function keep(key: string, found: Explanation): void {
    kept.delete(key);
    kept.set(key, found);
    if (kept.size > KEPT) kept.delete(kept.keys().next().value!);
  }

  async function of(id: Id): Promise<Explanation> {
    const run = state().runs[id];
    if (run === undefined) return NONE;
    const key = keyOf(options, run);
    const known = kept.get(key);
    if (known !== undefined) return known;
    const found = await storedExplanation(options, id);
    // It may have begun meanwhile.
    if (!kept.has(key)) keep(key, found);
    return kept.get(key) ?? found;
  }

  async function begin(id: Id): Promise<void> {
    const run = state().runs[id];
    if (run?.kind !== 'main') return;
    const key = keyOf(options, run);
    if ((await of(id)).state === 'done' || handles.has(key)) return;
    const job = await options.jobOf(id, run);
    if (handles.has(key)) return;
    keep(key, { state: 'waiting', share: 0, explained: null });
    const handle = pool.explain({ ...job, key }, (explained) => {
      if (handles.get(key) !== handle) return;
      keep(key, { state: 'running', share: explained.share, explained });
      progress({ run: id, type: 'explained', share: explained.share });
    });
    handles.set(key, handle);
    const explained = await handle.done;
    if (handles.get(key) === handle) handles.delete(key);
    keep(key, explained === null ? NONE : { state: 'done', share: 1, explained });
    if (explained !== null) progress({ run: id, type: 'explained', share: 1 });
  }

  return {
    of,
    begin,
    async pushes(row, served) {
      const task = state().task;
      const { tables, checked } = data(task);
      const csv = Object.entries(tables).find(([path]) => path.endsWith('.csv'))?.[1] ?? '';
      const asked = `${served} ${JSON.stringify(row)}`;
      const known = pushed.get(asked);
      if (known?.runId === served && known !== undefined) return known;
      const explained = served === undefined ? null : (await of(served)).explained;
      const used = explained?.importance.filter((one) => one.used).map(({ column }) => column);
      const forbidden = [...new Set([...checked.forbidden, checked.target])];
      const found = await pool.pushes({ sessionId: session, row, csv, forbidden, ...(used ? { used } : {}) });
      pushed.set(asked, found);
      if (pushed.size > KEPT_PUSHES) pushed.delete(pushed.keys().next().value!);
      return found;
    },
  };
}
