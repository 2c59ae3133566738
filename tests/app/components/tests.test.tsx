// What came of a run's tests, where people look at its score; a failing one leads to its line.
import { render, screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { NoticesProvider } from '#app/_features/notices/notices.tsx';
import { RunBar } from '#app/_features/runs/run-bar.tsx';
import { RunDetail } from '#app/_features/runs/run-detail.tsx';
import { MetricTile } from '#app/_features/scores/metric-tile.tsx';
import { PreviewLine } from '#app/_features/suggestions/preview-line.tsx';
import { useOfView } from '#app/_session/use-session.tsx';
import { HostSurface } from '#app/_surfaces/host-surface.tsx';
import { ProjectorSurface } from '#app/_surfaces/projector/projector-surface.tsx';
import type { TestResults } from '#pipeline-core/core/report.ts';
import { ANNA, driven, HOST, report, tree } from '../../session-core/kit.ts';
import { openSession, type TestSession } from './session.tsx';

const PASS: TestResults = { passed: 12, failed: 0, failures: [] };
const FAIL: TestResults = {
  passed: 11,
  failed: 1,
  failures: [
    {
      name: 'no value is missing',
      message: 'expected [1, null] not to contain null',
      file: 'src/test.ts',
      line: 17,
      column: 5,
      source: '  expect(values).not.toContain(null);',
    },
  ],
};

let texts = 0;
async function ran(session: TestSession, tests: TestResults): Promise<string> {
  await session.say(ANNA, { type: 'run.request' }, { facts: { tree: tree({ 'params.yaml': `tests ${texts++}` }) } });
  const run = Object.keys(session.state().runs).at(-1)!;
  await session.say(null, { type: 'run.report', run, report: report({ tests }) });
  return run;
}
function Shown({ run, onPlace }: { readonly run: string; readonly onPlace: () => void }) {
  const found = useOfView((view) => view.runs[run]);
  return found ? <RunDetail run={found} onPlace={onPlace} /> : null;
}
const page = () => document.body.textContent;

it.each([
  ['everybody', null, <MetricTile key="tile" />],
  ['the driver', ANNA, <RunBar key="bar" may onPlace={() => undefined} />],
  [
    'the facilitator',
    HOST,
    <NoticesProvider key="host">
      <HostSurface />
    </NoticesProvider>,
  ],
  ['the projector', null, <ProjectorSurface key="projector" />],
])('%s reads beside the score how many pass', async (_who, who, ui) => {
  const session = openSession(driven());
  const { user } = await session.show(who, ui);
  await ran(session, PASS);
  await user.keyboard('4');
  expect(page()).toContain('12 of 12 tests pass');
  await ran(session, FAIL);
  expect(page()).toContain('11 of 12 tests pass');
  expect(page()).toContain('2.700');
});

it('a failing test has its name, both values and its line, which opens', async () => {
  const session = openSession(driven());
  const onPlace = vi.fn();
  const run = await ran(session, FAIL);
  const { user } = await session.show(ANNA, <Shown run={run} onPlace={onPlace} />);
  expect(page()).toContain('Failing test: no value is missingexpected [1, null] not to contain null');
  await user.click(screen.getByRole('button', { name: 'src/test.ts:17' }));
  expect(onPlace).toHaveBeenCalledWith({ file: 'src/test.ts', line: 17, column: 5 });
});

it('tests that came to no end say which of them ran', async () => {
  const session = openSession(driven());
  const error = { stage: 'test', kind: 'limit', code: 'stage_time', facts: { ms: 5_000 } } as const;
  const run = await ran(session, { passed: 0, failed: 0, failures: [], error, during: 'endless' });
  await session.show(null, <Shown run={run} onPlace={() => undefined} />);
  expect(page()).toMatch(/The tests did not finish: “\W?endless/);
  expect(page()).toContain('The test stage took longer than 5 s and was stopped');
});

it('the preview of a suggestion shows the test that fails with it', () => {
  const preview = { run: 'r9', status: 'succeeded', revision: 1, stages: [], metric: 2.7, tests: FAIL } as const;
  render(<PreviewLine preview={preview} brief />);
  expect(page()).toContain('11 of 12 tests pass');
  expect(page()).toContain('no value is missing');
});
