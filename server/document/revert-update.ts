// Puts a client's copy right that holds edits we did not take: an update that deletes them there, by the protocol's own
// means. Law: it names only what is not in our document, so it takes nothing from anybody. Deletions cannot be taken back.
// RUNS IN server
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';

/** Null where the update adds nothing that is not in `doc`, or cannot be read. */
export function deletionOf(doc: Y.Doc, update: Uint8Array): Uint8Array | null {
  const ranges = new Map<number, { clock: number; length: number }[]>();
  try {
    for (const struct of Y.decodeUpdate(update).structs) {
      const { client, clock } = struct.id;
      const from = Math.max(clock, Y.getState(doc.store, client));
      const length = clock + struct.length - from;
      if (length > 0 && !(struct instanceof Y.Skip))
        ranges.set(client, [...(ranges.get(client) ?? []), { clock: from, length }]);
    }
  } catch {
    return null;
  }
  return ranges.size === 0 ? null : deleting(ranges);
}

/** Yjs' update format V1: no structs, then the delete set. */
function deleting(ranges: ReadonlyMap<number, readonly { clock: number; length: number }[]>): Uint8Array {
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
