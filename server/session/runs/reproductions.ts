// Runs a run again, from an empty cache in a fresh child, and compares what its stages wrote: the same to the last bit, or
// which out differs. Invariant: it changes nothing of the session: no event, no model that is served, no kept out.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunReport } from '#pipeline-core/core/report.ts';
import { type Job, type Pool, RunLost } from '#sandbox/index.ts';
import type { Run, SessionState } from '#session-core/model/state.ts';
import type { Id } from '#session-core/model/types.ts';
import type { Known, Reproduction } from '../session-api.ts';

const KEPT = 40;

/** Of a session that is in nobody's memory, too. */
export const NEVER: Known<Reproduction> = { state: 'none', share: 0, value: null };

export interface Reproductions {
  /** Does nothing where it is known or under way. */
  begin(run: Id): Promise<void>;
  of(run: Id): Known<Reproduction>;
}

export function createReproductions(options: {
  readonly pool: Pool;
  readonly cacheDir: string;
  readonly state: () => SessionState;
  readonly jobOf: (id: Id, run: Run) => Promise<Job>;
  failed(what: string, error: unknown): void;
}): Reproductions {
  const { pool, cacheDir, state, jobOf } = options;
  /** Newest last. */
  const kept = new Map<Id, Known<Reproduction>>();

  function keep(id: Id, found: Known<Reproduction>): void {
    kept.delete(id);
    kept.set(id, found);
    if (kept.size > KEPT) kept.delete(kept.keys().next().value!);
  }

  async function again(id: Id, run: Run): Promise<Reproduction> {
    const empty = join(cacheDir, 'again', id);
    await rm(empty, { recursive: true, force: true });
    try {
      const job = await jobOf(id, run);
      // As a preview, so that its model is not served; nobody checks for leaks once more.
      const handle = pool.runJob(
        { ...job, runId: `${id}-again`, kind: 'preview', cacheDir: empty, once: true },
        (progress) => {
          if (progress.type === 'started') keep(id, { state: 'running', share: 0, value: null });
        },
      );
      const report = await handle.report;
      handle.cancel();
      return compared(run, report);
    } finally {
      await rm(empty, { recursive: true, force: true });
    }
  }

  return {
    of: (id) => kept.get(id) ?? NEVER,
    async begin(id) {
      const run = state().runs[id];
      if (run?.kind !== 'main' || run.status !== 'succeeded') return;
      const known = kept.get(id);
      if (known?.state === 'waiting' || known?.state === 'running') return;
      keep(id, { state: 'waiting', share: 0, value: null });
      again(id, run).then(
        (value) => keep(id, { state: 'done', share: 1, value }),
        (error: unknown) => {
          kept.delete(id);
          if (!(error instanceof RunLost)) options.failed('reproduce_failed', error);
        },
      );
    },
  };
}

function compared(run: Run, { status, stages, ms }: RunReport): Reproduction {
  const before = hashesOf(run.report?.stages ?? []);
  const after = hashesOf(stages);
  const paths = [...new Set([...before.keys(), ...after.keys()])];
  const differing = paths.filter((path) => before.get(path) !== after.get(path));
  const failed = status === 'succeeded' ? {} : { failed: true as const };
  return { same: paths.length - differing.length, of: paths.length, differing, ...failed, ms: Math.round(ms) };
}

const hashesOf = (stages: RunReport['stages']): ReadonlyMap<string, string> =>
  new Map(stages.flatMap(({ outs }) => outs.map(({ path, sha256 }) => [path, sha256] as const)));
