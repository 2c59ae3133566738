// Whether open patches still apply as the driver types on: clean, stale or in conflict; reports what changed.
// Invariant: at most twice a second, and only for patches one of whose files changed.

import type { SessionState, Suggestion } from '#session-core/model/state.ts';
import type { Id, MergeState, Tree } from '#session-core/model/types.ts';
import { mergePatchFiles } from '#session-core/text/merge.ts';
import type { SharedDocument } from '../document/document.ts';
import type { TextStore } from '../document/text-store.ts';
import type { After } from '../platform/clock.ts';

const WATCH_MS = 500;

export interface MergeStateWatcher {
  /** The text or the queue changed. */
  changed(): void;
  stop(): void;
}

export function createMergeStateWatcher(options: {
  readonly document: SharedDocument;
  readonly texts: TextStore;
  readonly after: After;
  readonly state: () => SessionState;
  changed(states: Readonly<Record<Id, MergeState>>): void;
  failed(error: unknown): void;
}): MergeStateWatcher {
  const { document, texts, after, state, failed } = options;
  /** suggestion -> the hashes of its files when it was checked last. */
  const checked = new Map<Id, string>();
  let timer: (() => void) | null = null;
  let again = false;

  const check = async () => {
    const live = document.texts();
    const tree = texts.treeOf(live);
    const found: Record<Id, MergeState> = {};
    for (const [id, suggestion] of Object.entries(state().suggestions)) {
      const base = suggestion.patch ? state().revisions[String(suggestion.patch.revision)]?.tree : undefined;
      if (!suggestion.patch || !base || (suggestion.status !== 'open' && suggestion.status !== 'pending')) continue;
      const key = keyOf(suggestion.patch, tree);
      if (checked.get(id) === key) continue;
      const merged = mergePatchFiles({ base: await texts.textsOf(base), live, patch: suggestion.patch });
      checked.set(id, key);
      const next = merged.ok
        ? stateOf(merged.value)
        : { state: 'conflict' as const, file: merged.error.file, line: merged.error.line };
      if (!same(state().suggestions[id]?.mergeState, next)) found[id] = next;
    }
    if (Object.keys(found).length > 0) options.changed(found);
  };

  const run = () => {
    again = false;
    check()
      .catch(failed)
      .finally(() => {
        timer = again ? after(WATCH_MS, run) : null;
      });
  };
  return {
    changed() {
      again = true;
      timer ??= after(WATCH_MS, run);
    },
    stop() {
      timer?.();
      timer = () => {};
    },
  };
}

const keyOf = (patch: NonNullable<Suggestion['patch']>, tree: Tree) =>
  patch.files.map(({ path }) => `${path} ${tree[path] ?? ''}`).join('\n');

const stateOf = (
  merged: { state: 'clean' | 'stale' } | { state: 'conflict'; file: string; line: number },
): MergeState =>
  merged.state === 'conflict' ? { state: 'conflict', file: merged.file, line: merged.line } : { state: merged.state };

const same = (a: MergeState | undefined, b: MergeState) =>
  a?.state === b.state &&
  (b.state !== 'conflict' || (a.state === 'conflict' && a.file === b.file && a.line === b.line));
