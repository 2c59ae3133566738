// The frames of the text socket: those of the y-websocket protocol (sync, awareness) and our own (role, refused, docId,
// saved). A frame that cannot be read throws FrameError.
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { FRAME } from '#session-core/protocol/messages.ts';
import { MOST_AWARENESS, SIZES } from '#session-core/protocol/sizes.ts';

const SYNC = 0;
const AWARENESS = 1;
const AUTH = 2;
const ASK_AWARENESS = 3;
const STEP_1 = 0;
const STEP_2 = 1;
const UPDATE = 2;

export class FrameError extends Error {
  override readonly name = 'FrameError';
}

export interface AwarenessEntry {
  readonly clientId: number;
  readonly clock: number;
  /** null: gone. */
  readonly state: Readonly<Record<string, unknown>> | null;
}

export type Incoming =
  | { readonly kind: 'sync'; readonly stateVector: Uint8Array }
  /** SyncStep2 and Update alike; `answer`: it is a SyncStep2, so all that this copy holds has arrived. */
  | { readonly kind: 'text'; readonly update: Uint8Array; readonly answer: boolean }
  | { readonly kind: 'awareness'; readonly entries: readonly AwarenessEntry[] }
  | { readonly kind: 'askAwareness' }
  | { readonly kind: 'ignored' };

/** Throws FrameError. */
export function readFrame(frame: Uint8Array): Incoming {
  try {
    const decoder = decoding.createDecoder(frame);
    const type = decoding.readVarUint(decoder);
    if (type === SYNC) {
      const step = decoding.readVarUint(decoder);
      const body = decoding.readVarUint8Array(decoder);
      if (step === STEP_1) return { kind: 'sync', stateVector: body };
      if (step === STEP_2 || step === UPDATE) return { kind: 'text', update: body, answer: step === STEP_2 };
    }
    if (type === AWARENESS) {
      const body = decoding.readVarUint8Array(decoder);
      if (body.length > SIZES.awareness) return { kind: 'ignored' };
      return { kind: 'awareness', entries: readAwareness(body) };
    }
    if (type === ASK_AWARENESS) return { kind: 'askAwareness' };
    if (type === AUTH) return { kind: 'ignored' };
  } catch (error) {
    throw new FrameError(`unreadable frame: ${(error as Error).message}`);
  }
  throw new FrameError('unknown frame');
}

function readAwareness(body: Uint8Array): AwarenessEntry[] {
  const decoder = decoding.createDecoder(body);
  return Array.from({ length: Math.min(decoding.readVarUint(decoder), 100) }, () => {
    const clientId = decoding.readVarUint(decoder);
    const clock = decoding.readVarUint(decoder);
    const state = JSON.parse(decoding.readVarString(decoder)) as AwarenessEntry['state'];
    return { clientId, clock, state: typeof state === 'object' && !Array.isArray(state) ? state : null };
    // What is relayed counts on from the client's clock: beyond the limit, readers could not follow.
  }).filter(({ clientId, clock }) => clientId <= MOST_AWARENESS.clientId && clock <= MOST_AWARENESS.clock);
}

function frame(type: number, write: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, type);
  write(encoder);
  return encoding.toUint8Array(encoder);
}
const sync = (step: number, body: Uint8Array) =>
  frame(SYNC, (encoder) => {
    encoding.writeVarUint(encoder, step);
    encoding.writeVarUint8Array(encoder, body);
  });

export const syncStep1 = (stateVector: Uint8Array) => sync(STEP_1, stateVector);
export const syncStep2 = (update: Uint8Array) => sync(STEP_2, update);
export const updateFrame = (update: Uint8Array) => sync(UPDATE, update);

/** Without entries it changes nothing, but keeps the provider from taking a quiet connection for a dead one. */
export function awarenessFrame(entries: readonly AwarenessEntry[]): Uint8Array {
  const body = encoding.createEncoder();
  encoding.writeVarUint(body, entries.length);
  for (const entry of entries) {
    encoding.writeVarUint(body, entry.clientId);
    encoding.writeVarUint(body, entry.clock);
    encoding.writeVarString(body, JSON.stringify(entry.state));
  }
  return frame(AWARENESS, (encoder) => encoding.writeVarUint8Array(encoder, encoding.toUint8Array(body)));
}

/** `{drives}` as JSON: whether this connection may write. */
export const roleFrame = (drives: boolean) =>
  frame(FRAME.role, (encoder) => encoding.writeVarString(encoder, JSON.stringify({ drives })));
/** An edit was not applied; the reason is for people. */
export const refusedFrame = (reason: string) =>
  frame(FRAME.refused, (encoder) => encoding.writeVarString(encoder, reason));
/** Before any sync. */
export const docIdFrame = (docId: string) => frame(FRAME.docId, (encoder) => encoding.writeVarString(encoder, docId));
/** State vector of what is on the disk. */
export const savedFrame = (stateVector: Uint8Array) =>
  frame(FRAME.saved, (encoder) => encoding.writeVarUint8Array(encoder, stateVector));

/** What was typed could not be stored; it will be asked for again. */
export const notStoredFrame = () => frame(FRAME.notStored, () => {});
