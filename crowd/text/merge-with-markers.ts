// A three-way merge of one text that never fails: where both sides changed the same lines, both are kept between the markers
// that git writes and editors know.
// Invariant: every line that one of the sides added is in the result.
import { diffLines, linesOf, type Region } from '#session-core/text/line-diff.ts';
import { mergePatch } from '#session-core/text/merge.ts';
import type { Files } from '#session-core/text/patch.ts';
import { own } from '#session-core/util/immutable-map.ts';

export const MARKERS = { ours: '<<<<<<< yours', middle: '=======', theirs: '>>>>>>> session' } as const;

/** Lines of a conflict, whoever wrote them: this program, or git. */
const MARKER = /^(?:<{7}|\|{7}|>{7})(?: |$)/;
const MARKER_IN_CODE = /^(?:(?:<{7}|\|{7}|>{7})(?: |$)|={7}$)/;
/** There a line of equal signs is that of a heading. */
const PROSE = /\.(?:md|txt)$/;

function countMarkers(path: string, text: string): number {
  const marker = PROSE.test(path) ? MARKER : MARKER_IN_CODE;
  return text.split('\n').filter((line) => marker.test(line)).length;
}

/** Whether this text of a file still has the markers of a conflict, other than those that the session's has itself. */
export const addsMarkers = (path: string, text: string, session: string): boolean =>
  countMarkers(path, text) > countMarkers(path, session);

/** Files here that still have markers. */
export const unfinishedIn = (here: Files, session: Files): readonly string[] =>
  Object.keys(here).filter((path) => addsMarkers(path, here[path]!, own(session, path) ?? ''));

export interface Merged {
  readonly text: string;
  readonly conflicts: number;
}

export function mergeWithMarkers(base: string, sides: { readonly ours: string; readonly theirs: string }): Merged {
  const { ours, theirs } = sides;
  const merge = mergePatch({ base, live: theirs, patched: ours });
  if (merge.state !== 'conflict') return { text: merge.text ?? '', conflicts: 0 };
  const lines = linesOf(base);
  const our = diffLines(lines, linesOf(ours));
  const their = diffLines(lines, linesOf(theirs));
  const merged: string[] = [];
  let conflicts = 0;
  let at = 0;
  for (const { start, end } of together([...our, ...their])) {
    merged.push(...lines.slice(at, start));
    const [a, b] = [our, their].map((side) => side.filter((one) => one.start >= start && one.end <= end));
    const before = lines.slice(start, end);
    const [mine, other] = [withRegions(before, start, a!), withRegions(before, start, b!)];
    if (a!.length === 0 || same(mine, other)) merged.push(...other);
    else if (b!.length === 0) merged.push(...mine);
    // One side has all of the other and more: what was sent here came back while it was typed on.
    else if (isWithin(before, other) && isWithin(other, mine)) merged.push(...mine);
    else if (isWithin(before, mine) && isWithin(mine, other)) merged.push(...other);
    else {
      conflicts += 1;
      merged.push(MARKERS.ours, ...mine, MARKERS.middle, ...other, MARKERS.theirs);
    }
    at = end;
  }
  merged.push(...lines.slice(at));
  return { text: merged.join('\n'), conflicts };
}

/** Ranges of the base that one side or both changed; those that touch are one. */
function together(regions: readonly Region[]): { start: number; end: number }[] {
  const ranges: { start: number; end: number }[] = [];
  for (const { start, end } of [...regions].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = ranges.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else ranges.push({ start, end });
  }
  return ranges;
}

/** @param start where `lines` begin in the base */
function withRegions(lines: readonly string[], start: number, regions: readonly Region[]): string[] {
  const result: string[] = [];
  let at = 0;
  for (const region of regions) {
    result.push(...lines.slice(at, region.start - start), ...region.lines);
    at = region.end - start;
  }
  return [...result, ...lines.slice(at)];
}

/** Whether all these lines are among the others, in the same order. */
function isWithin(lines: readonly string[], others: readonly string[]): boolean {
  let at = 0;
  for (const line of others) if (at < lines.length && line === lines[at]) at += 1;
  return at === lines.length;
}

const same = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((line, i) => line === b[i]);
