import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { first as de } from '#app/_strings/de/first.ts';
import { many as manyDe } from '#app/_strings/de/many.ts';
import { first as en } from '#app/_strings/en/first.ts';
import { many as manyEn } from '#app/_strings/en/many.ts';
import { first as fr } from '#app/_strings/fr/first.ts';
import { many as manyFr } from '#app/_strings/fr/many.ts';
import { tickText } from '#app/_ui/chart-numbers.ts';
import { changeText, decimalText, metricText } from '#app/_ui/format.ts';
import { plainDecimals, valuesIn } from '#session-core/sentences/numbers.ts';

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

describe('numbers that are written without Intl are as it writes them', () => {
  const digits = fc.tuple(fc.integer({ min: -2_000_000, max: 2_000_000 }), fc.integer({ min: 0, max: 7 }));
  const numbers = fc.oneof(
    fc.double({ min: -1_100, max: 1_100 }),
    digits.map(([n, decimals]) => n / 10 ** decimals),
  );

  it.each([
    [en, manyEn],
    [de, manyDe],
    [fr, manyFr],
  ] as const)('in $lang', ({ locale, decimalMark }, many) => {
    const { signed } = valuesIn(locale, decimalMark);
    fc.assert(
      fc.property(numbers, fc.integer({ min: 0, max: 6 }), (value, decimals) => {
        const options = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
        const written = new Intl.NumberFormat(locale, options).format(value);
        expect([null, written]).toContain(plainDecimals(value, decimals, decimalMark));
        const three = new Intl.NumberFormat(locale, { minimumFractionDigits: 3, maximumFractionDigits: 3 });
        expect(signed(value)).toBe(`${value < 0 ? '−' : '+'}${three.format(Math.abs(value))}`);
        const whole = Math.round(value);
        expect(many(whole, 'one', 'more').split(' ')[0]).toBe(new Intl.NumberFormat(locale).format(whole));
      }),
    );
  });

  it.each([
    [2.5366, 3, '2.537'],
    [-0, 1, '−0.0'],
    [999.9996, 3, '1,000.000'],
    [Number.NaN, 3, 'NaN'],
    [Number.POSITIVE_INFINITY, 3, '∞'],
  ])('%d with %d decimals', (value, decimals, text) => expect(decimalText(value, decimals)).toBe(text));

  it('where a metric or a change is', () => {
    expect([metricText(2.5), metricText(-1.2345), metricText(1234.5)]).toEqual(['2.500', '−1.235', '1,235']);
    expect([changeText(0.17), changeText(-0.17), changeText(0.0001)]).toEqual(['+0.170', '−0.170', '±0']);
  });
});
