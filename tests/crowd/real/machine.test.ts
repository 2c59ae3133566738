// `crowd` on a machine, without a server: what a stage may write, and what is printed where the program meets its limits.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { run } from '#crowd/commands/run.ts';
import { writeBase } from '#crowd/folder/base.ts';
import { isNameBeside } from '#crowd/folder/safe-files.ts';
import { Failure } from '#crowd/program/failure.ts';
import { createOutput } from '#crowd/program/output.ts';
import { outsideFolder } from '#sandbox/index.ts';
import { otherNode } from './crowd-process.ts';

let root: string;
const put = (path: string, text: string) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};
const read = (path: string) => readFileSync(join(root, path), 'utf8');
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'crowd-machine-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

it('writes every file that a session has beside its workspace', () => {
  const listed = execFileSync('find', ['node_modules', '-type', 'f'], { cwd: outsideFolder(), encoding: 'utf8' });
  const paths = listed
    .trim()
    .split('\n')
    .map((path) => path.replace('node_modules', 'libraries'));
  expect(paths.length).toBeGreaterThan(10);
  expect(paths.filter((path) => !isNameBeside(path))).toEqual([]);
});

it('lets a stage write its outs, and neither .git nor code nor libraries', () => {
  const paths = ['.git/config', 'src/a.ts', 'libraries/workshop/index.js', '.crowd/session.json', 'reports/other.json'];
  const attempts = paths.map((path) => `attempt('${path}');`).join('\n');
  for (const path of paths) put(path, 'before\n');
  cpSync(join(outsideFolder(), 'node_modules'), join(root, 'libraries'), { recursive: true });
  const library = read('libraries/workshop/index.js');
  put(
    'dvc.yaml',
    'stages:\n  a:\n    cmd: node src/a.ts\n    deps: [src/a.ts]\n    outs: [models/deep/m.json]\n    metrics: [reports/metrics.json]\n',
  );
  const hostile = `import { writeFileSync } from 'node:fs';
import { writeJson } from 'workshop';
const attempt = (path) => { try { writeFileSync(path, 'hostile'); } catch {} };
${attempts}
writeJson('models/deep/m.json', {});
writeJson('reports/metrics.json', { score: 1 });
`;
  put('src/a.ts', hostile);
  const values: object[] = [];
  const ended = run({
    words: [],
    options: {},
    folder: root,
    output: { ...createOutput(true), value: (value) => void values.push(value) },
  });
  expect(ended).toBe(0);
  expect(values).toMatchObject([{ metrics: { score: 1 } }]);
  expect(read('libraries/workshop/index.js')).toBe(library);
  expect(read('src/a.ts')).toBe(hostile);
  for (const path of ['.git/config', '.crowd/session.json', 'reports/other.json']) expect(read(path)).toBe('before\n');
  put(
    'src/a.ts',
    `import { writeText } from 'workshop';\nwriteText('reports/metrics.json', 'NaN');\nwriteText('models/deep/m.json', '');\n`,
  );
  expect(() => run({ words: [], options: {}, folder: root, output: createOutput(true) })).toThrow(Failure);
});

it('answers with JSON where it was started in a folder that is gone, and ends quietly where nobody reads on', () => {
  const program = join(outsideFolder(), 'node_modules/crowd/crowd.mjs');
  const shell = (command: string) =>
    spawnSync('bash', ['-c', command, otherNode(), program], { encoding: 'utf8', cwd: root });
  const gone = shell('mkdir gone; cd gone; rmdir ../gone; "$0" "$1" status --json');
  expect(JSON.parse(gone.stdout)).toMatchObject({ error: { code: 'system' } });
  expect(gone.status).toBe(1);
  put('.crowd/session.json', '{}');
  writeBase(root, { revision: 1, files: { 'src/a.ts': 'one\n' }, beside: [] });
  put('src/a.ts', 'line\n'.repeat(30_000));
  const piped = shell('set -o pipefail; "$0" "$1" diff | head -1');
  expect(piped).toMatchObject({ status: 0, stderr: '', stdout: '--- a/src/a.ts\n' });
});
