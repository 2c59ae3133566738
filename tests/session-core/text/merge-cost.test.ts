// What a patch costs: comparing and merging texts takes steps in proportion to their length, or stays below a limit, and
// the result is the same as by the plain rule.
// biome-ignore assist/source/organizeImports: it must be there before what it counts is compiled
import { countSteps } from '#tests/support/count-steps.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffLines, linesOf, type Region } from '#session-core/text/line-diff.ts';
import { mergePatch } from '#session-core/text/merge.ts';
import { canonicalPatch } from '#session-core/text/patch.ts';

const many = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));

/** 1x and 4x, without what the least of it costs. */
async function expectLinear(steps: (n: number) => Promise<number>, n: number): Promise<void> {
  await steps(n);
  const [least, once, fourTimes] = [await steps(1), await steps(n), await steps(4 * n)];
  expect(fourTimes - least).toBeLessThan(4.6 * (once - least) + 5_000);
}

const apply = (before: readonly string[], regions: readonly Region[]): string[] => {
  const after: string[] = [];
  let at = 0;
  for (const { start, end, lines } of regions) {
    after.push(...before.slice(at, start), ...lines);
    at = end;
  }
  return [...after, ...before.slice(at)];
};

describe('a comparison', () => {
  it('of texts with thousands of equal lines takes a bounded number of steps', async () => {
    // Two kinds of line, in an order that no run of them shares.
    const one = many(3_000, (i) => (i % 2 ? 'x' : ''));
    const other = ['first', ...many(3_000, (i) => (i % 3 ? 'x' : '')), 'last'];
    await countSteps(() => diffLines(['a'], ['b']));
    expect(await countSteps(() => diffLines(one, other))).toBeLessThan(200_000);
    expect(
      await countSteps(() =>
        diffLines(
          many(100, () => ''),
          ['a', ...many(20_000, () => ''), 'b'],
        ),
      ),
    ).toBeLessThan(500_000);
  });

  it('still finds the lines that are alone of their kind among them', () => {
    const filler = many(2_000, (i) => (i % 3 ? '' : '}'));
    const before = [...filler, 'const a;', ...filler, 'const b = 1;', ...filler, 'const c;', ...filler];
    const after = ['new', ...filler, 'const a;', ...filler, 'const b = 2;', ...filler, 'const c;', ...filler, 'end'];
    expect(apply(before, diffLines(before, after))).toEqual(after);
    expect(diffLines(before, after).map(({ lines }) => lines)).toEqual([['new'], ['const b = 2;'], ['end']]);
  });

  it('leads from one text to the other, in regions that do not touch, whether it was split or not', () => {
    const line = fc.oneof({ weight: 8, arbitrary: fc.constantFrom('', '}') }, fc.nat(4_000).map(String));
    const text = fc.array(line, { maxLength: 2_500, size: 'max' });
    fc.assert(
      fc.property(text, text, (before, after) => {
        const regions = diffLines(before, after);
        expect(apply(before, regions)).toEqual(after);
        for (const [i, region] of regions.entries())
          if (i > 0) expect(region.start).toBeGreaterThan(regions[i - 1]!.end);
      }),
      { numRuns: 40 },
    );
  });
});

describe('a merge', () => {
  it('of two texts that differ in every other line goes once along both', async () => {
    const text = (n: number, change: (i: number) => string) => many(n, change).join('\n');
    await expectLinear(async (n) => {
      const base = text(n, (i) => `line ${i}`);
      const live = text(n, (i) => (i % 4 === 0 ? `theirs ${i}` : `line ${i}`));
      const patched = text(n, (i) => (i % 4 === 2 ? `ours ${i}` : `line ${i}`));
      const compared = await countSteps(() => {
        diffLines(linesOf(base), linesOf(live));
        diffLines(linesOf(base), linesOf(patched));
      });
      const merged = await countSteps(() => mergePatch({ base, live, patched }));
      expect(mergePatch({ base, live, patched }).state).toBe('stale');
      return merged - compared;
    }, 400);
  });

  it('finds the conflict that comparing each change with each would find', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 10 })
      .map((l) => l.join('\n'));
    fc.assert(
      fc.property(text, text, text, (base, live, patched) => {
        if (live === base || patched === base || live === patched) return;
        const line = plainConflict(base, live, patched);
        const merge = mergePatch({ base, live, patched });
        expect(merge.state === 'conflict' ? merge.line : null).toBe(line);
      }),
      { numRuns: 2_000 },
    );
  });
});

it('the canonical form of a patch takes steps in proportion to its lines', async () => {
  await expectLinear(
    (n) =>
      countSteps(() =>
        canonicalPatch({
          revision: 1,
          files: [{ path: 'a', hunks: many(n, (i) => ({ fromLine: i + 1, removed: ['a'], added: ['b'] })) }],
        }),
      ),
    100,
  );
});

/** Each change against each: what the merge did before it went along both. */
function plainConflict(base: string, live: string, patched: string): number | null {
  const lines = linesOf(base);
  const [wasTheirs, wasOurs] = [diffLines(lines, linesOf(live)), diffLines(lines, linesOf(patched))];
  const split = (change: Region, others: readonly Region[]): readonly Region[] => {
    const { start, end, lines: added } = change;
    if (added.length !== end - start || added.length < 2) return [change];
    if (others.some((other) => other.start === other.end && other.start > start && other.start < end)) return [change];
    return added.map((line, i) => ({ start: start + i, end: start + i + 1, lines: [line] }));
  };
  const theirs = wasTheirs.flatMap((change) => split(change, wasOurs));
  const ours = wasOurs
    .flatMap((change) => split(change, wasTheirs))
    .filter((change) => !theirs.some((their) => JSON.stringify(their) === JSON.stringify(change)));
  for (const { start, end } of ours) {
    const hit = theirs.findIndex((their) =>
      start === end && their.start === their.end ? start === their.start : start < their.end && their.start < end,
    );
    if (hit < 0) continue;
    const shift = theirs.slice(0, hit).reduce((sum, one) => sum + one.lines.length - (one.end - one.start), 0);
    return theirs[hit]!.start + shift + 1;
  }
  return null;
}
