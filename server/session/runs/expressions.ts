// Expressions of people over the tables of the session: the visible rows, and the tables that the newest run which counts
// wrote. Invariant: hold-out rows are in none of them; what is asked and answered is stored nowhere.
import type { Task } from '#pipeline-core/core/report.ts';
import type { ExpressionAnswer, Pool } from '#sandbox/index.ts';
import type { SessionState } from '#session-core/model/state.ts';
import { newestSucceeded } from '#session-core/rules/run.ts';
import type { LiveSession } from '../session-api.ts';
import type { SessionData } from '../session-courses.ts';

const GONE: ExpressionAnswer = { kind: 'limit', limit: 'gone' };

export function createExpressions(options: {
  readonly session: string;
  readonly pool: Pool;
  readonly cacheDir: string;
  readonly state: () => SessionState;
  readonly data: (task: Task) => SessionData;
  /** Runs the newest model's code again; resolves to false where there is none. */
  restoreModel(): Promise<boolean>;
}): LiveSession['evaluate'] {
  const { session, pool, cacheDir, state, data, restoreModel } = options;
  return async (code, wanted) => {
    const raw = Object.entries(data(state().task).tables).filter(([path]) => path.endsWith('.csv'));
    const written = outsOf(state());
    const tables = [...raw.map(([path]) => path), ...written.keys()];
    const table = wanted ?? tables[0] ?? '';
    const text = raw.find(([path]) => path === table)?.[1];
    const sha256 = written.get(table);
    const ask = (of: { readonly text: string } | { readonly sha256: string; readonly cacheDir: string }) =>
      pool.evaluate({ sessionId: session, code, table: { path: table, ...of } });
    if (text !== undefined) return { table, tables, answer: await ask({ text }) };
    if (sha256 === undefined) return { table, tables, answer: GONE };
    const answer = await ask({ sha256, cacheDir });
    // What the run wrote is kept where it ran; another run of the same code writes it again.
    const isGone = answer.kind === 'limit' && answer.limit === 'gone' && (await restoreModel());
    return { table, tables, answer: isGone ? await ask({ sha256, cacheDir }) : answer };
  };
}

/** Path -> hash of the tables of the newest run that counts, of the current task. */
function outsOf(state: SessionState): ReadonlyMap<string, string> {
  const [, run] = newestSucceeded(state) ?? [];
  if (run?.task !== state.task.id) return new Map();
  const outs = run.report?.stages.flatMap((stage) => stage.outs) ?? [];
  return new Map(
    outs
      .filter(({ path, rows }) => path.endsWith('.csv') && rows !== undefined)
      .map(({ path, sha256 }) => [path, sha256]),
  );
}
