// Where a classification is wrong: counted by hand, its curves as the measures of the library give them.
import { describe, expect, it } from 'vitest';
import type { Predictions } from '#pipeline-core/core/report.ts';
import { classErrors } from '#pipeline-core/inspection/class-errors.ts';
import { createRng } from '#pipeline-core/math/rng.ts';
import { rocAuc } from '#pipeline-core/metrics/classification.ts';
import { parseCsv } from '#pipeline-core/table/csv.ts';

const table = parseCsv('city,size,late\nA,1,0\nA,2,1\nB,3,0\nB,4,1\nB,5,1\n');
const labels = ['no', 'yes'];
const of = (probability: readonly number[], actual: readonly number[]): Predictions => ({
  row: actual.map((_, i) => i),
  fold: actual.map(() => 0),
  actual,
  predicted: probability.map((p) => (p >= 0.5 ? 1 : 0)),
  probabilities: probability.map((p) => [1 - p, p]),
});

describe('errors of a classification', () => {
  const found = classErrors(of([0.2, 0.9, 0.7, 0.4, 0.8], [0, 1, 0, 1, 1]), { table, labels, hidden: ['late'] })!;

  it('counts by class, and names the rows that got the least probability', () => {
    expect(found).toMatchObject({
      n: 5,
      errorRate: 0.4,
      confusion: [
        [1, 1],
        [1, 2],
      ],
    });
    expect(found.worst.slice(0, 2)).toEqual([
      { row: 2, actual: 'no', predicted: 'yes', probability: expect.closeTo(0.3, 9), values: { city: 'B', size: 3 } },
      { row: 3, actual: 'yes', predicted: 'no', probability: 0.4, values: { city: 'B', size: 4 } },
    ]);
  });

  it('gives groups their share of errors with an interval inside 0 and 1', () => {
    const groups = found.slices.find(({ column }) => column === 'city')!.groups;
    expect(groups.map((group) => ['level' in group && group.level, group.n, group.errorRate])).toEqual([
      ['B', 3, 2 / 3],
      ['A', 2, 0],
    ]);
    // By Wilson's formula for 0 of 2.
    expect(groups[1]!.interval).toEqual([0, expect.closeTo(0.6576, 3)]);
    expect(groups[0]!.worst).toEqual([2, 3, 4]);
    expect(found.slices.map(({ column }) => column)).not.toContain('late');
  });

  it('draws curves of the second class that begin and end where curves do, with the area of the measure', () => {
    const random = createRng(5);
    const many = parseCsv(`x\n${Array.from({ length: 400 }, (_, i) => i).join('\n')}\n`);
    const actual = Array.from({ length: 400 }, () => random.int(2));
    const probability = actual.map((y) => Math.min(1, Math.max(0, 0.5 + 0.2 * (y - 0.5) + 0.2 * random.normal())));
    const [curve, ...others] = classErrors(of(probability, actual), { table: many, labels })!.curves;
    expect(others).toEqual([]);
    expect(curve!.auc).toBeCloseTo(rocAuc(actual, probability), 9);
    expect([curve!.roc[0], curve!.roc.at(-1)]).toEqual([
      [0, 0],
      [1, 1],
    ]);
    expect(curve!.precisionRecall.at(-1)).toEqual([0, 1]);
    expect(Math.max(curve!.roc.length, curve!.precisionRecall.length)).toBeLessThanOrEqual(80);
    expect(curve!.calibration.reduce((sum, { n }) => sum + n, 0)).toBe(400);
    for (const { share, interval } of curve!.calibration) {
      expect(interval[0]).toBeLessThanOrEqual(share);
      expect(interval[1]).toBeGreaterThanOrEqual(share);
    }
  });

  it('does without probabilities, with more classes, and has nothing of rows that are no rows', () => {
    const three = { row: [0, 1, 2, 99], fold: [0, 0, 0, 0], actual: [0, 1, 2, 0], predicted: [0, 2, 2, 0] };
    const without = classErrors(three, { table, labels: ['a', 'b', 'c'] })!;
    expect(without).toMatchObject({ n: 3, errorRate: 1 / 3, curves: [] });
    expect(without.worst[0]).toMatchObject({ row: 1, actual: 'b', predicted: 'c', probability: null });
    expect(classErrors({ ...three, row: [99, 99, 99, 99] }, { table, labels: ['a', 'b', 'c'] })).toBeNull();
  });
});
