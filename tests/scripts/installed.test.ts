// What the setup takes for installed: a whole tree, one without packages for development, and all that is less.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readImportGraph } from '#scripts/boundaries/import-graph.ts';
import { BOUNDARIES } from '#scripts/boundaries/table.ts';
import { isLockOf, isProductionInstall, missingPackages } from '#scripts/installed.mjs';

const ROOT = join(import.meta.dirname, '../..');
const read = (path: string) => JSON.parse(readFileSync(join(ROOT, path), 'utf8'));

const lock = {
  packages: {
    '': { dependencies: { run: '1.0.0', stub: 'file:stub' }, devDependencies: { test: '2.0.0' } },
    stub: { version: '0.0.0' },
    'node_modules/stub': { link: true, resolved: 'stub' },
    'node_modules/run': { version: '1.0.0' },
    'node_modules/run/node_modules/deep': { version: '3.0.0' },
    'node_modules/run-linux-x64': { version: '1.0.0', optional: true, os: ['linux'], cpu: ['x64'] },
    'node_modules/run-win32-x64': { version: '1.0.0', optional: true, os: ['win32'], cpu: ['x64'] },
    'node_modules/run-linux-x64-musl': {
      version: '1.0.0',
      optional: true,
      os: ['linux'],
      cpu: ['x64'],
      libc: ['musl'],
    },
    'node_modules/types': { version: '1.0.0', devOptional: true },
    'node_modules/test': { version: '2.0.0', dev: true },
  },
};
const everything = Object.keys(lock.packages).filter((path) => !/^$|win32|musl/.test(path));
const tree = (paths: readonly string[], changed: object = {}) => ({
  packages: {
    ...Object.fromEntries(Object.entries(lock.packages).filter(([path]) => paths.includes(path))),
    ...changed,
  },
});
const without = (...names: string[]) => tree(everything.filter((path) => !names.some((name) => path.endsWith(name))));
const on = { platform: 'linux', arch: 'x64' };
const missing = (installed: object | null, production = false) =>
  missingPackages(lock, installed, { ...on, production });

describe('what is missing', () => {
  it('is nothing in a whole tree, whose optional packages are those of this platform', () => {
    expect(missing(tree(everything))).toEqual([]);
    expect(missing(tree(everything), true)).toEqual([]);
  });

  it('is nothing for a production job without the packages for development, and those for any other', () => {
    const lean = without('test', 'types');
    expect(missing(lean, true)).toEqual([]);
    expect(missing(lean)).toEqual(['node_modules/types', 'node_modules/test']);
  });

  it.each(['run', 'deep', 'run-linux-x64', 'stub'])('is %s where that is not there', (name) => {
    expect(missing(without(`/${name}`), true)).toEqual([expect.stringMatching(new RegExp(`/${name}$`))]);
  });

  it('is what has another version, or links elsewhere', () => {
    const other = { 'node_modules/run': { version: '1.0.1' }, 'node_modules/stub': { link: true, resolved: 'other' } };
    expect(missing(tree(everything, other))).toEqual(['node_modules/stub', 'node_modules/run']);
  });

  it('is everything where npm left no list', () => {
    expect(missing(null).length).toBe(everything.length - 1);
  });
});

it('a tree is a production install when no package for development is in it', () => {
  expect(isProductionInstall(lock, without('test'))).toBe(true);
  expect(isProductionInstall(lock, tree(everything))).toBe(false);
  expect(isProductionInstall(lock, null)).toBe(false);
});

it('a lock is of a package.json with the same dependencies of both kinds', () => {
  const { dependencies, devDependencies } = lock.packages[''];
  expect(isLockOf(lock, { devDependencies, dependencies })).toBe(true);
  expect(isLockOf(lock, { dependencies, devDependencies: { test: '2.0.1' } })).toBe(false);
  expect(isLockOf(lock, { dependencies: { ...dependencies, more: '1.0.0' }, devDependencies })).toBe(false);
});

describe('this repository', () => {
  it('is installed as its own lock says', () => {
    const { platform, arch } = process;
    const installed = read('node_modules/.package-lock.json');
    expect(missingPackages(read('package-lock.json'), installed, { platform, arch, production: false })).toEqual([]);
    expect(isLockOf(read('package-lock.json'), read('package.json'))).toBe(true);
  });

  it('nothing that runs in production imports a package for development', () => {
    const { devDependencies } = read('package.json');
    const folders = ['app', 'pipeline-core', 'sandbox', 'server', 'session-core'];
    const { imports } = readImportGraph(ROOT, folders, BOUNDARIES.skipped);
    const ofPackages = imports.filter((each) => each.package !== null && !each.package.startsWith('node:'));
    expect(ofPackages.length).toBeGreaterThan(100);
    expect(ofPackages.filter((each) => Object.hasOwn(devDependencies, each.package ?? ''))).toEqual([]);
  });
});
