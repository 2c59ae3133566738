// Whether a Yjs update may be applied to the shared document. Checked before, since a Y.Doc has no rollback.
// Invariant: its pieces are counted first; typing into known texts is recognized cheaply, anything else is tried on a copy.
// Refused is what would wait for a missing update, hold anything but named plain texts, or exceed the limits.
import * as Y from 'yjs';
import { fileNameReason, fileNamesFault } from '#pipeline-core/workspace/file-names.ts';
import { LIMITS } from '#session-core/model/limits.ts';
import { isCodable } from '#session-core/util/code-text.ts';
import { fileAt, itemInText, positionFault, type Struct } from './insert-positions.ts';
import { type Fault, fault } from './update-fault.ts';
import { type ClockRange, outlineOf, type ReadOutline, type Work } from './update-outline.ts';

const OUT_OF_ORDER = fault('unreadable', 'its characters are not in the order of their neighbours');
const UNREADABLE = fault('unreadable', 'this edit could not be read');

/** Pieces of one update beyond twice those of the document, since an honest copy may send all that it holds. */
const SPARE_PIECES = { driver: 10_000, others: 1_000 } as const;
const MOST_LENGTH = 2_000_000;

export type Verdict =
  /** `hasControlCharacters`: it brings what `plainCode` takes out, such as a carriage return or a NUL. */
  | { readonly kind: 'new'; readonly hasControlCharacters: boolean; readonly work: Work }
  /** All of it is known already: nothing to apply. */
  | { readonly kind: 'known'; readonly work: Work }
  | ({ readonly kind: 'refused' } & RefusedEdit);

export interface RefusedEdit extends Fault {
  /** What it would have added. Null: it was not read to the end, since it has too many pieces. */
  readonly added: readonly ClockRange[] | null;
  readonly work: Work;
}

type Files = Y.Map<Y.Text>;

type Scan = Exclude<Verdict, { kind: 'new' }> | ReadOutline;

/** Counts the pieces without looking at the content. A verdict where that already decides. */
function scan(doc: Y.Doc, update: Uint8Array, spare: number, work: Work): Scan {
  const outline = outlineOf(update, 2 * structsIn(doc) + spare, work);
  if (outline.kind === 'too-many-pieces')
    return { kind: 'refused', ...fault('too-many-pieces', 'this edit has too many pieces'), added: null, work };
  if (outline.kind === 'unreadable') return { kind: 'refused', ...UNREADABLE, added: [], work };
  const { added, deleted } = outline;
  const known = added.every(({ client, clock, length }) => clock + length <= Y.getState(doc.store, client));
  return known && !deletesMore(doc, deleted, work) ? { kind: 'known', work } : outline;
}

/** Of an update by somebody who may not write. Never throws. */
export function checkReadOnlyUpdate(doc: Y.Doc, update: Uint8Array): Verdict {
  const work = { steps: 0 };
  const scanned = scan(doc, update, SPARE_PIECES.others, work);
  if (scanned.kind === 'known' || (scanned.kind === 'refused' && scanned.added === null)) return scanned;
  return { kind: 'refused', ...fault('not-driver', 'only the driver can type'), added: scanned.added ?? [], work };
}

/** `bytes`: UTF-8 bytes of all texts now, or more. Never throws; an unreadable update is refused. */
export function checkUpdate(doc: Y.Doc, update: Uint8Array, bytes: number): Verdict {
  const work = { steps: 0 };
  const scanned = scan(doc, update, SPARE_PIECES.driver, work);
  if (scanned.kind !== 'read') return scanned;
  const refused = (why: Fault): Verdict => ({ kind: 'refused', ...why, added: scanned.added, work });
  let structs: readonly Struct[];
  try {
    structs = Y.decodeUpdate(update).structs;
  } catch {
    return refused(UNREADABLE);
  }
  work.steps += structs.length;
  const fresh = structs.filter((struct) => struct.id.clock + struct.length > Y.getState(doc.store, struct.id.client));
  if (fresh.reduce((sum, struct) => sum + struct.length, 0) > MOST_LENGTH)
    return refused(fault('too-big', 'this edit is too long'));
  const added = fresh.reduce((sum, struct) => sum + bytesOf(struct), 0);
  const hasControlCharacters = fresh.some((struct) => !isCodable(textOf(struct)));
  const misplaced = positionFault(doc, fresh, work);
  if (misplaced !== null) return refused(misplaced);
  const plain = bytes + added <= LIMITS.documentBytes && isTyping(doc, fresh) && deletesKnown(doc, scanned);
  if (plain) return { kind: 'new', hasControlCharacters, work };
  work.steps += structsIn(doc);
  const why = faultOnCopy(doc, update, fresh);
  return why === null ? { kind: 'new', hasControlCharacters, work } : refused(why);
}

/** Number of structs: the cost of walking through all of it. */
export function structsIn(doc: Y.Doc): number {
  let all = 0;
  for (const structs of doc.store.clients.values()) all += structs.length;
  return all;
}

/**
 * What is wrong with a document; null: nothing.
 * @param known the files it had before @param grew sizes matter only to what adds
 */
function faultOf(doc: Y.Doc, known: readonly string[], grew: boolean): Fault | null {
  const files = doc.getMap('files') as Files;
  if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null)
    return fault('ahead', 'it builds on an edit that is not here');
  for (const [name, type] of doc.share)
    if (name !== 'files' && (type._start !== null || type._map.size > 0))
      return fault('not-plain-text', 'only files can be shared');
  if ((files as unknown as { _start: unknown })._start !== null)
    return fault('not-plain-text', 'only files can be shared');
  const name = fileNamesFault([...files.keys()], known);
  if (name !== null) return fault('file-name', fileNameReason(name));
  let bytes = 0;
  for (const [path, text] of files) {
    if ((text as unknown)?.constructor !== Y.Text || !isPlain(text))
      return fault('not-plain-text', `${path} would not be plain text`);
    bytes += Buffer.byteLength(text.toString());
  }
  if (grew && files.size > LIMITS.documentFiles)
    return fault('too-big', `the workspace may have ${LIMITS.documentFiles} files, and with them it would have more`);
  if (grew && bytes > LIMITS.documentBytes)
    return fault(
      'too-big',
      `the workspace may have ${LIMITS.documentBytes / 1000} kB, and with them it would have more`,
    );
  return null;
}

function isPlain(text: Y.Text): boolean {
  if (text._map.size > 0) return false;
  for (let item = text._start; item !== null; item = item.right)
    if (!item.deleted && !(item.content instanceof Y.ContentString)) return false;
  return true;
}

function faultOnCopy(doc: Y.Doc, update: Uint8Array, fresh: readonly Struct[]): Fault | null {
  const copy = new Y.Doc();
  try {
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
    Y.applyUpdate(copy, update);
    const grew = fresh.some((struct) => bytesOf(struct) > 0);
    const known = [...(doc.getMap('files') as Files).keys()];
    return faultOf(copy, known, grew) ?? (isOrdered(copy, fresh) ? null : OUT_OF_ORDER);
  } catch {
    return UNREADABLE;
  } finally {
    copy.destroy();
  }
}

const textOf = (struct: Struct) =>
  struct instanceof Y.Item && struct.content instanceof Y.ContentString ? struct.content.str : '';
const bytesOf = (struct: Struct) => Buffer.byteLength(textOf(struct));

/**
 * Only characters beside or in a known text, in the order in which their author typed them. Each either continues where
 * the one before it ended, or is inserted between two places of one text, the left one left of the right one: otherwise
 * its position depends on what else is there, and two copies of the document would differ.
 */
function isTyping(doc: Y.Doc, fresh: readonly Struct[]): boolean {
  let last: Y.Item | null = null;
  const ends = new Map<number, number>();
  for (const struct of fresh) {
    const { client, clock } = struct.id;
    if (clock > (ends.get(client) ?? Y.getState(doc.store, client)) || !(struct instanceof Y.Item)) return false;
    if (!(struct.content instanceof Y.ContentString || struct.content instanceof Y.ContentDeleted)) return false;
    if (!(continues(struct, last) || isInsertedBetween(doc, struct))) return false;
    ends.set(client, clock + struct.length);
    last = struct;
  }
  return true;
}

function continues({ id, origin, rightOrigin }: Y.Item, last: Y.Item | null): boolean {
  return (
    last !== null &&
    origin !== null &&
    Y.compareIDs(origin, Y.createID(last.id.client, last.id.clock + last.length - 1)) &&
    id.client === last.id.client &&
    Y.compareIDs(rightOrigin, last.rightOrigin)
  );
}

/** Its neighbours are in the document; that the left one is left of the right one was checked before. */
function isInsertedBetween(doc: Y.Doc, { origin, rightOrigin, parent }: Y.Item): boolean {
  if (origin === null && rightOrigin === null)
    return (parent as unknown) instanceof Y.ID && fileAt(doc, parent as unknown as Y.ID) !== null;
  return [origin, rightOrigin].every((id) => id === null || itemInText(doc, id) !== null);
}

/** In a document that holds them: every new item right of its left neighbour's place and left of its right one's. */
function isOrdered(doc: Y.Doc, fresh: readonly Struct[]): boolean {
  const places = new Map<Y.Item, number>();
  for (const text of (doc.getMap('files') as Files).values())
    for (let item = text._start; item !== null; item = item.right) places.set(item, places.size);
  return fresh.every((struct) => {
    const item = Y.getItem(doc.store, struct.id) as unknown;
    if (!(item instanceof Y.Item) || !places.has(item)) return true;
    const side = (id: Y.ID | null) => {
      const other = id === null ? null : (Y.getItem(doc.store, id) as unknown);
      return other instanceof Y.Item ? places.get(other) : undefined;
    };
    const mine = places.get(item)!;
    return (side(item.origin) ?? -1) <= mine && (side(item.rightOrigin) ?? Number.POSITIVE_INFINITY) >= mine;
  });
}

/** Everything deleted is here, or comes in the same update. */
function deletesKnown(doc: Y.Doc, { added, deleted }: ReadOutline): boolean {
  const ends = new Map<number, number>();
  for (const { client, clock, length } of added) ends.set(client, Math.max(ends.get(client) ?? 0, clock + length));
  return deleted.every(
    ({ client, clock, length }) => clock + length <= Math.max(Y.getState(doc.store, client), ends.get(client) ?? 0),
  );
}

/** Some of it is not deleted yet. The ranges are apart, so no struct is looked at twice. */
function deletesMore(doc: Y.Doc, deleted: readonly ClockRange[], work: Work): boolean {
  for (const { client, clock, length } of deleted) {
    if (clock + length > Y.getState(doc.store, client)) return true;
    for (let at = clock; at < clock + length; ) {
      work.steps += 1;
      const struct = Y.getItem(doc.store, Y.createID(client, at));
      if (!struct.deleted) return true;
      at = struct.id.clock + struct.length;
    }
  }
  return false;
}
