// A view as JSON under raw DEFLATE, for clients that ask for it: made once for all who come between two flushes, and of
// parts that are kept as long as they do not change, so that a newcomer costs the parts that others have changed.
// Invariant: what it unpacks to is the view's JSON; the order of its keys is not that of the view.
import { constants, deflateRawSync } from 'node:zlib';

/** A part shorter than this is packed together with the others. */
const LEAST_CHARACTERS = 1_000;
/** JSON gets hardly smaller by more. */
const LEVEL = 3;
/** Ends at a whole byte and refers to nothing before it: such pieces follow each other. */
const PIECE = { level: LEVEL, finishFlush: constants.Z_SYNC_FLUSH };
const BEGIN = deflateRawSync('{', PIECE);

/** JSON of `"key":value`, or where it is long the same and a comma behind it, packed. */
interface Part {
  readonly key: string;
  readonly short: string | null;
  readonly packed: Buffer | null;
}
const parts = new WeakMap<object, Part>();
const views = new WeakMap<object, Buffer>();

function partOf(key: string, value: unknown): Part {
  const kept = typeof value === 'object' && value !== null ? value : null;
  const known = kept === null ? undefined : parts.get(kept);
  if (known?.key === key) return known;
  const json = `${JSON.stringify(key)}:${JSON.stringify(value)}`;
  const short = json.length < LEAST_CHARACTERS;
  const part = { key, short: short ? json : null, packed: short ? null : deflateRawSync(`${json},`, PIECE) };
  if (kept !== null) parts.set(kept, part);
  return part;
}

/** The view is immutable, as all views are, and at least one of its parts is short. */
export function packedView(view: object): Buffer {
  const known = views.get(view);
  if (known !== undefined) return known;
  const all = Object.entries(view).map(([key, value]) => partOf(key, value));
  const end = deflateRawSync(`${all.flatMap(({ short }) => short ?? []).join(',')}}`, { level: LEVEL });
  const packed = Buffer.concat([BEGIN, ...all.flatMap((part) => part.packed ?? []), end]);
  views.set(view, packed);
  return packed;
}
