// Restoring an earlier revision, or loading a checkpoint. Nothing is lost: unsaved typing becomes a revision first.
// Invariant: a restored text is a new revision with a new number, and brings its task; with `autoRun` a run follows if the
// text changed.

import { LIMITS } from '../model/limits.ts';
import type { Tree } from '../model/types.ts';
import { own } from '../util/immutable-map.ts';
import type { Deciders, Outcome } from './decider.ts';
import { happened, refused } from './decider.ts';
import { cutStep } from './revision.ts';
import { autoRun } from './run.ts';

/** The rejection if the workspace would have too many files; only the server can count bytes. */
export function sizeFault(tree: Tree): Outcome | null {
  return Object.keys(tree).length > LIMITS.documentFiles
    ? refused('too_big', { files: LIMITS.documentFiles, bytes: LIMITS.documentBytes })
    : null;
}

export const restoreDeciders: Deciders<'revision.restore' | 'checkpoint.load'> = {
  'revision.restore': (state, { revision }, meta) => {
    const target = own(state.revisions, String(revision));
    if (!target) return refused('not_found', { what: 'revision', id: revision });
    const merge = meta.facts?.merge;
    const before = merge?.ok ? merge.before : meta.facts?.tree;
    const task = own(state.tasks, target.task);
    const step = cutStep(state, { before, after: target.tree, why: 'restore', restored: revision, task });
    return happened(...step.events, ...autoRun(state, { step, tree: target.tree, why: 'restore' }));
  },

  'checkpoint.load': (state, { name }, meta) => {
    const { merge, task } = meta.facts ?? {};
    if (!merge?.ok) return refused('not_found', { what: 'checkpoint', id: name });
    const fault = sizeFault(merge.tree);
    if (fault) return fault;
    const step = cutStep(state, { before: merge.before, after: merge.tree, why: 'checkpoint', checkpoint: name, task });
    return happened(...step.events, ...autoRun(state, { step, tree: merge.tree, why: 'restore' }));
  },
};
