// What the driver does with the queue: pin ("now implementing"), accept, undo the acceptance.
// Invariant: one pin at a time. Accepting a patch happens in one step or is rejected; what was implemented by hand is
// credited with the difference between pin and accept and the runs in between. A run follows new text if settings say so.

import type { SessionState, Suggestion } from '../model/state.ts';
import type { Id } from '../model/types.ts';
import { given, own, sameTable } from '../util/immutable-map.ts';
import { requiredCheckFault } from './checks.ts';
import type { Meta } from './context.ts';
import type { Deciders, Evolvers, Outcome } from './decider.ts';
import { happened, newEvent, noChange, refused } from './decider.ts';
import { uniteReopened } from './duplicate-patch.ts';
import { sizeFault } from './restore.ts';
import { currentTree, cutIfChanged, cutStep } from './revision.ts';
import { autoRun } from './run.ts';
import { changeSuggestion, seen, unknown, unpinned } from './suggestion.ts';

const wrongStatus = (card: Suggestion, wanted: 'open' | 'accepted') =>
  refused('wrong_status', { status: card.status, wanted });

const pinnedOne = (state: SessionState): Id | undefined =>
  Object.entries(state.suggestions).find(([, card]) => card.pinned)?.[0];

function acceptPatch(state: SessionState, suggestion: Id, meta: Meta): Outcome {
  const card = own(state.suggestions, suggestion);
  const merge = meta.facts?.merge;
  if (!merge) return refused('patch_invalid', { revision: card?.patch?.revision ?? 0, fault: 'not_mergeable' });
  // Before its checks: a patch that conflicts is not checked.
  if (!merge.ok) return refused('conflict', { file: merge.file, line: merge.line });
  const unmet = card && requiredCheckFault(state, card, merge.tree);
  if (unmet) return unmet;
  const fault = sizeFault(merge.tree);
  if (fault) return fault;
  const step = cutStep(state, { before: merge.before, after: merge.tree, why: 'patch', suggestion });
  return happened(
    ...step.events,
    newEvent('suggestion.accepted', { suggestion, how: 'patch', from: step.from, to: step.to }),
    ...autoRun(state, { step, tree: merge.tree, why: 'accept', suggestion }),
  );
}

function acceptByHand(state: SessionState, suggestion: Id, meta: Meta): Outcome {
  const card = own(state.suggestions, suggestion);
  const cut = cutIfChanged(state, meta.facts?.tree, 'pause');
  const to = state.revision + cut.length;
  const tree = meta.facts?.tree ?? currentTree(state);
  const from = card?.pinnedAt ?? to;
  const changed = !sameTable(own(state.revisions, String(from))?.tree ?? tree, tree);
  return happened(
    ...cut,
    newEvent('suggestion.accepted', { suggestion, how: changed ? 'hand' : 'words', from: changed ? from : to, to }),
    ...(changed ? autoRun(state, { step: { to }, tree, why: 'accept', suggestion }) : []),
  );
}

export const acceptDeciders: Deciders<
  'suggestion.pin' | 'suggestion.unpin' | 'suggestion.accept' | 'suggestion.unaccept'
> = {
  'suggestion.pin': (state, { suggestion }, meta) => {
    const card = seen(state, suggestion, meta);
    if (!card) return unknown(suggestion);
    if (card.status !== 'open') return wrongStatus(card, 'open');
    if (card.pinned) return noChange;
    const other = pinnedOne(state);
    const cut = cutIfChanged(state, meta.facts?.tree, 'pause');
    return happened(
      ...cut,
      ...(other === undefined ? [] : [newEvent('suggestion.unpinned', { suggestion: other })]),
      newEvent('suggestion.pinned', { suggestion, revision: state.revision + cut.length }),
    );
  },

  'suggestion.unpin': (state, command, meta) => {
    const suggestion = command.suggestion ?? pinnedOne(state);
    if (suggestion === undefined) return noChange;
    const card = seen(state, suggestion, meta);
    if (!card) return unknown(suggestion);
    return card.pinned ? happened(newEvent('suggestion.unpinned', { suggestion })) : noChange;
  },

  'suggestion.accept': (state, { suggestion, how }, meta) => {
    const card = seen(state, suggestion, meta);
    if (!card) return unknown(suggestion);
    if (card.status === 'accepted') return noChange;
    if (card.status !== 'open') return wrongStatus(card, 'open');
    return card.patch && how !== 'hand' ? acceptPatch(state, suggestion, meta) : acceptByHand(state, suggestion, meta);
  },

  'suggestion.unaccept': (state, { suggestion }, meta) => {
    const card = seen(state, suggestion, meta);
    if (!card) return unknown(suggestion);
    if (card.status === 'open') return noChange;
    if (card.status !== 'accepted' || !card.accepted) return wrongStatus(card, 'accepted');
    const { how, from, to } = card.accepted;
    // Only an applied patch can be reverted automatically; what was done by hand is undone by hand.
    if (how !== 'patch' || from === to)
      return happened(newEvent('suggestion.unaccepted', { suggestion, revision: state.revision }));
    const merge = meta.facts?.merge;
    if (!merge?.ok)
      return refused('lines_touched', {
        file: merge?.file ?? card.patch?.files[0]?.path ?? '',
        line: merge?.line ?? 1,
      });
    const step = cutStep(state, { before: merge.before, after: merge.tree, why: 'patch', suggestion });
    return happened(
      ...step.events,
      newEvent('suggestion.unaccepted', { suggestion, revision: step.to }),
      ...uniteReopened(state, suggestion, meta),
      ...autoRun(state, { step, tree: merge.tree, why: 'unaccept', suggestion }),
    );
  },
};

/** The run that already shows what was accepted: of exactly this text, or (by hand) the last one since the pin. */
function runOf(state: SessionState, accepted: NonNullable<Suggestion['accepted']>): Id | undefined {
  const { how, from, to } = accepted;
  if (how === 'words') return undefined;
  const tree = own(state.revisions, String(to))?.tree ?? {};
  return Object.entries(state.runs).findLast(
    ([, run]) =>
      run.kind === 'main' &&
      run.status !== 'cancelled' &&
      run.status !== 'interrupted' &&
      (sameTable(run.tree, tree) || (how === 'hand' && run.revision > from)),
  )?.[0];
}

export const acceptEvolvers: Evolvers<
  'suggestion.pinned' | 'suggestion.unpinned' | 'suggestion.accepted' | 'suggestion.unaccepted'
> = {
  'suggestion.pinned': (state, { payload: { suggestion, revision } }) =>
    changeSuggestion(state, suggestion, (card) => ({ ...card, pinned: true, pinnedAt: revision })),
  'suggestion.unpinned': (state, { payload }) => changeSuggestion(state, payload.suggestion, unpinned),

  'suggestion.accepted': (state, { at, by, payload: { suggestion, ...how } }) =>
    changeSuggestion(state, suggestion, (card) => {
      const accepted = { ...how, by: by ?? '', at };
      return {
        ...unpinned(card),
        status: 'accepted',
        accepted: { ...accepted, ...given({ run: runOf(state, accepted) }) },
      };
    }),

  'suggestion.unaccepted': (state, { payload }) =>
    changeSuggestion(state, payload.suggestion, ({ accepted: _, ...card }) => ({ ...card, status: 'open' })),
};
