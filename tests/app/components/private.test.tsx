// What one person tries for themselves: an expression with completion, its answer as a table and a chart, kept and sent;
// private previews with all that a run shows, sent as a suggestion.
import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { OwnPreviews } from '#app/_features/runs/own-previews.tsx';
import { ScratchCell } from '#app/_features/scratch/scratch-cell.tsx';
import { t } from '#app/_strings/strings.ts';
import { ANNA, BEN, patch, play, report, start, tree, tried } from '../../session-core/kit.ts';
import { openSession } from './session.tsx';

const TABLES = ['data/raw/students.csv', 'data/processed/students.csv'];
const VALUE = {
  table: TABLES[0]!,
  tables: TABLES,
  answer: {
    kind: 'table',
    names: ['school', 'age'],
    columns: ['school', 'age'],
    rows: [
      ['GP', 16.5],
      ['MS', 17],
    ],
    total: 2,
  },
};

it('completes an expression, shows its value as a table and a chart, keeps it, and makes a suggestion of it', async () => {
  const session = openSession();
  session.answers['/expressions'] = VALUE;
  const texts: string[] = [];
  const shown: unknown[] = [];
  const { user, leave } = await session.show(
    ANNA,
    <ScratchCell
      onSuggest={(text, expression) => {
        texts.push(text);
        shown.push(expression);
      }}
    />,
  );
  const line = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: t.scratch.code });
  await user.type(line(), 'df.gro');
  expect(within(screen.getByRole('list', { name: t.scratch.completions })).getByText('groupby()')).toBeDefined();
  await user.keyboard('{Tab}');
  expect(line().value).toBe('df.groupby(');
  await user.type(line(), "[['school']).mean()");
  await user.keyboard('{Enter}');
  const table = await screen.findByRole('table');
  expect(within(table).getAllByRole('row')[1]?.textContent).toBe('GP16.5');
  expect(screen.queryByRole('list', { name: t.scratch.completions })).toBeNull();
  await user.click(screen.getByRole('button', { name: t.scratch.chart }));
  expect(screen.getByRole('figure').textContent).toContain("df.groupby(['school']).mean()");
  await user.click(screen.getByRole('button', { name: t.scratch.suggest }));
  expect(texts).toEqual([t.scratch.lookAt("df.groupby(['school']).mean()", 'school GP, age 16.5; school MS, age 17')]);
  expect(shown).toEqual([{ code: "df.groupby(['school']).mean()", table: TABLES[0], as: 'chart' }]);
  // The other table can be asked now, and what was asked is there on the next visit.
  expect(screen.getByRole('combobox', { name: t.scratch.table }).textContent).toContain(TABLES[1]);
  leave();
  await session.show(ANNA, <ScratchCell />);
  expect(await screen.findByRole('table')).toBeDefined();
  expect(screen.queryByRole('button', { name: t.scratch.suggest })).toBeNull();
});

it('says what is wrong with an expression, and where', async () => {
  const session = openSession();
  session.answers['/expressions'] = {
    ...VALUE,
    answer: { kind: 'error', message: 'There is no column height', line: 2 },
  };
  const { user } = await session.show(ANNA, <ScratchCell />);
  await user.type(screen.getByRole('textbox', { name: t.scratch.code }), 'df.x');
  await user.click(screen.getByRole('button', { name: t.scratch.go }));
  expect((await screen.findByText('There is no column height')).closest('p')?.textContent).toContain(t.scratch.line(2));
});

/** Anna has tried two patches privately; the newer one is over. */
function tried2() {
  const ask = (state: ReturnType<typeof start>, text: string) =>
    play(state, [ANNA, { type: 'preview.request', patch: patch(text) }, { facts: tried(tree({ a: text })) }]);
  const first = ask(start(), 'trees: 20');
  const [one = ''] = Object.keys(first.runs).slice(-1);
  const failed = { ...report({ metrics: {} }), status: 'failed' } as const;
  const second = ask(play(first, [null, { type: 'run.report', run: one, report: failed }]), 'trees: 30');
  const [two = ''] = Object.keys(second.runs).slice(-1);
  const comparison = { against: 'r3', verdict: 'better', change: -0.2, reason: { code: 'same_outs' } } as const;
  const summary = report({ metrics: { 'cv.rmse': 2.5 }, comparison });
  return { state: play(second, [null, { type: 'run.report', run: two, report: summary }]), one, two };
}

it('[V19] shows private previews to their author alone, with log and patch, and sends one as a suggestion', async () => {
  const { state, one, two } = tried2();
  const session = openSession(state);
  const log = [{ stage: 'train', at: 3, text: 'thirty trees' }];
  session.answers[`/runs/${two}`] = { ...session.answers, ...rowOf(two), log };
  session.answers[`/runs/${one}`] = rowOf(one);
  const { user, leave } = await session.show(ANNA, <OwnPreviews />);
  const strip = within(screen.getByRole('list', { name: t.ownPreviews.head })).getAllByRole('button');
  expect(strip.map((button) => button.getAttribute('aria-pressed'))).toEqual(['true', 'false']);
  await user.click(screen.getByRole('tab', { name: t.ownPreviews.log }));
  expect(await screen.findByText('thirty trees')).toBeDefined();
  await user.click(screen.getByRole('tab', { name: t.ownPreviews.code }));
  expect(screen.getByRole('tabpanel').textContent).toContain('trees: 30');
  expect(screen.getByRole('link').getAttribute('href')).toBe(`/s/${session.id}/compare/1/${two}`);
  await user.type(screen.getByRole('textbox', { name: t.ownPreviews.sentence }), 'Fewer trees');
  await user.click(screen.getByRole('button', { name: t.ownPreviews.send }));
  const [card] = Object.values(session.state().suggestions);
  expect(card).toMatchObject({ text: 'Fewer trees', previews: [two] });
  expect(screen.getByText(t.ownPreviews.sent)).toBeDefined();
  leave();
  await session.show(BEN, <OwnPreviews />);
  expect(screen.queryByText(t.ownPreviews.head)).toBeNull();
});

const rowOf = (id: string) => ({
  id,
  kind: 'preview',
  status: 'succeeded',
  revision: 1,
  why: 'request',
  by: ANNA,
  stages: [],
  metrics: {},
  findings: [],
  requestedAt: 1,
});
