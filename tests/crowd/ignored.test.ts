// What is in the folder beside the session's code is not pushed into it: what git ignores, by real git, and libraries.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Base } from '#crowd/folder/base.ts';
import { listWorkspace, readLocal } from '#crowd/folder/workspace-files.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'crowd-ignored-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const BASE: Base = { revision: 1, files: {}, beside: [] };
const put = (path: string, text = 'text\n') => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};
const git = (...words: string[]) => execFileSync('git', ['-C', root, ...words], { encoding: 'utf8' });
/** As git lists what `git add` would add. */
const byGit = () =>
  git('ls-files', '--others', '--exclude-standard')
    .split('\n')
    .filter((path) => path !== '' && !path.split('/').some((part) => part.startsWith('.')));

it.each<[string, Record<string, string>]>([
  ['a folder, a file, an ending', { '.gitignore': 'build/\nsecret.md\n*.log.txt\n' }],
  ['a place at the top only, and one in any folder', { '.gitignore': '/out\nsrc/gen\n**/cache/\n' }],
  ['a name that is there again', { '.gitignore': '*.json\n!keep.json\n!src/**/keep.json\n' }],
  ['a file in a folder that is ignored, which cannot be there again', { '.gitignore': 'build/\n!build/a.ts\n' }],
  ['a file of a folder below', { '.gitignore': 'out/\n*.md\n', 'src/.gitignore': '!*.md\n/gen/\na.ts\n' }],
  ['comments, blanks and letter case', { '.gitignore': '# build/\r\n\r\nOUT/\r\n  \nbuild \n\\#odd.ts\n' }],
  ['everything but the code', { '.gitignore': '*\n!*/\n!*.ts\n' }],
])('takes for new just what git would add: %s', (_, rules) => {
  git('init', '-q');
  for (const path of [
    ...['secret.md', 'keep.json', 'other.json', 'notes.log.txt', '#odd.ts', 'out/a.ts', 'Out/b.ts', 'build/a.ts'],
    ...['src/a.ts', 'src/b.md', 'src/gen/a.ts', 'src/deep/gen/a.ts', 'src/deep/keep.json', 'src/deep/cache/a.ts'],
    ...['src/out/a.ts', 'src/build/a.ts', 'src/deep/other.json', 'src/OUT/a.ts'],
  ])
    put(path);
  for (const [path, text] of Object.entries(rules)) put(path, text);
  const found = listWorkspace(root, BASE);
  expect(found).toEqual(byGit().sort());
  expect(found.length).toBeGreaterThan(0);
});

it('leaves libraries alone, wherever and however many they are', () => {
  put('src/a.ts');
  put('.gitignore', 'target/\n');
  for (const folder of ['node_modules/x', 'src/node_modules/y', 'venv/lib/z', '.venv/lib', 'target/debug'])
    for (let n = 0; n < 1_100; n++) put(`${folder}/${n}.json`);
  put('venv/pyvenv.cfg', 'home = /usr/bin\n');
  symlinkSync(join(root, 'node_modules'), join(root, 'src/linked'));
  expect(listWorkspace(root, BASE)).toEqual(['src/a.ts']);
});

it('keeps what is part of the session already, whatever git ignores, and reads no rules through a link', () => {
  put('rules', '*\n');
  symlinkSync(join(root, 'rules'), join(root, '.gitignore'));
  put('src/.gitignore', '*.ts\n');
  for (const path of ['src/ours.ts', 'src/mine.ts', 'src/new.md']) put(path, 'changed\n');
  const { files } = readLocal(root, { ...BASE, files: { 'src/ours.ts': 'text\n' } });
  expect(files).toEqual({ 'src/ours.ts': 'changed\n', 'src/new.md': 'changed\n' });
});
