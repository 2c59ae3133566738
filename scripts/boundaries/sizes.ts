// A folder is read as a list: beyond two dozen files it holds more than one thing. A file is read at once: 300 lines.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const MOST_FILES = 24;
const MOST_LINES = 300;
const CODE = /\.(?:[cm]?[jt]s|tsx)$/;
const FOLDERS = ['app', 'pipeline-core', 'sandbox', 'server', 'session-core', 'crowd', 'scripts'];
const UNCOUNTED = /^(?:tests\/(?:fixtures|reference)|sandbox\/vendor)\//;

function tooManyFiles(root: string, folder: string): string[] {
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && CODE.test(entry.name)).length;
  const below = entries.filter((entry) => entry.isDirectory() && !['dist', 'node_modules'].includes(entry.name));
  return [
    ...(files > MOST_FILES ? [`${folder} holds ${files} code files; at most ${MOST_FILES}.`] : []),
    ...below.flatMap(({ name }) => tooManyFiles(root, `${folder}/${name}`)),
  ];
}

// The linter's own rule takes some longer files for shorter.
function tooManyLines(root: string): string[] {
  const listed = execFileSync('git', ['ls-files', '-z', '*.ts', '*.tsx', '*.mjs', '*.css'], {
    cwd: root,
    encoding: 'utf8',
  });
  return listed
    .split('\0')
    .filter((path) => path !== '' && !UNCOUNTED.test(path) && existsSync(join(root, path)))
    .map((path) => ({ path, lines: readFileSync(join(root, path), 'utf8').split('\n').length - 1 }))
    .filter(({ lines }) => lines > MOST_LINES)
    .map(({ path, lines }) => `${path} has ${lines} lines; at most ${MOST_LINES}.`);
}

/** One sentence for each folder and file of the project at `root` that is too long to be read at once. */
export function findTooLong(root: string): string[] {
  return [...FOLDERS.flatMap((folder) => tooManyFiles(root, folder)), ...tooManyLines(root)];
}
