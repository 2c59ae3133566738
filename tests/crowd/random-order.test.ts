// Saves, deletions and arrivals in random order: what cannot be read stays and deletes nothing, and no marker is sent.
import { existsSync, rmSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import * as Y from 'yjs';
import { editText, textsOf } from '#crowd/drive/text-edits.ts';
import { seeded } from '#tests/support/seeded.ts';
import { createDrivenFolder, type DrivenFolder } from './driven-folder.ts';

let folder: DrivenFolder;
beforeEach(() => {
  folder = createDrivenFolder();
});
afterEach(() => folder.remove());

const BYTES = Buffer.from([1, 0xff, 2]);
const live = (path: string) => textsOf(folder.live)[path];
const isBytesAt = (path: string) => existsSync(folder.at(path)) && folder.read(path) === BYTES.toString('utf8');

it('keeps these rules whatever the user and the session do, in any order', () => {
  const paths = ['src/a.ts', 'src/c.ts', 'src/d.js'] as const;
  const markers = folder.watchMarkers();
  for (let seed = 1; seed <= 6; seed++) {
    const random = seeded(seed);
    for (let n = 0; n < 40; n++) {
      const path = random.one(paths);
      const place = folder.at(path);
      const text = `line ${n % 3}\n${random.one(['one\n', 'two\n', ''])}end ${n % 2}\n`;
      const what = random.below(100);
      const unreadable = paths.filter((one) => (one !== path || what >= 45) && isBytesAt(one));
      if (what < 20) folder.save(path, text);
      else if (what < 35) folder.save(path, BYTES);
      else if (what < 45) {
        const isBytes = isBytesAt(path);
        if (isBytes) folder.rest();
        const before = live(path);
        rmSync(place, { force: true });
        if (isBytes) {
          folder.rest();
          expect(live(path), `seed ${seed}: ${path}`).toBe(before);
        }
      } else if (what < 60) folder.arrive((files) => files.set(path, new Y.Text(text)));
      else if (what < 70) folder.arrive((files) => files.delete(path));
      else if (what < 80)
        folder.arrive((files) => {
          const file = files.get(path);
          if (file !== undefined) editText(file, text);
        });
      else folder.step(random.one([30, 100, 250, 1_200, 4_000]));
      for (const one of unreadable) expect(folder.read(one), `seed ${seed}: ${one}`).toBe(BYTES.toString('utf8'));
    }
    folder.rest();
    for (const path of paths) {
      const here = existsSync(folder.at(path)) ? folder.read(path) : undefined;
      const isOwn = here !== undefined && (here === BYTES.toString('utf8') || here.includes('<<<<<<<'));
      if (!isOwn && (path.endsWith('.ts') || live(path) !== undefined))
        expect(here, `seed ${seed}: ${path}`).toBe(live(path));
    }
  }
  expect(markers).toEqual([]);
});
