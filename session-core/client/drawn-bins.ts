// How often values occur: numbers in ranges of round width, a few distinct ones each by itself, words by name.
// Invariant: every value is counted in exactly one bin. Numbers in names are written by whoever asks, in their language.
import { binNumbers, type ColumnBin, type NumberBin } from '#pipeline-core/table/column-bins.ts';

/** A range of numbers, or a category by its name; a range with a name is written by it. */
export interface DrawnBin {
  readonly from?: number;
  readonly to?: number;
  readonly name?: string;
  readonly count: number;
}
type NumberText = (value: number) => string;

const MOST_WORDS = 20;
/** So many single numbers have a label each; more have an axis. */
const SIDE_BY_SIDE = 12;

export function binsOf(values: readonly (number | string)[], numberText: NumberText): readonly DrawnBin[] {
  const numbers = values.filter((value) => typeof value === 'number');
  if (numbers.length < values.length || numbers.length === 0) return words(values);
  const { bins, codes } = binNumbers(Float64Array.from(numbers));
  const counts = new Array<number>(bins.length).fill(0);
  for (const code of codes) counts[code]!++;
  return drawnBins(bins, numberText).map((bin, i) => ({ ...bin, count: counts[i]! }));
}

/** Bins of a column as a chart draws them: whole numbers around their middle, so that bars touch; the ends of a long tail by name. */
export function drawnBins(bins: readonly ColumnBin[], numberText: NumberText): readonly Omit<DrawnBin, 'count'>[] {
  const numbers = bins.filter((bin) => 'from' in bin);
  if (numbers.length < bins.length)
    return bins.map((bin) => ({ name: 'level' in bin ? bin.level : 'others' in bin ? othersName(bin.others) : '' }));
  const touching = numbers.every((bin, i) => i === 0 || bin.from === numbers[i - 1]!.to + 1);
  const single = numbers.every(({ from, to }) => from === to);
  if (single && !(touching && numbers.length > SIDE_BY_SIDE)) return numbers;
  const half = touching && (single || numbers.every(({ to }) => Number.isInteger(to))) ? 0.5 : 0;
  const usual = widthOf(numbers[Math.floor(numbers.length / 2)]!);
  return numbers.map((bin, i) => {
    const { from, to } = bin;
    const shown = { from: from - half, to: to + half };
    if (numbers.length > 2 && i === 0 && widthOf(bin) > usual * 1.5)
      return { ...shown, name: `${half > 0 ? '≤' : '<'} ${numberText(to)}` };
    if (numbers.length > 2 && i === numbers.length - 1 && widthOf(bin) > usual * 1.5)
      return { ...shown, name: `≥ ${numberText(from)}` };
    if (half === 0) return shown;
    return { ...shown, name: from === to ? numberText(from) : `${numberText(from)} – ${numberText(to)}` };
  });
}

/**
 * Ranges of one width, on an axis of numbers. Others are placed side by side: a category has no width, neither has a bin
 * that holds one value, and the heights of bins of different widths could not be compared otherwise.
 */
export function onNumberAxis(bins: readonly DrawnBin[]): bins is readonly (DrawnBin & NumberBin)[] {
  const widths = bins.map(({ from, to }) => (from === undefined || to === undefined ? 0 : to - from));
  return widths.every((width) => width > 0 && Math.abs(width / widths[0]! - 1) < 1e-6);
}

/** "15 – 17", or the category. */
export const binText = ({ from, to, name }: Omit<DrawnBin, 'count'>, numberText: NumberText): string =>
  name ?? (from === to ? numberText(from ?? 0) : `${numberText(from ?? 0)} – ${numberText(to ?? 0)}`);

const widthOf = ({ from, to }: NumberBin): number => to - from;
const othersName = (words: number): string => `+ ${words}`;

function words(values: readonly (number | string)[]): readonly DrawnBin[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(String(value), (counts.get(String(value)) ?? 0) + 1);
  const ordered = [...counts].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count);
  if (ordered.length <= MOST_WORDS) return ordered;
  const rest = ordered.slice(MOST_WORDS - 1);
  return [
    ...ordered.slice(0, MOST_WORDS - 1),
    { name: othersName(rest.length), count: rest.reduce((sum, { count }) => sum + count, 0) },
  ];
}
