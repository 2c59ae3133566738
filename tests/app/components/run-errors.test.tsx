// Where a run's predictions are wrong: a point, a bar or a group leads to its rows with their values, what pushed the
// prediction, and a suggestion about them.
import { screen, within } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import type { Classes, Errors } from '#app/_features/explain/error-charts.ts';
import { RunErrors } from '#app/_features/explain/run-errors.tsx';
import { Composer } from '#app/_features/suggestions/composer.tsx';
import { t } from '#app/_strings/strings.ts';
import { viewOf } from '#session-core/view/view.ts';
import { ANNA, PRESENCE, RUN1, start } from '../../session-core/kit.ts';
import { giveWidth } from './layout.ts';
import { openSession } from './session.tsx';

const ROW_17 = { row: 17, actual: 4, predicted: 11.5, values: { school: 'MS', age: 19 } };
const ERRORS: Errors = {
  n: 40,
  rmse: 2,
  bias: 0.1,
  histogram: { edges: [-4, 0, 8], counts: [15, 25] },
  points: { row: [3, 17], actual: [5, 4], predicted: [4.5, 11.5] },
  worst: [ROW_17],
  slices: [
    {
      column: 'school',
      groups: [
        { level: 'GP', n: 30, rmse: 1.5, interval: [1.2, 1.8], bias: 0, worst: [3] },
        { level: 'MS', n: 10, rmse: 3, interval: [2.2, 3.6], bias: 0.4, worst: [17] },
      ],
    },
  ],
};
const run = viewOf(start(), { kind: 'public' }, PRESENCE).runs[RUN1]!;

beforeEach(giveWidth);

function session() {
  const opened = openSession();
  opened.answers[`/runs/${RUN1}/errors`] = { errors: ERRORS, classes: null };
  opened.answers[`/runs/${RUN1}/rows?rows=17`] = { rows: [ROW_17] };
  return opened;
}
const chartOf = (title: string) => screen.findByRole('application', { name: new RegExp(`^${title}`) });

it('shows charts with their numbers as tables, and worst rows with their values', async () => {
  const { user } = await session().show(ANNA, <RunErrors run={run} />);
  expect(await screen.findByText(t.explain.worst)).toBeDefined();
  await chartOf(t.explain.scatter);
  const chart = (await chartOf(t.explain.histogram)).closest('figure')!;
  await user.click(within(chart).getByRole('button', { name: t.chart.table }));
  expect(
    within(chart)
      .getAllByRole('row')
      .map((row) => row.textContent),
  ).toEqual([
    expect.stringContaining(t.explain.difference),
    expect.stringContaining('15'),
    expect.stringContaining('25'),
  ]);
  const groups = (await chartOf(t.explain.groups)).closest('figure')!;
  await user.click(within(groups).getByRole('button', { name: t.chart.table }));
  expect(
    within(groups)
      .getAllByRole('row')
      .slice(1)
      .map((row) => row.textContent),
  ).toEqual([expect.stringContaining(t.explain.apart.below), expect.stringContaining(t.explain.apart.above)]);
  const values = screen.getByText('age').closest('div');
  expect(within(values!).getByText('19')).toBeDefined();
  // Without a composer there is nothing to press.
  expect(screen.queryByText(t.explain.suggestRow)).toBeNull();
});

it('leads from a bar to its rows, and from a row or a group to a suggestion', async () => {
  const texts: string[] = [];
  const { user } = await session().show(ANNA, <RunErrors run={run} onSuggest={(text) => texts.push(text)} />);
  (await chartOf(t.explain.histogram)).focus();
  await user.keyboard('{End}{Enter}');
  const picked = await screen.findByRole('region', { name: t.explain.between('±0', '+8.000') });
  await user.click(await within(picked).findByText(t.explain.suggestRow));
  (await chartOf(t.explain.groups)).focus();
  await user.keyboard('{End}{Enter}');
  const group = await screen.findByRole('region', { name: t.explain.worstOf('school', 'MS', 10) });
  await within(group).findByText(t.explain.row(17));
  await user.click(within(group).getByRole('button', { name: t.explain.suggestGroup }));
  expect(texts).toEqual([
    t.explain.aboutRow(17, '11.500', '4.000'),
    t.explain.aboutGroup('school', 'MS', '3.000', '2.000'),
  ]);
});

it('shows what pushed the prediction of a row by the model that answers now', async () => {
  const opened = session();
  opened.answers['/pushes'] = {
    run: RUN1,
    answer: 11.5,
    base: 10,
    pushes: [
      { column: 'school', push: -0.5, error: 0.1 },
      { column: 'age', push: 2, error: 0.2 },
    ],
    exact: false,
    orders: 400,
    background: 100,
  };
  const { user } = await opened.show(ANNA, <RunErrors run={run} />);
  await user.click(await screen.findByText(t.explain.row(17)));
  await user.click(await screen.findByRole('button', { name: t.explain.askPushes }));
  const chart = (await chartOf(t.explain.pushes)).closest('figure')!;
  expect(chart.textContent).toContain(t.explain.pushesDrawn(400));
  await user.click(within(chart).getByRole('button', { name: t.chart.table }));
  expect(
    within(chart)
      .getAllByRole('row')
      .slice(1)
      .map((row) => row.textContent),
  ).toEqual([expect.stringContaining('age = 19'), expect.stringContaining('school = MS')]);
});

it('shows a classification as confusion, calibration, ROC, precision and recall', async () => {
  const classes: Classes = {
    n: 4,
    labels: ['no', 'yes'],
    errorRate: 0.25,
    confusion: [
      [2, 0],
      [1, 1],
    ],
    curves: [
      {
        label: 'yes',
        positives: 2,
        auc: 0.75,
        roc: [
          [0, 0],
          [1, 1],
        ],
        precisionRecall: [
          [1, 0.5],
          [0, 1],
        ],
        calibration: [{ predicted: 0.4, share: 0.5, interval: [0.1, 0.9], n: 4 }],
      },
    ],
    worst: [{ row: 2, actual: 'yes', predicted: 'no', probability: 0.3, values: { age: 17 } }],
    slices: [],
  };
  const opened = openSession();
  opened.answers[`/runs/${RUN1}/errors`] = { errors: null, classes };
  await opened.show(ANNA, <RunErrors run={run} />);
  for (const title of [
    t.explain.confusion,
    t.explain.calibration.replace('?', '.'),
    t.explain.roc,
    t.explain.precisionRecall,
  ])
    await chartOf(title);
  expect(screen.getByText(t.explain.predicted('no', 'yes', ''))).toBeDefined();
});

it('says so where there is nothing to look at', async () => {
  const opened = openSession();
  opened.answers[`/runs/${RUN1}/errors`] = { errors: null, classes: null };
  await opened.show(ANNA, <RunErrors run={run} />);
  expect(await screen.findByText(t.explain.none)).toBeDefined();
});

it('puts the text behind a draft that was kept', async () => {
  const area = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: t.compose.label });
  const opened = openSession();
  const { user, leave } = await opened.show(ANNA, <Composer />);
  await user.type(area(), 'a draft');
  leave();
  await opened.show(ANNA, <Composer start="Row 17: " />);
  expect(area().value).toBe('a draft\nRow 17: ');
});
