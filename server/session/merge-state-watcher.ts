// How open patches stand against the text as the driver types on: clean, stale or in conflict, told when it changes.
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
  readonly room: SharedDocument;
  readonly texts: TextStore;
  readonly after: After;
  readonly state: () => SessionState;
  tell(states: Readonly<Record<Id, MergeState>>): void;
  failed(error: unknown): void;
}): MergeStateWatcher {
  const { room, texts, after, state, tell, failed } = options;
  /** suggestion -> the hashes of its files it was looked at with. */
  const seen = new Map<Id, string>();
  let timer: (() => void) | null = null;
  let again = false;

  const look = async () => {
    const live = room.texts();
    const tree = texts.treeOf(live);
    const found: Record<Id, MergeState> = {};
    for (const [id, card] of Object.entries(state().suggestions)) {
      const base = card.patch ? state().revisions[String(card.patch.revision)]?.tree : undefined;
      if (!card.patch || !base || (card.status !== 'open' && card.status !== 'pending')) continue;
      const key = keyOf(card.patch, tree);
      if (seen.get(id) === key) continue;
      const done = mergePatchFiles({ base: await texts.textsOf(base), live, patch: card.patch });
      seen.set(id, key);
      const next = done.ok
        ? stateOf(done.value)
        : { state: 'conflict' as const, file: done.error.file, line: done.error.line };
      if (!same(state().suggestions[id]?.mergeState, next)) found[id] = next;
    }
    if (Object.keys(found).length > 0) tell(found);
  };

  const run = () => {
    again = false;
    look()
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
