// What a request asks for within an app that is served under a path of its host.
import { expect, it } from 'vitest';
import { basePathOf, canBeBasePath, ownSegmentOf, withoutBasePath } from '#server/platform/base-path.ts';

it.each([
  [null, ''],
  ['https://example.org', ''],
  ['https://example.org/x/y', '/x/y'],
])('of %s is %j', (url, path) => expect(basePathOf(url)).toBe(path));

it.each([
  ['/x/s/abc?tab=1', '/s/abc?tab=1'],
  ['/x', '/'],
  ['/x/', '/'],
  ['/x?language=de', '/?language=de'],
  // A proxy has taken it off already.
  ['/s/abc', '/s/abc'],
  ['/', '/'],
  // Names that only begin like it.
  ['/xs/abc', '/xs/abc'],
  ['/s/x/y', '/s/x/y'],
  ['/x/x/s', '/x/s'],
])('%s asks for %s', (url, asked) => {
  expect(withoutBasePath('/x', url)).toBe(asked);
  expect(withoutBasePath('', url)).toBe(url);
});

it('is no path that the app has addresses under itself', () => {
  for (const path of ['/s', '/api/x', '/_next', '/GIT/x']) expect(ownSegmentOf(path)).toBe(path.split('/')[1]);
  for (const path of ['/', '/sessions', '/x/s', '/apis']) expect(ownSegmentOf(path)).toBeNull();
});

it('is written without what must be encoded', () => {
  for (const path of ['/', '/x', '/x/y-1_2.3~/']) expect(canBeBasePath(path)).toBe(true);
  for (const path of ['/x%20y', '//x', '/x//y', '/.x', '/x/..y', '/x"y']) expect(canBeBasePath(path)).toBe(false);
});
