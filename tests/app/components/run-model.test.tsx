// What the model of a run goes by: importance leads to dependence, a line to its row, a column to a suggestion; what is
// not there is said, and can be asked for.
import { screen } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { RunModel } from '#app/_features/explain/run-model.tsx';
import { t } from '#app/_strings/strings.ts';
import { viewOf } from '#session-core/view/view.ts';
import { ANNA, PRESENCE, RUN1, start } from '../../session-core/kit.ts';
import { giveWidth } from './layout.ts';
import { openSession } from './session.tsx';

const run = viewOf(start(), { kind: 'public' }, PRESENCE).runs[RUN1]!;
const EXPLAINED = {
  rows: 1000,
  of: 5000,
  error: 1.8,
  nRepeats: 5,
  importance: [
    { column: 'age', mean: 0.5, interval: [0.4, 0.6], used: true },
    { column: 'school', mean: 0.2, interval: [0.1, 0.3], used: true },
    { column: 'name', mean: 0, interval: [0, 0], used: false },
  ],
  dependence: ['age', 'school'],
};
const answer = (state: string, explained: object | null, share = 1) => ({ state, share, explained });

beforeEach(giveWidth);
const chartOf = (title: string) => screen.findByRole('application', { name: new RegExp(`^${title}`) });

it('leads from a bar to how the prediction depends on the column, and to a suggestion about it', async () => {
  const session = openSession();
  session.answers[`/runs/${RUN1}/explanations`] = answer('done', EXPLAINED);
  session.answers[`/dependence?column=age`] = {
    dependence: {
      column: 'age',
      grid: [15, 16],
      counts: [10, 20],
      average: [11, 10],
      quartiles: [
        [10, 12],
        [9, 11],
      ],
      lines: [{ row: 7, values: [12, 11] }],
      rows: 30,
    },
  };
  session.answers[`/dependence?column=school`] = {
    dependence: {
      column: 'school',
      grid: ['GP', 'MS'],
      counts: [20, 10],
      average: [11, 9],
      quartiles: [
        [10, 12],
        [8, 10],
      ],
      lines: [],
      rows: 30,
    },
  };
  session.answers[`/runs/${RUN1}/rows?rows=7`] = { rows: [{ row: 7, actual: 9, predicted: 11, values: { age: 16 } }] };
  const texts: string[] = [];
  const { user } = await session.show(ANNA, <RunModel run={run} onSuggest={(text) => texts.push(text)} />);
  const bars = await chartOf(t.explain.importance);
  const figure = bars.closest('figure')!;
  expect(figure.textContent).toContain(t.explain.sampledRows(1000, 5000));
  expect(figure.textContent).toContain(t.explain.unusedColumns(1));
  (await chartOf(t.explain.dependence('age'))).focus();
  await user.keyboard('{End}{Enter}');
  await screen.findByText(t.explain.row(7), { selector: 'b' });
  bars.focus();
  await user.keyboard('{End}{Enter}');
  await chartOf(t.explain.dependence('school'));
  await user.click(screen.getByRole('button', { name: t.explain.suggestColumn }));
  expect(texts).toEqual([t.explain.aboutColumn('school', '0.200')]);
});

it('says that a model was not explained, and asks for it at a press', async () => {
  const session = openSession();
  session.answers[`/runs/${RUN1}/explanations`] = answer('none', null, 0);
  session.answers[`/runs/${RUN1}/explain`] = { state: 'waiting' };
  const { user } = await session.show(ANNA, <RunModel run={run} />);
  const button = await screen.findByRole('button', { name: t.explain.begin });
  session.answers[`/runs/${RUN1}/explanations`] = answer('running', { ...EXPLAINED, dependence: [] }, 0.4);
  await user.click(button);
  expect((await screen.findByRole<HTMLProgressElement>('progressbar')).value).toBeCloseTo(0.4);
  await chartOf(t.explain.importance);
  expect(screen.queryByText(t.explain.dependenceHead)).toBeNull();
});

it('says why less is known than could be', async () => {
  const session = openSession();
  const fault = { code: 'refused', message: 'an impossible row' };
  session.answers[`/runs/${RUN1}/explanations`] = answer('done', {
    ...EXPLAINED,
    importance: [],
    dependence: [],
    fault,
  });
  await session.show(ANNA, <RunModel run={run} />);
  expect(await screen.findByText(t.explain.faults.refused('an impossible row'))).toBeDefined();
});

it('works out the learning curve at a press, and draws it as it grows', async () => {
  const session = openSession();
  session.answers[`/runs/${RUN1}/explanations`] = answer('done', EXPLAINED);
  session.answers[`/dependence?column=age`] = { dependence: null };
  session.answers[`/runs/${RUN1}/learning-curve`] = { state: 'none', share: 0, curve: null };
  const { user } = await session.show(ANNA, <RunModel run={run} />);
  const button = await screen.findByRole('button', { name: t.explain.beginCurve });
  const spread = (mean: number) => ({ mean, low: mean - 0.1, high: mean + 0.1 });
  const points = [
    { rows: 52, samples: 4, failed: 0, unseen: spread(3), seen: spread(1) },
    { rows: 519, samples: 1, failed: 1, unseen: spread(2.5), seen: spread(2) },
  ];
  session.answers[`/runs/${RUN1}/learning-curve`] = { state: 'running', share: 0.6, curve: { points, of: 519 } };
  await user.click(button);
  const lines = await chartOf(t.explain.curve);
  const figure = lines.closest('figure')!;
  expect(figure.textContent).toContain(t.explain.curveUnseen);
  expect(figure.textContent).toContain(t.explain.curveSamples(t.explain.curveSize(52, 4)));
  expect(figure.textContent).toContain(t.explain.curveFailed(1));
  expect(screen.getByRole<HTMLProgressElement>('progressbar').value).toBeCloseTo(0.6);
  expect(screen.queryByRole('button', { name: t.explain.beginCurve })).toBeNull();
});
