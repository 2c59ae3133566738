// A server that wants to write where it should not: names of files, ids and answers are hostile.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { clone } from '#crowd/commands/clone.ts';
import { pull } from '#crowd/commands/pull.ts';
import { membershipOf } from '#crowd/folder/membership.ts';
import { isNameBeside, removePlainFile, writePlainFile } from '#crowd/folder/safe-files.ts';
import { readLocal } from '#crowd/folder/workspace-files.ts';
import { createOutput } from '#crowd/program/output.ts';

let home: string;
let server: Server;
let url: string;
let files: Record<string, string>;
let beside: Record<string, string>;
let revision = 1;
let ids = { sessionId: 'abc', participantId: 'p4' };
let before: string | undefined;

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'crowd-hostile-'));
  before = process.env['CROWD_HOME'];
  process.env['CROWD_HOME'] = join(home, 'settings');
  [files, beside, revision] = [{ 'dvc.yaml': 'stages: {}\n', 'src/a.ts': 'one\n' }, { 'package.json': '{}' }, 1];
  ids = { sessionId: 'abc', participantId: 'p4' };
  server = createServer((request, response) => {
    const path = request.url ?? '';
    const answer = path.endsWith('/join')
      ? { ...ids, displayName: 'Ana', token: 'secret' }
      : path.endsWith('/surroundings')
        ? { files: beside }
        : path.includes('/files')
          ? { revision, files, data: [] }
          : {
              sessionId: 'abc',
              title: '../../Evil',
              status: 'open',
              participants: 1,
              online: 1,
              suggestions: 0,
              runs: 0,
              revision,
              createdAt: 1,
            };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  if (before === undefined) delete process.env['CROWD_HOME'];
  else process.env['CROWD_HOME'] = before;
  await new Promise((resolve) => server.close(resolve));
  rmSync(home, { recursive: true, force: true });
});

const output = createOutput(true);
const quiet = { ...output, value: () => {} };
const cloneInto = (folder: string) =>
  clone({ words: [`${url}/j/ABC123`, folder], options: {}, output: quiet, folder: home });

it('writes no file outside the folder, into .git or .crowd, or that a program obeys unasked', async () => {
  const hostile = [
    '../outside.ts',
    '/etc/outside.ts',
    'src/../../outside.ts',
    '.git/hooks/post-checkout',
    '.git/config',
    'src/.git/config',
    '.crowd/session.json',
    '.vscode/tasks.json',
    '.envrc',
    '.bashrc',
    'C:\\outside.ts',
    'src\\outside.ts',
    'con.ts',
    'src/a.ts ',
    'a\u0000b.ts',
    'node_modules/workshop/index.js',
  ];
  for (const path of hostile) {
    files[path] = 'hostile';
    beside[path] = 'hostile';
  }
  await cloneInto('here');
  const all = readdirSync(home, { recursive: true, encoding: 'utf8' }).filter((path) =>
    statSync(join(home, path)).isFile(),
  );
  const wrote = all.filter((path) => readFileSync(join(home, path), 'utf8') === 'hostile');
  expect(wrote).toEqual([]);
  expect(existsSync(join(home, 'outside.ts'))).toBe(false);
  expect(readFileSync(join(home, 'here/src/a.ts'), 'utf8')).toBe('one\n');
  // What was not written was not deleted either: no suggestion takes it out of the session.
  const root = join(home, 'here');
  const base = JSON.parse(readFileSync(join(root, '.crowd/base.json'), 'utf8'));
  expect(readLocal(root, base).files).toEqual(files);
});

it('takes names of files beside the workspace that an export has, and no others', () => {
  for (const path of [
    'libraries/pipeline-core/core/table.d.ts',
    'data/raw/rows.csv',
    '.github/workflows/ci.yml',
    '.npmrc',
    'Makefile',
  ])
    expect(isNameBeside(path), path).toBe(true);
  for (const path of [
    '.git',
    '.github/../x',
    '.ssh/authorized_keys',
    'a//b',
    '',
    '.',
    'libraries/.git/config',
    'x/.npmrc',
  ])
    expect(isNameBeside(path), path).toBe(false);
});

it('writes and deletes through no symbolic link, neither of a folder nor of a file', async () => {
  await cloneInto('here');
  const root = join(home, 'here');
  mkdirSync(join(home, 'elsewhere'));
  writeFileSync(join(home, 'elsewhere/b.ts'), 'mine');
  symlinkSync(join(home, 'elsewhere'), join(root, 'linked'));
  symlinkSync(join(home, 'elsewhere/b.ts'), join(root, 'src/b.ts'));
  for (const path of ['linked/b.ts', 'src/b.ts']) {
    expect(() => writePlainFile(root, path, 'hostile')).toThrow(/symbolic link/);
    expect(() => removePlainFile(root, path)).toThrow(/symbolic link/);
  }
  [files, revision] = [{ ...files, 'linked/b.ts': 'hostile' }, 2];
  await expect(pull({ words: [], options: {}, output: quiet, folder: root })).rejects.toThrow(/symbolic link/);
  expect(readFileSync(join(home, 'elsewhere/b.ts'), 'utf8')).toBe('mine');
  // Nor does it send what a link leads to.
  const base = JSON.parse(readFileSync(join(root, '.crowd/base.json'), 'utf8'));
  expect(Object.values(readLocal(root, base).files)).not.toContain('mine');
});

it('refuses ids that would be the name of a file elsewhere', async () => {
  ids = { sessionId: '../../up', participantId: 'p4' };
  await expect(cloneInto('here')).rejects.toThrow(/ids/);
  expect(existsSync(join(home, 'here'))).toBe(false);
});

it('keeps the token outside the folder, for its owner alone, and sends it to no other server', async () => {
  await cloneInto('here');
  const root = join(home, 'here');
  const inside = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) =>
    statSync(join(root, path)).isFile(),
  );
  for (const path of inside) expect(readFileSync(join(root, path), 'utf8')).not.toContain('secret');
  const kept = join(home, 'settings/tokens/abc-p4.json');
  if (process.platform !== 'win32') expect(statSync(kept).mode & 0o777).toBe(0o600);
  expect(membershipOf(root).token).toBe('secret');
  const session = JSON.parse(readFileSync(join(root, '.crowd/session.json'), 'utf8'));
  writeFileSync(join(root, '.crowd/session.json'), JSON.stringify({ ...session, server: 'http://elsewhere.example' }));
  expect(() => membershipOf(root)).toThrow(/elsewhere/);
});

it('does not let another server replace a token by giving the same ids, and leaves no half of a folder', async () => {
  await cloneInto('here');
  const kept = join(home, 'settings/tokens/abc-p4.json');
  const token = JSON.stringify({ server: 'https://elsewhere.example', token: 'theirs' });
  writeFileSync(kept, token);
  await expect(cloneInto('again')).rejects.toThrow(/the same ids/);
  expect(readFileSync(kept, 'utf8')).toBe(token);
  expect(readdirSync(join(home, 'again'))).toEqual([]);
});

it('follows no redirect, and says where to', async () => {
  server.removeAllListeners('request');
  server.on('request', (_, response) => response.writeHead(307, { location: 'http://elsewhere.example/' }).end());
  await expect(cloneInto('here')).rejects.toThrow('sends everybody to http://elsewhere.example/');
});

it('keeps both versions where both changed a line, and refuses to go on until one is chosen', async () => {
  await cloneInto('here');
  const root = join(home, 'here');
  writeFileSync(join(root, 'src/a.ts'), 'mine\n');
  [files, revision] = [{ ...files, 'src/a.ts': 'theirs\n', 'src/new.ts': 'new\n' }, 2];
  expect(await pull({ words: [], options: {}, output: quiet, folder: root })).toBe(2);
  expect(readFileSync(join(root, 'src/a.ts'), 'utf8')).toBe('<<<<<<< yours\nmine\n=======\ntheirs\n>>>>>>> session\n');
  expect(readFileSync(join(root, 'src/new.ts'), 'utf8')).toBe('new\n');
  await expect(pull({ words: [], options: {}, output: quiet, folder: root })).rejects.toThrow(/markers/);
  writeFileSync(join(root, 'src/a.ts'), 'theirs and mine\n');
  expect(await pull({ words: [], options: {}, output: quiet, folder: root })).toBe(0);
});
