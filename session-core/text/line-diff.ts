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

/**
 * Steps that one comparison of two texts may take. The search for the longest common sequence goes, for each pair of
 * equal lines, through a sequence of up to the length of the shorter text: a few thousand blank lines take it seconds.
 * Above the limit the texts are split at lines that occur once in both; a part that is still too large becomes one
 * changed region. The result stays correct.
 */
const MOST_STEPS = 4_000_000;

function countsOf(lines: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
  return counts;
}

function stepsFor(a: readonly string[], b: readonly string[]): number {
  const counts = countsOf(b);
  const pairs = a.reduce((sum, line) => sum + (counts.get(line) ?? 0), 0);
  return pairs * Math.min(a.length, b.length);
}

/** Where `after` differs from `before`, in order, never touching each other. */
export function diffLines(before: readonly string[], after: readonly string[]): readonly Region[] {
  const regions: Region[] = [];
  compare({ before, after, start: 0, budget: { steps: MOST_STEPS }, regions, maySplit: true });
  return regions;
}

interface Comparison {
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** Of `before` in the whole text. */
  readonly start: number;
  readonly budget: { steps: number };
  readonly regions: Region[];
  /** False for the parts of a text that was split. */
  readonly maySplit: boolean;
}

function compare({ before, after, start, budget, regions, maySplit }: Comparison): void {
  let head = 0;
  const shorter = Math.min(before.length, after.length);
  while (head < shorter && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < shorter - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  const a = before.slice(head, before.length - tail);
  const b = after.slice(head, after.length - tail);
  if (a.length === 0 && b.length === 0) return;
  const from = start + head;
  const steps = stepsFor(a, b);
  if (a.length > 0 && b.length > 0 && steps <= budget.steps) {
    budget.steps -= steps;
    for (const { buffer1, buffer2Content } of diffIndices(a, b))
      regions.push({ start: from + buffer1[0], end: from + buffer1[0] + buffer1[1], lines: buffer2Content });
    return;
  }
  const anchors = maySplit ? linesOnceInBoth(a, b) : [];
  if (anchors.length === 0) {
    regions.push({ start: from, end: from + a.length, lines: b });
    return;
  }
  let [doneA, doneB] = [0, 0];
  for (const [atA, atB] of [...anchors, [a.length, b.length] as const]) {
    const part = { before: a.slice(doneA, atA), after: b.slice(doneB, atB), start: from + doneA };
    compare({ ...part, budget, regions, maySplit: false });
    [doneA, doneB] = [atA + 1, atB + 1];
  }
}

type IndexPair = readonly [inA: number, inB: number];

/** Of the lines that occur once in each text, the longest sequence that ascends in both. */
function linesOnceInBoth(a: readonly string[], b: readonly string[]): readonly IndexPair[] {
  const [inA, inB] = [countsOf(a), countsOf(b)];
  const indices = new Map<string, number>();
  for (const [index, line] of b.entries()) if (inB.get(line) === 1) indices.set(line, index);
  interface Link {
    readonly pair: IndexPair;
    readonly previous: Link | null;
  }
  /** By length: the sequence of that length that ends first in `b`. */
  const best: Link[] = [];
  for (const [index, line] of a.entries()) {
    const other = indices.get(line);
    if (other === undefined || inA.get(line) !== 1) continue;
    let [low, high] = [0, best.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (best[middle]!.pair[1] < other) low = middle + 1;
      else high = middle;
    }
    best[low] = { pair: [index, other], previous: best[low - 1] ?? null };
  }
  const pairs: IndexPair[] = [];
  for (let link = best.at(-1) ?? null; link !== null; link = link.previous) pairs.push(link.pair);
  return pairs.reverse();
}
