// A fresh clone installs by `npm ci`, which refuses a lock that lacks a platform's package: one that could not be
// looked up where the lock was last written. Then remove the entries without a hash, and let npm write the lock again.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

interface Entry {
  readonly version?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}
const root = join(import.meta.dirname, '../../..');
const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { packages: Record<string, Entry> };

it('the lock names every optional package of every platform', () => {
  const found = Object.entries(lock.packages).flatMap(([path, entry]) =>
    Object.keys(entry.optionalDependencies ?? {}).map((name) => ({ path, name })),
  );
  expect(found.length).toBeGreaterThan(50);
  const missing = found.filter(({ path, name }) => {
    const places = [`${path}/node_modules/${name}`, `node_modules/${name}`];
    return !places.some((place) => place in lock.packages);
  });
  expect(missing).toEqual([]);
});

it('names no host: whichever registry is asked, the content is the one that was pinned', () => {
  const hosts = Object.entries(lock.packages).filter(([, entry]) =>
    /^https?:/.test(String((entry as { resolved?: unknown }).resolved ?? '')),
  );
  expect(hosts).toEqual([]);
});

it('has the hash of the content of every package, so that all platforms get what was pinned', () => {
  const bare = Object.entries(lock.packages).flatMap(([path, { link, integrity }]) =>
    path.includes('node_modules/') && link !== true && integrity === undefined ? [path] : [],
  );
  expect(bare).toEqual([]);
});
