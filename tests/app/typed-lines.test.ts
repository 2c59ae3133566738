// Which lines are offered for copying when edits cannot be sent any more: those typed here and not stored, no others.
import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { typedLines } from '#app/_session/text/typed-lines.ts';

/** A copy of a document in which somebody else has written these files. */
function copyOf(files: Readonly<Record<string, string>>): { doc: Y.Doc; text: (path: string) => Y.Text } {
  const server = new Y.Doc();
  for (const [path, content] of Object.entries(files)) server.getMap('files').set(path, new Y.Text(content));
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(server));
  return { doc, text: (path) => doc.getMap<Y.Text>('files').get(path) as Y.Text };
}
const clockOf = (doc: Y.Doc) => Y.getState(doc.store, doc.clientID);

it('names the whole lines that hold typed characters, by file, in order', () => {
  const { doc, text } = copyOf({ 'a.ts': 'one\ntwo\nthree\n', 'b.ts': 'four\n', 'c.ts': 'five\n' });
  text('a.ts').insert(12, ' more');
  text('a.ts').insert(0, 'zero\n');
  text('c.ts').insert(4, '!');
  expect(typedLines(doc, 0)).toEqual([
    { path: 'a.ts', lines: ['zero', 'thre moree'] },
    { path: 'c.ts', lines: ['five!'] },
  ]);
});

it('leaves out what is stored', () => {
  const { doc, text } = copyOf({ 'a.ts': 'one\ntwo\n' });
  text('a.ts').insert(3, ' stored');
  const stored = clockOf(doc);
  text('a.ts').insert(text('a.ts').length, 'not stored\n');
  expect(typedLines(doc, stored)).toEqual([{ path: 'a.ts', lines: ['not stored'] }]);
  expect(typedLines(doc, clockOf(doc))).toEqual([]);
});

it('splits what was typed in one go at the place up to which it is stored', () => {
  const { doc, text } = copyOf({ 'a.ts': '' });
  text('a.ts').insert(0, 'stored\nnot stored');
  expect(typedLines(doc, 'stored\n'.length)).toEqual([{ path: 'a.ts', lines: ['not stored'] }]);
});

it('leaves out what was deleted again, what is blank, and what others have written since', () => {
  const { doc, text } = copyOf({ 'a.ts': 'one\n' });
  text('a.ts').insert(0, 'gone');
  text('a.ts').delete(0, 4);
  text('a.ts').insert(0, '\n  \n');
  const other = new Y.Doc();
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
  other.getMap<Y.Text>('files').get('a.ts')?.insert(0, 'by somebody else\n');
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
  expect(typedLines(doc, 0)).toEqual([]);
});
