// Revisions: numbered, immutable snapshots of the whole workspace, as path -> hash. The texts lie in blobs.
// Invariant: one is cut only where some hash differs from the last; n counts from 1 without a gap. What a revision is
// credited to: a patch to its author, typing to who held the seat.
import type { Task } from '#pipeline-core/core/report.ts';
import type { PayloadOf } from '../model/events.ts';
import type { SessionState } from '../model/state.ts';
import type { Tree } from '../model/types.ts';
import { given, own, put, sameTable } from '../util/immutable-map.ts';
import type { Deciders, Draft, Evolvers } from './decider.ts';
import { draft, happened } from './decider.ts';

type Why = PayloadOf<'revision.cut'>['why'];

export const currentTree = (state: SessionState): Tree => own(state.revisions, String(state.revision))?.tree ?? {};

/** The cut of the live text, if it differs from the last revision; `tree` undefined: not looked at. */
export function cutIfChanged(state: SessionState, tree: Tree | undefined, why: Why): readonly Draft[] {
  if (!tree || sameTable(tree, currentTree(state))) return [];
  return [draft('revision.cut', { n: state.revision + 1, tree, why })];
}

/**
 * One step of the house on the text: what was typed before it is cut, then what it made of it.
 * `revision` is the number that the text has afterwards, `from` the one before the step.
 */
export function cutStep(
  state: SessionState,
  step: {
    readonly before: Tree | undefined;
    readonly after: Tree;
    /** The question that the text answers afterwards, where the step may change it. */
    readonly task?: Task | undefined;
  } & Omit<PayloadOf<'revision.cut'>, 'n' | 'tree'>,
): { readonly drafts: readonly Draft[]; readonly from: number; readonly to: number } {
  const { before, after, task, ...credit } = step;
  const typed = cutIfChanged(state, before, 'pause');
  const from = state.revision + typed.length;
  const asked = task === undefined || task.id === state.task.id ? [] : [draft('task.changed', { task })];
  if (sameTable(after, before ?? currentTree(state))) return { drafts: [...typed, ...asked], from, to: from };
  const cut = draft('revision.cut', { n: from + 1, tree: after, ...credit });
  return { drafts: [...typed, ...asked, cut], from, to: from + 1 };
}

export const revisionDeciders: Deciders<'revision.cut'> = {
  'revision.cut': (state, _, meta) =>
    happened(...(state.status === 'open' ? cutIfChanged(state, meta.facts?.tree, 'pause') : [])),
};

export const revisionEvolvers: Evolvers<'revision.cut'> = {
  'revision.cut': (state, { at, by, payload: { n, tree, why, suggestion, restored, checkpoint } }) => {
    const patch = own(state.suggestions, suggestion);
    // Taking a patch back is the act of who took it back: its suggestion is accepted at this point, not open.
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
