// A view as JSON under raw DEFLATE, for clients that ask for it: made once for all who come between two flushes, and of
// parts that are kept as long as they do not change, so that a newcomer costs the parts that others have changed.
// Invariant: what it unpacks to is the view's JSON; the order of its keys is not that of the view.
import { constants, deflateRawSync } from 'node:zlib';

/** Shorter parts go as they are, together at the end: to begin packing costs more than they are worth. */
const LEAST_CHARACTERS = 300;
/** Of a block that is not packed. */
const MOST_BYTES = 65_535;
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

/** The last block. */
function plain(json: string): Buffer {
  const bytes = Buffer.from(json);
  if (bytes.length > MOST_BYTES) return deflateRawSync(bytes, { level: LEVEL });
  const head = Buffer.alloc(5);
  head[0] = 1;
  // Its length, and that with all bits turned.
  head.writeUInt16LE(bytes.length, 1);
  head.writeUInt16LE(bytes.length ^ MOST_BYTES, 3);
  return Buffer.concat([head, bytes]);
}

/** The view is immutable, as all views are, and at least one of its parts is short. */
export function packedView(view: object): Buffer {
  const known = views.get(view);
  if (known !== undefined) return known;
  const all = Object.entries(view).map(([key, value]) => partOf(key, value));
  const end = plain(`${all.flatMap(({ short }) => short ?? []).join(',')}}`);
  const packed = Buffer.concat([BEGIN, ...all.flatMap((part) => part.packed ?? []), end]);
  views.set(view, packed);
  return packed;
}
