// Something that the sandbox works out for main runs when nobody needs it more: asked for, under way, known.
// Invariant: it belongs to files and table, so that runs of the same code share it and a restart loses none; a newer main
// run ends what is under way.
import type { Task } from '#pipeline-core/core/report.ts';
import type { ExplainHandle, Job } from '#sandbox/index.ts';
import type { Run, SessionState } from '#session-core/model/state.ts';
import type { Id } from '#session-core/model/types.ts';
import { taskOf } from '#session-core/rules/run.ts';
import { hashOf } from '../../document/text-store.ts';
import type { Known } from '../session-api.ts';
import type { SessionData } from '../session-courses.ts';

export interface KeptWork<T> {
  /** Resolves when it has begun; does nothing where it is known or under way. */
  begin(run: Id): Promise<void>;
  of(run: Id): Promise<Known<T>>;
}

export interface Reading {
  readonly state: () => SessionState;
  readonly data: (task: Task) => SessionData;
  readonly cacheDir: string;
}

type Stored<T> = (of: { readonly key: string; readonly cacheDir: string }) => Promise<T | null>;

const KEPT = 12;

const nothing = <T>(): Known<T> => ({ state: 'none', share: 0, value: null });

/** Runs of equal files and table have one. */
function keyOf({ state, data }: Reading, run: Run): string {
  const task = taskOf(state(), run);
  return hashOf(JSON.stringify([Object.entries(run.tree).sort(), data(task).listing, task.id]));
}

/** What was found by the process that had the session in its memory. */
export async function storedWork<T>(reading: Reading, stored: Stored<T>, id: Id): Promise<Known<T>> {
  const run = reading.state().runs[id];
  if (run === undefined) return nothing();
  const value = await stored({ key: keyOf(reading, run), cacheDir: reading.cacheDir });
  return value === null ? nothing() : { state: 'done', share: 1, value };
}

export function createKeptWork<T extends { readonly share: number }>(
  options: Reading & {
    readonly stored: Stored<T>;
    readonly start: (job: Job & { readonly key: string }, onPart: (part: T) => void) => ExplainHandle<T>;
    readonly jobOf: (id: Id, run: Run) => Promise<Job>;
    readonly progress: (run: Id, share: number) => void;
    readonly failed: (error: unknown) => void;
  },
): KeptWork<T> {
  const { state, stored, start, jobOf, progress, failed } = options;
  /** By key, newest last. */
  const kept = new Map<string, Known<T>>();
  const handles = new Map<string, ExplainHandle<T>>();

  function keep(key: string, found: Known<T>): void {
    kept.delete(key);
    kept.set(key, found);
    if (kept.size > KEPT) kept.delete(kept.keys().next().value!);
  }

  async function of(id: Id): Promise<Known<T>> {
    const run = state().runs[id];
    if (run === undefined) return nothing();
    const key = keyOf(options, run);
    const known = kept.get(key);
    if (known !== undefined) return known;
    const found = await storedWork(options, stored, id);
    // It may have begun meanwhile.
    if (!kept.has(key)) keep(key, found);
    return kept.get(key) ?? found;
  }

  async function begin(id: Id): Promise<void> {
    const run = state().runs[id];
    if (run?.kind !== 'main') return;
    const key = keyOf(options, run);
    if ((await of(id)).state === 'done' || handles.has(key)) return;
    const job = await jobOf(id, run);
    if (handles.has(key)) return;
    keep(key, { state: 'waiting', share: 0, value: null });
    const handle = start({ ...job, key }, (part) => {
      if (handles.get(key) !== handle) return;
      keep(key, { state: 'running', share: part.share, value: part });
      progress(id, part.share);
    });
    handles.set(key, handle);
    const end = (value: T | null) => {
      if (handles.get(key) === handle) handles.delete(key);
      keep(key, value === null ? nothing() : { state: 'done', share: 1, value });
      // Also where a newer run ended it: whoever watches it looks again.
      progress(id, 1);
    };
    void handle.done.then(end, (error: unknown) => {
      failed(error);
      end(null);
    });
  }

  return { of, begin };
}
