// Two texts as lines, and where they differ: the basis of patches and merges.
// Invariant: a text is split at '\n' and joined by it, so nothing is lost; a file that does not exist has no lines at all,
// an empty one has one empty line.
import { diffIndices } from 'node-diff3';

/** null: there is no such file. */
export type Text = string | null;

export const linesOf = (text: Text): readonly string[] => (text === null ? [] : text.split('\n'));
export const textOf = (lines: readonly string[]): Text => (lines.length === 0 ? null : lines.join('\n'));

/** Lines [start, end) of the first text became `lines`. Counted from 0. */
export interface Region {
  readonly start: number;
  readonly end: number;
  readonly lines: readonly string[];
}

/** Above this number of pairs of equal lines the middle becomes one changed region: bounds the time, the result stays correct. */
const PAIRS = 2_000_000;

function equalPairs(a: readonly string[], b: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const line of b) counts.set(line, (counts.get(line) ?? 0) + 1);
  return a.reduce((pairs, line) => pairs + (counts.get(line) ?? 0), 0);
}

/** Where `after` differs from `before`, in order, never touching each other. */
export function diffLines(before: readonly string[], after: readonly string[]): readonly Region[] {
  let head = 0;
  const shorter = Math.min(before.length, after.length);
  while (head < shorter && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < shorter - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  const a = before.slice(head, before.length - tail);
  const b = after.slice(head, after.length - tail);
  if (a.length === 0 && b.length === 0) return [];
  if (a.length === 0 || b.length === 0 || equalPairs(a, b) > PAIRS)
    return [{ start: head, end: head + a.length, lines: b }];
  return diffIndices(a, b).map(({ buffer1: [from, length], buffer2Content }) => ({
    start: head + from,
    end: head + from + length,
    lines: buffer2Content,
  }));
}
