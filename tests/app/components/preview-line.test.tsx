// What a suggestion would do to the score: on its card from the question to the answer, in words beside the number.
import { render, screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { PreviewLine } from '#app/_features/suggestions/preview-line.tsx';
import { SuggestionCard } from '#app/_features/suggestions/suggestion-card.tsx';
import { useOfView } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import type { Id } from '#session-core/model/types.ts';
import type { PreviewView } from '#session-core/view/view-types.ts';
import { ANNA, BEN, driven, patch, RUN1, report, tree, tried, withSuggestion } from '../../session-core/kit.ts';
import { openSession } from './session.tsx';

const preview = (more: Partial<PreviewView>): PreviewView => ({
  run: 'r9',
  status: 'succeeded',
  revision: 1,
  stages: [],
  ...more,
});
function lineOf(more: Partial<PreviewView>): string {
  const { container, unmount } = render(<PreviewLine preview={preview(more)} />);
  const text = container.textContent;
  unmount();
  return text;
}

function Shown({ id }: { readonly id: Id }) {
  const card = useOfView((view) => view.suggestions[id]);
  return card ? <SuggestionCard card={card} /> : null;
}

it('follows the preview on the card of everybody: queued, running, its result, the next one', async () => {
  const [state, id] = withSuggestion(driven(), { by: BEN, patch: patch('trees: 200') });
  const session = openSession(state);
  await session.show(ANNA, <Shown id={id} />);
  const card = () => screen.getByRole('article').textContent;
  expect(card()).not.toContain(t.card.waiting);
  await session.say(BEN, { type: 'preview.request', suggestion: id }, { facts: tried(tree({ 'params.yaml': 'new' })) });
  expect(card()).toContain(t.card.waiting);
  const run = session.state().suggestions[id]!.previews[0]!;
  await session.say(null, { type: 'run.start', run });
  expect(card()).toContain(t.card.previewing);
  const comparison = {
    against: RUN1,
    verdict: 'better',
    change: -0.2,
    reason: { code: 'clear', measure: 'rmse', change: -0.2, low: -0.3, high: -0.1, rows: 300 },
  } as const;
  await session.say(null, { type: 'run.report', run, report: report({ metrics: { 'cv.rmse': 2.5 }, comparison }) });
  expect(card()).toContain(`2.700→2.500−0.200${t.score.better}`);
  expect(card()).not.toContain(t.card.previewing);
});

it.each([
  ['better', { change: -0.17 }, `2.910→2.740−0.170${t.score.better}`],
  ['worse', { change: 0.5 }, `2.910→2.740+0.500${t.score.worse}`],
  ['within-noise', { change: 0.0001 }, `2.910→2.740±0${t.score.noise}`],
  ['same-result', { change: 0 }, `2.910→2.740${t.score.same}`],
  ['measure-changed', {}, `2.910→2.740${t.score.evaluationChanged}`],
  ['not-comparable', {}, `2.910→2.740${t.score.incomparable}`],
] as const)('says %s in words, with the change where there is one', (verdict, change, text) => {
  expect(lineOf({ metric: 2.74, base: 2.91, verdict, ...change })).toBe(text);
});

it('shows the number alone where there is nothing to compare with', () => {
  expect(lineOf({ metric: 2.74 })).toBe('2.740');
});

it('says what it cost, and leaves that out on a narrow card', () => {
  const stage = { reason: { code: 'changes', changes: [] }, ms: 0, outs: [] } as const;
  const stages = [
    { ...stage, name: 'prepare', status: 'cached' },
    { ...stage, name: 'train', status: 'ran' },
  ] as PreviewView['stages'];
  expect(lineOf({ metric: 2.74, stages, ms: 640 })).toBe(`2.740${t.card.cached(1)} · 0.6 s`);
  render(<PreviewLine preview={preview({ metric: 2.74, stages, ms: 640 })} brief />);
  expect(document.body.textContent).toBe('2.740');
});

it('says what the run found wrong, alarms first, also where there is room for one sentence', () => {
  const findings = [
    { code: 'metric-twice', level: 'warning', facts: { metric: 'cv.mae', path: 'm.json' } },
    { code: 'served-fails', level: 'alarm', facts: { fault: 'thrown', message: 'x is not defined' } },
  ] as const;
  const broken = { metric: 2.74, base: 2.74, verdict: 'same-result', change: 0, findings } as const;
  expect(lineOf(broken)).toMatch(/same resultSuspect: The model cannot be served: x is not defined.*Warning: cv\.mae/);
  render(<PreviewLine preview={preview(broken)} brief />);
  expect(document.body.textContent).toContain('x is not defined');
  expect(document.body.textContent).not.toContain('cv.mae');
});

it.each(['cancelled', 'interrupted', 'failed'] as const)('says that it was %s', (status) => {
  expect(lineOf({ status })).toContain(t.run.status[status]);
});

it('shows an error with its place, which opens the line', async () => {
  const onPlace = vi.fn();
  const error = {
    stage: 'train',
    kind: 'user',
    code: 'thrown',
    facts: { message: 'x is not defined\nat train' },
    file: 'src/train.ts',
    line: 4,
  } as const;
  render(<PreviewLine preview={preview({ status: 'failed', error })} onPlace={onPlace} />);
  expect(screen.getByText('x is not defined')).toBeDefined();
  screen.getByRole('button', { name: 'src/train.ts:4' }).click();
  expect(onPlace).toHaveBeenCalledWith({ file: 'src/train.ts', line: 4 });
});
