import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldOf, kFold, repeatedKFold, trainTestSplit } from '#pipeline-core';

const whole = (n: number) => Array.from({ length: n }, (_, i) => i);
const spread = (counts: readonly number[]) => Math.max(...counts) - Math.min(...counts);

describe('trainTestSplit', () => {
  it('parts the rows, for any number, size and seed', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 200 }),
        fc.double({ min: 0.01, max: 0.99 }),
        fc.integer(),
        (n, testSize, randomState) => {
          const wanted = Math.ceil(n * testSize - 1e-9);
          fc.pre(wanted < n);
          const { train, test } = trainTestSplit(n, { testSize, randomState });
          expect([...train, ...test].sort((a, b) => a - b)).toEqual(whole(n));
          expect(test.length).toBe(wanted);
        },
      ),
    );
  });

  it('gives every label its share to within one row', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 4, maxLength: 100 }),
        fc.integer(),
        (labels, randomState) => {
          const { test } = trainTestSplit(labels, { testSize: 0.25, randomState, stratify: labels });
          for (const label of new Set(labels)) {
            const all = labels.filter((own) => own === label).length;
            const drawn = [...test].filter((row) => labels[row] === label).length;
            expect(Math.abs(drawn - (all * test.length) / labels.length)).toBeLessThan(1);
          }
        },
      ),
    );
  });

  it('is the same for a seed, another for another, and the tail without shuffling', () => {
    expect(trainTestSplit(50, { randomState: 7 })).toEqual(trainTestSplit(50, { randomState: 7 }));
    expect(trainTestSplit(50, { randomState: 7 })).not.toEqual(trainTestSplit(50, { randomState: 8 }));
    expect([...trainTestSplit(8, { shuffle: false }).test]).toEqual([6, 7]);
    expect(trainTestSplit(10, { testSize: 3 }).test.length).toBe(3);
  });

  it('refuses sizes that make no split', () => {
    expect(() => trainTestSplit(10, { testSize: 0 })).toThrow(/testSize must be/);
    expect(() => trainTestSplit(10, { testSize: 1.5 })).toThrow(/testSize must be/);
    expect(() => trainTestSplit(10, { testSize: 10 })).toThrow(/leaves nothing to train on/);
    expect(() => trainTestSplit(3, { stratify: ['a'] })).toThrow(/1 labels to stratify by, but 3 rows/);
  });
});

describe('kFold', () => {
  it('cuts unshuffled folds as scikit-learn does: neighbours, the first ones longer', () => {
    expect(kFold(10, { nSplits: 4 }).map(({ test }) => [...test])).toEqual([
      [0, 1, 2],
      [3, 4, 5],
      [6, 7],
      [8, 9],
    ]);
  });

  it('tests every row once and trains on all others, for any rows, folds, seed and labels', () => {
    const cases = fc
      .integer({ min: 2, max: 120 })
      .chain((n) =>
        fc.tuple(
          fc.constant(n),
          fc.integer({ min: 2, max: Math.min(n, 12) }),
          fc.option(fc.integer(), { nil: undefined }),
          fc.option(fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: n, maxLength: n }), { nil: undefined }),
        ),
      );
    fc.assert(
      fc.property(cases, ([n, nSplits, randomState, stratify]) => {
        const folds = kFold(n, {
          nSplits,
          ...(randomState === undefined ? {} : { randomState }),
          ...(stratify === undefined ? {} : { stratify }),
        });
        const fold = foldOf(folds, n);
        expect(spread(folds.map(({ test }) => test.length))).toBeLessThanOrEqual(1);
        folds.forEach(({ train, test }, f) => {
          expect([...train, ...test].sort((a, b) => a - b)).toEqual(whole(n));
          for (const row of test) expect(fold[row]).toBe(f);
        });
        for (const label of new Set(stratify)) {
          const counts = folds.map(({ test }) => [...test].filter((row) => stratify![row] === label).length);
          expect(spread(counts)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('refuses too many folds and a fold that is no fold', () => {
    expect(() => kFold(3, { nSplits: 4 })).toThrow('3 rows cannot be dealt into 4 folds: use fewer folds.');
    expect(() => kFold(3, { nSplits: 1 })).toThrow(/at least 2/);
  });
});

describe('repeatedKFold', () => {
  it('repeats with new shuffles, every repetition a partition', () => {
    const splits = repeatedKFold(23, { nSplits: 4, nRepeats: 3, randomState: 5 });
    expect(splits.length).toBe(12);
    const folds = [0, 4, 8].map((from) => [...foldOf(splits.slice(from, from + 4), 23)].join());
    expect(new Set(folds).size).toBe(3);
    expect(repeatedKFold(23, { nSplits: 4, nRepeats: 3, randomState: 5 })).toEqual(splits);
    expect(() => foldOf(splits, 23)).toThrow(/more than once/);
  });
});
