// What nobody waits for yet loads in turn, and whatever becomes of one, the next one comes.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

let queue: typeof import('#app/_ui/in-turn.ts');
beforeEach(async () => {
  vi.useFakeTimers();
  vi.resetModules();
  queue = await import('#app/_ui/in-turn.ts');
});
afterEach(() => vi.useRealTimers());

const settled = () => vi.advanceTimersByTimeAsync(0);
function work(begun: string[], name: string) {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const load = () => {
    begun.push(name);
    return promise;
  };
  return { load, resolve: () => resolve(name), reject: () => reject(new Error(name)) };
}

it('begins one after the other, after what goes first', async () => {
  const begun: string[] = [];
  const [a, b] = [work(begun, 'a'), work(begun, 'b')];
  const connection = Promise.withResolvers<void>();
  const loaded = [queue.inTurn(a.load), queue.inTurn(b.load)];
  // Asked for later in the same turn of the event loop: components begin from the inside out.
  queue.letGoFirst(connection.promise);
  await settled();
  expect(begun).toEqual([]);
  connection.resolve();
  await settled();
  expect(begun).toEqual(['a']);
  a.resolve();
  await settled();
  expect(begun).toEqual(['a', 'b']);
  b.resolve();
  expect(await Promise.all(loaded)).toEqual(['a', 'b']);
});

it('goes on after one that fails, and tells whoever asked for it', async () => {
  const begun: string[] = [];
  const [a, b] = [work(begun, 'a'), work(begun, 'b')];
  queue.letGoFirst(Promise.reject(new Error('no connection')));
  const failed = queue.inTurn(a.load).catch((error: Error) => error.message);
  void queue.inTurn(b.load);
  await settled();
  a.reject();
  expect(await failed).toBe('a');
  await settled();
  expect(begun).toEqual(['a', 'b']);
});

it('does not wait for ever for one that never comes', async () => {
  const begun: string[] = [];
  void queue.inTurn(work(begun, 'a').load);
  void queue.inTurn(work(begun, 'b').load);
  await vi.advanceTimersByTimeAsync(9_000);
  expect(begun).toEqual(['a']);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(begun).toEqual(['a', 'b']);
});
