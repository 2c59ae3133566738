// The folder and the live text, kept the same: what an editor saves becomes edits of the text, what arrives in the text is
// written to the files.
// Invariant: `mirror` is a copy of the document as the folder has it. A saved file is compared with it alone, so that what
// arrived meanwhile is merged by Yjs, which loses and doubles nothing. What an editor saves soon after its file was replaced
// is compared with the text, of those that the file had, which it differs least from.
import * as Y from 'yjs';
import { fileNameReason, fileNamesFault } from '#pipeline-core/workspace/file-names.ts';
import { LIMITS } from '#session-core/model/limits.ts';
import { utf8Bytes } from '#session-core/protocol/sizes.ts';
import { diffLines, linesOf } from '#session-core/text/line-diff.ts';
import type { Files } from '#session-core/text/patch.ts';
import { own } from '#session-core/util/immutable-map.ts';
import { mergeWithMarkers } from '../text/merge-with-markers.ts';
import { editText, filesOf, textsOf } from './text-edits.ts';

/** A file as an editor saved it after the program had replaced it: it was made from `base`. */
export interface LateSave {
  readonly path: string;
  readonly base: string;
  readonly text: string;
}
export interface Scan {
  /** Files that nobody is writing. */
  readonly texts: ReadonlyMap<string, string>;
  /** Being written, missing for a moment only, or not to be sent: left alone. */
  readonly skipped: ReadonlySet<string>;
  /** Some file is being written: what arrives waits. */
  readonly busy: boolean;
  readonly late: readonly LateSave[];
}
export interface Disk {
  scan(now: number, known: Files): Scan;
  /** False: the file is another one than expected, so nothing was done. null: no file. */
  write(path: string, text: string | null, expected: string | null): boolean;
}
export interface SyncEvents {
  sent(paths: readonly string[]): void;
  received(paths: readonly string[]): void;
  /** Nothing is sent until it is put right. */
  refused(why: string): void;
}
export interface Sync {
  /** Both ways, once. True: the folder and the text are the same, and no file is being written. */
  step(now: number): boolean;
  /** What the folder has of the document. */
  texts(): Files;
  /** Yjs clients that the edits of this folder have. */
  readonly clients: ReadonlySet<number>;
}

/** An editor notices within this time that its file was replaced. */
const RELOAD_MS = 3_000;
const ARRIVED = 'arrived';
const SAVED = 'saved';

/** A text that the file had before it was replaced with what arrived: an editor may still have it open. */
interface Former {
  /** The document as it was then. */
  readonly doc: Y.Doc;
  readonly text: string;
  readonly at: number;
}

export function createSync(live: Y.Doc, disk: Disk, events: SyncEvents): Sync {
  const mirror = copyOf(live);
  const clients = new Set([mirror.clientID]);
  /** By file, oldest first. */
  const former = new Map<string, readonly Former[]>();
  /** Files that changed while they were being replaced: nobody has the text that the mirror has. */
  const unwritten = new Set<string>();
  /** Files that arrived where the folder had one of this name already, which was no part of the workspace. */
  const inTheWay = new Set<string>();
  let arrived = true;
  let complained = '';
  mirror.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== ARRIVED) Y.applyUpdate(live, update, SAVED);
  });
  live.on('update', (_: Uint8Array, origin: unknown) => {
    if (origin !== SAVED) arrived = true;
  });

  /** One and the same text in both documents, or in neither: edits of the one reach the other. */
  const isShared = (path: string): boolean => {
    const [ours, theirs] = [mirror, live].map((doc) => filesOf(doc).get(path)?._item?.id ?? null);
    return Y.compareIDs(ours ?? null, theirs ?? null);
  };

  /** What an editor made of a former text: merged as if both had typed at once. */
  function mergeSave(path: string, from: Former, text: string, now: number): void {
    const file = filesOf(from.doc).get(path);
    if (file === undefined) return;
    clients.add(from.doc.clientID);
    const before = Y.encodeStateVector(from.doc);
    from.doc.transact(() => editText(file, text));
    Y.applyUpdate(mirror, Y.encodeStateAsUpdate(from.doc, before), SAVED);
    former.set(path, [{ doc: from.doc, text, at: now }]);
    unwritten.delete(path);
  }

  /** The text that an editor had open when it saved this one; null: the one that the file had last. */
  function openedBy(path: string, saved: string, now: number): Former | null {
    const isUnwritten = unwritten.has(path);
    const recent = (former.get(path) ?? []).filter(
      ({ at }, i, all) => now - at <= RELOAD_MS || (isUnwritten && i === all.length - 1),
    );
    let best: Former | null = null;
    let least = isUnwritten ? Number.POSITIVE_INFINITY : distance(filesOf(mirror).get(path)?.toString() ?? '', saved);
    for (const one of recent.reverse()) {
      const far = distance(one.text, saved);
      if (far < least) [best, least] = [one, far];
    }
    return best;
  }

  function absorb(
    { texts, skipped, late }: Scan,
    now: number,
  ): Map<string, { base: string | undefined; ours: string }> {
    const apart = new Map<string, { base: string | undefined; ours: string }>();
    for (const { path, base, text } of late) {
      const from = former.get(path)?.find((one) => one.text === base);
      const file = filesOf(mirror).get(path);
      if (from !== undefined) mergeSave(path, from, text, now);
      else if (file === undefined) apart.set(path, { base, ours: text });
      else editText(file, mergeWithMarkers(base, { ours: text, theirs: file.toString() }).text);
    }
    const held = textsOf(mirror);
    const changed = [...new Set([...Object.keys(held), ...texts.keys()])].filter(
      (path) => own(held, path) !== texts.get(path) && !skipped.has(path),
    );
    const edits: (() => void)[] = [];
    for (const path of changed) {
      const [was, is] = [own(held, path), texts.get(path)];
      if (!isShared(path)) {
        if (is !== undefined) apart.set(path, { base: was, ours: is });
      } else if (is === undefined) edits.push(() => filesOf(mirror).delete(path));
      else if (was === undefined) edits.push(() => filesOf(mirror).set(path, new Y.Text(is)));
      else if (inTheWay.delete(path))
        edits.push(() => editText(filesOf(mirror).get(path)!, mergeWithMarkers('', { ours: is, theirs: was }).text));
      else {
        const from = openedBy(path, is, now);
        if (from !== null) mergeSave(path, from, is, now);
        else {
          former.delete(path);
          edits.push(() => editText(filesOf(mirror).get(path)!, is));
        }
      }
    }
    // In one piece, and apart from what was merged: a transaction is of one Yjs client.
    if (edits.length > 0)
      mirror.transact(() => {
        for (const edit of edits) edit();
      }, SAVED);
    if (changed.length > 0) events.sent(changed);
    return apart;
  }

  function take(apart: ReturnType<typeof absorb>, now: number): void {
    if (arrived) {
      arrived = false;
      const before = textsOf(mirror);
      const copy = copyOf(mirror);
      Y.applyUpdate(mirror, Y.encodeStateAsUpdate(live, Y.encodeStateVector(mirror)), ARRIVED);
      const after = textsOf(mirror);
      for (const [path, text] of Object.entries(before)) {
        if (own(after, path) === undefined) former.delete(path);
        else if (after[path] !== text) {
          const kept = (former.get(path) ?? []).filter(({ at }) => now - at <= RELOAD_MS);
          former.set(path, [...kept, { doc: copyOf(copy), text, at: now }]);
        }
      }
    }
    mirror.transact(() => {
      for (const [path, { base = '', ours }] of apart) {
        const theirs = filesOf(mirror).get(path);
        if (theirs === undefined) filesOf(mirror).set(path, new Y.Text(ours));
        else editText(theirs, mergeWithMarkers(base, { ours, theirs: theirs.toString() }).text);
      }
    }, SAVED);
  }

  /** Whether every file is as the mirror has it. */
  function write({ texts, skipped }: Scan): boolean {
    const held = textsOf(mirror);
    const wrote: string[] = [];
    let same = true;
    for (const path of new Set([...Object.keys(held), ...texts.keys()])) {
      const [want, has] = [own(held, path), texts.get(path)];
      if (want === has || skipped.has(path)) continue;
      if (disk.write(path, want ?? null, has ?? null)) {
        wrote.push(path);
        unwritten.delete(path);
        inTheWay.delete(path);
      } else {
        same = false;
        if (has === undefined) inTheWay.add(path);
        unwritten.add(path);
      }
    }
    if (wrote.length > 0) events.received(wrote);
    return same;
  }

  return {
    clients,
    texts: () => textsOf(mirror),
    step(now) {
      const scan = disk.scan(now, textsOf(mirror));
      const why = faultOf(scan, textsOf(mirror));
      if (why !== null) {
        if (why !== complained) events.refused(why);
        complained = why;
        return false;
      }
      complained = '';
      const apart = absorb(scan, now);
      // A file that is being written would be replaced under the editor's hands.
      if (scan.busy && apart.size === 0) return false;
      take(apart, now);
      return write(scan) && !scan.busy;
    },
  };
}

function copyOf(doc: Y.Doc): Y.Doc {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc), ARRIVED);
  return copy;
}

/** What the server would refuse, with all that was typed after it. */
function faultOf({ texts, skipped }: Scan, held: Files): string | null {
  const all = {
    ...Object.fromEntries(texts),
    ...Object.fromEntries(Object.entries(held).filter(([path]) => skipped.has(path))),
  };
  const paths = Object.keys(all);
  if (paths.length === 0 && Object.keys(held).length > 0) return 'every file is missing here: put them back';
  const name = fileNamesFault(paths, Object.keys(held));
  if (name !== null) return fileNameReason(name);
  if (paths.length > LIMITS.documentFiles && paths.length > Object.keys(held).length)
    return `a workspace may have ${LIMITS.documentFiles} files, and this one would have ${paths.length}`;
  const bytes = Object.values(all).reduce((sum, text) => sum + utf8Bytes(text), 0);
  if (bytes > LIMITS.documentBytes)
    return `a workspace may have ${LIMITS.documentBytes} bytes, and this one would have ${bytes}`;
  return null;
}

/** How many lines differ. */
const distance = (a: string, b: string): number =>
  diffLines(linesOf(a), linesOf(b)).reduce((sum, { start, end, lines }) => sum + end - start + lines.length, 0);
