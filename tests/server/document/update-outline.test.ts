// The outline of an update against Yjs's own reading of it: any content, any clients, holes and deletions.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { type ClockRange, outlineOf } from '#server/document/update-outline.ts';
import { wellFormedText } from '#tests/support/any-text.ts';

const read = (update: Uint8Array) => {
  const outline = outlineOf(update, 1_000_000, { steps: 0 });
  if (outline.kind !== 'read') throw new Error(outline.kind);
  return outline;
};

/** What Yjs reads of it, as runs. */
function expected(update: Uint8Array) {
  const { structs, ds } = Y.decodeUpdate(update);
  const added: { client: number; clock: number; length: number }[] = [];
  for (const struct of structs) {
    if (struct instanceof Y.Skip || struct.length === 0) continue;
    const { client, clock } = struct.id;
    const last = added.at(-1);
    if (last && last.client === client && last.clock + last.length === clock) last.length += struct.length;
    else added.push({ client, clock, length: struct.length });
  }
  const deleted: ClockRange[] = [...ds.clients].flatMap(([client, list]) =>
    list.map(({ clock, len }) => ({ client, clock, length: len })),
  );
  return { added, deleted };
}

const ACTS: readonly ((doc: Y.Doc, text: Y.Text, said: string) => unknown)[] = [
  (_, text, said) => text.insert(text.length, said),
  (_, text, said) => text.insert(0, said),
  (_, text) => text.delete(0, Math.min(2, text.length)),
  (_, text) => text.length > 1 && text.format(0, 1, { bold: true }),
  (_, text, said) => text.insertEmbed(0, { said }),
  (_, text, said) => text.setAttribute('said', said),
  (doc, _, said) => doc.getMap('map').set(said, [1, 'two', null, { three: 3 }]),
  (doc, _, said) => doc.getMap('map').set(said, new Uint8Array(5)),
  (doc, _, said) => doc.getMap('map').set(said, new Y.Doc({ guid: said })),
  (doc) => doc.getMap('map').set('type', new Y.XmlElement('p')),
  (doc) => doc.getMap('map').set('hook', new Y.XmlHook('h')),
  (doc, _, said) => doc.getArray('list').insert(0, [said, 1, 2.5, null, true]),
  (doc) => doc.getArray('list').length > 0 && doc.getArray('list').delete(0, 1),
];

describe('the outline of an update', () => {
  it('is what Yjs reads, whatever is in it', () => {
    const act = fc.record({
      who: fc.nat(2),
      act: fc.nat(ACTS.length - 1),
      said: wellFormedText(8),
    });
    fc.assert(
      fc.property(fc.array(act, { maxLength: 30 }), fc.nat(), fc.boolean(), (acts, leaveOut, gc) => {
        const docs = [new Y.Doc({ gc }), new Y.Doc({ gc }), new Y.Doc({ gc })];
        const made: Uint8Array[] = [];
        for (const doc of docs)
          doc.on('update', (update: Uint8Array, origin: unknown) => {
            if (origin === 'sync') return;
            made.push(update);
            for (const other of docs) if (other !== doc) Y.applyUpdate(other, update, 'sync');
          });
        for (const { who, act: which, said } of acts) ACTS[which]!(docs[who]!, docs[who]!.getText('text'), said);
        const holed = made.filter((_, i) => made.length < 2 || i !== leaveOut % made.length);
        const all = [...made, Y.encodeStateAsUpdate(docs[0]!), ...(holed.length > 0 ? [Y.mergeUpdates(holed)] : [])];
        for (const update of all) expect(read(update)).toMatchObject(expected(update));
      }),
      { numRuns: 200 },
    );
  });

  it('counts before it reads: a heading that promises too much is the end of it', () => {
    const work = { steps: 0 };
    expect(outlineOf(Uint8Array.of(1, 200, 1, 5, 0, 0xff), 100, work)).toEqual({ kind: 'too-many-pieces' });
    expect(work.steps).toBeLessThan(110);
  });

  it.each([
    ['a client twice', [2, 1, 5, 0, 0, 1, 1, 5, 1, 0, 1, 0]],
    ['the deletions of a client twice', [0, 2, 5, 1, 0, 1, 5, 1, 4, 1]],
    ['deletions that overlap', [0, 1, 5, 2, 0, 4, 2, 4]],
    ['content of no kind', [1, 1, 5, 0, 0b1000_1011, 5, 0, 1, 0]],
    ['an end before its end', [1, 1, 5, 0, 0b1000_0100, 5, 0, 9, 65]],
  ])('cannot be read with %s', (_, bytes) => {
    expect(outlineOf(Uint8Array.from(bytes), 100, { steps: 0 })).toEqual({ kind: 'unreadable' });
  });
});
