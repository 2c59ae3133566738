// Three-way line merge: what a patch means once the text has moved on.
// Invariant: edits of different lines never conflict, neighbouring lines included (one line per parameter); edits of the
// same line, or two insertions at one place, conflict unless they are equal. A patch is applied as a whole or not at all.
import type { Patch } from '../model/client-commands.ts';
import type { Result } from '../model/rejection.ts';
import { own } from '../util/immutable-map.ts';
import type { Region, Text } from './line-diff.ts';
import { diffLines, linesOf, textOf } from './line-diff.ts';
import type { Files, Misfit } from './patch.ts';
import { patchFiles } from './patch.ts';

export type TextMerge =
  | { readonly state: 'clean' | 'stale'; readonly text: Text }
  /** `line` of the live text, from 1. */
  | { readonly state: 'conflict'; readonly line: number };

export type FilesMerge =
  | { readonly state: 'clean' | 'stale'; readonly files: Files }
  | { readonly state: 'conflict'; readonly file: string; readonly line: number };

const isInsertion = ({ start, end }: Region): boolean => start === end;

const rangeKey = ({ start, end }: Region): string => `${start} ${end}`;

function sameLines(a: Region, b: Region): boolean {
  return a.lines.length === b.lines.length && a.lines.every((line, i) => line === b.lines[i]);
}

function collide(a: Region, b: Region): boolean {
  if (isInsertion(a) && isInsertion(b)) return a.start === b.start;
  return a.start < b.end && b.start < a.end;
}

/** The first of `theirs` that collides with one of `ours`. Both are in order, so one pass over both finds it. */
function firstCollision(ours: readonly Region[], theirs: readonly Region[]): Region | undefined {
  let from = 0;
  for (const change of ours) {
    while (from < theirs.length && theirs[from]!.end < change.start) from++;
    for (let at = from; at < theirs.length && theirs[at]!.start <= change.end; at++)
      if (collide(change, theirs[at]!)) return theirs[at];
  }
  return undefined;
}

/** A rewrite of more lines is one edit; bounds the time. */
const MOST_SPLIT = 500;

/**
 * Lines replaced one for one count as separate edits, so that both sides may make the same change to one of two
 * neighbouring lines. Not if the other side inserts something between them: the edit would be split.
 */
function lineByLine(changes: readonly Region[], others: readonly Region[]): readonly Region[] {
  const insertions = others.filter(isInsertion);
  let at = 0;
  return changes.flatMap((change) => {
    const { start, end, lines } = change;
    while (at < insertions.length && insertions[at]!.start <= start) at++;
    const isSplit = at < insertions.length && insertions[at]!.start < end;
    if (isSplit || lines.length !== end - start || lines.length < 2 || lines.length > MOST_SPLIT) return [change];
    return lines.map((line, i) => ({ start: start + i, end: start + i + 1, lines: [line] }));
  });
}

const inOrder = (a: Region, b: Region): number => a.start - b.start || a.end - b.end;

/** One file. null: it does not exist. */
export function mergePatch(side: { readonly base: Text; readonly live: Text; readonly patched: Text }): TextMerge {
  const { base, live, patched } = side;
  if (live === base) return { state: 'clean', text: patched };
  if (patched === base || patched === live) return { state: 'stale', text: live };
  const lines = linesOf(base);
  const [wasTheirs, wasOurs] = [diffLines(lines, linesOf(live)), diffLines(lines, linesOf(patched))];
  const theirs = lineByLine(wasTheirs, wasOurs);
  const theirRanges = new Map(theirs.map((change) => [rangeKey(change), change]));
  const ours = lineByLine(wasOurs, wasTheirs).filter((change) => {
    const their = theirRanges.get(rangeKey(change));
    return !their || !sameLines(change, their);
  });
  const hit = firstCollision(ours, theirs);
  if (hit) return { state: 'conflict', line: liveLine(theirs, hit) };
  // One side deleted the file while the other changed it, or both created it: lines alone cannot merge that.
  if (live === null || patched === null || base === null) return { state: 'conflict', line: 1 };

  const merged: string[] = [];
  let at = 0;
  for (const { start, end, lines: added } of [...theirs, ...ours].sort(inOrder)) {
    for (; at < start; at++) merged.push(lines[at] ?? '');
    for (const line of added) merged.push(line);
    at = end;
  }
  for (; at < lines.length; at++) merged.push(lines[at] ?? '');
  return { state: 'stale', text: textOf(merged) };
}

function liveLine(theirs: readonly Region[], hit: Region): number {
  let shift = 0;
  for (const region of theirs) {
    if (region === hit) break;
    shift += region.lines.length - (region.end - region.start);
  }
  return hit.start + shift + 1;
}

/** The whole workspace: every file that differs between base and patched, merged into live; clean if none of them had changed. */
export function mergeFiles(side: { readonly base: Files; readonly live: Files; readonly patched: Files }): FilesMerge {
  const { base, live, patched } = side;
  const merged = new Map(Object.entries(live));
  let state: 'clean' | 'stale' = 'clean';
  for (const path of new Set([...Object.keys(base), ...Object.keys(patched)])) {
    const was = own(base, path) ?? null;
    const wanted = own(patched, path) ?? null;
    if (was === wanted) continue;
    const file = mergePatch({ base: was, live: own(live, path) ?? null, patched: wanted });
    if (file.state === 'conflict') return { state: 'conflict', file: path, line: file.line };
    if (file.state === 'stale') state = 'stale';
    if (file.text === null) merged.delete(path);
    else merged.set(path, file.text);
  }
  return { state, files: Object.fromEntries(merged) };
}

/** A patch, written against `base`, on the live workspace. The error: it does not apply to its own base. */
export function mergePatchFiles(side: {
  readonly base: Files;
  readonly live: Files;
  readonly patch: Pick<Patch, 'files'>;
}): Result<FilesMerge, Misfit> {
  const patched = patchFiles(side.base, side.patch);
  if (!patched.ok) return patched;
  return { ok: true, value: mergeFiles({ base: side.base, live: side.live, patched: patched.value }) };
}
