// A folder is read as a list: beyond two dozen files it holds more than one thing. A file is read at once: 300 lines.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const MOST = 24;
const LONGEST = 300;
const CODE = /\.(?:[cm]?[jt]s|tsx)$/;

function overfull(folder: string): string[] {
  const entries = readdirSync(join(ROOT, folder), { withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && CODE.test(entry.name)).length;
  const below = entries.filter((entry) => entry.isDirectory() && !['dist', 'node_modules'].includes(entry.name));
  return [
    ...(files > MOST ? [`${folder}: ${files} files`] : []),
    ...below.flatMap(({ name }) => overfull(join(folder, name))),
  ];
}

it.each(['app', 'pipeline-core', 'sandbox', 'server', 'session-core'])(
  'no folder in %s holds more code files',
  (top) => {
    expect(overfull(top)).toEqual([]);
  },
);

// The linter's own rule takes some longer files for shorter.
it('no file has more than 300 lines', () => {
  const paths = execFileSync('git', ['ls-files', '-z', '*.ts', '*.tsx', '*.mjs', '*.css'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  const long = paths
    .split('\0')
    .filter((path) => path !== '' && !/^(?:tests\/(?:fixtures|reference)|sandbox\/vendor)\//.test(path))
    .map((path) => ({ path, lines: readFileSync(join(ROOT, path), 'utf8').split('\n').length - 1 }))
    .filter(({ lines }) => lines > LONGEST);
  expect(long).toEqual([]);
});
