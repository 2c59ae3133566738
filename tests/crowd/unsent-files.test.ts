// Files here that are no text of the session while one drives: what cannot be read, what was there before, and conflicts.
// Nothing of the user is overwritten, the absence of what was never the session's is no deletion, and no marker is sent.
import { linkSync, mkdirSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import * as Y from 'yjs';
import { joinTexts } from '#crowd/drive/join-texts.ts';
import { createSync } from '#crowd/drive/sync.ts';
import { editText, filesOf, textsOf } from '#crowd/drive/text-edits.ts';
import { createDrivenFolder, type DrivenFolder, START } from './driven-folder.ts';

let folder: DrivenFolder;
beforeEach(() => {
  folder = createDrivenFolder();
});
afterEach(() => folder.remove());

const BYTES = Buffer.from([1, 0xff, 2]);
const live = (path: string) => textsOf(folder.live)[path];

/** What a user leaves in place of a file, none of which is a text. */
const UNREADABLE: readonly (readonly [string, (place: string) => void])[] = [
  ['bytes', (place) => writeFileSync(place, BYTES)],
  ['UTF-16', (place) => writeFileSync(place, Buffer.from('\ufeffmine\n', 'utf16le'))],
  ['a file that is too large', (place) => writeFileSync(place, Buffer.alloc(300_000, 'x'))],
  ['a folder', (place) => mkdirSync(place)],
  ['a link to nowhere', (place) => symlinkSync('/nowhere', place)],
  ['a link in a circle', (place) => symlinkSync(place, place)],
];

it.each(UNREADABLE)('sends no deletion when what was in the way is removed: %s', (_, put) => {
  put(folder.at('src/new.ts'));
  folder.rest();
  folder.arrive((files) => files.set('src/new.ts', new Y.Text('theirs\n')));
  folder.rest();
  folder.wait(5_000);
  folder.rest();
  expect(folder.said.filter((one) => one.startsWith('src/new.ts: ')).length).toBeGreaterThan(0);
  rmSync(folder.at('src/new.ts'), { recursive: true });
  folder.rest();
  expect(live('src/new.ts')).toBe('theirs\n');
  expect(folder.read('src/new.ts')).toBe('theirs\n');
  // A file that was here as the session has it is deleted by whoever deletes it.
  unlinkSync(folder.at('src/new.ts'));
  folder.rest();
  expect(textsOf(folder.live)).toEqual(START);
});

it.each(UNREADABLE)('sends no deletion when a file of the session was replaced, and that is removed: %s', (_, put) => {
  folder.rest();
  unlinkSync(folder.at('src/a.ts'));
  put(folder.at('src/a.ts'));
  folder.rest();
  folder.arrive((files) => files.get('src/a.ts')!.insert(0, 'zero\n'));
  folder.rest();
  rmSync(folder.at('src/a.ts'), { recursive: true });
  folder.rest();
  expect(live('src/a.ts')).toBe('zero\none\ntwo\nthree\n');
  expect(folder.read('src/a.ts')).toBe('zero\none\ntwo\nthree\n');
});

it('keeps what cannot be read when the session deletes it, and what arrived while it could not be when it can again', () => {
  folder.rest();
  folder.save('src/a.ts', BYTES);
  folder.save('src/b.ts', BYTES);
  folder.rest();
  for (const line of ['first\n', 'second\n']) {
    folder.arrive((files) => files.get('src/b.ts')!.insert(0, line));
    folder.rest();
    folder.wait(10_000);
  }
  folder.arrive((files) => files.delete('src/a.ts'));
  folder.rest();
  expect(folder.read('src/a.ts')).toBe(BYTES.toString('utf8'));
  folder.save('src/b.ts', 'x\ny\nmine\n');
  // As the session had it: nobody changed it, so it is deleted as it was there.
  folder.save('src/a.ts', START['src/a.ts']);
  folder.rest();
  expect(textsOf(folder.live)).toEqual({ 'dvc.yaml': START['dvc.yaml'], 'src/b.ts': 'second\nfirst\nx\ny\nmine\n' });
  expect(folder.read('src/b.ts')).toBe(live('src/b.ts'));
  expect(() => folder.read('src/a.ts')).toThrow('ENOENT');
});

it('takes neither a link nor a file in place of a folder for the deletion of what was in it', () => {
  folder.rest();
  renameSync(folder.at('src'), folder.at('moved'));
  mkdirSync(folder.at('empty'));
  symlinkSync(folder.at('empty'), folder.at('src'));
  for (let n = 0; n < 30; n++) folder.step();
  expect(live('src/a.ts')).toBe(START['src/a.ts']);
  unlinkSync(folder.at('src'));
  writeFileSync(folder.at('src'), 'no folder');
  for (let n = 0; n < 30; n++) folder.step();
  expect(live('src/a.ts')).toBe(START['src/a.ts']);
  unlinkSync(folder.at('src'));
  for (let n = 0; n < 30; n++) folder.step();
  expect(live('src/a.ts')).toBe(START['src/a.ts']);
  expect(folder.read('src/a.ts')).toBe(START['src/a.ts']);
});

it('turns a file into a folder and back as the session does', () => {
  folder.arrive((files) => files.set('src/part', new Y.Text('file\n')));
  folder.rest();
  folder.arrive((files) => {
    files.delete('src/part');
    files.set('src/part/one.ts', new Y.Text('one\n'));
  });
  folder.rest();
  folder.wait(5_000);
  folder.rest();
  expect(folder.read('src/part/one.ts')).toBe('one\n');
  expect(textsOf(folder.live)).toEqual({ ...START, 'src/part/one.ts': 'one\n' });
  folder.arrive((files) => {
    files.delete('src/part/one.ts');
    files.set('src/part', new Y.Text('file\n'));
  });
  folder.rest();
  folder.wait(5_000);
  folder.rest();
  expect(folder.read('src/part')).toBe('file\n');
  expect(textsOf(folder.live)).toEqual({ ...START, 'src/part': 'file\n' });
});

it('keeps a file that was deleted here while the session changed it', () => {
  folder.rest();
  unlinkSync(folder.at('src/a.ts'));
  folder.step();
  folder.arrive((files) => files.get('src/a.ts')!.insert(0, 'zero\n'));
  folder.rest();
  expect(live('src/a.ts')).toBe('zero\none\ntwo\nthree\n');
  expect(folder.read('src/a.ts')).toBe('zero\none\ntwo\nthree\n');
});

it('sends no marker where the file in the way was the same, or went away, and is changed later', () => {
  const markers = folder.watchMarkers();
  folder.save('src/same.js', 'theirs\n');
  folder.save('src/gone.js', 'mine\n');
  folder.rest();
  folder.arrive((files) => {
    files.set('src/same.js', new Y.Text('theirs\n'));
    files.set('src/gone.js', new Y.Text('theirs\n'));
  });
  // It arrives, and is in the way; then it goes.
  folder.step();
  unlinkSync(folder.at('src/gone.js'));
  folder.rest();
  for (const path of ['src/same.js', 'src/gone.js']) {
    folder.wait(10_000);
    folder.save(path, 'changed\n');
    folder.rest();
    expect(live(path)).toBe('changed\n');
    expect(folder.read(path)).toBe('changed\n');
  }
  expect(markers).toEqual([]);
});

it('holds a file with a conflict back until it is resolved, with all that the session did meanwhile', () => {
  const markers = folder.watchMarkers();
  folder.save('src/helper.js', 'mine\n');
  folder.rest();
  folder.arrive((files) => files.set('src/helper.js', new Y.Text('theirs\nend\n')));
  folder.rest();
  const conflict = '<<<<<<< yours\nmine\n=======\ntheirs\nend\n>>>>>>> session\n';
  expect(folder.read('src/helper.js')).toBe(conflict);
  expect(folder.said.at(-1)).toMatch(/^src\/helper\.js: .*conflict/);
  expect(folder.sync.common()['src/helper.js']).toBe('theirs\nend\n');
  // The session goes on; so does the user, in other files and half way in this one.
  folder.wait(10_000);
  folder.arrive((files) => files.get('src/helper.js')!.insert('theirs\nend\n'.length, 'later\n'));
  folder.save('src/a.ts', 'one\n');
  folder.rest();
  expect(live('src/a.ts')).toBe('one\n');
  folder.save('src/helper.js', 'mine\n=======\ntheirs\nend\n');
  folder.rest();
  expect(live('src/helper.js')).toBe('theirs\nend\nlater\n');
  folder.save('src/helper.js', 'mine\ntheirs\nend\n');
  folder.rest();
  expect(live('src/helper.js')).toBe('mine\ntheirs\nend\nlater\n');
  expect(folder.read('src/helper.js')).toBe('mine\ntheirs\nend\nlater\n');
  expect(markers).toEqual([]);
});

it('gives back the text of the session where a file with a conflict is deleted, and sends no marker of git', () => {
  const markers = folder.watchMarkers();
  folder.rest();
  folder.save('src/a.ts', '<<<<<<< HEAD\none\n||||||| base\ntwo\n=======\nthree\n>>>>>>> branch\n');
  folder.rest();
  folder.wait(5_000);
  unlinkSync(folder.at('src/a.ts'));
  folder.rest();
  expect(folder.read('src/a.ts')).toBe(START['src/a.ts']);
  expect(textsOf(folder.live)).toEqual(START);
  expect(markers).toEqual([]);
});

it('sends no marker for what an editor wrote to a file that was replaced, even where nothing is sent just now', () => {
  const markers = folder.watchMarkers();
  folder.rest();
  // An editor that has the file open, whatever its name is by now.
  linkSync(folder.at('src/a.ts'), folder.at('src/.open'));
  folder.arrive((files) => editText(files.get('src/a.ts')!, 'one\ntheirs\nthree\n'));
  folder.rest();
  folder.arrive((files) => {
    files.set('src/a.ts', new Y.Text('one\nagain\nthree\n'));
  });
  folder.rest();
  folder.save('src/too-much.ts', 'y'.repeat(199_999));
  folder.save('src/.open', 'one\nmine\nthree\n');
  for (let n = 0; n < 8; n++) folder.step();
  unlinkSync(folder.at('src/too-much.ts'));
  folder.rest();
  expect(live('src/a.ts')).toBe('one\nagain\nthree\n');
  expect(folder.read('src/a.ts')).toBe('one\n<<<<<<< yours\nmine\n=======\nagain\n>>>>>>> session\nthree\n');
  expect(markers).toEqual([]);
});

it('merges what an editor wrote to a file that was replaced', () => {
  folder.rest();
  linkSync(folder.at('src/a.ts'), folder.at('src/.open'));
  folder.arrive((files) => files.get('src/a.ts')!.insert(0, 'theirs\n'));
  folder.rest();
  folder.save('src/.open', 'one\ntwo\nthree\nmine\n');
  for (let n = 0; n < 8; n++) folder.step();
  expect(live('src/a.ts')).toBe('theirs\none\ntwo\nthree\nmine\n');
  expect(folder.read('src/a.ts')).toBe('theirs\none\ntwo\nthree\nmine\n');
});

it('begins beside unreadable files and conflicts, sends neither, and knows what both had in common', () => {
  const markers = folder.watchMarkers();
  const agreed = { ...START, 'src/b.ts': 'x\nold\n' };
  folder.save('src/a.ts', BYTES);
  folder.save('src/b.ts', 'x\nmine\n');
  folder.save('src/new.ts', BYTES);
  folder.arrive((files) => {
    files.get('src/a.ts')!.insert(0, 'zero\n');
    files.set('src/new.ts', new Y.Text('theirs\n'));
  });
  for (let n = 0; n < 3; n++) folder.disk.scan(folder.now() + n * 200, agreed);
  const origins = joinTexts(folder.root, { agreed, theirs: textsOf(folder.live) }, folder.disk);
  const sync = createSync(folder.live, folder.disk, { sent() {}, received() {}, refused() {} }, origins);
  for (let n = 0; n < 20; n++) {
    folder.wait(100);
    sync.step(folder.now());
  }
  expect(folder.read('src/b.ts')).toBe('x\n<<<<<<< yours\nmine\n=======\ny\n>>>>>>> session\n');
  expect(sync.common()).toEqual(START);
  rmSync(folder.at('src/new.ts'));
  folder.save('src/b.ts', 'x\nmine and y\n');
  for (let n = 0; n < 20; n++) {
    folder.wait(100);
    sync.step(folder.now());
  }
  expect(live('src/new.ts')).toBe('theirs\n');
  expect(live('src/b.ts')).toBe('x\nmine and y\n');
  expect(filesOf(folder.live).get('src/a.ts')!.toString()).toBe('zero\none\ntwo\nthree\n');
  expect(markers).toEqual([]);
});
