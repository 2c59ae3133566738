// The outline of a Yjs update (format V1): which clocks it adds and deletes, read without building its content.
// Invariant: one pass over the bytes; the pieces are counted first, and nothing is read beyond the limit.
import * as decoding from 'lib0/decoding';

/** `length` clocks of one client. */
export interface ClockRange {
  readonly client: number;
  readonly clock: number;
  readonly length: number;
}

export type Outline = ReadOutline | { readonly kind: 'too-many-pieces' } | { readonly kind: 'unreadable' };

export interface ReadOutline {
  readonly kind: 'read';
  /** One for each contiguous range of a client's clocks, however many pieces it has. */
  readonly added: readonly ClockRange[];
  /** Ascending and not overlapping, client by client, as every Yjs encoder writes them. */
  readonly deleted: readonly ClockRange[];
}

class TooMany extends Error {}
class Unreadable extends Error {}

/** Work done for a frame, in steps of about one struct each: its sender is slowed down accordingly. */
export interface Work {
  steps: number;
}

const BYTES_PER_STEP = 64;
/** Of reading or sending so many bytes. */
export const stepsOf = ({ length }: { readonly length: number }) => Math.ceil(length / BYTES_PER_STEP);

/** `most`: structs, deletions and their headings together. Never throws. */
export function outlineOf(update: Uint8Array, most: number, work: Work): Outline {
  const decoder = decoding.createDecoder(update);
  let pieces = 0;
  const count = (more: number) => {
    pieces += more;
    if (pieces > most) throw new TooMany();
  };
  try {
    const added = readAdded(decoder, count);
    return { kind: 'read', added, deleted: readDeleted(decoder, count) };
  } catch (error) {
    // Whatever else lib0 throws (the bytes end early, a number is too large) comes from what was sent.
    return { kind: error instanceof TooMany ? 'too-many-pieces' : 'unreadable' };
  } finally {
    work.steps += Math.min(pieces, most) + stepsOf({ length: decoder.pos });
  }
}

type Count = (more: number) => void;

function readAdded(decoder: decoding.Decoder, count: Count): ClockRange[] {
  const added: ClockRange[] = [];
  const seen = new Set<number>();
  const clients = decoding.readVarUint(decoder);
  count(clients);
  for (let i = 0; i < clients; i += 1) {
    const structs = decoding.readVarUint(decoder);
    count(structs);
    const client = onlyOnce(seen, decoding.readVarUint(decoder));
    let from = decoding.readVarUint(decoder);
    let clock = from;
    const endRun = () => {
      if (clock > from) added.push({ client, clock: from, length: clock - from });
    };
    for (let n = 0; n < structs; n += 1) {
      const info = decoding.readUint8(decoder);
      if (info === SKIP) {
        endRun();
        clock = sum(clock, decoding.readVarUint(decoder));
        from = clock;
      } else clock = sum(clock, (info & KIND) === GC ? decoding.readVarUint(decoder) : readItem(decoder, info, count));
    }
    endRun();
  }
  return added;
}

function readDeleted(decoder: decoding.Decoder, count: Count): ClockRange[] {
  const deleted: ClockRange[] = [];
  const seen = new Set<number>();
  const clients = decoding.readVarUint(decoder);
  count(clients);
  for (let i = 0; i < clients; i += 1) {
    const client = onlyOnce(seen, decoding.readVarUint(decoder));
    const ranges = decoding.readVarUint(decoder);
    count(ranges);
    let end = 0;
    for (let n = 0; n < ranges; n += 1) {
      const clock = decoding.readVarUint(decoder);
      const length = decoding.readVarUint(decoder);
      // Ranges that overlap make whoever walks through them walk the same structs again and again.
      if (clock < end) throw new Unreadable('deletions overlap');
      end = sum(clock, length);
      if (length > 0) deleted.push({ client, clock, length });
    }
  }
  return deleted;
}

// Yjs keeps only the last section of a client: with two sections, reader and applier would disagree.
function onlyOnce(seen: Set<number>, client: number): number {
  if (seen.has(client)) throw new Unreadable('a client occurs twice');
  seen.add(client);
  return client;
}

function sum(clock: number, length: number): number {
  if (clock + length > Number.MAX_SAFE_INTEGER) throw new Unreadable('a clock is too large');
  return clock + length;
}

/** First byte of a struct: five bits say what it is, three which of its neighbours and names follow. */
const KIND = 0b1_1111;
const HAS_ORIGIN = 0b1000_0000;
const HAS_RIGHT_ORIGIN = 0b0100_0000;
const HAS_KEY = 0b0010_0000;
const GC = 0;
const SKIP = 10;

/** Its length in clocks. */
function readItem(decoder: decoding.Decoder, info: number, count: Count): number {
  if (info & HAS_ORIGIN) skipId(decoder);
  if (info & HAS_RIGHT_ORIGIN) skipId(decoder);
  if (!(info & (HAS_ORIGIN | HAS_RIGHT_ORIGIN))) {
    if (decoding.readVarUint(decoder) === 1) skipBytes(decoder);
    else skipId(decoder);
    if (info & HAS_KEY) skipBytes(decoder);
  }
  return readContent(decoder, info & KIND, count);
}

/** Reads over it and gives its length in clocks. The cases are the numbers of the format. */
function readContent(decoder: decoding.Decoder, kind: number, count: Count): number {
  switch (kind) {
    case 1: // deleted
      return decoding.readVarUint(decoder);
    case 2: // JSON values
      return readValues(decoder, count, skipBytes);
    case 3: // binary
    case 5: // embed
      skipBytes(decoder);
      return 1;
    case 4: // text
      return utf16Length(decoding.readVarUint8Array(decoder));
    case 6: // format: key and value
      skipBytes(decoder);
      skipBytes(decoder);
      return 1;
    case 7: {
      // shared type: XML elements and hooks have a name
      const type = decoding.readVarUint(decoder);
      if (type === 3 || type === 5) skipBytes(decoder);
      return 1;
    }
    case 8: // plain values
      return readValues(decoder, count, decoding.readAny);
    case 9: // subdocument: its id and options
      skipBytes(decoder);
      decoding.readAny(decoder);
      return 1;
    default:
      throw new Unreadable('unknown content');
  }
}

function readValues(decoder: decoding.Decoder, count: Count, read: (decoder: decoding.Decoder) => unknown): number {
  const values = decoding.readVarUint(decoder);
  count(values);
  for (let i = 0; i < values; i += 1) read(decoder);
  return values;
}

/** Of text in UTF-8: what `length` of the string would be. */
function utf16Length(bytes: Uint8Array): number {
  let length = 0;
  for (const byte of bytes) {
    const continues = (byte & 0b1100_0000) === 0b1000_0000;
    if (!continues) length += byte >= 0b1111_0000 ? 2 : 1;
  }
  return length;
}

function skipId(decoder: decoding.Decoder): void {
  decoding.readVarUint(decoder);
  decoding.readVarUint(decoder);
}

/** Bytes or text that begin with their length. */
function skipBytes(decoder: decoding.Decoder): void {
  decoding.readVarUint8Array(decoder);
}
