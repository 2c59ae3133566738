// May this Yjs update enter the document? Looked at before it is applied, since a Y.Doc cannot take a step back.
// Law: typing into the workspace's texts passes on sight; anything else is tried on a copy first; what would wait for a
// future update, hold other shapes than named texts or break the limits is refused.
// RUNS IN server
import * as Y from 'yjs';
import { FILE_NAME, LIMITS } from '#session-core/commands.ts';

/** The reason of an edit that would wait for one that has not come. */
export const AHEAD = 'it builds on an edit that is not here';

const MOST_STRUCTS = 10_000;
const MOST_LENGTH = 2_000_000;

export type Verdict =
  | { readonly kind: 'new' }
  /** All of it is known: acknowledged without a word. */
  | { readonly kind: 'known' }
  | { readonly kind: 'refused'; readonly reason: string };

const refused = (reason: string): Verdict => ({ kind: 'refused', reason });
type Files = Y.Map<Y.Text>;
type Struct = ReturnType<typeof Y.decodeUpdate>['structs'][number];
type Place = { readonly client: number; readonly clock: number };

/** Whether all of it is in the document already. False where it cannot be read. */
export function isKnown(doc: Y.Doc, update: Uint8Array): boolean {
  try {
    const { structs, ds } = Y.decodeUpdate(update);
    return (
      structs.every(({ id, length }) => id.clock + length <= Y.getState(doc.store, id.client)) && !deletesAnew(doc, ds)
    );
  } catch {
    return false;
  }
}

/** `bytes`: UTF-8 bytes of all texts now, or more. Never throws; an unreadable update is refused. */
export function checkUpdate(doc: Y.Doc, update: Uint8Array, bytes: number): Verdict {
  let decoded: ReturnType<typeof Y.decodeUpdate>;
  try {
    decoded = Y.decodeUpdate(update);
  } catch {
    return refused('this edit could not be read');
  }
  const { structs, ds } = decoded;
  const ranges = [...ds.clients.values()].reduce((sum, list) => sum + list.length, 0);
  if (structs.length + ranges > MOST_STRUCTS) return refused('this edit has too many pieces');

  const known = (client: number) => Y.getState(doc.store, client);
  const fresh = structs.filter((struct) => struct.id.clock + struct.length > known(struct.id.client));
  if (fresh.length === 0 && !deletesAnew(doc, ds)) return { kind: 'known' };
  if (fresh.reduce((sum, struct) => sum + struct.length, 0) > MOST_LENGTH) return refused('this edit is too long');
  const added = fresh.reduce((sum, struct) => sum + bytesOf(struct), 0);
  if (bytes + added <= LIMITS.documentBytes && isTyping(doc, fresh) && deletesKnown(doc, ds, structs))
    return { kind: 'new' };
  return tryOnCopy(doc, update, added > 0);
}

/** Why a document may not stand as it is; null: it may. `grew`: sizes matter only to what adds. */
export function faultOf(doc: Y.Doc, grew: boolean): string | null {
  const files = doc.getMap('files') as Files;
  if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null) return AHEAD;
  for (const [name, type] of doc.share)
    if (name !== 'files' && (type._start !== null || type._map.size > 0)) return 'only files can be shared';
  if ((files as unknown as { _start: unknown })._start !== null) return 'only files can be shared';
  let bytes = 0;
  for (const [path, text] of files) {
    if (!FILE_NAME.test(path)) return `"${path.slice(0, 60)}" is no name for a file`;
    if ((text as unknown)?.constructor !== Y.Text || !isPlain(text)) return `${path} would not be plain text`;
    bytes += Buffer.byteLength(text.toString());
  }
  if (grew && files.size > LIMITS.documentFiles) return `the workspace holds at most ${LIMITS.documentFiles} files`;
  if (grew && bytes > LIMITS.documentBytes) return `the workspace holds at most ${LIMITS.documentBytes} bytes`;
  return null;
}

function isPlain(text: Y.Text): boolean {
  if (text._map.size > 0) return false;
  for (let item = text._start; item !== null; item = item.right)
    if (!item.deleted && !(item.content instanceof Y.ContentString)) return false;
  return true;
}

function tryOnCopy(doc: Y.Doc, update: Uint8Array, grew: boolean): Verdict {
  const copy = new Y.Doc();
  try {
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
    Y.applyUpdate(copy, update);
    const fault = faultOf(copy, grew);
    return fault === null ? { kind: 'new' } : refused(fault);
  } catch {
    return refused('this edit could not be read');
  } finally {
    copy.destroy();
  }
}

const bytesOf = (struct: Struct) =>
  struct instanceof Y.Item && struct.content instanceof Y.ContentString ? Buffer.byteLength(struct.content.str) : 0;

/** Only characters, each beside or in a text that is known, in the order in which their writer made them. */
function isTyping(doc: Y.Doc, fresh: readonly Struct[]): boolean {
  const ends = new Map<number, number>();
  const starts = new Map<number, number>();
  for (const struct of fresh) {
    const { client, clock } = struct.id;
    const end = ends.get(client) ?? Y.getState(doc.store, client);
    if (clock > end || !(struct instanceof Y.Item)) return false;
    const made = (place: Place) =>
      place.clock >= (starts.get(place.client) ?? Infinity) && place.clock < (ends.get(place.client) ?? 0);
    const inText = (place: Place) => made(place) || isInText(doc, place);
    if (!(struct.content instanceof Y.ContentString || struct.content instanceof Y.ContentDeleted)) return false;
    if (struct.origin !== null && !inText(struct.origin)) return false;
    if (struct.rightOrigin !== null && !inText(struct.rightOrigin)) return false;
    if (struct.origin === null && struct.rightOrigin === null && !isFile(doc, struct.parent as unknown)) return false;
    if (!starts.has(client)) starts.set(client, Math.max(clock, Y.getState(doc.store, client)));
    ends.set(client, clock + struct.length);
  }
  return true;
}

function structAt(doc: Y.Doc, place: Place): unknown {
  return place.clock < Y.getState(doc.store, place.client) ? Y.getItem(doc.store, place as Y.ID) : null;
}

function isInText(doc: Y.Doc, place: Place): boolean {
  const item = structAt(doc, place);
  return item instanceof Y.Item && item.parentSub === null && item.parent instanceof Y.Text;
}

function isFile(doc: Y.Doc, parent: unknown): boolean {
  if (!(parent instanceof Y.ID)) return false;
  const item = structAt(doc, parent);
  return (
    item instanceof Y.Item &&
    item.parent === (doc.getMap('files') as unknown) &&
    item.content instanceof Y.ContentType &&
    item.content.type instanceof Y.Text
  );
}

type DeleteSet = ReturnType<typeof Y.decodeUpdate>['ds'];

function deletesKnown(doc: Y.Doc, ds: DeleteSet, structs: readonly Struct[]): boolean {
  const ends = new Map<number, number>();
  for (const { id, length } of structs) ends.set(id.client, Math.max(ends.get(id.client) ?? 0, id.clock + length));
  for (const [client, list] of ds.clients)
    for (const { clock, len } of list)
      if (clock + len > Math.max(Y.getState(doc.store, client), ends.get(client) ?? 0)) return false;
  return true;
}

/** Some of it is not deleted yet. */
function deletesAnew(doc: Y.Doc, ds: DeleteSet): boolean {
  for (const [client, list] of ds.clients) {
    const state = Y.getState(doc.store, client);
    for (const { clock, len } of list) {
      if (clock + len > state) return true;
      for (let at = clock; at < clock + len; ) {
        const struct = Y.getItem(doc.store, Y.createID(client, at));
        if (!struct.deleted) return true;
        at = struct.id.clock + struct.length;
      }
    }
  }
  return false;
}
