// Turns for work that takes the server's own time.
import { AsyncLocalStorage } from 'node:async_hooks';
import { afterEach, expect, it, vi } from 'vitest';
import { FairTurns } from '#server/http/pages/fair-turns.ts';

afterEach(() => {
  vi.useRealTimers();
});

it('gives each network its turn, and each its own in order, with something of everybody else between two turns', async () => {
  const turns = new FairTurns(1);
  const done: string[] = [];
  let others = 0;
  const watch = setInterval(() => others++, 0);
  const work = (name: string) =>
    turns.run(name[0]!, async () => {
      const until = performance.now() + 3;
      while (performance.now() < until);
      done.push(name);
    });
  await Promise.all([...['a1', 'a2', 'a3', 'a4'].map(work), ...['b1', 'b2'].map(work), work('c1')]);
  clearInterval(watch);
  expect(done).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'b2', 'a4']);
  expect(others).toBeGreaterThanOrEqual(3);
});

it('hands on what failed, and goes on', async () => {
  const turns = new FairTurns(1);
  const failed = turns.run('a', () => Promise.reject(new Error('no')));
  const next = turns.run('a', async () => 7);
  await expect(failed).rejects.toThrow('no');
  expect(await next).toBe(7);
});

it('runs what waited in the context in which it was asked for', async () => {
  const language = new AsyncLocalStorage<string>();
  const turns = new FairTurns(1);
  const said = await Promise.all(
    ['de', 'fr', 'en'].map((one) => language.run(one, () => turns.run(one, async () => language.getStore()))),
  );
  expect(said).toEqual(['de', 'fr', 'en']);
});

it('goes on without work that does not end', async () => {
  vi.useFakeTimers();
  const turns = new FairTurns(1);
  void turns.run('a', () => new Promise(() => {}));
  const next = turns.run('b', async () => 'came');
  await vi.advanceTimersByTimeAsync(10_001);
  expect(await next).toBe('came');
});
