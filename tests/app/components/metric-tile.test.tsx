// The score as everybody sees it: with its verdict while it is the newest, and what happened since where it is not.
import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { MetricTile } from '#app/_features/scores/metric-tile.tsx';
import { t } from '#app/_strings/strings.ts';
import { ProjectorSurface } from '#app/_surfaces/projector-surface.tsx';
import type { RunSummary } from '#session-core/model/types.ts';
import { ANNA, driven, RUN1, report, tree } from '../../session-core/kit.ts';
import { openSession, type TestSession } from './session.tsx';

let texts = 0;
/** A main run of new code that ends so. */
async function ran(session: TestSession, more: Partial<RunSummary>): Promise<string> {
  const before = Object.keys(session.state().runs).length;
  await session.say(ANNA, { type: 'run.request' }, { facts: { tree: tree({ 'params.yaml': `t${texts++}` }) } });
  const run = Object.keys(session.state().runs).at(-1)!;
  expect(Object.keys(session.state().runs)).toHaveLength(before + 1);
  await session.say(null, { type: 'run.report', run, report: report(more) });
  return run;
}
const better = (value: number, against = RUN1): Partial<RunSummary> => ({
  metrics: { 'cv.rmse': value, 'baseline.rmse': 2.9 },
  comparison: { against, verdict: 'better', change: -0.2, reason: { code: 'same_code' } },
});
const failed: Partial<RunSummary> = {
  status: 'failed',
  metrics: {},
  error: {
    stage: 'evaluate',
    kind: 'user',
    code: 'thrown',
    facts: { message: 'x is not defined\n  at more' },
    file: 'src/evaluate.ts',
    line: 12,
  },
};
/** The words of its verdict, beside the change. */
const VERDICT = `−0.200${t.score.better}`;
const tile = () => screen.getByRole('region', { name: 'cv.rmse' }).textContent;

it('has the score with its verdict, and "best so far" where it is', async () => {
  const session = openSession(driven());
  await session.show(null, <MetricTile />);
  await ran(session, better(2.5));
  expect(tile()).toContain(`2.500`);
  expect(tile()).toContain(VERDICT);
  expect(tile()).toContain(t.score.isBest);
});

it.each<[string, Partial<RunSummary>, string]>([
  ['failed', failed, 'Run #3 failed src/evaluate.ts:12: x is not defined'],
  ['wrote no score', { metrics: { 'cv.mae': 1 } }, 'Run #3 wrote no cv.rmse'],
])('says that the newest run %s, and calls the score before it neither better nor new', async (_how, more, words) => {
  const session = openSession(driven());
  await session.show(null, <MetricTile />);
  await ran(session, better(2.5));
  await ran(session, more);
  expect(tile()).toContain(words);
  expect(tile()).toContain(`2.500 ${session.state().task.unit}${t.score.run(2)}`);
  expect(tile()).not.toContain(VERDICT);
  expect(tile()).not.toContain(t.score.isBest);
  await ran(session, better(2.4));
  expect(tile()).not.toContain(words);
  expect(tile()).toContain(VERDICT);
});

it('says so, too, where no run has a score yet', async () => {
  const first = driven();
  const session = openSession({ ...first, runs: {} });
  await session.show(null, <MetricTile />);
  expect(tile()).toContain(t.score.noneHint);
  await ran(session, failed);
  expect(tile()).toContain('src/evaluate.ts:12: x is not defined');
  expect(tile()).not.toContain(t.score.noneHint);
});

it('says on every scene of the projector that the newest run failed, and where', async () => {
  const session = openSession(driven());
  const { user } = await session.show(null, <ProjectorSurface />);
  await ran(session, failed);
  for (const [key, scene] of [
    ['1', 'join'],
    ['3', 'pipeline'],
    ['4', 'results'],
    ['5', 'queue'],
  ] as const) {
    await user.keyboard(key);
    expect(screen.getByRole('main').dataset['scene']).toBe(scene);
    expect(document.body.textContent).toContain('Run #2 failed src/evaluate.ts:12: x is not defined');
  }
  await ran(session, better(2.5));
  expect(screen.queryByText(/Run #2 failed/)).toBeNull();
});
