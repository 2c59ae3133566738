// Edits by somebody who may write: what an honest editor makes is taken whatever happened meanwhile, and what it would
// cost more than in proportion to its length to take in is refused.
// biome-ignore assist/source/organizeImports: it must be there before what it counts is compiled
import { countSteps } from '#tests/support/count-steps.ts';
import fc from 'fast-check';
import * as encoding from 'lib0/encoding';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { createSharedDocument, type SharedDocument } from '#server/document/document.ts';

const START = { 'a.ts': 'const a = 1;\nconst b = 2;\n', 'empty.ts': '' };

function documentOf(texts: Record<string, string> = START): SharedDocument {
  const document = createSharedDocument([]);
  document.replaceTexts(texts);
  document.takeUpdates();
  return document;
}
function copyOf(document: SharedDocument) {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, document.fullUpdate());
  const files = doc.getMap('files') as Y.Map<Y.Text>;
  return { doc, files, undo: new Y.UndoManager(files, { captureTimeout: 0 }) };
}
const verdictOf = (document: SharedDocument, update: Uint8Array) => {
  const [verdict] = document.applyTyped([update]).verdicts;
  return verdict?.kind === 'refused' ? verdict.reason : verdict?.kind;
};

describe('what an editor makes while it is offline', () => {
  const act = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({ act: fc.constant('type' as const), at: fc.nat(60), text: fc.string({ maxLength: 4 }) }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        act: fc.constant('delete' as const),
        at: fc.nat(60),
        length: fc.integer({ min: 1, max: 9 }),
      }),
    },
    { weight: 1, arbitrary: fc.constantFrom({ act: 'undo' as const }, { act: 'redo' as const }) },
    {
      weight: 1,
      arbitrary: fc.record({ act: fc.constant('file' as const), path: fc.constantFrom('empty.ts', 'new.ts', 'a.ts') }),
    },
    // It comes back: what it holds goes to the server at once, and what others did comes to it.
    { weight: 1, arbitrary: fc.constant({ act: 'sync' as const }) },
    {
      weight: 1,
      arbitrary: fc.record({ act: fc.constant('other' as const), at: fc.nat(60), text: fc.string({ maxLength: 4 }) }),
    },
    { weight: 1, arbitrary: fc.constant({ act: 'checkpoint' as const }) },
  );

  type Act = typeof act extends fc.Arbitrary<infer A> ? A : never;
  /** What others wrote next to it comes again with it; which comes first depends on the writers' ids. */
  const AGAIN: [Act[], boolean] = [
    [
      { act: 'other', at: 26, text: ' ' },
      { act: 'type', at: 26, text: ' ' },
      { act: 'sync' },
      { act: 'type', at: 27, text: ' ' },
    ],
    true,
  ];
  it('is taken, whatever the others did meanwhile, and all copies are equal', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 60 }), fc.boolean(), (acts, lost) => {
        const document = documentOf();
        let mine = copyOf(document);
        const other = copyOf(document);
        let stored = [document.fullUpdate()];
        const sync = () => {
          expect(['new', 'known']).toContain(
            verdictOf(document, Y.encodeStateAsUpdate(mine.doc, document.stateVector())),
          );
          Y.applyUpdate(mine.doc, document.compare(Y.encodeStateVector(mine.doc))!.missing);
          Y.applyUpdate(other.doc, document.fullUpdate());
        };
        let current = 'a.ts';
        for (const one of acts) {
          const text = mine.files.get(current) ?? mine.files.get('a.ts')!;
          if (one.act === 'type') text.insert(Math.min(one.at, text.length), one.text.replaceAll(/[\r\0]/g, ''));
          if (one.act === 'delete')
            text.delete(Math.min(one.at, text.length), Math.min(one.length, Math.max(0, text.length - one.at)));
          if (one.act === 'undo') mine.undo.undo();
          if (one.act === 'redo') mine.undo.redo();
          if (one.act === 'file') {
            current = one.path;
            if (!mine.files.has(current)) mine.files.set(current, new Y.Text('begun\n'));
          }
          if (one.act === 'sync') sync();
          if (one.act === 'other') {
            const theirs = other.files.get('a.ts')!;
            theirs.insert(Math.min(one.at, theirs.length), one.text.replaceAll(/[\r\0]/g, ''));
            expect(['new', 'known']).toContain(
              verdictOf(document, Y.encodeStateAsUpdate(other.doc, document.stateVector())),
            );
          }
          if (one.act === 'checkpoint')
            document.replaceTexts({ ...document.texts(), 'a.ts': `from a patch\n${document.texts()['a.ts']}` });
        }
        sync();
        const texts = Object.fromEntries([...mine.files].map(([path, text]) => [path, text.toString()]));
        expect(texts).toEqual(document.texts());
        // The server falls back to what is stored: all of it comes again.
        if (lost) {
          document.reset(stored);
          sync();
        }
        stored = [];
        mine = copyOf(document);
        expect(Object.fromEntries([...mine.files].map(([path, text]) => [path, text.toString()]))).toEqual(
          document.texts(),
        );
      }),
      { numRuns: 300, examples: Array.from({ length: 8 }, () => AGAIN) },
    );
  });

  it('is taken when it is a replacement of every line, or of thousands of places', () => {
    const document = documentOf({ 'a.ts': 'ab\n'.repeat(3_000) });
    const { doc, files } = copyOf(document);
    const text = files.get('a.ts')!;
    doc.transact(() => {
      for (let line = 2_999; line >= 0; line -= 1) {
        text.delete(3 * line, 1);
        text.insert(3 * line, 'c');
      }
    });
    expect(verdictOf(document, Y.encodeStateAsUpdate(doc, document.stateVector()))).toBe('new');
    expect(document.texts()['a.ts']).toBe('cb\n'.repeat(3_000));
  });
});

interface Raw {
  readonly origin?: Y.ID | undefined;
  readonly right?: Y.ID | undefined;
  readonly parent?: Y.ID;
  readonly text?: string;
}
/** An update of pieces of text, client by client. */
function updateOf(sections: readonly { readonly client: number; readonly pieces: readonly Raw[] }[]): Uint8Array {
  const out = encoding.createEncoder();
  const numbers = (...all: readonly number[]) => {
    for (const one of all) encoding.writeVarUint(out, one);
  };
  numbers(sections.length);
  for (const { client, pieces } of sections) {
    numbers(pieces.length, client, 0);
    for (const { origin, right, parent, text = 'x' } of pieces) {
      encoding.writeUint8(out, 4 | (origin ? 128 : 0) | (right ? 64 : 0));
      if (origin) numbers(origin.client, origin.clock);
      if (right) numbers(right.client, right.clock);
      if (!origin && !right && parent) numbers(0, parent.client, parent.clock);
      encoding.writeVarString(out, text);
    }
  }
  numbers(0);
  return encoding.toUint8Array(out);
}

const WRITER = 7;
const id = (client: number, clock: number) => Y.createID(client, clock);
const many = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));

/** A text of 300 pieces, and the first character of each. */
function pieced() {
  const document = documentOf({ 'a.ts': '', 'empty.ts': '' });
  const { doc, files } = copyOf(document);
  const text = files.get('a.ts')!;
  for (let i = 0; i < 300; i += 1) text.insert(i % 2 ? 0 : text.length, 'y');
  document.applyTyped([Y.encodeStateAsUpdate(doc)]);
  const places: Y.ID[] = [];
  for (let item = text._start; item !== null; item = item.right) places.push(item.id);
  return { document, places, empty: files.get('empty.ts')!._item!.id };
}
type Pieced = ReturnType<typeof pieced>;

/** Edits that no editor makes, by how many pieces they hold. */
const HOSTILE: Readonly<Record<string, (there: Pieced, n: number) => Uint8Array>> = {
  'all between the same two': ({ places }, n) =>
    updateOf([{ client: WRITER, pieces: many(n, () => ({ origin: places[0], right: places[1] })) }]),
  'all alone in an empty text': ({ empty }, n) =>
    updateOf([{ client: WRITER, pieces: many(n, () => ({ parent: empty })) }]),
  'each between the ends of a long text': ({ places }, n) =>
    updateOf([{ client: WRITER, pieces: many(n, () => ({ origin: places[0], right: places.at(-1) })) }]),
  'each between other places far apart': ({ places }, n) =>
    updateOf([
      { client: WRITER, pieces: many(n, (i) => ({ origin: places[i % 100], right: places[200 + (i % 100)] })) },
    ]),
  'one behind another, far left of what follows': ({ places }, n) =>
    updateOf([
      {
        client: WRITER,
        pieces: many(n, (i) => ({ origin: i === 0 ? places[0] : id(WRITER, i - 1), right: places.at(-1) })),
      },
    ]),
  'each from the beginning to a place far in': ({ places }, n) =>
    updateOf([{ client: WRITER, pieces: many(n, () => ({ right: places.at(-1) })) }]),
  'each from a place far in front to the end': ({ places }, n) =>
    updateOf([{ client: WRITER, pieces: many(n, () => ({ origin: places[0] })) }]),
  'a chain, and then back along it': ({ places }, n) =>
    updateOf([
      {
        client: WRITER,
        pieces: many(n, (i) =>
          i < n / 2
            ? { origin: i === 0 ? places[0] : id(WRITER, i - 1), right: places[1] }
            : { origin: id(WRITER, i - Math.ceil(n / 2)), right: places[1] },
        ),
      },
    ]),
};

describe('what no editor makes', () => {
  it.each(Object.keys(HOSTILE))('costs no more than in proportion to its pieces: %s', async (kind) => {
    const costOf = async (n: number) => {
      const there = pieced();
      const update = HOSTILE[kind]!(there, n);
      return countSteps(() => there.document.applyTyped([update]));
    };
    await costOf(200);
    const [one, once, fourTimes] = [await costOf(1), await costOf(200), await costOf(800)];
    expect(fourTimes - one).toBeLessThan(4.6 * (once - one) + 20_000);
  });

  it('is refused when a place is named that comes later, in another text, or the other way round', () => {
    const { document, places, empty } = pieced();
    const verdict = (...pieces: Raw[]) => verdictOf(document, updateOf([{ client: WRITER, pieces }]));
    expect(verdict({ origin: id(WRITER, 1) }, { origin: places[0], right: places[1] })).toMatch(/not in the order/);
    expect(verdict({ origin: places[5], right: places[2] })).toMatch(/not in the order/);
    expect(verdict({ parent: empty }, { origin: places[0], right: id(WRITER, 0) })).toMatch(/not in the order/);
    expect(verdict({ origin: places[0], right: places[1] }, { origin: places[0], right: id(WRITER, 0) })).toBe('new');
  });

  it('of several writers at once stays small', () => {
    const { document, places } = pieced();
    const writers = many(3_000, (i) => ({ client: 10_000 - i, pieces: [{ origin: places[0], right: places[1] }] }));
    expect(verdictOf(document, updateOf(writers))).toMatch(/too many pieces/);
    expect(verdictOf(document, updateOf(writers.slice(0, 5)))).toBe('new');
  });
});

describe('line ends that are mended', () => {
  it.each([
    ['one run', (n: number) => '\r'.repeat(n)],
    ['one by one', (n: number) => 'a\r'.repeat(n)],
    ['as Windows has them', (n: number) => 'line\r\n'.repeat(n)],
    ['NULs', (n: number) => 'a\0'.repeat(n)],
  ])('cost no more than in proportion to the text: %s', async (_, text) => {
    const costOf = async (n: number) => {
      const document = documentOf();
      const { doc, files } = copyOf(document);
      files.get('a.ts')!.insert(0, text(n));
      const update = Y.encodeStateAsUpdate(doc, document.stateVector());
      const steps = await countSteps(() => document.applyTyped([update]));
      expect(document.texts()['a.ts']).toBe(
        `${text(n).replaceAll(/\r\n?/g, '\n').replaceAll('\0', '')}${START['a.ts']}`,
      );
      return steps;
    };
    await costOf(500);
    const [none, once, fourTimes] = [await costOf(0), await costOf(500), await costOf(2_000)];
    expect(fourTimes - none).toBeLessThan(4.6 * (once - none) + 20_000);
    await costOf(8_000);
  });
});
