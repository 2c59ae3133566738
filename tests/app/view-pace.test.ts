// How often a page shows what has changed.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createViewPace } from '#app/_session/view/view-pace.ts';

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000, toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

/** @param cost milliseconds that showing takes */
async function paced(cost: number) {
  let shown = 0;
  const pace = createViewPace(() => {
    shown++;
    vi.advanceTimersByTime(cost);
  });
  const tick = async (ms: number) => void (await vi.advanceTimersByTimeAsync(ms));
  return { pace, tick, shown: () => shown };
}

it('shows a change at once after a pause, and those right after it together', async () => {
  const { pace, tick, shown } = await paced(0);
  pace.changed();
  expect(shown()).toBe(1);
  await tick(0);
  for (let n = 0; n < 5; n++) pace.changed();
  expect(shown()).toBe(1);
  await tick(50);
  expect(shown()).toBe(2);
});

it('rests ten times as long as showing took, and half a second at most', async () => {
  const { pace, tick, shown } = await paced(20);
  pace.changed();
  await tick(0);
  pace.changed();
  await tick(190);
  expect(shown()).toBe(1);
  await tick(20);
  expect(shown()).toBe(2);
});

it('shows what somebody did themselves without waiting, and nothing twice', async () => {
  const { pace, tick, shown } = await paced(0);
  pace.changed();
  await tick(0);
  pace.changed();
  pace.now();
  expect(shown()).toBe(2);
  await tick(1_000);
  pace.now();
  expect(shown()).toBe(2);
});
