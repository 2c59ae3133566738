// The driver's text: types a character at a time into a document of its own, each with a move of the cursor, and gives the
// frames of the y-websocket protocol that an editor would send.
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';

export interface Typist {
  /** The frames of one key: the text's update and the cursor after it. */
  key(): { readonly text: Uint8Array; readonly cursor: Uint8Array };
  cursor(): Uint8Array;
}

export function typistOf(state: Uint8Array | null): Typist {
  const doc = new Y.Doc();
  if (state) Y.applyUpdate(doc, state);
  const files = doc.getMap<Y.Text>('files');
  if (files.size === 0) files.set('bench.ts', new Y.Text('// typed here\n'));
  const path = [...files.keys()].find((name) => name.endsWith('.ts')) ?? [...files.keys()][0]!;
  const text = files.get(path)!;
  let made = new Uint8Array();
  let clock = 0;
  let keys = 0;
  doc.on('update', (update: Uint8Array) => {
    made = new Uint8Array(update);
  });
  const cursor = () => {
    clock += 1;
    const at = Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(text, keys));
    return awareness(doc.clientID, clock, { cursor: { file: path, anchor: at, head: at } });
  };
  return {
    key() {
      text.insert(keys, '/ab c\n'[keys % 6]!);
      keys += 1;
      return { text: sync(2, made), cursor: cursor() };
    },
    cursor,
  };
}

function sync(step: number, body: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, 0);
  encoding.writeVarUint(encoder, step);
  encoding.writeVarUint8Array(encoder, body);
  return encoding.toUint8Array(encoder);
}

function awareness(client: number, clock: number, state: unknown): Uint8Array {
  const body = encoding.createEncoder();
  encoding.writeVarUint(body, 1);
  encoding.writeVarUint(body, client);
  encoding.writeVarUint(body, clock);
  encoding.writeVarString(body, JSON.stringify(state));
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, 1);
  encoding.writeVarUint8Array(encoder, encoding.toUint8Array(body));
  return encoding.toUint8Array(encoder);
}
