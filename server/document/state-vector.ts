// Reads a Yjs state vector: how many clocks of each Yjs client a copy holds. Limited, since it comes from outside.
import * as decoding from 'lib0/decoding';
import type { Work } from './update-outline.ts';

/** Yjs client -> number of its clocks. */
export type StateVector = ReadonlyMap<number, number>;

/** Null: more than `most` clients, or unreadable. Never throws. */
export function readStateVector(bytes: Uint8Array, most: number, work: Work): StateVector | null {
  const decoder = decoding.createDecoder(bytes);
  const held = new Map<number, number>();
  try {
    const clients = decoding.readVarUint(decoder);
    if (clients > most) return null;
    work.steps += clients;
    for (let i = 0; i < clients; i += 1) {
      const client = decoding.readVarUint(decoder);
      held.set(client, decoding.readVarUint(decoder));
    }
  } catch {
    return null;
  }
  return held;
}
