// The score as everybody sees it: with its verdict while it is the newest, and what happened since where it is not.
import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { RunDetail } from '#app/_features/runs/run-detail.tsx';
import { RunStrip } from '#app/_features/runs/run-strip.tsx';
import { MetricTile } from '#app/_features/scores/metric-tile.tsx';
import { useOfView } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { ProjectorSurface } from '#app/_surfaces/projector/projector-surface.tsx';
import type { RunSummary } from '#session-core/model/types.ts';
import { ANNA, BEN, driven, HOST, patch, RUN1, report, tree, tried, withSuggestion } from '../../session-core/kit.ts';
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
function Shown({ run }: { readonly run: string }) {
  const found = useOfView((view) => view.runs[run]);
  return found ? <RunDetail run={found} /> : null;
}

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
    ['8', 'data'],
  ] as const) {
    await user.keyboard(key);
    expect(screen.getByRole('main').dataset['scene']).toBe(scene);
    expect(document.body.textContent).toContain('Run #2 failed src/evaluate.ts:12: x is not defined');
  }
  await ran(session, better(2.5));
  expect(screen.queryByText(/Run #2 failed/)).toBeNull();
});

describe('a suspect result', () => {
  const findings = [{ code: 'leak-own-target', level: 'alarm', facts: { rows: 90, of: 104 } }] as const;
  const sentence = 'The predictions of 90 of 104 rows change when only their own targets change';

  it('is no record: the tile has the score before it, and what was found', async () => {
    const session = openSession(driven());
    await session.show(null, <MetricTile />);
    await ran(session, better(2.5));
    const leaky = await ran(session, { ...better(1.1), findings });
    expect(tile()).toContain(`2.500 ${session.state().task.unit}${t.score.run(2)}`);
    expect(tile()).toContain(`Run #3: 1.100 is suspect. ${sentence}`);
    expect(tile()).not.toContain(VERDICT);
    expect(tile()).not.toContain(t.score.isBest);
    await session.say(HOST, { type: 'run.clear', run: leaky, cleared: true });
    expect(tile()).toContain('1.100');
    expect(tile()).toContain(t.score.isBest);
  });

  it('is said on the scenes of the projector, in the strip and on the card', async () => {
    const [state, id] = withSuggestion(driven(), { by: BEN, patch: patch('trees: 200') });
    const session = openSession(state);
    const { user, leave } = await session.show(null, <ProjectorSurface />);
    await ran(session, { ...better(1.1), findings });
    for (const key of ['1', '8', '3', '4', '5']) {
      await user.keyboard(key);
      expect(document.body.textContent).toContain(`Run #2: 1.100 is suspect. ${sentence}`);
    }
    await session.say(BEN, { type: 'preview.request', suggestion: id }, { facts: tried(tree({ a: 'p' })) });
    const run = session.state().suggestions[id]!.previews[0]!;
    await session.say(null, { type: 'run.report', run, report: report({ ...better(1.0), findings }) });
    const card = screen.getByText('more trees').closest('li')?.textContent;
    expect(card).toContain(`1.000${t.score.suspect}`);
    expect(card).toContain(sentence);
    expect(card).not.toContain(VERDICT);
    leave();
    await session.show(null, <RunStrip />);
    expect(screen.getByLabelText(`run #2 1.100 ${t.score.suspect}`)).toBeDefined();
  });

  it('is cleared, marked again, struck with a reason and taken back by a facilitator alone', async () => {
    const session = openSession(driven());
    const run = await ran(session, { ...better(1.1), findings });
    const watching = await session.show(ANNA, <Shown run={run} />);
    expect(screen.getByText(t.score.suspect)).toBeDefined();
    expect(screen.queryByRole('button', { name: t.run.clear })).toBeNull();
    expect(screen.queryByRole('button', { name: t.run.strike })).toBeNull();
    watching.leave();
    const { user } = await session.show(HOST, <Shown run={run} />);
    await user.click(screen.getByRole('button', { name: t.run.clear }));
    expect(screen.getByText(t.run.clearedNote)).toBeDefined();
    await user.click(screen.getByRole('button', { name: t.run.unclear }));
    expect(session.state().runs[run]).not.toHaveProperty('cleared');
    await user.click(screen.getByRole('button', { name: t.run.strike }));
    await user.type(screen.getByLabelText(t.run.strikeReason), '  fitted on all rows ');
    await user.click(screen.getByRole('button', { name: t.run.strike }));
    expect(session.state().runs[run]?.struck).toMatchObject({ reason: 'fitted on all rows', by: HOST });
    expect(document.body.textContent).toContain(t.run.struckBecause('Host', 'fitted on all rows'));
    await user.click(screen.getByRole('button', { name: t.run.unstrike }));
    expect(session.state().runs[run]).not.toHaveProperty('struck');
  });
});
