// A task of classes on the page: the score with its name and in words, the answer as probabilities with a threshold, and
// guesses within the range of the score.
import { fireEvent, screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { GuessForm } from '#app/_features/guesses/guess-form.tsx';
import { WhatIf } from '#app/_features/predict/what-if.tsx';
import { HoldoutScore } from '#app/_features/scores/holdout-score.tsx';
import { MetricTile } from '#app/_features/scores/metric-tile.tsx';
import { ScoreChart } from '#app/_features/scores/score-chart.tsx';
import { t } from '#app/_strings/strings.ts';
import type { Task } from '#pipeline-core/core/report.ts';
import type { SessionState } from '#session-core/model/state.ts';
import { ANNA, driven, RUN1, report, TASK } from '../../session-core/kit.ts';
import { openSession } from './session.tsx';

const CLASSES: Task = {
  ...TASK,
  kind: 'classification',
  classes: ['fail', 'pass'],
  metric: 'cv.logLoss',
  measure: 'logLoss',
  baselineMetric: 'baseline.logLoss',
  unit: '',
  targetUnit: '',
};
/** A session whose first run answered with classes. */
function asked(task = CLASSES, more: Partial<SessionState> = {}): SessionState {
  const state = driven();
  const metrics = { 'cv.logLoss': 0.42, 'cv.accuracy': 0.781, 'baseline.logLoss': 0.6 };
  const run = { ...state.runs[RUN1]!, report: report({ metrics, holdout: 0.45 }) };
  return { ...state, task, tasks: { [task.id]: task }, runs: { ...state.runs, [RUN1]: run }, ...more };
}

it('has the name of the score, its number without a unit, and how many of a hundred are right', async () => {
  await openSession(asked()).show(null, <MetricTile />);
  const tile = screen.getByRole('region', { name: 'cv.logLoss' });
  expect(within(tile).getByRole('heading').textContent).toBe('Log loss cv.logLoss');
  expect(tile.textContent).toContain('0.420');
  expect(tile.textContent).toContain('78 of 100 right');
  expect(tile.textContent).toContain(t.score.lower);
});

it('has no empty unit at the axis of its chart', async () => {
  await openSession(asked()).show(null, <ScoreChart most={9} height={300} />);
  expect(screen.getByText('cv.logLoss').textContent).toBe('cv.logLoss');
});

it('does not repeat the accuracy where it is the score', async () => {
  const task: Task = { ...CLASSES, metric: 'cv.accuracy', measure: 'accuracy', direction: 'higher' };
  await openSession(asked(task)).show(null, <MetricTile />);
  const tile = screen.getByRole('region', { name: 'cv.accuracy' });
  expect(tile.textContent).toContain('0.781');
  expect(tile.textContent).not.toContain('of 100 right');
});

it('answers with a probability for each class; the threshold changes what the row is taken for, not the probabilities', async () => {
  const session = openSession(asked());
  session.answers['/files'] = { revision: 1, files: { 'params.yaml': 'columns:\n  age: true # age\n' }, data: [] };
  session.answers['/course'] = {
    id: 'c',
    title: 'C',
    language: 'en',
    edit: 'x',
    columns: [{ name: 'age', type: 'integer', label: 'Age', min: 15, max: 22 }],
    checkpoints: [],
    agendas: [],
  };
  session.answers['/predict'] = { prediction: 'pass', probabilities: { fail: 0.3, pass: 0.7 }, run: RUN1 };
  const { user } = await session.show(ANNA, <WhatIf />);
  const age = await screen.findByLabelText('Age');
  await user.clear(age);
  await user.type(age, '16');
  const slider = await screen.findByRole('slider', { name: t.whatIf.threshold('pass', 50) });
  const answer = slider.closest<HTMLElement>('[role="status"]')!;
  expect(answer.querySelector('b')?.textContent).toBe('pass');
  expect(answer.textContent).toContain('30 %');
  expect(answer.textContent).toContain('70 %');
  fireEvent.change(slider, { target: { value: '80' } });
  expect(answer.querySelector('b')?.textContent).toBe('fail');
  expect(within(answer).getByRole('slider', { name: t.whatIf.threshold('pass', 80) })).toBeDefined();
  expect(answer.textContent).toContain('70 %');
});

it('takes a guess that the score can have, and no other', async () => {
  const session = openSession(asked());
  const { user } = await session.show(ANNA, <GuessForm />);
  const field = screen.getByLabelText(t.guess.label('cv.logLoss'));
  const send = async (text: string) => {
    await user.clear(field);
    await user.type(field, `${text}{Enter}`);
  };
  await send('-0.2');
  expect(screen.getByRole('alert').textContent).toBe(t.guess.outside('0', ''));
  expect(session.sent).toEqual([]);
  await send('0.4');
  expect(session.sent).toEqual([{ type: 'guess.set', value: 0.4 }]);
});

it('says beside the revealed score how many rows were right', async () => {
  const state = asked();
  const session = openSession({ ...state, settings: { ...state.settings, reveal: true } });
  session.answers['/holdout'] = {
    runs: [{ run: RUN1, number: 1, score: 0.45, right: { rows: 101, of: 130 } }],
  };
  await session.show(null, <HoldoutScore />);
  expect(await screen.findByText(t.holdout.right(101, 130))).toBeDefined();
});
