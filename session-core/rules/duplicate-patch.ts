// Duplicate patches: whether two patches make the same change of the same lines.
// Invariant: equal hunks at equal lines are the same change if they remove lines; a pure insertion does not name its
// surroundings, so there the files must be equal. Where lines have shifted, the server compares the resulting texts.

import type { Patch } from '../model/client-commands.ts';
import type { PatchFault } from '../model/rejection.ts';
import type { SessionState } from '../model/state.ts';
import type { Id } from '../model/types.ts';
import { canonicalPatch } from '../text/patch.ts';
import { own } from '../util/immutable-map.ts';
import type { Meta } from './context.ts';
import { type NewEvent, newEvent } from './decider.ts';

const fileHash = (state: SessionState, revision: number, path: string): string | undefined =>
  own(own(state.revisions, String(revision))?.tree ?? {}, path);

export function samePatch(state: SessionState, a: Patch, b: Patch): boolean {
  if (canonicalPatch(a) !== canonicalPatch(b)) return false;
  return a.files
    .filter(({ hunks }) => hunks.some(({ removed }) => removed.length === 0))
    .every(({ path }) => fileHash(state, a.revision, path) === fileHash(state, b.revision, path));
}

/** The open suggestion, or the author's own pending one, that already makes this change. */
export function identicalTo(
  state: SessionState,
  patch: Patch,
  { author, duplicates = [] }: { readonly author: Id | null; readonly duplicates?: readonly Id[] | undefined },
): Id | undefined {
  return Object.entries(state.suggestions).find(
    ([id, card]) =>
      card.patch &&
      (card.status === 'open' || (card.status === 'pending' && card.author === author)) &&
      (samePatch(state, card.patch, patch) || duplicates.includes(id)),
  )?.[0];
}

/** Another suggestion, open, that makes the same change as this one. */
export function openDuplicateOf(state: SessionState, suggestion: Id, meta: Meta): Id | undefined {
  const patch = own(state.suggestions, suggestion)?.patch;
  if (!patch) return undefined;
  return Object.entries(state.suggestions).find(
    ([id, card]) =>
      id !== suggestion &&
      card.status === 'open' &&
      card.patch !== undefined &&
      (samePatch(state, card.patch, patch) || meta.facts?.duplicates?.includes(id)),
  )?.[0];
}

/** If there is an open duplicate of a suggestion that opens again, the later of the two is merged into the earlier. */
export function uniteReopened(state: SessionState, suggestion: Id, meta: Meta): readonly NewEvent[] {
  const duplicate = openDuplicateOf(state, suggestion, meta);
  if (duplicate === undefined) return [];
  const since = (id: Id): number => own(state.suggestions, id)?.at ?? 0;
  const [into, later] = since(duplicate) <= since(suggestion) ? [duplicate, suggestion] : [suggestion, duplicate];
  return [newEvent('suggestion.merged', { suggestion: later, into })];
}

/** What is wrong with a patch by itself; null: nothing. Whether its lines match, only the texts can say. */
export function patchFault(state: SessionState, patch: Patch): PatchFault | null {
  if (!own(state.revisions, String(patch.revision))) return { fault: 'no_revision' };
  const paths = new Set(patch.files.map(({ path }) => path));
  if (paths.size < patch.files.length) return { fault: 'duplicate_file' };
  for (const { path, hunks } of patch.files) {
    let free = 0;
    for (const { fromLine, removed, added } of hunks) {
      if (fromLine <= free) return { fault: 'overlap', file: path, line: fromLine };
      if (removed.length === 0 && added.length === 0) return { fault: 'empty_change', file: path };
      free = Math.max(fromLine, fromLine + removed.length - 1);
    }
  }
  return canonicalPatch(patch) === '[]' ? { fault: 'no_change' } : null;
}
