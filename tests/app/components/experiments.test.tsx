// Runs beside each other: the table is sorted, searched and stripped of what never changes; two runs are chosen in it or in
// the strip; their page shows the difference, what does not count, and leads to the projector.
import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { ExperimentTable } from '#app/_features/experiments/experiment-table.tsx';
import { RunStripPanel } from '#app/_features/runs/run-strip-panel.tsx';
import { t } from '#app/_strings/strings.ts';
import { CompareSurface } from '#app/_surfaces/compare-surface.tsx';
import { ProjectorSurface } from '#app/_surfaces/projector/projector-surface.tsx';
import type { RunSummary } from '#session-core/model/types.ts';
import { ANNA, driven, HOST, play, RUN1, report, tree } from '../../session-core/kit.ts';
import { openSession } from './session.tsx';

/** As `driven`, and two more main runs: a better one and a suspect one. */
function three() {
  const ran = (state: ReturnType<typeof driven>, text: string, summary: Partial<RunSummary>) => {
    const facts = { tree: tree({ 'params.yaml': text }) };
    const asked = play(state, [ANNA, { type: 'run.request' }, { facts }]);
    const run = Object.keys(asked.runs).at(-1) ?? '';
    return [play(asked, [null, { type: 'run.report', run, report: report(summary) }]), run] as const;
  };
  const better = { verdict: 'better', change: -0.5, interval: [-0.6, -0.4] } as const;
  const reason = { code: 'clear', measure: 'rmse', change: -0.5, low: -0.6, high: -0.4, rows: 9 } as const;
  const [two, second] = ran(driven(), 'b', {
    metrics: { 'cv.rmse': 2.2, 'cv.mae': 1.7 },
    comparison: { against: RUN1, ...better, reason },
  });
  const findings = [{ code: 'leak-own-target', level: 'alarm', facts: { rows: 9, of: 12 } }] as const;
  const [state, third] = ran(two, 'c', { metrics: { 'cv.rmse': 0.4 }, findings });
  return { state, second, third };
}
const { state: STATE, second: SECOND, third: THIRD } = three();
const COMPARISON = {
  against: RUN1,
  verdict: 'better',
  change: -0.5,
  interval: [-0.6, -0.4],
  reason: { code: 'clear', measure: 'rmse', change: -0.5, low: -0.6, high: -0.4, rows: 9 },
};
const EXPERIMENTS = {
  runs: [RUN1, SECOND, THIRD],
  changed: [{ key: 'trees', values: ['100', '20', null] }],
  same: [{ key: 'seed', value: '42' }],
};
const numbers = () =>
  screen
    .getAllByRole('row')
    .slice(1)
    .map((row) => /#\d+/.exec(within(row).getByRole('rowheader').textContent ?? '')?.[0]);

it('sorts, finds and hides what never changed', async () => {
  const session = openSession(STATE);
  session.answers['/experiments'] = EXPERIMENTS;
  const { user } = await session.show(ANNA, <ExperimentTable />);
  const head = (name: RegExp) => within(screen.getByRole('columnheader', { name })).getByRole('button');
  await screen.findByRole('columnheader', { name: /^trees/ });
  expect(numbers()).toEqual(['#3', '#2', '#1']);
  await user.click(head(/^cv\.rmse/));
  expect(numbers()).toEqual(['#3', '#2', '#1']);
  await user.click(head(/^cv\.rmse/));
  expect(numbers()).toEqual(['#1', '#2', '#3']);
  // 20 before 100, and what is missing last, both ways.
  await user.click(head(/^trees/));
  expect(numbers()).toEqual(['#2', '#1', '#3']);
  await user.click(head(/^trees/));
  expect(numbers()).toEqual(['#1', '#2', '#3']);
  expect(screen.queryByRole('columnheader', { name: /^seed/ })).toBeNull();
  await user.click(screen.getByRole('switch', { name: t.experiments.unchanged }));
  expect(screen.getByRole('columnheader', { name: /^seed/ })).toBeDefined();
  await user.type(screen.getByRole('searchbox', { name: t.experiments.find }), 'suspect');
  expect(numbers()).toEqual(['#3']);
  expect(screen.getByRole('row', { name: /#3/ }).textContent).toContain(t.score.suspect);
  await user.type(screen.getByRole('searchbox', { name: t.experiments.find }), ' nowhere');
  expect(screen.getByText(t.experiments.none)).toBeDefined();
});

it('leads to the comparison of two runs, chosen in the table or in the strip, the earlier first', async () => {
  const session = openSession(STATE);
  session.answers['/experiments'] = EXPERIMENTS;
  const { user } = await session.show(
    ANNA,
    <>
      <RunStripPanel chosen={null} onChoose={() => {}} />
      <ExperimentTable />
    </>,
  );
  const link = (a: number, b: number) => screen.queryAllByRole('link', { name: t.experiments.pairGo(a, b) });
  await user.click(screen.getByRole('checkbox', { name: t.experiments.pick(3) }));
  await user.click(screen.getByRole('checkbox', { name: t.experiments.pick(1) }));
  expect(link(1, 3)[0]?.getAttribute('href')).toBe(`/s/${session.id}/compare/1/3`);
  // A third one takes the place of the first.
  await user.click(screen.getByRole('checkbox', { name: t.experiments.pick(2) }));
  expect([link(1, 3).length, link(1, 2).length]).toEqual([0, 1]);
  await user.click(screen.getByRole('button', { name: t.experiments.pairStart }));
  const strip = screen.getByRole('list', { name: t.run.strip });
  const [, second, third] = within(strip).getAllByRole('button');
  await user.click(third!);
  await user.click(second!);
  expect(link(2, 3)).toHaveLength(1);
});

const answer = (before: string, after: string) => ({
  before,
  after,
  comparison: COMPARISON,
  params: [{ key: 'trees', before: '100', after: '20' }],
  code: [{ path: 'src/train.ts', hunks: [{ fromLine: 1, removed: ['const a = 1;'], added: ['const a = 2;'] }] }],
  errors: {
    measure: 'rmse',
    before: 2.7,
    after: 2.2,
    n: 9,
    smaller: 6,
    larger: 3,
    slices: [
      {
        column: 'school',
        groups: [
          { level: 'GP', n: 5, before: 3, after: 2, change: -1, interval: [-1.5, -0.5] },
          { level: 'MS', n: 4, before: 2, after: 2.1, change: 0.1, interval: [-0.3, 0.5] },
        ],
      },
    ],
    improved: [
      { row: 17, actual: 4, before: 11, after: 6, errorBefore: 7, errorAfter: 2, values: { school: 'MS', age: 19 } },
    ],
    worsened: [],
  },
});

it('shows the difference with its interval, parameters, code, groups and rows, and puts it on the projector', async () => {
  const session = openSession(STATE);
  session.answers['/compare/1/2'] = answer(RUN1, SECOND);
  const { user } = await session.show(HOST, <CompareSurface before="1" after="2" />);
  const panel = async (name: string) => screen.findByRole('region', { name });
  expect((await panel(t.compare.verdict)).textContent).toMatch(/−0\.500.*better.*−0\.600 to −0\.400/);
  expect((await panel(t.compare.params)).textContent).toContain('trees10020');
  expect((await panel(t.compare.metrics)).textContent).toContain('−0.500');
  expect((await panel(t.compare.code)).textContent).toContain('const a = 2;');
  const groups = within(await panel(t.compare.groups)).getAllByRole('row');
  expect(groups[1]?.textContent).toContain(t.compare.clear.better);
  expect(groups[2]?.textContent).toContain(t.compare.clear.noise);
  const rows = await panel(t.compare.rowsHead);
  expect(within(rows).getByText('age').closest('div')?.textContent).toBe('age19');
  await user.click(screen.getByRole('button', { name: t.compare.project }));
  expect(session.state().scene).toMatchObject({ name: 'compare', runs: { before: RUN1, after: SECOND } });
});

it('has no verdict where one of the two does not count, and says so', async () => {
  const session = openSession(STATE);
  session.answers['/compare/2/3'] = answer(SECOND, THIRD);
  await session.show(ANNA, <CompareSurface before="2" after="3" />);
  const verdict = await screen.findByRole('region', { name: t.compare.verdict });
  expect(verdict.textContent).toContain(t.compare.noVerdict);
  expect(verdict.textContent).not.toContain(t.score.better);
  expect(screen.getAllByText(t.score.suspect).length).toBeGreaterThan(0);
  expect(screen.queryByRole('button', { name: t.compare.project })).toBeNull();
});

it('is a scene of the projector: the two that were chosen, else the newest and its base', async () => {
  const session = openSession(play(STATE, [HOST, { type: 'scene.show', scene: 'compare' }]));
  session.answers[`/compare/${RUN1}/${SECOND}`] = answer(RUN1, SECOND);
  session.answers[`/compare/${SECOND}/${RUN1}`] = answer(SECOND, RUN1);
  await session.show(null, <ProjectorSurface />);
  await screen.findByText(t.compare.improved);
  const order = () => screen.getAllByRole('heading', { level: 2 }).map(({ textContent }) => textContent);
  expect(order().slice(0, 2)).toEqual([t.run.title(1), t.run.title(2)]);
  await session.say(HOST, { type: 'comparison.show', before: SECOND, after: RUN1 });
  expect(order().slice(0, 2)).toEqual([t.run.title(2), t.run.title(1)]);
});
