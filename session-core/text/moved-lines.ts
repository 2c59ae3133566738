// Where lines of a text are after it was changed.
import { diffLines, linesOf } from './line-diff.ts';

interface Range {
  readonly fromLine: number;
  readonly toLine: number;
}

/** Lines count from 1. Lines that were replaced become those in their place; lines that are gone, the one that followed. */
export function movedLines(before: string, after: string, { fromLine, toLine }: Range): Range {
  const [old, now] = [linesOf(before), linesOf(after)];
  const regions = diffLines(old, now);
  const place = (line: number, edge: 'first' | 'last'): number => {
    let shift = 0;
    for (const { start, end, lines } of regions) {
      if (line < start) break;
      if (line < end) return start + shift + (edge === 'first' ? 0 : Math.max(0, lines.length - 1));
      shift += lines.length - (end - start);
    }
    return line + shift;
  };
  const within = (line: number) => Math.min(Math.max(line, 0), Math.max(now.length - 1, 0)) + 1;
  const first = within(place(fromLine - 1, 'first'));
  return { fromLine: first, toLine: Math.max(first, within(place(toLine - 1, 'last'))) };
}
