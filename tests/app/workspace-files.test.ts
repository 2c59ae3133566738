// Files added, renamed and deleted in the shared text by a driver's page; what the server would refuse is refused first.
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { addFile, findInFiles, nameProblem, removeFile, renameFile } from '#app/_features/editor/workspace-files.ts';
import { checkUpdate } from '#server/document/validate-update.ts';
import { LIMITS } from '#session-core/model/limits.ts';

function open(files: Readonly<Record<string, string>> = { 'dvc.yaml': 'stages:\n', 'src/a.ts': 'one\ntwo\n' }): Y.Doc {
  const doc = new Y.Doc();
  for (const [path, text] of Object.entries(files)) addFile(doc, path, text);
  return doc;
}
const textsOf = (doc: Y.Doc) => doc.getMap<Y.Text>('files').toJSON() as Record<string, string>;

/** The driver's page does `change`; the server takes the updates it sends. */
function driven(change: (doc: Y.Doc) => void): Readonly<Record<string, string>> {
  const server = open();
  const page = new Y.Doc();
  Y.applyUpdate(page, Y.encodeStateAsUpdate(server), 'server');
  page.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin === 'server') return;
    expect(checkUpdate(server, update, 1_000)).toMatchObject({ kind: 'new' });
    Y.applyUpdate(server, update);
  });
  change(page);
  expect(textsOf(page)).toEqual(textsOf(server));
  return textsOf(server);
}

describe('[T14] what a driver does with files', () => {
  it('adds one, also in a new folder', () => {
    expect(driven((doc) => addFile(doc, 'src/new/b.ts'))).toMatchObject({ 'src/new/b.ts': '' });
  });

  it('renames one with its text, in one edit', () => {
    let updates = 0;
    const after = driven((doc) => {
      doc.on('update', () => updates++);
      renameFile(doc, 'src/a.ts', 'src/b.ts');
    });
    expect(after).toEqual({ 'dvc.yaml': 'stages:\n', 'src/b.ts': 'one\ntwo\n' });
    expect(updates).toBe(1);
  });

  it('deletes one and brings it back, unless the name has been taken since', () => {
    expect(driven((doc) => removeFile(doc, 'src/a.ts'))).toEqual({ 'dvc.yaml': 'stages:\n' });
    expect(driven((doc) => removeFile(doc, 'src/a.ts')())).toMatchObject({ 'src/a.ts': 'one\ntwo\n' });
    const taken = driven((doc) => {
      const restore = removeFile(doc, 'src/a.ts');
      addFile(doc, 'src/a.ts', 'other');
      restore();
    });
    expect(taken['src/a.ts']).toBe('other');
  });
});

it.each([
  ['src/b.ts', null],
  ['src/A.ts', 'differ only in upper and lower case'],
  ['src', 'cannot be a file and the folder'],
  ['', '1 to 60 characters'],
  ['package.json', 'is reserved'],
  ['../x.ts', 'is not a name for a file'],
])('[T14] says of the name %j whether it can be used', (path, reason) => {
  const problem = nameProblem(['dvc.yaml', 'src/a.ts'], path);
  if (reason === null) expect(problem).toBeNull();
  else expect(problem).toMatchObject({ reason: expect.stringContaining(reason) });
});

it('says so where the name is taken', () => {
  expect(nameProblem(['src/a.ts'], 'src/a.ts')).toBe('taken');
});

it('says so where there are as many files as there may be', () => {
  const paths = Array.from({ length: LIMITS.documentFiles }, (_, i) => `f${i}.ts`);
  expect(nameProblem(paths, 'one-more.ts')).toBe('full');
  expect(nameProblem(paths.slice(1), 'one-more.ts')).toBeNull();
});

it('finds text in all files, with the place, whatever its case', () => {
  const doc = open();
  expect(findInFiles(doc, ['dvc.yaml', 'src/a.ts'], 'T')).toEqual([
    { path: 'dvc.yaml', line: 1, column: 2, text: 'stages:' },
    { path: 'src/a.ts', line: 2, column: 1, text: 'two' },
  ]);
  expect(findInFiles(doc, ['src/a.ts'], '')).toEqual([]);
});
