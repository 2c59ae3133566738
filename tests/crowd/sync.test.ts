// The folder and the live text while somebody types into both: editors that write in bursts, each in its own way, and edits
// that arrive from the session in between. Time is counted by the test, so nothing waits.
import { closeSync, mkdirSync, openSync, renameSync, unlinkSync, writeFileSync, writeSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import * as Y from 'yjs';
import { editText, textsOf } from '#crowd/drive/text-edits.ts';
import { seeded } from '#tests/support/seeded.ts';
import { createDrivenFolder, type DrivenFolder, START } from './driven-folder.ts';

let root: string;
let live: Y.Doc;
let said: string[];
let now: DrivenFolder['now'];
let at: DrivenFolder['at'];
let read: DrivenFolder['read'];
let save: DrivenFolder['save'];
let saveByRename: DrivenFolder['saveByRename'];
let step: DrivenFolder['step'];
let wait: DrivenFolder['wait'];
let rest: DrivenFolder['rest'];
let arrive: DrivenFolder['arrive'];
let remove: DrivenFolder['remove'];
beforeEach(() => {
  ({ root, live, said, now, at, read, save, saveByRename, step, wait, rest, arrive, remove } = createDrivenFolder());
});
afterEach(() => remove());

it('sends what was saved, however the editor writes, and writes what arrives', () => {
  rest();
  save('src/a.ts', 'one\nTWO\nthree\n');
  saveByRename('src/b.ts', 'x\ny\nz\n');
  save('src/new.ts', 'new\n');
  rest();
  expect(textsOf(live)).toEqual({
    ...START,
    'src/a.ts': 'one\nTWO\nthree\n',
    'src/b.ts': 'x\ny\nz\n',
    'src/new.ts': 'new\n',
  });
  arrive((files) => {
    files.get('src/a.ts')!.insert(0, '// from the session\n');
    files.set('src/more.ts', new Y.Text('more\n'));
    files.delete('src/b.ts');
  });
  rest();
  expect(read('src/a.ts')).toBe('// from the session\none\nTWO\nthree\n');
  expect(read('src/more.ts')).toBe('more\n');
  expect(() => read('src/b.ts')).toThrow('ENOENT');
});

it('takes neither a truncated file nor one that is renamed away for what somebody meant', () => {
  rest();
  const states: object[] = [];
  live.on('update', () => states.push(textsOf(live)));
  save('src/a.ts', '');
  step();
  step();
  save('src/a.ts', 'one\ntwo\nthree\nfour\n');
  renameSync(at('src/b.ts'), at('src/b.ts~'));
  step();
  step();
  renameSync(at('src/b.ts~'), at('src/b.ts'));
  rest();
  expect(states).toEqual([{ ...START, 'src/a.ts': 'one\ntwo\nthree\nfour\n' }]);
  unlinkSync(at('src/b.ts'));
  save('src/a.ts', '');
  rest();
  expect(textsOf(live)).toEqual({ 'dvc.yaml': START['dvc.yaml'], 'src/a.ts': '' });
});

it('sends many files that are saved at once in one piece', () => {
  rest();
  let updates = 0;
  live.on('update', () => {
    updates += 1;
  });
  for (let n = 0; n < 12; n++) save(`src/f${n}.ts`, `export const n = ${n};\n`);
  rest();
  expect(updates).toBe(1);
  expect(Object.keys(textsOf(live))).toHaveLength(15);
});

it('keeps what arrived when an editor saves a text that it made without it', () => {
  rest();
  arrive((files) => files.get('src/a.ts')!.insert(0, '// applied\n'));
  rest();
  expect(read('src/a.ts')).toBe('// applied\none\ntwo\nthree\n');
  // Three times in a row, from what the editor had open.
  for (const more of ['four\n', 'four\nfive\n', 'four\nfive\nsix\n']) {
    save('src/a.ts', `one\ntwo\nthree\n${more}`);
    rest();
    expect(read('src/a.ts')).toBe(`// applied\none\ntwo\nthree\n${more}`);
  }
  // Whoever deletes it later means it.
  wait(5_000);
  save('src/a.ts', 'one\n');
  rest();
  expect(textsOf(live)['src/a.ts']).toBe('one\n');
});

it('keeps both where the same line was changed here and there in one moment', () => {
  rest();
  save('src/a.ts', 'one\nmine\nthree\n');
  arrive((files) => editText(files.get('src/a.ts')!, 'one\ntheirs\nthree\n'));
  rest();
  const text = read('src/a.ts');
  for (const part of ['mine', 'theirs', 'one\n', 'three\n']) expect(text.split(part)).toHaveLength(2);
  expect(textsOf(live)['src/a.ts']).toBe(text);
});

it('keeps a file that was deleted there while it was changed here, and both texts of one that both made', () => {
  rest();
  save('src/b.ts', 'x\ny\nmine\n');
  save('src/new.ts', 'made here\n');
  arrive((files) => {
    files.delete('src/b.ts');
    files.set('src/new.ts', new Y.Text('made there\n'));
  });
  rest();
  expect(textsOf(live)['src/b.ts']).toBe('x\ny\nmine\n');
  expect(read('src/new.ts')).toBe('<<<<<<< yours\nmade here\n=======\nmade there\n>>>>>>> session\n');
  expect(textsOf(live)['src/new.ts']).toBe('made there\n');
  save('src/new.ts', 'made here\nmade there\n');
  rest();
  expect(textsOf(live)['src/new.ts']).toBe('made here\nmade there\n');
});

it('sends nothing that the server would refuse, says why, and goes on when it is put right', () => {
  rest();
  save('src/a.ts', 'x'.repeat(190_000));
  save('src/c.ts', 'y'.repeat(20_000));
  for (let n = 0; n < 5; n++) step();
  expect(said).toEqual(['a workspace may have 200000 bytes, and this one would have 210015']);
  expect(textsOf(live)).toEqual(START);
  unlinkSync(at('src/c.ts'));
  rest();
  expect(textsOf(live)['src/a.ts']).toHaveLength(190_000);
  writeFileSync(at('src/d.ts'), Buffer.from([0xff, 0xfe, 0x00]));
  rest();
  expect(said.at(-1)).toBe('src/d.ts: it is not text in UTF-8');
});

it('keeps both texts where a file arrives that the folder had already, as no part of the workspace', () => {
  save('src/helper.js', 'mine\n');
  rest();
  expect(textsOf(live)).toEqual(START);
  arrive((files) => files.set('src/helper.js', new Y.Text('theirs\n')));
  rest();
  expect(read('src/helper.js')).toBe('<<<<<<< yours\nmine\n=======\ntheirs\n>>>>>>> session\n');
  expect(textsOf(live)['src/helper.js']).toBe('theirs\n');
});

it('never takes a deleted or moved folder for a deletion of everything', () => {
  rest();
  for (const path of ['src/a.ts', 'src/b.ts']) unlinkSync(at(path));
  step(900);
  step(300);
  // The rest goes while the first ones have been missing for a while.
  unlinkSync(at('dvc.yaml'));
  for (let n = 0; n < 20; n++) step();
  expect(textsOf(live)).toEqual(START);
  expect(said).toEqual(['every file is missing here: put them back']);
  for (const [path, text] of Object.entries(START)) save(path, text);
  rest();
  renameSync(root, `${root}-moved`);
  expect(() => step()).toThrow(/moved or deleted/);
  renameSync(`${root}-moved`, root);
  expect(textsOf(live)).toEqual(START);
});

it('takes the mark that an editor begins a file with for no change, nor bytes for text, after the file was replaced', () => {
  save('src/a.ts', '\ufeffone\r\ntwo\r\nthree\r\n');
  rest();
  expect(textsOf(live)).toEqual(START);
  const open = openSync(at('src/a.ts'), 'r+');
  arrive((files) => files.get('src/a.ts')!.insert(0, '// applied\n'));
  rest();
  step(300);
  rest();
  expect(textsOf(live)['src/a.ts']).toBe('// applied\none\ntwo\nthree\n');
  writeSync(open, Buffer.from([0xff, 0xfe, 0x41]), 0, 3, 0);
  closeSync(open);
  for (let n = 0; n < 5; n++) step();
  expect(textsOf(live)['src/a.ts']).toBe('// applied\none\ntwo\nthree\n');
});

it('leaves files beside the workspace alone: of tools, hidden, of other endings', () => {
  rest();
  for (const path of ['package.json', '.env', 'src/.a.ts.swp', 'src/4913', 'src/a.ts~']) save(path, 'no');
  mkdirSync(at('reports'));
  save('reports/metrics.json', '{}');
  rest();
  expect(textsOf(live)).toEqual(START);
});

it('loses and doubles no line, whatever the order of saves and arrivals', () => {
  for (let seed = 1; seed <= 12; seed++) {
    const random = seeded(seed);
    const paths = ['src/a.ts', 'src/b.ts'] as const;
    rest();
    const open = new Map<string, { text: string; at: number }>(
      paths.map((path) => [path, { text: read(path), at: now() }]),
    );
    const expected = new Map<string, string[]>(paths.map((path) => [path, []]));
    const withLine = (text: string, line: string) => {
      const lines = text.split('\n');
      return lines.toSpliced(random.below(lines.length), 0, line).join('\n');
    };
    for (let n = 0; n < 30; n++) {
      const path = random.one(paths);
      const line = `line ${seed}-${n}`;
      const what = random.below(100);
      if (what < 45) {
        const editor = open.get(path)!;
        // Editors load a file anew soon after it was replaced.
        if (now() - editor.at > 1_000 || random.chance(0.3)) Object.assign(editor, { text: read(path), at: now() });
        editor.text = withLine(editor.text, line);
        expected.get(path)!.push(line);
        if (random.chance(0.4)) {
          save(path, '');
          if (random.chance(0.5)) step(60);
        }
        random.one([save, saveByRename])(path, editor.text);
      } else if (what < 65) {
        expected.get(path)!.push(line);
        arrive((files) => editText(files.get(path)!, withLine(files.get(path)!.toString(), line)));
      } else step(random.one([30, 100, 250]));
    }
    rest();
    for (const path of paths) {
      const lines = read(path).split('\n');
      expect(textsOf(live)[path], `seed ${seed}`).toBe(read(path));
      for (const line of expected.get(path)!)
        expect(
          lines.filter((one) => one === line),
          `seed ${seed}: ${line} in\n${read(path)}`,
        ).toHaveLength(1);
    }
  }
});
