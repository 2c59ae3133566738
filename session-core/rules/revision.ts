// Revisions: numbered, immutable snapshots of the whole workspace, as path -> hash. The texts are stored as blobs.
// Invariant: one is made only if some hash differs from the last; n counts from 1 without a gap. A patch is credited to its
// author, typing to the driver.
import type { Task } from '#pipeline-core/core/report.ts';
import type { PayloadOf } from '../model/events.ts';
import type { SessionState } from '../model/state.ts';
import type { Tree } from '../model/types.ts';
import { given, own, put, sameTable } from '../util/immutable-map.ts';
import type { Deciders, Evolvers, NewEvent } from './decider.ts';
import { happened, newEvent } from './decider.ts';

type Why = PayloadOf<'revision.cut'>['why'];

export const currentTree = (state: SessionState): Tree => own(state.revisions, String(state.revision))?.tree ?? {};

/** A revision of the live text, if it differs from the last; `tree` undefined: unknown. */
export function cutIfChanged(state: SessionState, tree: Tree | undefined, why: Why): readonly NewEvent[] {
  if (!tree || sameTable(tree, currentTree(state))) return [];
  return [newEvent('revision.cut', { n: state.revision + 1, tree, why })];
}

/**
 * A change of the text by a command: unsaved typing becomes a revision, then the change becomes the next.
 * `from` is the revision before the change, `to` the one after it.
 */
export function cutStep(
  state: SessionState,
  step: {
    readonly before: Tree | undefined;
    readonly after: Tree;
    /** The task of the text afterwards, if the step may change it. */
    readonly task?: Task | undefined;
  } & Omit<PayloadOf<'revision.cut'>, 'n' | 'tree'>,
): { readonly events: readonly NewEvent[]; readonly from: number; readonly to: number } {
  const { before, after, task, ...credit } = step;
  const typed = cutIfChanged(state, before, 'pause');
  const from = state.revision + typed.length;
  const changed = task === undefined || task.id === state.task.id ? [] : [newEvent('task.changed', { task })];
  if (sameTable(after, before ?? currentTree(state))) return { events: [...typed, ...changed], from, to: from };
  const cut = newEvent('revision.cut', { n: from + 1, tree: after, ...credit });
  return { events: [...typed, ...changed, cut], from, to: from + 1 };
}

export const revisionDeciders: Deciders<'revision.cut'> = {
  'revision.cut': (state, _, meta) =>
    happened(...(state.status === 'open' ? cutIfChanged(state, meta.facts?.tree, 'pause') : [])),
};

export const revisionEvolvers: Evolvers<'revision.cut'> = {
  'revision.cut': (state, { at, by, payload: { n, tree, why, suggestion, restored, checkpoint } }) => {
    const patch = own(state.suggestions, suggestion);
    // Reverting a patch is credited to who reverted it: at this point its suggestion is accepted, not open.
    const credited = patch?.status === 'open' ? patch.author : undefined;
    const typist =
      why === 'patch' || why === 'restore' || why === 'checkpoint' ? by : (state.driver?.participant ?? by);
    return {
      ...state,
      revision: n,
      revisions: put(state.revisions, String(n), {
        tree,
        task: state.task.id,
        at,
        by: credited ?? typist,
        why,
        ...given({ suggestion, restored, checkpoint }),
      }),
    };
  },
};
