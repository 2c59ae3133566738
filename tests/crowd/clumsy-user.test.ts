// Folders as clumsy users leave them, and machines that fail: nothing of theirs is lost, and what is wrong is said.
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { patchHere } from '#crowd/commands/changes.ts';
import { pullInto } from '#crowd/commands/pull.ts';
import { type Base, givenMark, writeBase } from '#crowd/folder/base.ts';
import { isNameBeside } from '#crowd/folder/safe-files.ts';
import { readLocal, readText } from '#crowd/folder/workspace-files.ts';
import { createOutput, report } from '#crowd/program/output.ts';

let root: string;
let server: Server;
let newest: Base['files'];
/** What the user does while the server answers. */
let meanwhile: () => void;
const base: Base = { revision: 1, files: { 'dvc.yaml': 'stages: {}\n', 'src/a.ts': 'one\n' }, beside: ['README.md'] };
const put = (path: string, text: string | Uint8Array) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const member = { sessionId: 'abc', participantId: 'p1', displayName: 'Ana', title: 'T' };
const output = { ...createOutput(true), value: vi.fn() };
/** What the session has now is pulled. */
const pull = (files: Base['files']) => {
  newest = files;
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return pullInto(root, { ...member, server: address, token: 'secret' }, output);
};

beforeEach(async () => {
  meanwhile = () => {};
  server = createServer((_, response) => {
    meanwhile();
    response
      .setHeader('content-type', 'application/json')
      .end(JSON.stringify({ revision: 2, files: newest, data: [] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  root = mkdtempSync(join(tmpdir(), 'crowd-clumsy-'));
  mkdirSync(join(root, '.crowd'));
  for (const [path, text] of Object.entries(base.files)) put(path, text);
  writeBase(root, base);
});
afterEach(async () => {
  await new Promise((resolve) => server.close(resolve));
  rmSync(root, { recursive: true, force: true });
});

it.each([
  ['UTF-16', 'src/a.ts', Buffer.from('\ufeffmine\n', 'utf16le')],
  ['UTF-16 of plain letters without a mark', 'src/a.ts', Buffer.from('mine\n', 'utf16le')],
  ['bytes', 'src/a.ts', Buffer.from([1, 0xff, 2])],
  ['a large file that the session has now, too', 'src/new.json', Buffer.alloc(300_000, 'x')],
])('pulls nothing over a file that it cannot merge: %s', async (_, path, bytes) => {
  put(path, bytes);
  const pulled = pull({ ...base.files, [path]: 'theirs\n', 'src/more.ts': 'more\n' });
  await expect(pulled).rejects.toMatchObject({ code: 'left_out', message: expect.stringContaining(path) });
  expect(readFileSync(join(root, path)).equals(bytes)).toBe(true);
  expect(existsSync(join(root, 'src/more.ts'))).toBe(false);
  expect(JSON.parse(read('.crowd/base.json'))).toEqual(base);
});

it.each([
  ['bytes', (place: string) => writeFileSync(place, Buffer.from([1, 0xff, 2]))],
  ['a file that is too large', (place: string) => writeFileSync(place, Buffer.alloc(300_000, 'x'))],
  ['a folder', (place: string) => mkdirSync(place)],
  ['a link to nowhere', (place: string) => symlinkSync('/nowhere', place)],
])('keeps what it cannot read when the session deletes the file of that name: %s', async (_, make) => {
  const place = join(root, 'src/a.ts');
  rmSync(place);
  make(place);
  const before = lstatSync(place);
  const { 'src/a.ts': _gone, ...left } = base.files;
  await pull({ ...left, 'src/more.ts': 'more\n' });
  expect(lstatSync(place)).toMatchObject({ ino: before.ino, size: before.size });
  expect(read('src/more.ts')).toBe('more\n');
});

it.each([
  ['a link to nowhere', 'src/a.ts', (place: string) => symlinkSync('/nowhere', place)],
  ['a link in place of its folder', 'src', (place: string) => symlinkSync('/', place)],
  ['a file in place of its folder', 'src', (place: string) => writeFileSync(place, 'mine\n')],
])('takes no file that it cannot look at for one that was deleted: %s', (_, path, make) => {
  rmSync(join(root, path), { recursive: true });
  make(join(root, path));
  const why = expect.any(String);
  expect(readLocal(root, base)).toEqual({ files: base.files, leftOut: [{ path: 'src/a.ts', why }] });
});

it('turns a file into a folder, and back, as the session does', async () => {
  const part = { ...base.files, 'src/part': 'file\n' };
  await pull(part);
  await pull({ ...base.files, 'src/part/one.ts': 'one\n' });
  expect(read('src/part/one.ts')).toBe('one\n');
  await pull(part);
  expect(read('src/part')).toBe('file\n');
  // With something of the user in it the folder stays, and says so.
  await pull({ ...base.files, 'src/part/one.ts': 'one\n' });
  put('src/part/mine.csv', 'mine\n');
  await expect(pull(part)).rejects.toMatchObject({ code: 'left_out' });
  expect(read('src/part/mine.csv')).toBe('mine\n');
});

it('writes over nothing that was saved while the answer of the server was on its way', async () => {
  meanwhile = () => {
    put('src/a.ts', 'mine\n');
    put('src/new.ts', 'mine\n');
  };
  const { conflicts } = await pull({ 'dvc.yaml': base.files['dvc.yaml']!, 'src/new.ts': 'theirs\n' });
  expect(conflicts).toEqual(['src/new.ts']);
  expect(read('src/a.ts')).toBe('mine\n');
  expect(read('src/new.ts')).toContain('mine\n');
});

it('replaces a file beside the workspace that nobody changed, and merges one that the user did', async () => {
  const [given, changed] = ['# As it was exported\n', '# Mine\n'];
  put('README.md', given);
  writeBase(root, { ...base, given: { 'README.md': givenMark(given) } });
  await pull({ ...base.files, 'README.md': 'Of the session\n' });
  expect(read('README.md')).toBe('Of the session\n');
  put('README.md', changed);
  writeBase(root, { ...base, given: { 'README.md': givenMark(given) } });
  expect(await pull({ ...base.files, 'README.md': 'Of the session\n' })).toMatchObject({ conflicts: ['README.md'] });
  expect(read('README.md')).toContain(changed);
});

it('writes over a file that may not be written only what it had from the session', async () => {
  chmodSync(join(root, 'src/a.ts'), 0o444);
  await pull({ ...base.files, 'src/a.ts': 'theirs\n' });
  expect(read('src/a.ts')).toBe('theirs\n');
  expect(lstatSync(join(root, 'src/a.ts')).mode & 0o777).toBe(0o444);
});

it('keeps a file of the user that was no part of the workspace when the session makes one of its name', async () => {
  put('src/helper.js', 'mine\n');
  put('reports/notes.md', 'mine too\n');
  const { conflicts } = await pull({ ...base.files, 'src/helper.js': 'theirs\n', 'reports/notes.md': 'mine too\n' });
  expect(conflicts).toEqual(['src/helper.js']);
  expect(read('src/helper.js')).toBe('<<<<<<< yours\nmine\n=======\ntheirs\n>>>>>>> session\n');
  expect(read('reports/notes.md')).toBe('mine too\n');
});

it('is not stopped by markers that are in the code of the session itself', async () => {
  const files = { ...base.files, 'src/a.ts': '<<<<<<< yours\n' };
  await pull(files);
  expect(await pull({ ...files, 'dvc.yaml': 'stages: {} # new\n' })).toMatchObject({ conflicts: [] });
  put('src/b.ts', 'new\n');
  expect(patchHere(root, { ...base, files })).toMatchObject({ patch: {} });
});

it('pulls again what was interrupted, without a line twice', async () => {
  put('src/a.ts', 'mine\none\n');
  const files = { ...base.files, 'src/a.ts': 'one\ntheirs\n' };
  await pull(files);
  writeBase(root, base);
  expect(await pull(files)).toMatchObject({ conflicts: [] });
  expect(read('src/a.ts')).toBe('mine\none\ntheirs\n');
});

it('loses nothing where a pull was interrupted, with a conflict or with a new file that was changed then', async () => {
  put('src/a.ts', 'mine\n');
  const files = { ...base.files, 'src/a.ts': 'theirs\n', 'src/b.ts': 'new\n' };
  await pull(files);
  // What a killed process wrote is there, and not noted in the base.
  writeBase(root, base);
  await expect(pull(files)).rejects.toMatchObject({ code: 'conflict_open' });
  put('src/a.ts', 'mine and theirs\n');
  put('src/b.ts', 'mine\n');
  await pull({ 'dvc.yaml': base.files['dvc.yaml']! });
  expect(read('src/a.ts')).toBe('mine and theirs\n');
  expect(read('src/b.ts')).toBe('mine\n');
});

it('reads line ends and the mark of other editors as the session has them, and no file that is too large', () => {
  put('src/a.ts', '\ufeffone\r\ntwo\r\n');
  expect(readText(root, 'src/a.ts')).toEqual({ text: 'one\ntwo\n' });
  put('src/huge.json', '');
  // Larger than Node reads at once.
  truncateSync(join(root, 'src/huge.json'), 5 * 2 ** 30);
  expect(readText(root, 'src/huge.json')).toEqual({ why: expect.stringContaining('5368709120 bytes') });
});

it.each(['HEAD', 'libraries/HEAD', 'hooks/post-checkout', 'git.exe', 'npm.cmd', 'libraries/run.bat'])(
  'writes no file that git or Windows would obey: %s',
  (path) => expect(isNameBeside(path)).toBe(false),
);

it('says what is wrong with the machine as an error like any other, and not as a bug', () => {
  const said: object[] = [];
  const json = { ...output, value: (value: object) => void said.push(value) };
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', syscall: 'write' });
  expect(report(full, json)).toBe(1);
  expect(said).toEqual([
    {
      error: {
        code: 'system',
        message: expect.stringContaining('ENOSPC'),
        advice: expect.stringContaining('Make room'),
      },
    },
  ]);
});

it('prints no control character of others, wherever it comes from', () => {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  createOutput(false).line('\u001b[32m+good\u001b[0m \u001b]0;title\u0007\u001b[2J\nnext');
  const [text] = write.mock.calls[0]!;
  write.mockRestore();
  expect(text).toBe('\u001b[32m+good\u001b[0m U+001B]0;titleU+0007U+001B[2J\nnext\n');
});
