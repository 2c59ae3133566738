// How often a clone link makes a clone: once, and again for ten minutes where the first broke off.
import { expect, it } from 'vitest';
import { UsedKeys } from '#server/http/clone-keys.ts';

it('makes one clone a key, and takes a try within ten minutes for the same one', () => {
  let now = 0;
  const used = new UsedKeys(() => now);
  expect(used.mayClone('s', 'key')).toBe(true);
  now = 600_000;
  expect([used.mayClone('s', 'key'), used.mayClone('s', 'other'), used.mayClone('t', 'key')]).toEqual([
    true,
    true,
    true,
  ]);
  // From the first try on, not from the last.
  now = 600_001;
  expect([used.mayClone('s', 'key'), used.mayClone('s', 'other')]).toEqual([false, true]);
  now = 10_000_000;
  expect(used.mayClone('s', 'key')).toBe(false);
});
