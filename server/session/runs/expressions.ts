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
}): LiveSession['evaluate'] {
  const { session, pool, cacheDir, state, data } = options;
  return async (code, wanted) => {
    const raw = Object.entries(data(state().task).tables).filter(([path]) => path.endsWith('.csv'));
    const written = outsOf(state());
    const tables = [...raw.map(([path]) => path), ...written.keys()];
    const table = wanted ?? tables[0] ?? '';
    const text = raw.find(([path]) => path === table)?.[1];
    const sha256 = written.get(table);
    const ask = (of: { readonly text: string } | { readonly sha256: string; readonly cacheDir: string }) =>
      pool.evaluate({ sessionId: session, code, table: { path: table, ...of } });
    const answer = text !== undefined ? ask({ text }) : sha256 !== undefined ? ask({ sha256, cacheDir }) : GONE;
    return { table, tables, answer: await answer };
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
