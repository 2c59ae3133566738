// Patches: readable hunks against a numbered revision; made from two texts, applied to one, reversed, compared.
// Invariant: a hunk applies only if its removed lines are exactly at `fromLine`; all line numbers count from 1 and refer to
// the text before the patch. `applyHunks(a, hunksOf(a, b))` is b.
import type { Hunk, Patch } from '../model/client-commands.ts';
import type { PatchFault, Result } from '../model/rejection.ts';
import { own } from '../util/immutable-map.ts';
import type { Text } from './line-diff.ts';
import { diffLines, linesOf, textOf } from './line-diff.ts';

/** path -> text. */
export type Files = Readonly<Record<string, string>>;
type PatchFile = Patch['files'][number];

/** Where a patch does not apply, and why. `line` from 1. */
export type Misfit = Extract<PatchFault, { readonly line: number }>;
type HunkMisfit = Misfit extends infer M ? (M extends Misfit ? Omit<M, 'file'> : never) : never;

/** null means a missing file: `hunksOf(null, text)` creates it, `hunksOf(text, null)` deletes it. */
export function hunksOf(before: Text, after: Text): Hunk[] {
  const lines = linesOf(before);
  return diffLines(lines, linesOf(after)).map(({ start, end, lines: added }) => ({
    fromLine: start + 1,
    removed: lines.slice(start, end),
    added: [...added],
  }));
}

/** A hunk of which nothing is changed. */
interface Lines {
  readonly fromLine: number;
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/** The hunks of one file on its text: all of them, or the first line that does not match. */
export function applyHunks(text: Text, hunks: readonly Lines[]): Result<Text, HunkMisfit> {
  const lines = linesOf(text);
  const result: string[] = [];
  let at = 0;
  for (const { fromLine, removed, added } of hunks) {
    const start = fromLine - 1;
    if (start < at || start > lines.length)
      return start < at
        ? misfit({ fault: 'overlap', line: fromLine })
        : misfit({ fault: 'past_end', line: fromLine, lines: lines.length });
    const wrong = removed.findIndex((line, i) => lines[start + i] !== line);
    if (wrong >= 0) return misfit({ fault: 'line_differs', line: fromLine + wrong });
    for (; at < start; at++) result.push(lines[at] ?? '');
    for (const line of added) result.push(line);
    at = start + removed.length;
  }
  for (; at < lines.length; at++) result.push(lines[at] ?? '');
  return { ok: true, value: textOf(result) };
}

const misfit = (error: HunkMisfit) => ({ ok: false as const, error });

/** All files of a patch on the workspace it was written against: all, or the first place that does not match. */
export function patchFiles(files: Files, patch: Pick<Patch, 'files'>): Result<Files, Misfit> {
  const after = new Map(Object.entries(files));
  for (const { path, hunks } of patch.files) {
    const done = applyHunks(after.get(path) ?? null, hunks);
    if (!done.ok) return { ok: false, error: { ...done.error, file: path } };
    if (done.value === null) after.delete(path);
    else after.set(path, done.value);
  }
  return { ok: true, value: Object.fromEntries(after) };
}

/** The patch that turns `before`, which is revision `revision`, into `after`; null where they are the same. */
export function patchBetween(before: Files, after: Files, revision: number): Patch | null {
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  const files = paths
    .map((path) => ({ path, hunks: hunksOf(own(before, path) ?? null, own(after, path) ?? null) }))
    .filter(({ hunks }) => hunks.length > 0);
  return files.length > 0 ? { revision, files } : null;
}

/** The patch that undoes this one; its lines refer to the text after it, which is revision `revision`. */
export function reversePatch(patch: Patch, revision: number): Patch {
  const files = patch.files.map(({ path, hunks }) => {
    let shift = 0;
    const back = hunks.map(({ fromLine, removed, added }) => {
      const hunk = { fromLine: fromLine + shift, removed: added, added: removed };
      shift += added.length - removed.length;
      return hunk;
    });
    return { path, hunks: back };
  });
  return { revision, files };
}

/** Without the lines at its ends that a hunk removes and adds again. */
function trimmed({ fromLine, removed, added }: Hunk): Hunk {
  let head = 0;
  const shorter = Math.min(removed.length, added.length);
  while (head < shorter && removed[head] === added[head]) head++;
  let tail = 0;
  while (tail < shorter - head && removed[removed.length - 1 - tail] === added[added.length - 1 - tail]) tail++;
  return {
    fromLine: fromLine + head,
    removed: removed.slice(head, removed.length - tail),
    added: added.slice(head, added.length - tail),
  };
}

function canonicalHunks(hunks: readonly Hunk[]): readonly Hunk[] {
  const result: { fromLine: number; removed: string[]; added: string[] }[] = [];
  for (const { fromLine, removed, added } of hunks.map(trimmed)) {
    if (removed.length === 0 && added.length === 0) continue;
    const last = result.at(-1);
    if (last && last.fromLine + last.removed.length === fromLine) {
      for (const line of removed) last.removed.push(line);
      for (const line of added) last.added.push(line);
    } else result.push({ fromLine, removed: [...removed], added: [...added] });
  }
  return result;
}

const byPath = (a: PatchFile, b: PatchFile): number => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0);

const keys = new WeakMap<Patch, string>();
const shapes = new WeakMap<Patch, string>();

/** What the patch removes and adds, at whatever line: two patches of one shape may be the same change, counted from two texts. */
export function patchShape(patch: Patch): string {
  const known = shapes.get(patch);
  if (known !== undefined) return known;
  const files = [...patch.files].sort(byPath);
  const key = JSON.stringify(
    files.map(({ path, hunks }) => [path, canonicalHunks(hunks).map(({ removed, added }) => [removed, added])]),
  );
  shapes.set(patch, key);
  return key;
}

/** Two patches with one key make the same change of the same lines, however they are split into hunks, whatever their revision. */
export function canonicalPatch(patch: Patch): string {
  const known = keys.get(patch);
  if (known !== undefined) return known;
  const files = [...patch.files]
    .sort(byPath)
    .map(({ path, hunks }) => [path, canonicalHunks(hunks).map((h) => [h.fromLine, h.removed, h.added])])
    .filter(([, hunks]) => hunks !== undefined && hunks.length > 0);
  const key = JSON.stringify(files);
  keys.set(patch, key);
  return key;
}
