// The checks of a patch on its card: one line of marks, what each found when it is opened, and the fix for those who may.
import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { SettingsPanel } from '#app/_features/settings/settings-panel.tsx';
import { SuggestionCard } from '#app/_features/suggestions/suggestion-card.tsx';
import { useOfView } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import type { CodeChecks } from '#session-core/model/checks.ts';
import type { Id } from '#session-core/model/types.ts';
import { BEN, CLEO, driven, HOST, patch, play, withSuggestion } from '../../session-core/kit.ts';
import { openSession } from './session.tsx';

function Shown({ id }: { readonly id: Id }) {
  const card = useOfView((view) => view.suggestions[id]);
  return card ? <SuggestionCard card={card} onPlace={() => {}} /> : null;
}

const FOUND: CodeChecks = {
  types: {
    result: 'failed',
    problems: [{ file: 'src/train.ts', line: 3, column: 7, code: 'TS2322' }],
    count: 1,
    known: 2,
  },
  style: {
    result: 'failed',
    problems: [
      { file: 'src/train.ts', line: 4, column: 1, code: 'format', fix: true },
      { file: 'src/train.ts', line: 5, column: 1, code: 'lint/style/useConst', fix: true },
    ],
    count: 30,
  },
};

function checked() {
  const [state, id] = withSuggestion(driven(), { by: BEN, patch: patch('trees: 200') });
  return [
    play(state, [null, { type: 'patch.check', suggestion: id, version: 1, revision: 1, checks: FOUND }]),
    id,
  ] as const;
}
const marks = () => screen.getByRole('button', { name: new RegExp(t.checks.head) });

it('says in one line what came of all five, and says more when it is opened', async () => {
  const [state, id] = checked();
  const session = openSession(state);
  const message = "Type 'string' is not assignable to type 'number'.";
  const problems = FOUND.types.result === 'unchecked' ? [] : FOUND.types.problems;
  session.answers[`/checks?suggestion=${id}`] = {
    checks: {
      types: { ...FOUND.types, problems: problems.map((problem) => ({ ...problem, message })) },
      style: { result: 'passed', problems: [], count: 0 },
    },
  };
  const { user } = await session.show(CLEO, <Shown id={id} />);
  const said = (name: 'types' | 'style' | 'tests' | 'leakage' | 'preview', is: 'failed' | 'waiting') =>
    t.checks.mark(t.checks.names[name], t.checks.states[is]);
  expect(marks().querySelector('.hidden-text')?.textContent).toBe(
    `${t.checks.mark(t.checks.head, '')}${[said('types', 'failed'), said('style', 'failed'), said('tests', 'waiting'), said('leakage', 'waiting'), said('preview', 'waiting')].join(', ')}`,
  );
  await user.click(marks());
  await screen.findByText(message);
  const list = within(screen.getByRole('article'));
  for (const text of [
    'src/train.ts:3',
    t.checkDetails.known(2),
    t.checkDetails.rules['format']!,
    t.checkDetails.rules['lint/style/useConst']!,
    t.checkDetails.more(28),
  ])
    list.getByText(text);
  expect(list.queryByRole('button', { name: t.checkDetails.fix })).toBeNull();
  // The line is that of the text with the patch: the editor has another one there.
  expect(list.queryByRole('button', { name: 'src/train.ts:3' })).toBeNull();
});

it('offers its author the fix, which makes a new version that is not checked yet', async () => {
  const [state, id] = checked();
  const session = openSession(state);
  const { user } = await session.show(BEN, <Shown id={id} />);
  await user.click(marks());
  await user.click(await screen.findByRole('button', { name: t.checkDetails.fix }));
  expect(session.sent).toEqual([{ type: 'suggestion.fix', suggestion: id }]);
  await session.say(BEN, { type: 'suggestion.fix', suggestion: id }, { facts: { fix: patch('trees: 300') } });
  expect(screen.queryByRole('button', { name: t.checkDetails.fix })).toBeNull();
  expect(marks().querySelector('.hidden-text')?.textContent).toContain(
    t.checks.mark(t.checks.names.style, t.checks.states.waiting),
  );
});

it('lets a facilitator require checks, each by itself', async () => {
  const session = openSession(driven());
  const { user } = await session.show(HOST, <SettingsPanel />);
  await user.click(screen.getByRole('switch', { name: t.checkDetails.full.tests }));
  await user.click(screen.getByRole('switch', { name: t.checkDetails.full.types }));
  expect(session.state().settings.requiredChecks).toEqual(['types', 'tests']);
  await user.click(screen.getByRole('switch', { name: t.checkDetails.full.tests }));
  expect(session.state().settings.requiredChecks).toEqual(['types']);
});
