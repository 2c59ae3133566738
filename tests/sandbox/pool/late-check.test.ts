// Checks that follow a report: the score does not wait for them, main runs go before them, and an end that is not theirs is
// a finding or nothing, never a clean result.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NUMBERS } from '#sandbox/protocol/job.ts';
import { openRig, type Rig, SMALL } from '../rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await openRig({ limits: { stageMs: 400 } });
});
afterEach(() => rig.close());

const TASK = {
  ...NUMBERS,
  target: 'y',
  forbidden: ['y'],
  markers: [],
  actual: Array.from({ length: 30 }, (_, i) => 2 * i + 1),
};
/** Runs as it should on the table as it is; on any other it never ends, so that its checks do not. */
const ENDLESS_WHEN_CHECKED = {
  ...SMALL,
  'src/prepare.ts': `${SMALL['src/prepare.ts']!}\nif (points[0]!.y !== 1 || points[29]!.y !== 59 || points[15]!.y !== 31) for (;;) {}\n`,
};
const run = (files: typeof SMALL, kind: 'main' | 'preview' = 'main') =>
  rig.pool.runJob(rig.job({ files, kind, task: TASK }), () => {});

describe('the checks of a run', () => {
  it('follow the report, are kept, and are part of the report of the same code', async () => {
    const first = run(SMALL);
    expect(await first.report).toMatchObject({ status: 'succeeded', checking: true, findings: [] });
    expect(await first.checked).toEqual([]);
    const again = run(SMALL, 'preview');
    expect(await again.report).not.toHaveProperty('checking');
    expect(await again.checked).toEqual([]);
  });

  it('hold no other run up, and are a finding where a limit ended them', async () => {
    const slow = run(ENDLESS_WHEN_CHECKED);
    expect(await slow.report).toMatchObject({ status: 'succeeded', checking: true });
    let over = false;
    void slow.checked.then(() => {
      over = true;
    });
    const next = run({ ...SMALL, 'params.yaml': 'k: 4\n' });
    expect((await next.report).status).toBe('succeeded');
    expect(over).toBe(false);
    const unchecked = { code: 'leak-unchecked', level: 'warning', facts: { reason: 'time' } };
    expect(await slow.checked).toEqual([unchecked]);
    // By chance: the next run of the same code is checked anew.
    expect(await run(ENDLESS_WHEN_CHECKED).report).toMatchObject({ checking: true });
  });

  it('are given up when the pool closes, under way or waiting', async () => {
    const handles = [run(ENDLESS_WHEN_CHECKED), run({ ...ENDLESS_WHEN_CHECKED, 'params.yaml': 'k: 5\n' })];
    for (const { report } of handles) expect(await report).toMatchObject({ checking: true });
    await rig.pool.close();
    expect(await Promise.all(handles.map(({ checked }) => checked))).toEqual([null, null]);
  });

  it('find what a preview uses, too', async () => {
    const own = SMALL['src/evaluate.ts']!.replace('predictOne(x, p)', '(predictOne(x, p) + y) / 2');
    const leaky = run({ ...SMALL, 'src/evaluate.ts': own }, 'preview');
    expect(await leaky.report).toMatchObject({ checking: true });
    expect((await leaky.checked)?.map(({ code }) => code)).toEqual(['leak-own-target']);
  });
});
