// Single keys do nothing while somebody may be typing: found when a lost connection took the focus out of the editor and
// the letter "a" of a word applied a suggestion.
import { expect, it } from 'vitest';
import { createShortcutGuard } from '#app/_session/keys/shortcut-guard.ts';

it('lets a key act on a quiet page with live connections', () => {
  expect(createShortcutGuard().ignores(1_000, true)).toBeNull();
});

it('ignores every key while a connection is down', () => {
  const guard = createShortcutGuard();
  expect(guard.ignores(1_000_000, false)).toBe('offline');
});

it('ignores keys for two seconds after typing', () => {
  const guard = createShortcutGuard();
  guard.typed(10_000);
  expect(guard.ignores(11_999, true)).toBe('typing');
  const later = createShortcutGuard();
  later.typed(10_000);
  expect(later.ignores(12_000, true)).toBeNull();
});

it('ignores keys for two seconds after a text field lost the focus', () => {
  const guard = createShortcutGuard();
  guard.focusLost(10_000);
  expect(guard.ignores(11_999, true)).toBe('focus');
});

it('ignores a whole sentence typed into the page, however long it takes', () => {
  const guard = createShortcutGuard();
  guard.focusLost(10_000);
  for (let at = 10_100; at < 40_000; at += 300) expect(guard.ignores(at, true)).not.toBeNull();
  expect(guard.ignores(42_500, true)).toBeNull();
});

it('does not start with the keys of a sentence when the connection comes back in the middle of it', () => {
  const guard = createShortcutGuard();
  expect(guard.ignores(10_000, false)).toBe('offline');
  expect(guard.ignores(10_200, true)).toBe('typing');
});

it('lets shortcuts follow each other quickly', () => {
  const guard = createShortcutGuard();
  expect([guard.ignores(1_000, true), guard.ignores(1_100, true), guard.ignores(1_200, true)]).toEqual([
    null,
    null,
    null,
  ]);
});
