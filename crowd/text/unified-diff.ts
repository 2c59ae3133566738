// Two texts of a file as a unified diff, as `git diff` prints it.
import { diffLines, linesOf, type Region, type Text } from '#session-core/text/line-diff.ts';
import type { Paint } from '../program/output.ts';
import { shown } from '../program/output.ts';

const CONTEXT = 3;

/** Changes whose context touches, as one hunk. */
function hunksOf(regions: readonly Region[]): Region[][] {
  const hunks: Region[][] = [];
  for (const region of regions) {
    const last = hunks.at(-1);
    if (last !== undefined && region.start - last.at(-1)!.end <= 2 * CONTEXT) last.push(region);
    else hunks.push([region]);
  }
  return hunks;
}

/** No line of a text has it: it marks the last one of a text that does not end with it. */
const UNENDED = '\n';
const NO_NEWLINE = '\\ No newline at end of file';

/** As git and `patch` count them: what ends a line belongs to it. */
function countedLines(text: Text): readonly string[] {
  const lines = linesOf(text);
  const last = lines.at(-1);
  if (last === undefined) return [];
  return last === '' ? lines.slice(0, -1) : [...lines.slice(0, -1), last + UNENDED];
}

const rowsOf = (sign: string, line: string): string[] =>
  line.endsWith(UNENDED) ? [`${sign}${shown(line.slice(0, -UNENDED.length))}`, NO_NEWLINE] : [`${sign}${shown(line)}`];

/** Its lines; none where both are the same. null: there is no such file. */
export function unifiedDiff(path: string, before: Text, after: Text, paint: Paint): string[] {
  if (before === after) return [];
  const lines = countedLines(before);
  const regions = diffLines(lines, countedLines(after));
  const result = [
    paint.head(`--- ${before === null ? '/dev/null' : `a/${path}`}`),
    paint.head(`+++ ${after === null ? '/dev/null' : `b/${path}`}`),
  ];
  let shift = 0;
  for (const hunk of hunksOf(regions)) {
    const from = Math.max(0, hunk[0]!.start - CONTEXT);
    const to = Math.min(lines.length, hunk.at(-1)!.end + CONTEXT);
    const body: string[] = [];
    let at = from;
    let grown = 0;
    for (const { start, end, lines: added } of hunk) {
      for (; at < start; at++) body.push(...rowsOf(' ', lines[at]!));
      for (; at < end; at++) body.push(...rowsOf('-', lines[at]!).map(paint.removed));
      for (const line of added) body.push(...rowsOf('+', line).map(paint.added));
      grown += added.length - (end - start);
    }
    for (; at < to; at++) body.push(...rowsOf(' ', lines[at]!));
    const size = to - from;
    result.push(paint.head(`@@ -${range(from, size)} +${range(from + shift, size + grown)} @@`), ...body);
    shift += grown;
  }
  return result;
}

/** Lines count from 1; of no lines, the one before them is named. */
const range = (from: number, size: number): string => `${size === 0 ? from : from + 1},${size}`;
