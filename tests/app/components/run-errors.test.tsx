// Where a run's predictions are wrong: a row opens to its values, and a row or a group leads to a suggestion about it.
import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { type Errors, RunErrors } from '#app/_features/explain/run-errors.tsx';
import { Composer } from '#app/_features/suggestions/composer.tsx';
import { t } from '#app/_strings/strings.ts';
import { viewOf } from '#session-core/view/view.ts';
import { ANNA, PRESENCE, RUN1, start } from '../../session-core/kit.ts';
import { openSession } from './session.tsx';

const ERRORS: Errors = {
  n: 40,
  rmse: 2,
  bias: 0.1,
  histogram: { edges: [-4, 0, 4], counts: [15, 25] },
  worst: [{ row: 17, actual: 4, predicted: 11.5, values: { school: 'MS', age: 19 } }],
  slices: [
    {
      column: 'school',
      groups: [
        { level: 'GP', n: 30, rmse: 1.5, interval: [1.2, 1.8], bias: 0 },
        { level: 'MS', n: 10, rmse: 3, interval: [2.2, 3.6], bias: 0.4 },
      ],
    },
  ],
};
const run = viewOf(start(), { kind: 'public' }, PRESENCE).runs[RUN1]!;

it('shows sizes, worst rows with their values, and groups with how they differ', async () => {
  const session = openSession();
  session.answers[`/runs/${RUN1}/errors`] = { errors: ERRORS };
  const { user } = await session.show(ANNA, <RunErrors run={run} />);
  expect(await screen.findByText(t.explain.worst)).toBeDefined();
  const chart = screen.getByRole('figure');
  expect(chart.textContent).toContain(t.explain.histogram);
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
  await user.click(within(chart).getByRole('button', { name: t.chart.picture }));
  const values = screen.getByText('age').closest('div');
  expect(within(values!).getByText('19')).toBeDefined();
  const rows = screen.getAllByRole('row').slice(1);
  expect(rows.map((row) => row.textContent)).toEqual([
    expect.stringContaining(t.explain.apart.below),
    expect.stringContaining(t.explain.apart.above),
  ]);
  // Without a composer there is nothing to press.
  expect(screen.queryByText(t.explain.suggestRow)).toBeNull();
});

it('begins a suggestion about a row or a group', async () => {
  const session = openSession();
  session.answers[`/runs/${RUN1}/errors`] = { errors: ERRORS };
  const texts: string[] = [];
  const { user } = await session.show(ANNA, <RunErrors run={run} onSuggest={(text) => texts.push(text)} />);
  await user.click(await screen.findByText(t.explain.row(17)));
  await user.click(screen.getByText(t.explain.suggestRow));
  await user.click(screen.getByRole('button', { name: 'MS' }));
  expect(texts).toEqual([
    t.explain.aboutRow(17, '11.500', '4.000'),
    t.explain.aboutGroup('school', 'MS', '3.000', '2.000'),
  ]);
});

it('says so where there is nothing to look at', async () => {
  const session = openSession();
  session.answers[`/runs/${RUN1}/errors`] = { errors: null };
  await session.show(ANNA, <RunErrors run={run} />);
  expect(await screen.findByText(t.explain.none)).toBeDefined();
});

it('puts the text behind a draft that was kept', async () => {
  const area = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: t.compose.label });
  const session = openSession();
  const { user, leave } = await session.show(ANNA, <Composer />);
  await user.type(area(), 'a draft');
  leave();
  await session.show(ANNA, <Composer start="Row 17: " />);
  expect(area().value).toBe('a draft\nRow 17: ');
});
