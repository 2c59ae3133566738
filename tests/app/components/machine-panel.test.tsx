// "Let the machine try" on the pages: who starts it, what everybody sees of it, and that its best is a suggestion.
import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { ExperimentTable } from '#app/_features/experiments/experiment-table.tsx';
import { MachinePanel } from '#app/_features/machine/machine-panel.tsx';
import { ScoreChart } from '#app/_features/scores/score-chart.tsx';
import { t } from '#app/_strings/strings.ts';
import type { MachineBest } from '#session-core/model/machine-search.ts';
import { BEN, driven, HOST, patch } from '../../session-core/kit.ts';
import { openSession, type TestSession } from './session.tsx';

const BEST: MachineBest = {
  metric: 2.312,
  changes: [
    ...['age', 'sex', 'school', 'health'].map((name) => ({ key: `columns.${name}`, before: 'false', after: 'true' })),
    { key: 'model', before: 'linear', after: 'boosting' },
  ],
  patch: patch('model: boosting'),
};
const found = async (session: TestSession) => {
  const search = session.state().search!.id;
  await session.say(null, { type: 'search.report', search, trials: 12, base: 2.7, best: BEST });
};
const page = () => document.body.textContent;

it('is started and stopped by a facilitator, and shows how far it is', async () => {
  const session = openSession(driven());
  const { user } = await session.show(HOST, <MachinePanel />);
  await user.click(screen.getByRole('button', { name: t.machine.start(30) }));
  expect(session.sent).toEqual([{ type: 'search.start', seconds: 30 }]);
  expect(screen.getByRole('progressbar', { name: t.machine.progress })).toBeDefined();
  expect(page()).toContain(t.machine.none);
  await found(session);
  expect(page()).toContain('2.312 grade points −0.388');
  expect(page()).toContain('model: linear → boosting');
  await user.click(screen.getByRole('button', { name: t.machine.stop }));
  expect(page()).toContain(`${t.machine.trials(12)} · ${t.machine.ended.stopped}`);
  expect(screen.getByRole('button', { name: t.machine.start(30) })).toBeDefined();
});

it('is nothing to a participant before it began; then anybody suggests what it found, which applies nothing', async () => {
  const session = openSession(driven());
  const { user } = await session.show(BEN, <MachinePanel />);
  expect(page()).not.toContain(t.machine.head);
  await session.say(HOST, { type: 'search.start', seconds: 60 });
  expect(screen.queryByRole('button', { name: t.machine.stop })).toBeNull();
  await found(session);
  const before = session.state().revision;
  await user.click(screen.getByRole('button', { name: t.machine.suggest }));
  const [suggestion] = Object.values(session.state().suggestions);
  expect(suggestion).toMatchObject({ author: BEN, status: 'open', patch: BEST.patch });
  expect(suggestion?.text).toMatch(/^The machine found 2\.312 with model: linear → boosting, .*, 1 more$/);
  expect(session.state().revision).toBe(before);
  expect(screen.getByRole('button', { name: t.machine.sent })).toHaveProperty('disabled', true);
});

it('is a dashed line of the score chart and a row above the runs', async () => {
  const session = openSession(driven());
  const chart = await session.show(null, <ScoreChart most={8} height={300} />);
  await session.say(HOST, { type: 'search.start', seconds: 60 });
  await found(session);
  expect(screen.getByRole('img').getAttribute('aria-label')).toContain(`${t.machine.best} 2.312`);
  expect(page()).toContain(`${t.machine.chart} 2.312`);
  chart.leave();
  await session.show(null, <ExperimentTable />);
  expect(screen.getByRole('table').textContent).toContain(`${t.machine.best} 2.312 grade points`);
});
