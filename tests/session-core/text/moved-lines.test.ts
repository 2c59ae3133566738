// Lines that a tour shows stay with their text while others change around them.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { movedLines } from '#session-core/text/moved-lines.ts';

const BEFORE = 'a\nb\nc\nd\ne';
it.each([
  ['nothing changed', BEFORE, [2, 3]],
  ['lines added above', `x\ny\n${BEFORE}`, [4, 5]],
  ['lines removed above', 'b\nc\nd\ne', [1, 2]],
  ['one of them changed', 'a\nb\nC\nd\ne', [2, 3]],
  ['a line added between them', 'a\nb\nx\nc\nd\ne', [2, 4]],
  ['all of them replaced by one', 'a\nX\nd\ne', [2, 2]],
  ['all of them gone', 'a\nd\ne', [2, 2]],
  ['nothing left', '', [1, 1]],
])('%s', (_, after, [fromLine, toLine]) => {
  expect(movedLines(BEFORE, after, { fromLine: 2, toLine: 3 })).toEqual({ fromLine, toLine });
});

it('names lines of the new text, in order, and the same ones in a text that begins with something else', () => {
  const lines = fc.array(fc.constantFrom('a', 'b', '', 'c'), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(lines, lines, fc.nat(11), fc.nat(11), (before, after, a, b) => {
      const [from, to] = [Math.min(a, b), Math.max(a, b)].map((line) => Math.min(line, before.length - 1) + 1) as [
        number,
        number,
      ];
      const moved = movedLines(before.join('\n'), after.join('\n'), { fromLine: from, toLine: to });
      expect(moved.fromLine).toBeGreaterThanOrEqual(1);
      expect(moved.toLine).toBeGreaterThanOrEqual(moved.fromLine);
      expect(moved.toLine).toBeLessThanOrEqual(after.length);
      const unique = before.map((line, i) => `${line}${i}`);
      const shifted = [...after.map((line) => `${line} new`), ...unique];
      expect(movedLines(unique.join('\n'), shifted.join('\n'), { fromLine: from, toLine: to })).toEqual({
        fromLine: from + after.length,
        toLine: to + after.length,
      });
    }),
  );
});
