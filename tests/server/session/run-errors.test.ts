// Where predictions of a run are wrong: of visible rows only, without what no input may come from, worked out once.
import { expect, it } from 'vitest';
import type { RunReport } from '#pipeline-core/core/report.ts';
import type { VisibleTable } from '#sandbox/index.ts';
import { createRunErrors } from '#server/session/runs/run-errors.ts';
import { reportWith } from '#tests/support/manual-pool.ts';
import { driven, RUN1, TASK } from '../../session-core/kit.ts';
import { looksHere } from '../../support/looks.ts';
import { NO_DATA } from '../../support/registry-kit.ts';

const NONE = { errors: null, classes: null };
const state = driven();
const predictions = { row: [0, 1, 2], fold: [0, 0, 1], actual: [10, 8, 14], predicted: [11, 12, 14] };
const visible: VisibleTable = {
  csv: 'school,G3\nGP,10\nMS,8\nGP,14\n',
  columns: [],
  task: { target: 'grade', targetUnit: '', classes: [], forbidden: ['G3'] },
  actual: [10, 8, 14],
};

function asked(made: RunReport) {
  let reads = 0;
  const { errors, rows } = createRunErrors({
    state: () => state,
    data: () => ({ ...NO_DATA, visible }),
    looks: looksHere(),
    report: () => {
      reads += 1;
      return reads === 1 ? Promise.reject(new Error('the disk')) : Promise.resolve(made);
    },
  });
  return { errors, rows, reads: () => reads };
}

it('shows rows as they are, without forbidden columns, and reads a report once', async () => {
  const { errors, rows, reads } = asked(reportWith({ [TASK.metric]: 2 }, { predictions }));
  await expect(errors(RUN1)).rejects.toThrow('the disk');
  const [found, again] = await Promise.all([errors(RUN1), errors(RUN1)]);
  expect(found.errors?.worst[0]).toEqual({ row: 1, actual: 8, predicted: 12, values: { school: 'MS' } });
  expect(found.errors?.slices.map(({ column }) => column)).toEqual(['school']);
  expect(again).toBe(found);
  expect(await rows(RUN1, [2, 7, 0])).toEqual([
    { row: 2, actual: 14, predicted: 14, values: { school: 'GP' } },
    { row: 0, actual: 10, predicted: 11, values: { school: 'GP' } },
  ]);
  expect(reads()).toBe(2);
  expect(await errors('r99')).toEqual(NONE);
});

it('has none of a run without predictions', async () => {
  const { errors } = asked(reportWith({ [TASK.metric]: 2 }));
  await errors(RUN1).catch(() => null);
  expect(await errors(RUN1)).toEqual(NONE);
});
