// What may enter the document, frame by frame: shapes, sizes and names, in the hands of somebody who means harm.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { createSharedDocument, type SharedDocument } from '#server/document/document.ts';
import { wellFormedText } from '#tests/support/any-text.ts';

const START = { 'params.yaml': 'a: 1\nb: 2\n', 'src/a.ts': 'const a = 1;\n' };

function documentOf(texts: Record<string, string> = START): SharedDocument {
  const shared = createSharedDocument([]);
  shared.replaceTexts(texts);
  shared.takeUpdates();
  return shared;
}
/** A client's document, and the updates it made. */
function clientOf(shared: SharedDocument) {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, shared.fullUpdate());
  const made: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => made.push(update));
  return { doc, made, files: doc.getMap('files') as Y.Map<Y.Text> };
}
const verdictOf = (shared: SharedDocument, update: Uint8Array) => {
  const [verdict] = shared.applyTyped([update]).verdicts;
  return verdict?.kind === 'refused' ? verdict.reason : verdict?.kind;
};

describe('what is refused, and leaves the document as it was', () => {
  const cases: [string, (client: ReturnType<typeof clientOf>) => void, RegExp][] = [
    ['a value that is no text', ({ files }) => files.set('x.ts', 'plain' as unknown as Y.Text), /plain text/],
    ['a map', ({ files }) => files.set('x.ts', new Y.Map() as unknown as Y.Text), /plain text/],
    ['an XML text', ({ files }) => files.set('x.ts', new Y.XmlText() as unknown as Y.Text), /plain text/],
    ['formatting', ({ files }) => files.get('src/a.ts')!.format(0, 3, { bold: true }), /plain text/],
    ['an embed', ({ files }) => files.get('src/a.ts')!.insertEmbed(0, { image: 1 }), /plain text/],
    ['an attribute', ({ files }) => files.get('src/a.ts')!.setAttribute('k', 'v'), /plain text/],
    ['another root', ({ doc }) => doc.getText('elsewhere').insert(0, 'x'), /only files/],
    ['a list in the map', ({ doc }) => doc.getArray('other').push([1]), /only files/],
    ['a path upwards', ({ files }) => files.set('../x.ts', new Y.Text('x')), /not a name for a file/],
    ['a hidden name', ({ files }) => files.set('.env', new Y.Text('x')), /not a name for a file/],
    ['__proto__', ({ files }) => files.set('a/../__proto__', new Y.Text('x')), /not a name for a file/],
    ['an empty folder name', ({ files }) => files.set('src//a.ts', new Y.Text('x')), /not a name for a file/],
    ['a file named like a folder', ({ files }) => files.set('src', new Y.Text('x')), /"src" cannot be a file/],
    ['a folder named like a file', ({ files }) => files.set('params.yaml/x', new Y.Text('x')), /cannot be a file/],
    ['another case', ({ files }) => files.set('Params.yaml', new Y.Text('x')), /upper and lower case/],
    ['a name of ours', ({ files }) => files.set('package.json', new Y.Text('{}')), /reserved/],
    ['a text that is too long', ({ files }) => files.get('src/a.ts')!.insert(0, 'x'.repeat(200_001)), /200 kB/],
    ['many bytes in few letters', ({ files }) => files.get('src/a.ts')!.insert(0, '漢'.repeat(70_000)), /200 kB/],
  ];
  it.each(cases)('%s', (_, act, reason) => {
    const shared = documentOf();
    const client = clientOf(shared);
    client.doc.transact(() => act(client));
    expect(verdictOf(shared, client.made[0]!)).toMatch(reason);
    expect(shared.takeUpdates()).toEqual([]);
    expect(shared.texts()).toEqual(START);
  });

  it('a wrong name, but not an edit beside one that was stored before', () => {
    const shared = documentOf({ ...START, 'src//old.ts': 'x', 'package.json': '{}' });
    const { files, made } = clientOf(shared);
    files.set('src/b.ts', new Y.Text('x'));
    files.delete('package.json');
    expect(made.map((update) => verdictOf(shared, update))).toEqual(['new', 'new']);
  });

  it('a 21st file', () => {
    const shared = documentOf();
    const { files, made } = clientOf(shared);
    for (let i = 0; i < 19; i += 1) files.set(`f${i}.ts`, new Y.Text('x'));
    const verdicts = made.map((update) => verdictOf(shared, update));
    expect(verdicts.slice(0, 18).every((v) => v === 'new')).toBe(true);
    expect(verdicts[18]).toMatch(/20 files/);
    expect(Object.keys(shared.texts())).toHaveLength(20);
  });

  it('what waits for an edit that is not here, however it is put', () => {
    const shared = documentOf();
    const { files, made } = clientOf(shared);
    for (const letter of 'abc') files.get('src/a.ts')!.insert(0, letter);
    expect(verdictOf(shared, made[1]!)).toMatch(/not here/);
    expect(verdictOf(shared, Y.mergeUpdates([made[0]!, made[2]!]))).toMatch(/not here/);
    files.get('src/a.ts')!.delete(0, 2);
    expect(verdictOf(shared, made[3]!)).toMatch(/not here/);
    expect(verdictOf(shared, made[0]!)).toBe('new');
    expect(shared.texts()['src/a.ts']).toBe('aconst a = 1;\n');
  });

  it('twenty thousand pieces, quickly', () => {
    const shared = documentOf();
    const { doc, files, made } = clientOf(shared);
    doc.transact(() => {
      for (let i = 0; i < 20_000; i += 1) files.get('src/a.ts')!.insert(i % 2 ? 0 : files.get('src/a.ts')!.length, 'x');
    });
    expect(verdictOf(shared, made[0]!)).toMatch(/too many pieces/);
  });

  it('anything at all that is no update, without a throw', () => {
    const shared = documentOf();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        shared.applyTyped([bytes]);
        expect(shared.texts()).toEqual(START);
      }),
      { numRuns: 300 },
    );
  });

  it('a good update with a few bytes changed: refused, or the document is still one', () => {
    const shared = documentOf();
    fc.assert(
      fc.property(fc.nat(), fc.nat(255), fc.nat(400), (at, byte, where) => {
        const client = clientOf(shared);
        client.files.get('src/a.ts')!.insert(Math.min(where, client.files.get('src/a.ts')!.length), 'hello');
        const update = client.made[0]!.slice();
        update[at % update.length] = byte;
        shared.applyTyped([update]);
        const again = createSharedDocument([shared.fullUpdate()]);
        expect(again.texts()).toEqual(shared.texts());
        expect(Object.keys(shared.texts()).every((path) => path === 'params.yaml' || path === 'src/a.ts')).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe('what passes', () => {
  it('any typing of several people in turn, and all copies are equal', () => {
    const edit = fc.record({
      who: fc.nat(2),
      at: fc.nat(100),
      cut: fc.nat(5),
      text: wellFormedText(6),
    });
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 40 }), (edits) => {
        const shared = documentOf();
        const clients = [clientOf(shared), clientOf(shared), clientOf(shared)];
        for (const { who, at, cut, text } of edits) {
          const { doc, files, made } = clients[who]!;
          const target = files.get('src/a.ts')!;
          const from = Math.min(at, target.length);
          doc.transact(() => {
            target.delete(from, Math.min(cut, target.length - from));
            target.insert(from, text.replaceAll(/[\r\0]/g, ''));
          });
          for (const update of made.splice(0)) expect(['new', 'known']).toContain(verdictOf(shared, update));
          for (const update of shared.takeUpdates()) for (const other of clients) Y.applyUpdate(other.doc, update);
          for (const other of clients) other.made.length = 0;
        }
        for (const { files } of clients) expect(files.get('src/a.ts')!.toString()).toBe(shared.texts()['src/a.ts']);
      }),
      { numRuns: 100 },
    );
  });

  it('a step of the server from any text to any other, line by line', () => {
    const line = fc.constantFrom('a', 'b', 'c', '', 'long line');
    const file = fc.array(line, { maxLength: 12 }).map((lines) => lines.join('\n'));
    const tree = fc.dictionary(fc.constantFrom('a.ts', 'b.ts', 'c.ts'), file, { noNullPrototype: true });
    fc.assert(
      fc.property(tree, tree, (before, after) => {
        const shared = documentOf(before);
        const client = clientOf(shared);
        shared.replaceTexts(after);
        for (const update of shared.takeUpdates()) Y.applyUpdate(client.doc, update);
        expect(shared.texts()).toEqual(after);
        expect(Object.fromEntries([...client.files].map(([path, text]) => [path, text.toString()]))).toEqual(after);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps a cursor where it was when lines elsewhere change', () => {
    const shared = documentOf();
    const { doc, files } = clientOf(shared);
    const cursor = Y.createRelativePositionFromTypeIndex(files.get('params.yaml')!, 7);
    shared.replaceTexts({ ...START, 'params.yaml': 'new\na: 1\nb: 2\nlast\n' });
    for (const update of shared.takeUpdates()) Y.applyUpdate(doc, update);
    expect(Y.createAbsolutePositionFromRelativePosition(cursor, doc)?.index).toBe(11);
  });
});
