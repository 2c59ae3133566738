// The shared document of a session: one Y.Doc whose map `files` holds path -> Y.Text, changed only here.
// Invariant: changes are collected as updates for one durable append, and nothing is sent before that append resolved.
// The texts are what `plainCode` leaves: line ends are `\n`, no NUL, whole characters.
import * as Y from 'yjs';
import { diffLines, linesOf } from '#session-core/text/line-diff.ts';
import { plainCode } from '#session-core/util/code-text.ts';
import { revertUpdate } from './revert-update.ts';
import { readStateVector, type StateVector } from './state-vector.ts';
import type { ClockRange, Work } from './update-outline.ts';
import { checkReadOnlyUpdate, checkUpdate, structsIn, type Verdict } from './validate-update.ts';

export type Texts = Readonly<Record<string, string>>;

export interface SharedDocument {
  /** Path -> text, paths sorted. The same object until something changes. */
  texts(): Texts;
  /** Counts changes. */
  version(): number;
  /** Applies the updates that are valid, in one transaction. `corrected`: the server changed what was typed. */
  applyTyped(updates: readonly Uint8Array[]): { readonly verdicts: readonly Verdict[]; readonly corrected: boolean };
  /** Makes the texts equal to these by editing the lines that differ. */
  replaceTexts(texts: Texts): void;
  /** Pieces of text, deleted ones included: what loading it costs. */
  structs(): number;
  /** The updates (V1) made since the last call, in order. */
  takeUpdates(): readonly Uint8Array[];
  stateVector(): Uint8Array;
  /** All of it as one update, encoded once for each change. */
  fullUpdate(): Uint8Array;
  /** What a client with this state vector lacks, and whether it holds edits that are not here. Null: unreadable. */
  compare(stateVector: Uint8Array): Compared | null;
  /** Of an update by somebody who may not write: known or refused. */
  checkReadOnly(update: Uint8Array): Verdict;
  /** An update that deletes, in the copy that made it, what a refused one would have added; null where that is nothing. */
  revert(added: readonly ClockRange[]): Uint8Array | null;
  /** Back to what is stored; later changes are discarded. */
  reset(updates: readonly Uint8Array[]): void;
  destroy(): void;
}

export interface Compared {
  /** It holds edits, and none of them is here: it was made of another document. */
  readonly foreign: boolean;
  readonly missing: Uint8Array;
  readonly ahead: boolean;
  readonly work: Work;
}

/** Yjs clients that a copy may name and this document does not know. */
const MOST_UNKNOWN_CLIENTS = 1_000;
/** From here on the texts are counted exactly, well below the limit of a document. */
const RECOUNT_BYTES = 150_000;
/** Sync answers kept until the next change: after a restart everybody asks for the same. */
const CACHED_ANSWERS = 16;

/** `updates`: all that was stored, in order. */
export function createSharedDocument(updates: readonly Uint8Array[]): SharedDocument {
  let doc: Y.Doc;
  let files: Y.Map<Y.Text>;
  let made: Uint8Array[] = [];
  let version = 0;
  let texts: Texts | null = null;
  let encoded: Uint8Array | null = null;
  const answers = new Map<string, Uint8Array>();
  /** UTF-8 bytes of all texts, or more: deletions are counted only when the limit comes near. */
  let bytes = 0;
  const recount = () => {
    bytes = Object.values(readTexts()).reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  };
  const readTexts = (): Texts => {
    texts ??= Object.fromEntries([...files.keys()].sort().map((path) => [path, files.get(path)!.toString()]));
    return texts;
  };
  const clearCaches = () => {
    texts = null;
    encoded = null;
    answers.clear();
  };
  const load = (stored: readonly Uint8Array[]) => {
    doc = new Y.Doc();
    files = doc.getMap('files') as Y.Map<Y.Text>;
    doc.transact(() => {
      for (const update of stored) Y.applyUpdate(doc, update);
    });
    doc.on('update', (update: Uint8Array) => {
      made.push(update);
      version += 1;
      clearCaches();
    });
    made = [];
    version += 1;
    clearCaches();
    recount();
  };
  load(updates);
  const fullUpdate = () => {
    encoded ??= Y.encodeStateAsUpdate(doc);
    return encoded;
  };
  const missing = (known: StateVector, work: Work): Uint8Array => {
    const held = Y.encodeStateVector(new Map(known));
    const name = Buffer.from(held).toString('latin1');
    const cached = answers.get(name);
    if (cached) return cached;
    work.steps += structsIn(doc);
    const answer = Y.encodeStateAsUpdate(doc, held);
    if (answers.size === CACHED_ANSWERS) answers.delete(answers.keys().next().value!);
    answers.set(name, answer);
    return answer;
  };

  return {
    texts: readTexts,
    version: () => version,
    applyTyped(incoming) {
      let corrected = false;
      const verdicts = doc.transact(() => {
        return incoming.map((update): Verdict => {
          if (bytes + update.length > RECOUNT_BYTES) {
            texts = null;
            recount();
          }
          const verdict = checkUpdate(doc, update, bytes);
          if (verdict.kind === 'new') {
            Y.applyUpdate(doc, update);
            bytes += update.length;
          }
          return verdict;
        });
      });
      // A separate transaction: one that applied a remote update must not also hold edits of ours.
      if (verdicts.some((verdict) => verdict.kind === 'new' && verdict.hasControlCharacters))
        doc.transact(() => {
          corrected = normalizeLineEnds(files);
        });
      texts = null;
      return { verdicts, corrected };
    },
    replaceTexts(wanted) {
      doc.transact(() => {
        for (const path of [...files.keys()]) if (!Object.hasOwn(wanted, path)) files.delete(path);
        for (const [path, text] of Object.entries(wanted)) {
          const there = files.get(path);
          if (there) editLines(there, text);
          else files.set(path, new Y.Text(text));
        }
      });
      clearCaches();
      recount();
    },
    structs: () => structsIn(doc),
    takeUpdates() {
      const taken = made;
      made = [];
      return taken;
    },
    stateVector: () => Y.encodeStateVector(doc),
    fullUpdate,
    compare(stateVector) {
      const work = { steps: 0 };
      const held = readStateVector(stateVector, doc.store.clients.size + MOST_UNKNOWN_CLIENTS, work);
      if (held === null) return null;
      const known = [...held].filter(([client, clock]) => clock > 0 && doc.store.clients.has(client));
      const ahead = [...held].some(([client, clock]) => clock > Y.getState(doc.store, client));
      const foreign = ahead && known.length === 0;
      return { missing: known.length === 0 ? fullUpdate() : missing(new Map(known), work), ahead, foreign, work };
    },
    checkReadOnly: (update) => checkReadOnlyUpdate(doc, update),
    revert: (added) => revertUpdate(doc, added),
    reset(stored) {
      doc.destroy();
      load(stored);
    },
    destroy: () => doc.destroy(),
  };
}

/** Line separators become `\n`, NUL goes, half of a pair becomes U+FFFD. Whether there was any. */
function normalizeLineEnds(files: Y.Map<Y.Text>): boolean {
  let changed = false;
  for (const text of files.values()) {
    const delta = normalizingDelta(text.toString());
    if (delta.length === 0) continue;
    changed = true;
    text.applyDelta(delta);
  }
  return changed;
}

/** Runs of such characters that are replaced one by one, so that cursors between them stay; more are one change. */
const MOST_REPLACED = 200;

type Step = { retain: number } | { delete: number } | { insert: string };

/** What makes each line end of the text `\n` and leaves no NUL: one pass, and one step for each run of such characters. */
function normalizingDelta(content: string): Step[] {
  const runs = [...content.matchAll(/[\r\0\u2028\u2029\p{Cs}]+\n?/gu)];
  if (runs.length > MOST_REPLACED) {
    const last = runs.at(-1)!;
    const [from, to] = [runs[0]!.index, last.index + last[0].length];
    return [{ retain: from }, { delete: to - from }, { insert: plainCode(content.slice(from, to)) }];
  }
  let done = 0;
  return runs.flatMap(({ 0: run, index }) => {
    const steps = [{ retain: index - done }, { delete: run.length }, { insert: plainCode(run) }];
    done = index + run.length;
    return steps;
  });
}

/** Replaces whole lines only where they differ, so that cursors and selections elsewhere stay. */
function editLines(text: Y.Text, wanted: string): void {
  const before = text.toString();
  const lines = linesOf(before);
  // Offset of each line, and of the line that would come after the last.
  const offsets = [0];
  for (const line of lines) offsets.push(offsets.at(-1)! + line.length + 1);
  for (const { start, end, lines: added } of [...diffLines(lines, linesOf(wanted))].reverse()) {
    const toTheEnd = end === lines.length;
    // A region at the end takes the line break before it; any other the one after it.
    const from = toTheEnd && start > 0 ? offsets[start]! - 1 : offsets[start]!;
    const to = toTheEnd ? before.length : offsets[end]!;
    const insert = !toTheEnd
      ? added.map((line) => `${line}\n`).join('')
      : start > 0
        ? added.map((line) => `\n${line}`).join('')
        : added.join('\n');
    if (to > from) text.delete(from, to - from);
    if (insert !== '') text.insert(from, insert);
  }
}
