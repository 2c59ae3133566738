// A view that arrives anew: what has not changed keeps its identity, and nothing of what has changed is lost.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { withSameParts } from '#session-core/client/same-parts.ts';

const copy = <T>(value: T): T => structuredClone(value);

it('is the same object where nothing has changed', () => {
  const view = { runs: { a: { stages: [1, { x: null }], text: 'é' } }, hands: [] };
  expect(withSameParts(view, copy(view))).toBe(view);
});

it('keeps what is beside a change', () => {
  const before = { runs: { a: { n: 1 }, b: { n: 2 } }, people: { c: {} }, list: [{ n: 1 }, { n: 2 }] };
  const after = withSameParts(before, { ...copy(before), runs: { a: { n: 1 }, b: { n: 3 } }, list: [{ n: 1 }] });
  expect(after).toEqual({ ...before, runs: { a: { n: 1 }, b: { n: 3 } }, list: [{ n: 1 }] });
  expect(after.people).toBe(before.people);
  expect(after.runs.a).toBe(before.runs.a);
  expect(after.runs.b).not.toBe(before.runs.b);
  expect(after.list[0]).toBe(before.list[0]);
});

it('tells a missing field from one without a value, and a list from an object', () => {
  expect(withSameParts({ a: undefined }, { b: undefined })).toEqual({ b: undefined });
  expect(withSameParts({ a: { 0: 1 } }, { a: [1] })).toEqual({ a: [1] });
  expect(withSameParts(null, { a: 1 })).toEqual({ a: 1 });
});

it('equals what arrived, and changes nothing of what was there', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (before, after) => {
      const [was, arrived] = [copy(before), copy(after)];
      expect(withSameParts(before, after)).toEqual(arrived);
      expect(before).toEqual(was);
      expect(withSameParts(before, copy(was))).toBe(before);
    }),
  );
});
