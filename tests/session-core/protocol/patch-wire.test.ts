// A patch on the wire: it comes out as it went in, and what a crowd does at once names its path once.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { applyPatch, diffViews, type Json, type ViewPatch } from '#session-core/protocol/messages.ts';
import { packPatch, unpackPatch } from '#session-core/protocol/patch-wire.ts';

// Few keys, so that two views meet in many; some that a prototype has as well.
const key = fc.constantFrom('a', 'b', 'votes', '__proto__', 'constructor');
const { view } = fc.letrec<{ value: Json; view: Record<string, Json> }>((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, fc.constantFrom(null, true, 0, 7, '', 'x'), fc.array(fc.nat(3)), tie('view')),
  view: fc.dictionary(key, tie('value'), { maxKeys: 5 }),
}));

const overTheWire = (patch: ViewPatch): ViewPatch => unpackPatch(JSON.parse(JSON.stringify(packPatch(patch))));

it('turns one view into the other, whatever differs', () => {
  fc.assert(
    fc.property(view, view, (before, after) => {
      const patch = { from: 3, seq: 9, ...diffViews(before, after) };
      const { from, seq, ...changes } = overTheWire(patch);
      expect([from, seq]).toEqual([3, 9]);
      expect(applyPatch(before, changes)).toEqual(after);
    }),
  );
});

it('names the path of many votes once', () => {
  const vote = (id: string, votes: number) => [['suggestions', id, 'votes'], votes] as const;
  const set = [
    vote('s1', 4),
    [['online'], 12] as const,
    vote('s2', 1),
    [['participants', 'p1', 'online'], true] as const,
  ];
  expect(packPatch({ from: 1, seq: 4, set, del: [['handsAt', 'p3']] })).toEqual([
    1,
    4,
    [['handsAt', 'p3']],
    [['suggestions'], { s1: 4, s2: 1 }, 'votes'],
    [['online'], 12],
    [['participants', 'p1', 'online'], true],
  ]);
});
