// How often values occur: numbers in ranges of round width, a few distinct whole numbers each by itself, words by name.
// Invariant: every value is counted in exactly one bin; a range holds its lower end, the last one both.
import type { Bin } from './chart-spec.ts';

const MOST_DISTINCT = 12;
const MOST_WORDS = 20;
const RANGES = 20;

export function binsOf(values: readonly (number | string)[]): readonly Bin[] {
  const numbers = values.filter((value) => typeof value === 'number');
  if (numbers.length < values.length || numbers.length === 0) return words(values);
  const distinct = [...new Set(numbers)].sort((a, b) => a - b);
  if (distinct.length <= MOST_DISTINCT) {
    return distinct.map((value) => ({
      from: value,
      to: value,
      count: numbers.filter((number) => number === value).length,
    }));
  }
  const [low, high] = [distinct[0]!, distinct.at(-1)!];
  const step = roundStep((high - low) / RANGES);
  const first = Math.floor(low / step);
  const bins = Math.max(1, Math.ceil(high / step) - first);
  const counts = new Array<number>(bins).fill(0);
  for (const value of numbers) counts[Math.min(bins - 1, Math.floor(value / step) - first)]!++;
  const edge = (i: number) => Number(((first + i) * step).toPrecision(12));
  return counts.map((count, i) => ({ from: edge(i), to: edge(i + 1), count }));
}

/** The smallest of 1, 2, 5 times a power of ten that is not below. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return power * ([1, 2, 5].find((times) => times * power >= least) ?? 10);
}

function words(values: readonly (number | string)[]): readonly Bin[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(String(value), (counts.get(String(value)) ?? 0) + 1);
  const ordered = [...counts].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count);
  if (ordered.length <= MOST_WORDS) return ordered;
  const rest = ordered.slice(MOST_WORDS - 1);
  return [
    ...ordered.slice(0, MOST_WORDS - 1),
    { name: `+ ${rest.length}`, count: rest.reduce((sum, { count }) => sum + count, 0) },
  ];
}
