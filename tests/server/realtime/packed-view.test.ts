// Packed views: what they unpack to is the view, and a part that has not changed is not read again.
import { inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { packedView } from '#server/realtime/packed-view.ts';

const opened = (view: object) => JSON.parse(inflateRawSync(packedView(view)).toString());

it('unpack to the view, whatever it holds', () => {
  const short = fc.oneof(fc.string({ unit: 'binary' }), fc.double(), fc.boolean(), fc.constant(null));
  const long = fc.dictionary(fc.string({ unit: 'grapheme' }), short, { minKeys: 20, maxKeys: 60 });
  const part = fc.oneof(short, long, fc.array(long, { maxLength: 5 }));
  fc.assert(
    fc.property(fc.dictionary(fc.string(), part, { maxKeys: 8 }), (some) => {
      const view = { id: 'session', ...some, '"last"': 7 };
      expect(opened(view)).toEqual(JSON.parse(JSON.stringify(view)));
    }),
    { numRuns: 200 },
  );
});

it('may have many short parts', () => {
  const many = Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`k${i}`, `${i} é`.repeat(40)]));
  expect(JSON.stringify(many).length).toBeGreaterThan(65_535);
  expect(opened(many)).toEqual(many);
});

it('are made once, and of the parts that are new', () => {
  let reads = 0;
  const runs = {
    text: 'a long line of a log '.repeat(100),
    get last() {
      reads += 1;
      return 'r1';
    },
  };
  const first = { title: 'A', online: 1, runs };
  expect(packedView(first)).toBe(packedView(first));
  const next = { title: 'A', online: 2, runs, twice: runs };
  expect(reads).toBe(1);
  expect(opened(next)).toEqual({ title: 'A', online: 2, runs: { ...runs }, twice: { ...runs } });
  // Under another name it is another part.
  expect(reads).toBe(4);
});
