// Which tables a person may ask: the visible rows, and what the newest run that counts or is being checked wrote; never another one.
import { expect, it } from 'vitest';
import type { ExpressionAnswer } from '#sandbox/index.ts';
import { createExpressions } from '#server/session/runs/expressions.ts';
import { createManualPool } from '#tests/support/manual-pool.ts';
import { ANNA, driven, HOST, play, report, tree } from '../../session-core/kit.ts';
import { NO_DATA } from '../../support/registry-kit.ts';

const RAW = 'data/raw/students.csv';
const OUT = 'data/processed/students.csv';
const out = (path: string, sha256: string, rows?: number) => ({
  path,
  sha256,
  bytes: 9,
  ...(rows === undefined ? {} : { rows }),
});

function ran(more: Partial<Parameters<typeof report>[0]> = {}) {
  const facts = { tree: tree({ 'params.yaml': 'b' }) };
  const asked = play(driven(), [ANNA, { type: 'run.request' }, { facts }]);
  const run = Object.keys(asked.runs).at(-1) ?? '';
  const outs = [out(OUT, 'hash', 40), out('model.json', 'model')];
  const stage = { name: 'prepare', status: 'ran', reason: { code: 'inputs-cached' }, ms: 1, outs } as const;
  return [play(asked, [null, { type: 'run.report', run, report: report({ stages: [stage], ...more }) }]), run] as const;
}

const expressionsOf = (
  more: Pick<Parameters<typeof createExpressions>[0], 'state'> & Partial<Parameters<typeof createExpressions>[0]>,
) =>
  createExpressions({
    session: 's',
    cacheDir: '/cache',
    data: () => ({ ...NO_DATA, tables: { [RAW]: 'age\n15\n' } }),
    restoreModel: async () => false,
    pool: createManualPool(),
    ...more,
  });

it('asks the raw table by default, another by its path, and none that is not there', async () => {
  const [state, run] = ran();
  const asked: unknown[] = [];
  let now = state;
  const pool = createManualPool();
  const { evaluate } = expressionsOf({
    state: () => now,
    data: () => ({ ...NO_DATA, tables: { [RAW]: 'age\n15\n', 'data/notes.txt': 'x' } }),
    pool: {
      ...pool,
      evaluate: (expression) => {
        asked.push(expression.table);
        return pool.evaluate(expression);
      },
    },
  });
  expect(await evaluate('df.head()')).toEqual({
    table: RAW,
    tables: [RAW, OUT],
    answer: { kind: 'text', names: ['age', 'school'], text: 'df.head()' },
  });
  await evaluate('df', OUT);
  expect(asked).toEqual([
    { path: RAW, text: 'age\n15\n' },
    { path: OUT, sha256: 'hash', cacheDir: '/cache' },
  ]);
  for (const path of ['model.json', 'data/notes.txt', '../secret.csv'])
    expect((await evaluate('df', path)).answer).toEqual({ kind: 'limit', limit: 'gone' });
  // What a struck run wrote is not asked any more.
  now = play(state, [HOST, { type: 'run.strike', run, reason: 'a leak' }]);
  expect((await evaluate('df')).tables).toEqual([RAW]);
  expect(asked).toHaveLength(3);
});

it('asks what a run wrote while its result is still being checked', async () => {
  const [state] = ran({ checking: true });
  const { evaluate } = expressionsOf({
    state: () => state,
  });
  expect(await evaluate('df', OUT)).toMatchObject({ tables: [RAW, OUT], answer: { kind: 'text' } });
});

it('has the code run again where what it wrote is kept nowhere any more, once', async () => {
  const [state] = ran();
  const gone: ExpressionAnswer = { kind: 'limit', limit: 'gone' };
  const value: ExpressionAnswer = { kind: 'text', names: [], text: '40' };
  for (const [restored, answers, wanted] of [
    [true, [gone, value], value],
    [true, [gone, gone], gone],
    [false, [gone], gone],
  ] as const) {
    const left = [...answers];
    const { evaluate } = expressionsOf({
      state: () => state,
      restoreModel: async () => restored,
      pool: { ...createManualPool(), evaluate: async () => left.shift() ?? gone },
    });
    expect((await evaluate('df', OUT)).answer).toEqual(wanted);
    expect(left).toEqual([]);
  }
});

it('runs no code for a table that it would not write: of a run whose model is not the served one, or once in vain', async () => {
  const [state, run] = ran();
  const gone: ExpressionAnswer = { kind: 'limit', limit: 'gone' };
  let now = state;
  let restored = 0;
  const { evaluate } = expressionsOf({
    state: () => now,
    restoreModel: async () => {
      restored += 1;
      return true;
    },
    pool: { ...createManualPool(), evaluate: async () => gone },
  });
  const fails = { code: 'served-fails', level: 'alarm', facts: { fault: 'crash' } } as const;
  const own = state.runs[run]!;
  // An older run has a model that answers: its code is what would run.
  const withFault = { ...own, report: { ...own.report!, findings: [fails] } };
  now = { ...state, runs: { older: own, ...state.runs, [run]: withFault } };
  expect([(await evaluate('df', OUT)).answer, restored]).toEqual([gone, 0]);
  now = state;
  for (const _ of ['first', 'second']) expect((await evaluate('df', OUT)).answer).toEqual(gone);
  expect(restored).toBe(1);
});

it('answers all who look at a suggestion once, until the table or what it could say is another', async () => {
  const [state] = ran();
  let now = state;
  let asked = 0;
  const answers: ExpressionAnswer[] = [{ kind: 'limit', limit: 'busy' }];
  const { sharedAnswer } = expressionsOf({
    state: () => now,
    pool: {
      ...createManualPool(),
      evaluate: async () => answers.shift() ?? { kind: 'text', names: [], text: String(++asked) },
    },
  });
  const look = async (table = RAW, code = 'df.shape') => (await sharedAnswer({ code, table, as: 'table' })).answer;
  // Too many are waiting: whoever looks next asks again.
  expect(await look()).toEqual({ kind: 'limit', limit: 'busy' });
  const first = { kind: 'text', names: [], text: '1' };
  expect(await Promise.all([look(), look(), look()])).toEqual([first, first, first]);
  expect(await look(OUT)).toMatchObject({ text: '2' });
  const [id, run] = Object.entries(state.runs).at(-1)!;
  const stages = [{ ...run.report!.stages[0]!, outs: [out(OUT, 'another', 40)] }];
  now = { ...state, runs: { ...state.runs, [id]: { ...run, report: { ...run.report!, stages } } } };
  expect([await look(), await look(OUT)]).toMatchObject([{ text: '1' }, { text: '3' }]);
  // A few are kept: the one looked at longest ago is worked out again.
  for (let i = 0; i < 10; i += 1) await look(RAW, `df.head(${i})`);
  expect(await look(OUT)).toMatchObject({ text: '14' });
  expect(await look(RAW, 'df.head(9)')).toMatchObject({ text: '13' });
});
