// Work that is done one piece a task, and the parts of a page that learn of a change so.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { storeInTurn } from '#app/_session/view/store-in-turn.ts';
import { createViewPace, waitForParts } from '#app/_session/view/view-pace.ts';
import { dropWork, queueWork, whenWorkIsDone } from '#app/_ui/one-a-task.ts';

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000, toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => {
  vi.runAllTimers();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

it('does one piece a task, in order, and each once', () => {
  const done: string[] = [];
  const [a, b] = [() => void done.push('a'), () => void done.push('b')];
  for (const work of [a, b, a]) queueWork(work);
  expect(done).toEqual([]);
  vi.advanceTimersToNextTimer();
  expect(done).toEqual(['a']);
  vi.advanceTimersToNextTimer();
  expect(done).toEqual(['a', 'b']);
  expect(vi.getTimerCount()).toBe(0);
});

it('does not do what was dropped, and goes on after a piece that throws', () => {
  const done: string[] = [];
  const dropped = () => void done.push('dropped');
  queueWork(() => {
    throw new Error('broken');
  });
  queueWork(dropped);
  queueWork(() => void done.push('last'));
  dropWork(dropped);
  expect(() => vi.advanceTimersToNextTimer()).toThrow('broken');
  vi.runAllTimers();
  expect(done).toEqual(['last']);
});

it('says when all is done, which is at once where nothing waits', async () => {
  const done = vi.fn();
  whenWorkIsDone(done);
  await Promise.resolve();
  expect(done).toHaveBeenCalledTimes(1);
  queueWork(() => queueWork(() => undefined));
  whenWorkIsDone(done);
  vi.advanceTimersToNextTimer();
  await Promise.resolve();
  expect(done).toHaveBeenCalledTimes(1);
  vi.runAllTimers();
  expect(done).toHaveBeenCalledTimes(2);
});

/** A store that only says that something has changed. */
function changing() {
  const listeners = new Set<() => void>();
  const store = {
    subscribe(changed: () => void) {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
  };
  return { store, listeners, change: () => [...listeners].forEach((listener) => void listener()) };
}

it('notifies each part of a page in a task of its own, all of a part together', () => {
  const { store, listeners, change } = changing();
  const heard: string[] = [];
  const leaving = ['one', 'two'].flatMap((name) => {
    const part = storeInTurn(store);
    return [1, 2].map((n) => part.subscribe(() => void heard.push(`${name} ${n}`)));
  });
  expect(listeners.size).toBe(2);
  change();
  change();
  expect(heard).toEqual([]);
  vi.advanceTimersToNextTimer();
  expect(heard).toEqual(['one 1', 'one 2']);
  vi.advanceTimersToNextTimer();
  expect(heard).toEqual(['one 1', 'one 2', 'two 1', 'two 2']);
  change();
  for (const leave of leaving) leave();
  vi.runAllTimers();
  expect(heard).toHaveLength(4);
  expect(listeners.size).toBe(0);
});

it('counts what is shown in its turn to the time that showing takes', async () => {
  waitForParts(whenWorkIsDone);
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => now);
  let shown = 0;
  const pace = createViewPace(() => {
    shown++;
    for (let part = 0; part < 2; part++)
      queueWork(() => {
        now += 10;
      });
  });
  pace.changed();
  // Not before the first is on the screen.
  pace.changed();
  for (let task = 0; task < 3; task++) vi.advanceTimersToNextTimer();
  expect([shown, now]).toEqual([1, 20]);
  vi.advanceTimersByTime(199);
  expect(shown).toBe(1);
  vi.advanceTimersByTime(1);
  expect(shown).toBe(2);
  pace.stop();
});
