// A table is read once for all runs of a session, also where only some of its rows are looked at.
import { expect, it } from 'vitest';
import { createDataCache } from '#sandbox/runner/data-cache.ts';

const csvOf = (rows: number) => `age,code\n${Array.from({ length: rows }, (_, i) => `${15 + i},${i}`).join('\n')}\n`;

it('keeps a sample of the last text in each size, and reads another text anew', () => {
  const cache = createDataCache();
  const [csv, other] = [csvOf(10), csvOf(12)];
  const few = cache.sampleOf(csv, 5);
  expect([few.at, few.of, few.table.rowCount]).toEqual([[0, 2, 4, 6, 8], 10, 5]);
  const all = cache.sampleOf(csv, Number.POSITIVE_INFINITY);
  expect(all.table.rowCount).toBe(10);
  expect(cache.sampleOf(csv, 5)).toBe(few);
  expect(cache.sampleOf(csv, Number.POSITIVE_INFINITY)).toBe(all);
  // Rows without some columns come from the same sample.
  expect(cache.someRowsOf(csv, ['code'], 5)).toMatchObject({ rows: [{ age: 15 }, { age: 17 }, {}, {}, {}], of: 10 });
  expect(cache.sampleOf(other, 5).of).toBe(12);
  expect(cache.sampleOf(csv, 5)).not.toBe(few);
  expect(cache.sampleOf(csv, 5)).toEqual(few);
});
