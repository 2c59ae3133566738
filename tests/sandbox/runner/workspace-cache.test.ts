import { expect, it } from 'vitest';
import { createWorkspaceCache } from '#sandbox/runner/workspace-cache.ts';

const DVC =
  'stages:\n  train:\n    cmd: node src/train.ts\n    deps:\n      - src/train.ts\n    params:\n      - trees\n    outs:\n      - model.json\n';
const FILES = { 'dvc.yaml': DVC, 'params.yaml': 'trees: 1\n', 'src/train.ts': 'a' };

it('reads the same files once, also where only code has changed', () => {
  const cache = createWorkspaceCache();
  const first = cache.read(FILES, ['data/raw/a.csv']);
  expect(cache.read({ ...FILES, 'src/train.ts': 'b' }, ['data/raw/a.csv'])).toBe(first);
});

it.each([
  ['a param', { ...FILES, 'params.yaml': 'trees: 2\n' }, ['data/raw/a.csv']],
  ['dvc.yaml', { ...FILES, 'dvc.yaml': DVC.replace('model.json', 'forest.json') }, ['data/raw/a.csv']],
  ['a file', { ...FILES, 'src/more.ts': '' }, ['data/raw/a.csv']],
  ['the data', FILES, ['data/raw/b.csv']],
])('reads again where %s is another', (_what, files, data) => {
  const cache = createWorkspaceCache();
  const first = cache.read(FILES, ['data/raw/a.csv']);
  expect(cache.read(files, data)).not.toBe(first);
});

it('refuses a file that is data, each time', () => {
  const cache = createWorkspaceCache();
  for (const _time of [1, 2])
    expect(() => cache.read({ ...FILES, 'data/raw/a.csv': '' }, ['data/raw/a.csv'])).toThrow(/nobody may replace/);
});
