// A folder and a live text that are kept the same, as `crowd drive` does it. Time is counted by the test, so nothing waits.
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as Y from 'yjs';
import { createDisk } from '#crowd/drive/disk.ts';
import { createSync } from '#crowd/drive/sync.ts';
import { filesOf, textsOf } from '#crowd/drive/text-edits.ts';

export const START = { 'dvc.yaml': 'stages: {}\n', 'src/a.ts': 'one\ntwo\nthree\n', 'src/b.ts': 'x\ny\n' };

export function createDrivenFolder() {
  const root = mkdtempSync(join(tmpdir(), 'crowd-sync-'));
  mkdirSync(join(root, '.crowd'));
  mkdirSync(join(root, 'src'));
  const live = new Y.Doc();
  for (const [path, text] of Object.entries(START)) {
    filesOf(live).set(path, new Y.Text(text));
    writeFileSync(join(root, path), text);
  }
  let now = 1_000;
  const said: string[] = [];
  const disk = createDisk(root, { revision: 1, files: {}, beside: ['package.json'] }, ({ path, why }) =>
    said.push(`${path}: ${why}`),
  );
  const sync = createSync(live, disk, { sent() {}, received() {}, refused: (why) => said.push(why) });
  const at = (path: string) => join(root, path);
  const step = (ms = 100) => {
    now += ms;
    return sync.step(now);
  };
  return {
    root,
    live,
    sync,
    disk,
    said,
    at,
    step,
    now: () => now,
    read: (path: string) => readFileSync(at(path), 'utf8'),
    save: (path: string, text: string | Uint8Array) => writeFileSync(at(path), text),
    /** As Vim: a new file takes the place of the old one. */
    saveByRename: (path: string, text: string) => {
      writeFileSync(at(`${path}~`), text);
      renameSync(at(`${path}~`), at(path));
    },
    /** Nobody does anything for so long. */
    wait: (ms: number) => {
      now += ms;
    },
    rest: () => {
      for (let tries = 0; tries < 60; tries++) if (step()) return;
      throw new Error('the folder and the text did not come to rest');
    },
    /** By another copy of the document, as it arrives over the network. */
    arrive: (edit: (files: Y.Map<Y.Text>) => void) => {
      const other = new Y.Doc();
      Y.applyUpdate(other, Y.encodeStateAsUpdate(live));
      edit(filesOf(other));
      Y.applyUpdate(live, Y.encodeStateAsUpdate(other), 'network');
    },
    /** Those in every text that the session has from now on, not only in the last one. */
    watchMarkers: () => {
      const seen: string[] = [];
      live.on('update', () => {
        for (const [path, text] of Object.entries(textsOf(live)))
          if (/^(?:<{7}|={7}|>{7})/m.test(text)) seen.push(`${path}:\n${text}`);
      });
      return seen;
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
export type DrivenFolder = ReturnType<typeof createDrivenFolder>;
