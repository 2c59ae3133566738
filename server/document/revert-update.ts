// Repairs a client's copy that holds refused edits: an update that deletes them there, by the protocol's own means.
// Invariant: it names only what is not in our document, so it removes nothing of anybody else. Deletions cannot be reverted.
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import type { ClockRange } from './update-outline.ts';

/** `added`: what the refused edit would have added. Null where all of it is in `doc`. */
export function revertUpdate(doc: Y.Doc, added: readonly ClockRange[]): Uint8Array | null {
  const ranges = new Map<number, { clock: number; length: number }[]>();
  for (const { client, clock, length } of added) {
    const from = Math.max(clock, Y.getState(doc.store, client));
    const rest = clock + length - from;
    if (rest <= 0) continue;
    const list = ranges.get(client);
    if (list) list.push({ clock: from, length: rest });
    else ranges.set(client, [{ clock: from, length: rest }]);
  }
  return ranges.size === 0 ? null : deleteUpdate(ranges);
}

/** Yjs' update format V1: no structs, then the delete set. */
function deleteUpdate(ranges: ReadonlyMap<number, readonly { clock: number; length: number }[]>): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, 0);
  encoding.writeVarUint(encoder, ranges.size);
  for (const [client, list] of ranges) {
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, list.length);
    for (const { clock, length } of list) {
      encoding.writeVarUint(encoder, clock);
      encoding.writeVarUint(encoder, length);
    }
  }
  return encoding.toUint8Array(encoder);
}
