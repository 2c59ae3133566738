// What is read in Results stays where it is while runs come and go: their progress has a line of its own, and the details
// of a newer run wait for a press.
import { screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { RunLine } from '#app/_features/runs/run-line.tsx';
import { t } from '#app/_strings/strings.ts';
import { Results } from '#app/_surfaces/results-tab.tsx';
import type { RunSummary } from '#session-core/model/types.ts';
import { ANNA, BEN, driven, report, tree } from '../../session-core/kit.ts';
import { openSession, type TestSession } from './session.tsx';

let texts = 0;
async function begun(session: TestSession): Promise<string> {
  await session.say(ANNA, { type: 'run.request' }, { facts: { tree: tree({ 'params.yaml': `r${texts++}` }) } });
  return Object.keys(session.state().runs).at(-1)!;
}
async function ran(session: TestSession, more: Partial<RunSummary> = {}): Promise<void> {
  const run = await begun(session);
  await session.say(null, { type: 'run.report', run, report: report(more) });
}
const FAILED: Partial<RunSummary> = {
  status: 'failed',
  metrics: {},
  error: {
    stage: 'train',
    kind: 'user',
    code: 'thrown',
    facts: { message: 'x is not defined' },
    file: 'src/train.ts',
    line: 7,
  },
};
const opened = (n: number) => screen.queryByRole('heading', { name: t.run.title(n) });

it('keeps the details of the run that is being read, until the newer one is asked for', async () => {
  const session = openSession(driven());
  const { user } = await session.show(BEN, <Results />);
  expect(opened(1)).not.toBeNull();
  await ran(session);
  expect(opened(1)).not.toBeNull();
  expect(opened(2)).toBeNull();
  await user.click(screen.getByRole('button', { name: t.run.newer(2) }));
  expect(opened(2)).not.toBeNull();
  expect(opened(1)).toBeNull();
  expect(screen.queryByRole('button', { name: t.run.newer(2) })).toBeNull();
});

it('offers no run that is not over', async () => {
  const session = openSession(driven());
  await session.show(BEN, <Results />);
  await begun(session);
  expect(screen.getByText(t.run.now(2))).toBeTruthy();
  expect(screen.queryByRole('button', { name: t.run.newer(2) })).toBeNull();
});

it('says in its line what the newest run does, and where it failed', async () => {
  const session = openSession({ ...driven(), runs: {} });
  const onPlace = vi.fn();
  const { user } = await session.show(BEN, <RunLine onPlace={onPlace} />);
  expect(screen.getByText(t.score.noneHint)).toBeTruthy();
  await ran(session, FAILED);
  const [run] = Object.values(session.state().runs);
  expect(screen.getByText(t.run.titleFailed(run?.number ?? 0))).toBeTruthy();
  expect(screen.getByText(/src\/train\.ts:7: x is not defined/)).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'train.ts:7' }));
  expect(onPlace).toHaveBeenCalledWith({ file: 'src/train.ts', line: 7 });
});
