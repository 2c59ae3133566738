// Which names a workspace takes: those that every disk and git can hold, and that start nothing.

import { describe, expect, it } from 'vitest';
import { fileNameFault, fileNameReason, fileNamesFault } from '#pipeline-core/workspace/file-names.ts';
import { HOSTILE_NAMES } from '../../support/hostile-names.ts';

describe('the name of a file', () => {
  it.each(HOSTILE_NAMES)('%j is refused with a reason', (path) => {
    const fault = fileNameFault(path);
    expect(fault).not.toBeNull();
    expect(fileNameReason(fault!)).toMatch(/^("|the name|Windows)/);
  });

  it.each([
    'dvc.yaml',
    'params.yaml',
    'README.md',
    'src/a.ts',
    'src/a-b_c.test.ts',
    'LICENSE',
    'data/lookup.csv',
    'data/other.csv',
    'src/head.ts',
    'src/hooks.ts',
    'src/console.ts',
    'notes/auxiliary.md',
    'src/lib/x.json',
    '_x',
    'src/config.ts',
    'config/model.yaml',
    'src/task.ts',
    'notes/compose.md',
    'setup/read.py',
    'src/project.ts',
  ])('%s is taken', (path) => expect(fileNameFault(path)).toBeNull());
});

describe('names beside each other', () => {
  it.each([
    [['src/a.ts', 'src/A.ts'], 'same_name'],
    [['src/a.ts', 'SRC/b.ts'], 'same_name'],
    [['src/x/a.ts', 'src/X/b.ts'], 'same_name'],
    [['src/a.ts', 'src'], 'folder'],
    [['SRC', 'src/a.ts'], 'folder'],
    [['a', 'a/b/c'], 'folder'],
  ])('%j: %s', (paths, why) => {
    expect(fileNamesFault(paths)?.why).toBe(why);
    expect(fileNamesFault(paths.toReversed())?.why).toBe(why);
    expect(fileNamesFault(paths, paths)).toBeNull();
    expect(fileNamesFault(paths, paths.slice(1))?.why).toBe(why);
  });
});
