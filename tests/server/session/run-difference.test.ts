// Two runs beside each other, and the parameters of all: what differs, worked out once, of visible rows only.
import { afterEach, expect, it } from 'vitest';
import { createRunDifferences } from '#server/session/runs/run-difference.ts';
import { reportWith } from '#tests/support/manual-pool.ts';
import { driven, HOST, play, RUN1, TASK } from '../../session-core/kit.ts';
import { looksHere } from '../../support/looks.ts';
import { NO_DATA, openSessions } from '../../support/registry-kit.ts';
import { PREDICTIONS, runs, say } from '../../support/run-steps.ts';

const { open, closeAll } = openSessions();
afterEach(closeAll);

it('says how parameters, code and the metric differ, in both directions', async () => {
  const { kit, session, host } = await open();
  kit.pool.jobs[0]?.finish({ metrics: { [TASK.metric]: 2.5 }, predictions: PREDICTIONS(1), measureKey: 'm' });
  await kit.clock.advance(60);
  await say(kit, host, { type: 'checkpoint.load', name: '3-forest' });
  kit.pool.jobs.at(-1)?.finish({ metrics: { [TASK.metric]: 2 }, predictions: PREDICTIONS(0), measureKey: 'm' });
  await kit.clock.advance(60);
  const [first = '', second = ''] = runs(session).map(([id]) => id);
  const there = await session.compare(first, second);
  expect(there.comparison).toMatchObject({ against: first, verdict: 'better' });
  expect(there.params).toEqual([
    { key: 'age', before: 'true' },
    { key: 'failures', before: 'false' },
    { key: 'trees', before: '100' },
    { key: 'model', after: 'forest' },
  ]);
  expect(there.code).toMatchObject([{ path: 'params.yaml', hunks: [{ added: ['model: forest'] }] }]);
  const back = await session.compare(second, first);
  expect(back.comparison?.change).toBeCloseTo(-(there.comparison?.change ?? 0), 12);
  expect(back.code).toMatchObject([{ hunks: [{ removed: ['model: forest'] }] }]);
  expect(await session.compare(first, first)).toMatchObject({ params: [], code: [] });
  expect(await session.experiments()).toEqual({
    runs: [first, second],
    changed: [
      { key: 'age', values: ['true', null] },
      { key: 'failures', values: ['false', null] },
      { key: 'trees', values: ['100', null] },
      { key: 'model', values: [null, 'forest'] },
    ],
    same: [],
  });
});

it('compares visible rows without forbidden columns, and asks once for the same two', async () => {
  const asked = play(driven(), [HOST, { type: 'run.request' }, { facts: { tree: { 'params.yaml': 'b' } } }]);
  const second = Object.keys(asked.runs).at(-1) ?? '';
  const predictions = { row: [0, 1, 2], fold: [0, 0, 1], actual: [10, 8, 14], predicted: [11, 12, 14] };
  let reads = 0;
  const differences = createRunDifferences({
    state: () => asked,
    data: () => ({
      ...NO_DATA,
      visible: {
        csv: 'school,G3\nGP,10\nMS,8\nGP,14\n',
        columns: [],
        task: { target: 'grade', targetUnit: '', classes: [], forbidden: ['G3'] },
        actual: [10, 8, 14],
      },
    }),
    looks: looksHere(),
    report: (run) => {
      reads += 1;
      if (reads === 1) return Promise.reject(new Error('the disk'));
      const predicted = run === RUN1 ? predictions.predicted : [10, 9, 15];
      return Promise.resolve(reportWith({ [TASK.metric]: 2 }, { predictions: { ...predictions, predicted } }));
    },
    texts: {
      textsOf: (tree) => Promise.resolve(tree),
      treeOf: (texts) => texts,
      isStored: () => true,
      noteStored() {},
    },
    compare: () => Promise.resolve(undefined),
  });
  await expect(differences.between(RUN1, second)).rejects.toThrow('the disk');
  const before = reads;
  const [found, again] = await Promise.all([differences.between(RUN1, second), differences.between(RUN1, second)]);
  expect(again).toBe(found);
  expect(reads - before).toBe(2);
  expect(found.comparison).toBeNull();
  expect(found.errors?.improved.map(({ row, values }) => [row, values])).toEqual([
    [1, { school: 'MS' }],
    [0, { school: 'GP' }],
  ]);
  expect(found.errors?.slices.map(({ column }) => column)).toEqual(['school']);
});
