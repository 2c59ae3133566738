// Look at the data: from a column to a value, to its rows, to a suggestion; before any run and for every kind of target.
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { DataPager } from '#app/_features/data/data-pager.tsx';
import { LookAtData } from '#app/_features/data/look-at-data.tsx';
import type { DataProfile } from '#app/_features/data/use-data.ts';
import { t } from '#app/_strings/strings.ts';
import { ProjectorSurface } from '#app/_surfaces/projector/projector-surface.tsx';
import { ANNA, HOST } from '../../session-core/kit.ts';
import { openSession } from './session.tsx';

const none = { n: 0, target: null };
const PROFILE: DataProfile = {
  rows: 60,
  target: { name: 'price', unit: 'kEUR', classes: [], all: 225 },
  columns: [
    {
      name: 'price',
      type: 'number',
      label: 'Price',
      unit: 'kEUR',
      role: 'target',
      missing: none,
      distinct: 60,
      numbers: { min: 100, max: 400, mean: 225, standardDeviation: 50, median: 220 },
      bins: [
        { from: 100, to: 250, n: 40, target: 180 },
        { from: 250, to: 400, n: 20, target: 315 },
      ],
    },
    {
      name: 'city',
      type: 'nominal',
      label: 'City',
      valueLabels: { U: 'Ulm' },
      role: 'input',
      missing: { n: 3, target: 210 },
      distinct: 2,
      bins: [
        { level: 'B', n: 30, target: 250 },
        { level: 'U', n: 27, target: 190.5 },
      ],
      explained: 0.31,
    },
    {
      name: 'rooms',
      type: 'integer',
      label: 'Rooms',
      role: 'input',
      missing: none,
      distinct: 3,
      numbers: { min: 1, max: 3, mean: 2, standardDeviation: 1, median: 2 },
      bins: [1, 2, 3].map((value) => ({ from: value, to: value, n: 20, target: value * 100 })),
      explained: 0.84,
      correlation: 0.917,
    },
    {
      name: 'tax',
      type: 'number',
      label: 'tax',
      role: 'forbidden',
      missing: none,
      distinct: 1,
      bins: [{ from: 1, to: 1, n: 60, target: 225 }],
      explained: 0,
      correlation: 0,
    },
  ],
  duplicates: { count: 1, rows: [{ row: 9, of: 4 }] },
  oddRows: [{ row: 17, because: [{ column: 'rooms', value: 40, median: 2, deviations: 9 }] }],
};
const columns = ['price', 'city', 'rooms', 'tax'];
const PARAMS = 'columns:\n  city: true # where\nseed: 1\n';

function opened(profile: DataProfile = PROFILE) {
  const session = openSession();
  session.answers['/data'] = profile;
  session.answers['/files?revision=1'] = { revision: 1, files: { 'params.yaml': PARAMS }, data: [] };
  session.answers['/rows?column=city&bin=1&from=0&most=20'] = {
    columns,
    rows: Array.from({ length: 20 }, (_, i) => ({ row: i * 2, cells: [190, 'U', i === 0 ? null : 3, 1] })),
    total: 27,
  };
  session.answers['/rows?column=city&bin=1&from=20&most=20'] = {
    columns,
    rows: [{ row: 59, cells: [191, 'U', 2, 1] }],
    total: 27,
  };
  session.answers['/rows?from=17&most=1'] = { columns, rows: [{ row: 17, cells: [390, 'B', 40, 1] }], total: 60 };
  const texts: string[] = [];
  return { session, texts, ui: <LookAtData onSuggest={(text) => texts.push(text)} /> };
}
const card = (label: string) => screen.findByRole('button', { name: new RegExp(`^${label}`) });

describe('a participant', () => {
  it('finds a column by name, label or relation to the target', async () => {
    const { session, ui } = opened();
    const { user } = await session.show(ANNA, ui);
    await card('City');
    const shown = () => screen.getAllByRole('listitem').flatMap((item) => item.querySelector('b')?.textContent ?? []);
    expect(shown().slice(0, 4)).toEqual(['Price', 'City', 'Rooms', 'tax']);
    expect(screen.getByText(t.data.missing(3, 1))).toBeDefined();
    expect((await card('tax')).textContent).toContain(t.data.constant);
    await user.selectOptions(screen.getByRole('combobox', { name: t.data.order }), t.data.orders.relation);
    expect(shown().slice(0, 4)).toEqual(['Price', 'Rooms', 'City', 'tax']);
    await user.type(screen.getByRole('searchbox', { name: t.data.find }), 'cit');
    expect(shown()[0]).toBe('City');
    expect(screen.queryByRole('button', { name: /^Rooms/ })).toBeNull();
  });

  it('opens a column, a value, its rows, and suggests about them', async () => {
    const { session, texts, ui } = opened();
    const { user } = await session.show(ANNA, ui);
    await user.click(await card('City'));
    expect(screen.getByRole('heading', { name: 'City' })).toBe(document.activeElement);
    const rows = within(screen.getByRole('table')).getAllByRole('row');
    expect(rows.map((row) => row.textContent)).toEqual([
      expect.stringContaining('Mean price (kEUR)'),
      'B30250',
      'UUlm27190.5',
      `${t.data.missingValue}3210`,
    ]);
    await user.click(within(rows[2]!).getByRole('button'));
    const members = await screen.findByRole('region', { name: 'City: U' });
    await user.click(within(members).getByRole('button', { name: t.data.suggestRows }));
    expect(texts).toEqual(['City U (27 rows): price on average 190.5 kEUR; all rows: on average 225 kEUR. Idea: ']);
    await within(members).findByText(t.data.row(38));
    await user.click(within(members).getByRole('button', { name: t.data.moreRows(7) }));
    await within(members).findByText(t.data.row(59));
    await user.click(within(members).getByText(t.data.row(0)));
    const opened0 = within(within(members).getByText(t.data.row(0)).closest('li')!);
    expect(opened0.getByText('U · Ulm')).toBeDefined();
    expect(opened0.getByText('190 kEUR')).toBeDefined();
    expect(opened0.getByText(t.data.missingValue)).toBeDefined();
    await user.click(opened0.getByRole('button', { name: t.data.suggestRow }));
    expect(texts[1]).toBe('Row 0 (price 190 kEUR). Idea: ');
  });

  it('flips the switch of a column in params.yaml, or begins a suggestion where there is none', async () => {
    const { session, texts, ui } = opened();
    const { user } = await session.show(ANNA, ui);
    await user.click(await card('City'));
    await user.click(await screen.findByRole('button', { name: t.data.drop }));
    expect(session.sent).toMatchObject([
      { type: 'suggestion.add', patch: { files: [{ hunks: [{ added: ['  city: false # where'] }] }] } },
    ]);
    await user.click(screen.getByRole('button', { name: t.data.next }));
    await user.click(screen.getByRole('button', { name: t.data.use }));
    expect(texts).toEqual([t.data.startUsing('rooms')]);
    await user.click(screen.getByRole('button', { name: t.data.next }));
    expect(screen.getByText(t.data.forbidden)).toBeDefined();
    expect(screen.queryByRole('button', { name: t.data.use })).toBeNull();
    await user.click(screen.getByRole('button', { name: t.data.all }));
    await card('City');
  });

  it('opens unusual rows, and any row by its number', async () => {
    const { session, ui } = opened();
    const { user } = await session.show(ANNA, ui);
    await user.click(await screen.findByText(t.data.because('Rooms', '40', '2')));
    expect((await screen.findAllByText('390 kEUR')).length).toBe(1);
    const number = screen.getByRole('textbox', { name: t.data.byNumber });
    await user.type(number, '60');
    expect(screen.getByRole<HTMLButtonElement>('button', { name: t.data.showRow }).disabled).toBe(true);
    await user.clear(number);
    await user.type(number, '17{Enter}');
    await waitFor(() => expect(screen.getAllByText('390 kEUR')).toHaveLength(2));
  });

  it('sees the share of each class where classes are predicted', async () => {
    const column = PROFILE.columns[1]!;
    const { session, ui } = opened({
      ...PROFILE,
      target: { name: 'sold', unit: '', classes: ['no', 'yes'], all: [0.25, 0.75] },
      columns: [
        { ...column, name: 'sold', label: 'sold', role: 'target' },
        { ...column, missing: none, bins: [{ level: 'B', n: 60, target: [0.25, 0.75] }] },
      ],
    });
    const { user } = await session.show(ANNA, ui);
    expect(await screen.findByText(t.data.target('sold', 'yes 75 %'))).toBeDefined();
    await user.click(await card('City'));
    expect(within(screen.getByRole('table')).getAllByRole('row')[1]!.textContent).toBe('B60yes 75 %');
  });
});

describe('a facilitator', () => {
  it('shows a column on the projector, and pages there', async () => {
    const { session } = opened();
    const { user } = await session.show(
      HOST,
      <>
        <LookAtData onProject={() => undefined} />
        <DataPager />
      </>,
    );
    expect(screen.queryByRole('combobox', { name: t.data.column })).toBeNull();
    await session.say(HOST, { type: 'scene.show', scene: 'data', column: 'city' });
    const pager = await screen.findByRole('combobox', { name: t.data.column });
    await user.click(screen.getByRole('button', { name: t.data.next }));
    expect(session.state().scene).toMatchObject({ name: 'data', column: 'rooms' });
    await user.selectOptions(pager, 'tax');
    expect(session.state().scene.column).toBe('tax');
    await user.click(screen.getByRole('button', { name: t.data.next }));
    expect(session.state().scene.column).toBe('price');
    await user.click(await card('City'));
    expect(screen.getByRole('button', { name: t.data.project })).toBeDefined();
    expect(screen.queryByRole('button', { name: t.data.suggestColumn })).toBeNull();
  });

  it('sees on the projector the column that was chosen, and another one by the arrow keys until the next choice', async () => {
    const { session } = opened();
    const { user } = await session.show(null, <ProjectorSurface />);
    await session.say(HOST, { type: 'scene.show', scene: 'data' });
    const shown = async (name: string) => screen.findByRole('heading', { level: 1, name });
    await shown('Price');
    await user.keyboard('{ArrowRight}');
    await shown('City');
    await user.keyboard('{ArrowLeft}{ArrowLeft}');
    await shown('tax');
    await session.say(HOST, { type: 'scene.show', scene: 'data', column: 'rooms' });
    await shown('Rooms');
    await session.say(HOST, { type: 'scene.show', scene: 'data', column: 'gone' });
    await shown('Price');
  });
});
