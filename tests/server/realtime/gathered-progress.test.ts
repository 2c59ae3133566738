// Progress of runs: the first after a pause at once, the others together, never behind a patch that came later.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { gatherProgress } from '#server/realtime/gathered-progress.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const message = (ahead: number) => ({ type: 'queued', run: 'r1', ahead }) as const;

function gathered() {
  const sent: (readonly [string, readonly number[]])[] = [];
  const aheadOf = (said: readonly { readonly body: unknown }[]) =>
    said.map(({ body }) => (body as { ahead: number }).ahead);
  const progress = gatherProgress(['public', 'facilitator'], (audience, said) => sent.push([audience, aheadOf(said)]));
  return { progress, sent, take: (audience: string) => aheadOf(progress.take(audience)) };
}

it('goes at once after a pause, and together within one', () => {
  const { progress, sent } = gathered();
  progress.say(message(1));
  expect(sent).toEqual([
    ['public', [1]],
    ['facilitator', [1]],
  ]);
  for (const n of [2, 3, 4]) progress.say(message(n));
  expect(sent).toHaveLength(2);
  vi.advanceTimersByTime(100);
  expect(sent.slice(2)).toEqual([
    ['public', [2, 3, 4]],
    ['facilitator', [2, 3, 4]],
  ]);
  // What was sent begins another pause, and after one in which nothing came the next goes at once.
  progress.say(message(5));
  expect(sent).toHaveLength(4);
  vi.advanceTimersByTime(300);
  expect(sent).toHaveLength(6);
  progress.say(message(6));
  expect(sent.slice(6)).toEqual([
    ['public', [6]],
    ['facilitator', [6]],
  ]);
});

it('is taken along by a patch, once, by each audience for itself', () => {
  const { progress, sent, take } = gathered();
  for (const n of [1, 2, 3]) progress.say(message(n));
  expect(take('public')).toEqual([2, 3]);
  expect(take('public')).toEqual([]);
  progress.say(message(4));
  vi.advanceTimersByTime(100);
  expect(sent.slice(2)).toEqual([
    ['public', [4]],
    ['facilitator', [2, 3, 4]],
  ]);
});
