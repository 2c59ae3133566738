import { describe, expect, it } from 'vitest';
import { tickText } from '#app/_ui/chart-numbers.ts';

describe('the numbers of an axis have as many decimals as its step', () => {
  it.each([
    [0, 0.1, '0.0'],
    [0.30000000000000004, 0.1, '0.3'],
    [1.25, 0.25, '1.25'],
    [-2, 1, '−2'],
    [-0, 5, '0'],
    [20_000, 10_000, '20,000'],
    [0.0005, 0.0005, '0.0005'],
    [3e-8, 1e-8, '0.00000003'],
    [2_500_000, 500_000, '2,500,000'],
  ])('%d by steps of %d', (value, step, text) => {
    expect(tickText(value, step)).toBe(text);
  });
});
