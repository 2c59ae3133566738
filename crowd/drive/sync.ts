// The folder and the live text, kept the same: what an editor saves becomes edits of the text, what arrives in the text is
// written to the files.
// Invariants: `mirror` is a copy of the document as the folder has it. A saved file is compared with it alone, so that what
// arrived meanwhile is merged by Yjs, which loses and doubles nothing. What an editor saves soon after its file was replaced
// is compared with the text, of those that the file had, which it differs least from. A file that is made from another text
// than the mirror's is in `behind`: what it is compared with is known, its absence deletes nothing, and where the two
// conflict, the markers are written to the file alone.
import * as Y from 'yjs';
import { diffLines, linesOf } from '#session-core/text/line-diff.ts';
import type { Files } from '#session-core/text/patch.ts';
import { own } from '#session-core/util/immutable-map.ts';
import { addsMarkers, mergeWithMarkers } from '../text/merge-with-markers.ts';
import { faultOf } from './refusal.ts';
import type { Disk, LateSave, Scan } from './scan.ts';
import { editText, filesOf, textsOf } from './text-edits.ts';

export interface SyncEvents {
  sent(paths: readonly string[]): void;
  received(paths: readonly string[]): void;
  /** Nothing is sent until it is put right. */
  refused(why: string): void;
}
export interface Sync {
  /** Both ways, once. True: the folder and the text are the same, and no file is being written. */
  step(now: number): boolean;
  /** The texts that the files of the folder were made from: what both have in common. */
  common(): Files;
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

/** What a file was made from, where that is not the text of the mirror. */
interface Origin {
  /** null: the file was here before the session had one of its name. */
  readonly text: string | null;
  /** The document as it was then. */
  readonly doc?: Y.Doc;
}

/** @param origins what files were made from that are neither as the text has them nor to be sent as they are */
export function createSync(
  live: Y.Doc,
  disk: Disk,
  events: SyncEvents,
  origins: ReadonlyMap<string, string | null> = new Map(),
): Sync {
  const mirror = copyOf(live);
  const clients = new Set([mirror.clientID]);
  /** By file, oldest first. */
  const former = new Map<string, readonly Former[]>();
  const behind = new Map<string, Origin>([...origins].map(([path, text]) => [path, { text }]));
  /** Saved to files that were replaced, and not merged yet. */
  let late: LateSave[] = [];
  let arrived = true;
  let complained = '';
  mirror.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== ARRIVED) Y.applyUpdate(live, update, SAVED);
  });
  live.on('update', (_: Uint8Array, origin: unknown) => {
    if (origin !== SAVED) arrived = true;
  });

  const textAt = (doc: Y.Doc, path: string): string | undefined => filesOf(doc).get(path)?.toString();
  /** One and the same text in both documents, or in neither: edits of the one reach the other. */
  const isShared = (path: string, ours: Y.Doc, theirs: Y.Doc): boolean => {
    const [a, b] = [ours, theirs].map((doc) => filesOf(doc).get(path)?._item?.id ?? null);
    return Y.compareIDs(a ?? null, b ?? null);
  };
  /** From now on, the file is made from the text of now, whatever arrives. */
  const keepOrigin = (path: string): void =>
    void behind.set(path, { text: textAt(mirror, path) ?? null, doc: copyOf(mirror) });

  /** What an editor made of a former text: merged as if both had typed at once. */
  function mergeSave(path: string, doc: Y.Doc, text: string, now: number): void {
    clients.add(doc.clientID);
    const before = Y.encodeStateVector(doc);
    doc.transact(() => editText(filesOf(doc).get(path)!, text));
    Y.applyUpdate(mirror, Y.encodeStateAsUpdate(doc, before), SAVED);
    former.set(path, [{ doc, text, at: now }]);
  }

  /** Where Yjs cannot: of lines that conflict, both go to the file, which is `has` now, for the user to choose. */
  function mergeText(path: string, save: { base: string; ours: string; has: string }): 'merged' | 'held' | 'busy' {
    const { base, ours, has } = save;
    const theirs = textAt(mirror, path)!;
    const { text, conflicts } = mergeWithMarkers(base, { ours, theirs });
    if (conflicts > 0 || addsMarkers(path, text, theirs)) {
      if (!disk.write(path, text, has)) return 'busy';
      keepOrigin(path);
      return 'held';
    }
    mirror.transact(() => editText(filesOf(mirror).get(path)!, text), SAVED);
    behind.set(path, { text: has });
    return 'merged';
  }

  /** The document that an editor had open when it saved this text; null: that of the mirror. */
  function openedBy(path: string, saved: string, now: number): Y.Doc | null {
    const origin = behind.get(path);
    const recent = (former.get(path) ?? []).filter(({ at }) => now - at <= RELOAD_MS).reverse();
    const opened = origin?.doc === undefined ? recent : [{ doc: origin.doc, text: origin.text ?? '' }, ...recent];
    let best: Y.Doc | null = null;
    let least = origin === undefined ? distance(textAt(mirror, path) ?? '', saved) : Number.POSITIVE_INFINITY;
    for (const { doc, text } of opened) {
      if (!isShared(path, doc, mirror)) continue;
      const far = distance(text, saved);
      if (far < least) [best, least] = [doc, far];
    }
    return best;
  }

  /** False: it waits until the file itself is as the mirror has it. */
  function absorbLate({ path, base, text }: LateSave, { texts }: Scan, now: number): boolean {
    const [theirs, has] = [textAt(mirror, path), texts.get(path)];
    if (theirs !== has) return false;
    if (theirs === undefined) {
      if (addsMarkers(path, text, '')) return disk.write(path, text, null);
      if (filesOf(live).has(path)) return false;
      mirror.transact(() => filesOf(mirror).set(path, new Y.Text(text)), SAVED);
      return true;
    }
    const from = former.get(path)?.find((one) => one.text === base && isShared(path, one.doc, mirror));
    if (from === undefined || addsMarkers(path, text, theirs))
      return mergeText(path, { base, ours: text, has: theirs }) !== 'busy';
    keepOrigin(path);
    mergeSave(path, from.doc, text, now);
    return true;
  }

  function absorb(scan: Scan, now: number): Absorbed {
    const { texts, skipped, leftOut } = scan;
    for (const path of leftOut.keys()) if (filesOf(mirror).has(path) && !behind.has(path)) keepOrigin(path);
    const [apart, kept, sent] = [new Map<string, string | null>(), new Set<string>(), new Set<string>()];
    late = late.filter((one) => {
      const done = absorbLate(one, scan, now);
      // Its file is compared with the text in the next step.
      if (done) for (const set of [kept, sent]) set.add(one.path);
      return !done;
    });
    const held = textsOf(mirror);
    for (const path of behind.keys())
      if (own(held, path) === undefined && !texts.has(path) && !skipped.has(path)) behind.delete(path);
    const edits: (() => void)[] = [];
    const edit = (path: string, change: () => void) => {
      edits.push(change);
      sent.add(path);
    };
    for (const path of new Set([...Object.keys(held), ...texts.keys()])) {
      const [was, is, origin] = [own(held, path), texts.get(path), behind.get(path)];
      if (was === is || skipped.has(path) || kept.has(path)) continue;
      if (is === undefined) {
        // What was deleted is the text of the session only where the folder had it, and all of it.
        if (origin !== undefined || !isShared(path, mirror, live)) continue;
        if (textAt(live, path) === was) edit(path, () => filesOf(mirror).delete(path));
        else keepOrigin(path);
      } else if (origin?.text === is) {
        // Nobody changed it: it is written anew.
      } else if (!isShared(path, mirror, live)) apart.set(path, origin === undefined ? (was ?? null) : origin.text);
      else if (was === undefined) edit(path, () => filesOf(mirror).set(path, new Y.Text(is)));
      else if (origin !== undefined && (origin.doc === undefined || !isShared(path, origin.doc, mirror))) {
        if (mergeText(path, { base: origin.text ?? '', ours: is, has: is }) === 'merged') sent.add(path);
        else kept.add(path);
      } else {
        const doc = openedBy(path, is, now);
        if (doc !== null) {
          mergeSave(path, doc, is, now);
          behind.set(path, { doc, text: is });
          sent.add(path);
        } else {
          former.delete(path);
          edit(path, () => editText(filesOf(mirror).get(path)!, is));
        }
      }
    }
    // In one piece, and apart from what was merged: a transaction is of one Yjs client.
    if (edits.length > 0)
      mirror.transact(() => {
        for (const change of edits) change();
      }, SAVED);
    if (sent.size > 0) events.sent([...sent]);
    return { apart, kept };
  }

  function take({ apart, kept }: Absorbed, { texts }: Scan, now: number): void {
    if (arrived) {
      arrived = false;
      const before = textsOf(mirror);
      const copy = copyOf(mirror);
      Y.applyUpdate(mirror, Y.encodeStateAsUpdate(live, Y.encodeStateVector(mirror)), ARRIVED);
      const after = textsOf(mirror);
      for (const path of new Set([...Object.keys(before), ...Object.keys(after)])) {
        const text = own(before, path);
        if (text === own(after, path)) continue;
        const doc = copyOf(copy);
        if (!behind.has(path)) behind.set(path, text === undefined ? { text: null } : { text, doc });
        const recent = (former.get(path) ?? []).filter(({ at }) => now - at <= RELOAD_MS);
        if (own(after, path) === undefined) former.delete(path);
        else if (text !== undefined) former.set(path, [...recent, { doc, text, at: now }]);
      }
    }
    mirror.transact(() => {
      for (const [path, base] of apart)
        if (filesOf(mirror).has(path)) {
          behind.set(path, { text: base });
          kept.add(path);
        } else filesOf(mirror).set(path, new Y.Text(texts.get(path)!));
    }, SAVED);
  }

  /** Whether every file is as the mirror has it. */
  function write({ texts, skipped }: Scan, { kept }: Absorbed): boolean {
    const held = textsOf(mirror);
    const wrote: string[] = [];
    let same = true;
    // What is deleted first: it may be in place of a folder, or have the same name in other letter case.
    for (const path of new Set([
      ...[...texts.keys()].filter((one) => own(held, one) === undefined),
      ...Object.keys(held),
    ])) {
      const [want, has] = [own(held, path), texts.get(path)];
      if (skipped.has(path)) continue;
      if (kept.has(path)) same = false;
      else if (want === has) behind.delete(path);
      else if (disk.write(path, want ?? null, has ?? null)) {
        wrote.push(path);
        behind.delete(path);
      } else same = false;
    }
    if (wrote.length > 0) events.received(wrote);
    return same;
  }

  return {
    clients,
    common: () => {
      const texts = [...behind].flatMap(([path, { text }]) => (text === null ? [] : [[path, text] as const]));
      const agreed = Object.entries(textsOf(mirror)).filter(([path]) => !behind.has(path));
      return Object.fromEntries([...agreed, ...texts]);
    },
    step(now) {
      const scan = disk.scan(now, textsOf(mirror));
      late.push(...scan.late);
      const why = faultOf(scan, textsOf(mirror));
      if (why !== null) {
        if (why !== complained) events.refused(why);
        complained = why;
        return false;
      }
      complained = '';
      const absorbed = absorb(scan, now);
      // A file that is being written would be replaced under the editor's hands.
      if (scan.busy && absorbed.apart.size === 0) return false;
      take(absorbed, scan, now);
      return write(scan, absorbed) && !scan.busy && late.length === 0;
    },
  };
}

interface Absorbed {
  /** Files that were changed here and replaced or deleted in the session, with what they were made from. */
  readonly apart: Map<string, string | null>;
  /** Files that are looked at again before anything is written to them. */
  readonly kept: Set<string>;
}

function copyOf(doc: Y.Doc): Y.Doc {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc), ARRIVED);
  return copy;
}

/** How many lines differ. */
const distance = (a: string, b: string): number =>
  diffLines(linesOf(a), linesOf(b)).reduce((sum, { start, end, lines }) => sum + end - start + lines.length, 0);
