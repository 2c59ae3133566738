// The player of a replay: it needs no session. Plays, stops, seeks, by buttons and by keys.
import { act, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { ReplayPlayer } from '#app/_features/replay/replay-player.tsx';
import { t } from '#app/_strings/strings.ts';
import type { Replay } from '#session-core/protocol/http-api/replay-routes.ts';
import { stopClock } from './session.tsx';

const MINUTE = 60_000;
const RUN = { metric: 'cv.rmse', unit: 'points', direction: 'lower', baseline: 4 } as const;
const REPLAY: Replay = {
  title: 'Flats',
  sentence: 'Predict a price.',
  from: 0,
  to: 4 * MINUTE,
  ended: true,
  revisions: [
    {
      n: 1,
      at: 0,
      why: 'start',
      files: [{ path: 'params.yaml', hunks: [{ fromLine: 1, removed: [], added: ['trees: 100'] }] }],
    },
    {
      n: 2,
      at: 3 * MINUTE,
      why: 'patch',
      suggestion: 's1',
      credit: 'Ada',
      files: [{ path: 'params.yaml', hunks: [{ fromLine: 1, removed: ['trees: 100'], added: ['trees: 200'] }] }],
    },
  ],
  suggestions: [
    {
      id: 's1',
      text: 'More trees',
      credit: 'Ada',
      at: 2 * MINUTE,
      appliedAt: 3 * MINUTE,
      hasPatch: true,
      votes: [{ at: 2 * MINUTE, n: 3 }],
    },
  ],
  runs: [
    { ...RUN, number: 1, revision: 1, startedAt: 30_000, endedAt: MINUTE, outcome: 'first', score: 3 },
    { ...RUN, number: 2, revision: 2, startedAt: 3 * MINUTE, endedAt: 4 * MINUTE, outcome: 'better', score: 2.5 },
  ],
};
const region = (name: string) => screen.getByRole('region', { name });
const code = () => region(t.replay.code).textContent ?? '';
const score = () => region(t.replay.score).textContent ?? '';

it('goes from moment to moment by buttons and keys, with code, score and suggestions of each', async () => {
  const user = userEvent.setup();
  render(<ReplayPlayer replay={REPLAY} />);
  expect(code()).toContain('trees: 100');
  expect([score().includes(t.replay.noScore), screen.queryByText('More trees')]).toEqual([true, null]);
  await user.click(screen.getByRole('button', { name: t.replay.next }));
  expect(score()).toContain('3.000 points');
  await user.keyboard('{ArrowRight}');
  expect(within(region(t.replay.suggestions)).getByTitle(t.replay.votes(3))).toBeDefined();
  await user.keyboard('{ArrowRight}');
  expect(code()).toContain('trees: 200');
  expect(code()).toContain(t.replay.why.patch);
  expect(document.querySelectorAll('[data-changed="true"]')).toHaveLength(1);
  expect(score()).toContain(t.replay.running(2));
  await user.keyboard('{End}');
  expect(score()).toContain('2.500 points');
  expect(score()).toContain(t.replay.best('2.500 points'));
  await user.keyboard('{Home}');
  expect(code()).toContain('trees: 100');
  await user.keyboard('+');
  expect(screen.getByLabelText<HTMLSelectElement>(t.replay.speed).value).toBe('2');
  expect(screen.getByRole('slider', { name: t.replay.seek }).getAttribute('aria-valuetext')).toBe(t.replay.time(1, 5));
});

it('plays to the end, stops there, and plays again from the start', async () => {
  const pass = stopClock(0);
  render(<ReplayPlayer replay={REPLAY} />);
  await act(async () => screen.getByRole('button', { name: t.replay.play }).click());
  await pass(4_500);
  expect(code()).toContain('trees: 200');
  await act(async () => screen.getByRole('button', { name: t.replay.pause }).click());
  await pass(60_000);
  expect(score()).not.toContain('2.500 points');
  await act(async () => screen.getByRole('button', { name: t.replay.play }).click());
  await pass(10_000);
  expect(score()).toContain('2.500 points');
  await act(async () => screen.getByRole('button', { name: t.replay.again }).click());
  await pass(200);
  expect(code()).toContain('trees: 100');
});

it('says that there is nothing yet', () => {
  render(<ReplayPlayer replay={{ ...REPLAY, revisions: [], suggestions: [], runs: [] }} />);
  expect(screen.getByText(t.replay.none)).toBeDefined();
});
