// Where an edit puts its pieces: in the order in which one writer makes them, each between two neighbours of the writer's
// own copy. For each piece Yjs goes through whatever is between these two in our document, so pieces that lie far apart
// or across each other would cost the square of their number.
// Invariant: what this lets through, Yjs takes in with steps in proportion to the number of pieces.
import * as Y from 'yjs';
import { type Fault, fault } from './update-fault.ts';
import type { Work } from './update-outline.ts';

export type Struct = ReturnType<typeof Y.decodeUpdate>['structs'][number];

/** What others may have put between the neighbours meanwhile, over all pieces of an edit. */
const MOST_BETWEEN = 2_000;
/** Pieces of several writers, or with no place in a text: among so few, the square is bearable. */
const MOST_ENTANGLED = 2_000;

const TWO_PLACES = fault('unreadable', 'its characters are not in the order of their neighbours');
const TOO_MANY = fault('too-many-pieces', 'this edit has too many pieces');

/** A piece with a place in a text. */
interface Piece {
  readonly clock: number;
  readonly length: number;
  /** Null where the text comes with this edit. */
  readonly text: Y.Text | null;
  /** Names the beginning of the text. */
  readonly start: string;
  /** The characters of the document next to it; null: an end of the text. */
  readonly left: Y.ID | null;
  readonly right: Y.ID | null;
}

type Neighbour =
  | { readonly kind: 'end' }
  | { readonly kind: 'known'; readonly text: Y.Text }
  | { readonly kind: 'piece'; readonly piece: Piece }
  /** No character of a text, or not one that was looked at before. */
  | { readonly kind: 'elsewhere' };

interface Place {
  readonly key: string;
  /** Of the same writer, in the same edit. */
  readonly isPiece: boolean;
}

const END: Place = { key: 'end', isPiece: false };
const keyOf = (client: number, clock: number) => `${client} ${clock}`;
const keyOfId = (id: Y.ID) => keyOf(id.client, id.clock);

/** Why this cannot be one writer's edit; null: it can. `fresh`: what is not in the document yet, in the order it came. */
export function positionFault(doc: Y.Doc, fresh: readonly Struct[], work: Work): Fault | null {
  const pieces = new Map<number, Piece[]>();
  const copies = new Map<number, Map<string, Place>>();
  const gaps = new Map<string, number>();
  let between = 0;
  let elsewhere = 0;

  const neighbour = (id: Y.ID | null): Neighbour => {
    if (id === null) return { kind: 'end' };
    if (id.clock >= Y.getState(doc.store, id.client)) {
      const piece = pieceAt(pieces.get(id.client) ?? [], id.clock);
      return piece ? { kind: 'piece', piece } : { kind: 'elsewhere' };
    }
    const item = itemInText(doc, id);
    return item ? { kind: 'known', text: item.parent as Y.Text } : { kind: 'elsewhere' };
  };
  const stepsIn = (text: Y.Text, left: Y.ID | null, right: Y.ID | null): number => {
    const name = `${left ? keyOfId(left) : `start of ${textName(text)}`}, ${right ? keyOfId(right) : 'end'}`;
    const steps = gaps.get(name) ?? stepsBetween(doc, { text, left, right }, work);
    gaps.set(name, steps);
    return steps;
  };

  const faultAt = (item: Y.Item): Fault | null => {
    const { client } = item.id;
    const state = Y.getState(doc.store, client);
    // Where its beginning is here already, it goes on behind that.
    const origin = item.id.clock < state ? Y.createID(client, state - 1) : item.origin;
    const clock = Math.max(item.id.clock, state);
    const length = item.id.clock + item.length - clock;
    const [left, right] = [neighbour(origin), neighbour(item.rightOrigin)];
    for (const id of [origin, item.rightOrigin]) if (id?.client === client && id.clock >= clock) return TWO_PLACES;
    if (item.parentSub !== null || left.kind === 'elsewhere' || right.kind === 'elsewhere') {
      elsewhere += 1;
      return elsewhere > MOST_ENTANGLED ? TOO_MANY : null;
    }
    const place = placeOf(doc, item, { origin, left, right });
    if (!place) return TWO_PLACES;

    const copy = copies.get(client) ?? new Map<string, Place>();
    copies.set(client, copy);
    const before = origin ? keyOfId(origin) : place.start;
    const inside = left.kind === 'piece' && origin && origin.clock + 1 < left.piece.clock + left.piece.length;
    const follows =
      copy.get(before) ?? (inside && origin ? { key: keyOf(origin.client, origin.clock + 1), isPiece: true } : null);
    const isOwn = right.kind === 'piece' && item.rightOrigin?.client === client;
    const next: Place = item.rightOrigin ? { key: keyOfId(item.rightOrigin), isPiece: isOwn } : END;
    // Others' characters may have come between, also those that come again with this edit; pieces of its writer not.
    if (follows && follows.key !== next.key && (follows.isPiece || next.isPiece)) return TWO_PLACES;
    copy.set(before, { key: keyOf(client, clock), isPiece: true });
    copy.set(keyOf(client, clock + length - 1), next);

    if (place.text) between += stepsIn(place.text, place.left, place.right);
    if (between > MOST_BETWEEN) return TWO_PLACES;
    const mine = pieces.get(client);
    if (mine) mine.push({ clock, length, ...place });
    else pieces.set(client, [{ clock, length, ...place }]);
    return null;
  };

  if (new Set(fresh.map(({ id }) => id.client)).size > 1 && fresh.length > MOST_ENTANGLED) return TOO_MANY;
  work.steps += fresh.length;
  for (const struct of fresh) {
    const found = struct instanceof Y.Item && struct.length > 0 ? faultAt(struct) : null;
    if (found !== null) return found;
  }
  return null;
}

/** Null: its neighbours are in two texts. */
function placeOf(
  doc: Y.Doc,
  item: Y.Item,
  { origin, left, right }: { readonly origin: Y.ID | null; readonly left: Neighbour; readonly right: Neighbour },
): Pick<Piece, 'text' | 'start' | 'left' | 'right'> | null {
  const sides = {
    left: left.kind === 'piece' ? left.piece.left : origin,
    right: right.kind === 'piece' ? right.piece.right : item.rightOrigin,
  };
  const [first, second] = [textOf(left) ?? textOf(right), textOf(right)];
  if (first && second && first.start !== second.start) return null;
  if (first) return { ...first, ...sides };
  const parent = item.parent as unknown;
  if (!(parent instanceof Y.ID)) return { text: null, start: `root ${String(parent)}`, ...sides };
  const text = fileAt(doc, parent);
  return { text, start: text ? textName(text) : keyOfId(parent), ...sides };
}

function textOf(side: Neighbour): Pick<Piece, 'text' | 'start'> | null {
  if (side.kind === 'known') return { text: side.text, start: textName(side.text) };
  return side.kind === 'piece' ? { text: side.piece.text, start: side.piece.start } : null;
}

/** Items between two places of a text, or more than the limit where the right one is not right of the left one. */
function stepsBetween(
  doc: Y.Doc,
  { text, left, right }: { readonly text: Y.Text; readonly left: Y.ID | null; readonly right: Y.ID | null },
  work: Work,
): number {
  const from = left && itemInText(doc, left);
  const to = right && itemInText(doc, right);
  if (left && right && from === to)
    return left.clock < right.clock ? Number(left.clock + 1 < right.clock) : MOST_BETWEEN + 1;
  // What is left over of the two items themselves.
  let steps = Number(from !== null && left !== null && left.clock + 1 < from.id.clock + from.length);
  steps += Number(to !== null && right !== null && right.clock > to.id.clock);
  let at = from ? from.right : text._start;
  for (; at !== null && at !== to && steps <= MOST_BETWEEN; at = at.right) steps += 1;
  work.steps += steps;
  return at === to ? steps : MOST_BETWEEN + 1;
}

function pieceAt(pieces: readonly Piece[], clock: number): Piece | null {
  let [low, high] = [0, pieces.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const piece = pieces[middle]!;
    if (piece.clock > clock) high = middle - 1;
    else if (piece.clock + piece.length <= clock) low = middle + 1;
    else return piece;
  }
  return null;
}

const textName = (text: Y.Text) => (text._item ? keyOfId(text._item.id) : 'root');

function structAt(doc: Y.Doc, place: Y.ID): unknown {
  return place.clock < Y.getState(doc.store, place.client) ? Y.getItem(doc.store, place) : null;
}

export function itemInText(doc: Y.Doc, place: Y.ID): Y.Item | null {
  const item = structAt(doc, place);
  return item instanceof Y.Item && item.parentSub === null && item.parent instanceof Y.Text ? item : null;
}

/** The text of the file whose entry this is. */
export function fileAt(doc: Y.Doc, place: Y.ID): Y.Text | null {
  const item = structAt(doc, place);
  if (!(item instanceof Y.Item) || item.parent !== (doc.getMap('files') as unknown)) return null;
  return item.content instanceof Y.ContentType && item.content.type instanceof Y.Text ? item.content.type : null;
}
