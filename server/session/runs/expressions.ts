// Expressions of people over the tables of the session: the visible rows, and the tables that the newest run which counts
// wrote. Invariant: hold-out rows are in none of them; no answer is stored, those to suggestions are kept for a while.
import type { Task } from '#pipeline-core/core/report.ts';
import type { ExpressionAnswer, Pool } from '#sandbox/index.ts';
import type { SharedExpression } from '#session-core/model/client-commands.ts';
import type { SessionState } from '#session-core/model/state.ts';
import type { Id } from '#session-core/model/types.ts';
import { newestServable, newestToLookAt } from '#session-core/rules/run.ts';
import type { LiveSession } from '../session-api.ts';
import type { SessionData } from '../session-courses.ts';

/** Answers to suggestions that are kept: a few are looked at at a time, and each may be a megabyte. */
const KEPT = 10;
const GONE: ExpressionAnswer = { kind: 'limit', limit: 'gone' };

export function createExpressions(options: {
  readonly session: string;
  readonly pool: Pool;
  readonly cacheDir: string;
  readonly state: () => SessionState;
  readonly data: (task: Task) => SessionData;
  /** Runs the newest model's code again; resolves to false where there is none. */
  restoreModel(): Promise<boolean>;
}): Pick<LiveSession, 'evaluate' | 'sharedAnswer'> {
  const { session, pool, cacheDir, state, data, restoreModel } = options;
  /** A table that another run of its code did not write again. */
  let lost: string | null = null;
  const kept = new Map<string, ReturnType<LiveSession['evaluate']>>();

  async function evaluate(code: string, wanted?: string) {
    const raw = Object.entries(data(state().task).tables).filter(([path]) => path.endsWith('.csv'));
    const { run, written } = outsOf(state());
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
    const restores = isGone(answer) && lost !== sha256 && newestServable(state())?.[0] === run;
    if (!restores || !(await restoreModel())) return { table, tables, answer };
    const again = await ask({ sha256, cacheDir });
    if (isGone(again)) lost = sha256;
    return { table, tables, answer: again };
  }

  function sharedAnswer({ code, table }: SharedExpression): ReturnType<LiveSession['evaluate']> {
    // A table of the task is always the same; one that a run wrote is what its hash says.
    const which = outsOf(state()).written.get(table) ?? state().task.id;
    const key = JSON.stringify([which, table, code]);
    const answer = kept.get(key) ?? evaluate(code, table);
    kept.delete(key);
    kept.set(key, answer);
    for (const [oldest] of kept) if (kept.size > KEPT) kept.delete(oldest);
    const forget = () => kept.get(key) === answer && kept.delete(key);
    // What it could not say now it may say later.
    void answer.then((found) => found.answer.kind === 'limit' && forget(), forget);
    return answer;
  }

  return { evaluate, sharedAnswer };
}

const isGone = (answer: ExpressionAnswer): boolean => answer.kind === 'limit' && answer.limit === 'gone';

/** The newest run that counts or is being checked, of the current task, and its tables: path -> hash. */
function outsOf(state: SessionState): { readonly run?: Id; readonly written: ReadonlyMap<string, string> } {
  const [id, run] = newestToLookAt(state) ?? [];
  if (id === undefined || run?.task !== state.task.id) return { written: new Map() };
  const outs = run.report?.stages.flatMap((stage) => stage.outs) ?? [];
  const tables = outs.filter(({ path, rows }) => path.endsWith('.csv') && rows !== undefined);
  return { run: id, written: new Map(tables.map(({ path, sha256 }) => [path, sha256])) };
}
