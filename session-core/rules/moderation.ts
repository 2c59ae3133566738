// Moderation: approve, decline, merge, and undo of each; of a removal and of lowered hands too.
// Invariant: an action can be undone while what it changed is unchanged; merging unites the voters, undoing removes exactly
// those it added. Approving a duplicate of an open suggestion merges it into that one.
import { LIMITS } from '../model/limits.ts';
import type { ModerationRecord, SessionState, Suggestion } from '../model/state.ts';
import type { Id } from '../model/types.ts';
import { cleanText, lengthOf } from '../text/clean-text.ts';
import { own, put, without } from '../util/immutable-map.ts';
import type { Deciders, Evolvers } from './decider.ts';
import { happened, newEvent, noChange, refused } from './decider.ts';
import { openDuplicateOf, uniteReopened } from './duplicate-patch.ts';
import { takenSuggestions, undoRemoval } from './removal.ts';
import { mayRaise, raiseAgain } from './settings-and-signals.ts';
import { changeSuggestion, unknown, unpinned } from './suggestion.ts';

const wrongStatus = (card: Suggestion, wanted: 'open' | 'pending' | 'openOrPending') =>
  refused('wrong_status', { status: card.status, wanted });

/** Whether the recorded action can still be undone. */
export function canUndo(state: SessionState, record: ModerationRecord): boolean {
  const status = 'suggestion' in record ? own(state.suggestions, record.suggestion)?.status : undefined;
  switch (record.kind) {
    case 'remove':
      return own(state.participants, record.participant)?.removed === true;
    case 'hands':
      return Object.keys(record.hands).some((id) => mayRaise(state, id));
    case 'approve':
      return status === 'open';
    case 'decline':
      return status === 'declined';
    case 'merge':
      return (
        status === 'merged' &&
        own(state.suggestions, record.suggestion)?.mergedInto === record.into &&
        own(state.suggestions, record.into)?.status === 'open'
      );
  }
}

/** The suggestions that undoing the action opens again. */
function reopenedBy(state: SessionState, record: ModerationRecord): readonly Id[] {
  if (record.kind === 'decline') return record.before.status === 'open' ? [record.suggestion] : [];
  if (record.kind !== 'remove') return [];
  return takenSuggestions(state, record).filter((id) => own(record.suggestions ?? {}, id)?.status === 'open');
}

export const moderationDeciders: Deciders<
  'suggestion.approve' | 'suggestion.decline' | 'suggestion.merge' | 'moderation.undo'
> = {
  'suggestion.approve': (state, { suggestion }, meta) => {
    const card = own(state.suggestions, suggestion);
    if (!card) return unknown(suggestion);
    if (card.status === 'open') return noChange;
    if (card.status !== 'pending') return wrongStatus(card, 'pending');
    const into = openDuplicateOf(state, suggestion, meta);
    return happened(
      newEvent('suggestion.approved', { suggestion }),
      ...(into === undefined ? [] : [newEvent('suggestion.merged', { suggestion, into })]),
    );
  },

  'suggestion.decline': (state, { suggestion, reason: raw }) => {
    const card = own(state.suggestions, suggestion);
    if (!card) return unknown(suggestion);
    if (card.status === 'declined') return noChange;
    if (card.status !== 'pending' && card.status !== 'open') return wrongStatus(card, 'openOrPending');
    const reason = cleanText(raw);
    const length = lengthOf(reason);
    if (length < 1 || length > LIMITS.reason)
      return refused('invalid', { fault: 'reason_length', most: LIMITS.reason });
    return happened(newEvent('suggestion.declined', { suggestion, reason }));
  },

  'suggestion.merge': (state, { suggestion, into }) => {
    const card = own(state.suggestions, suggestion);
    const other = own(state.suggestions, into);
    if (!card || !other) return unknown(card ? into : suggestion);
    if (suggestion === into) return refused('merge_self');
    if (card.status === 'merged' && card.mergedInto === into) return noChange;
    if (card.status !== 'pending' && card.status !== 'open') return wrongStatus(card, 'openOrPending');
    return other.status === 'open'
      ? happened(newEvent('suggestion.merged', { suggestion, into }))
      : wrongStatus(other, 'open');
  },

  'moderation.undo': (state, { seq }, meta) => {
    const record = own(state.moderation, String(seq));
    if (!record || !canUndo(state, record)) return refused('nothing_to_undo');
    return happened(
      newEvent('moderation.undone', { seq }),
      ...reopenedBy(state, record).flatMap((suggestion) => uniteReopened(state, suggestion, meta)),
    );
  },
};

const note = (state: SessionState, seq: number, record: ModerationRecord): SessionState => ({
  ...state,
  moderation: put(state.moderation, String(seq), record),
});

/** As it was before the action, with what was added since (votes, previews, merge states). */
function back(state: SessionState, id: Id, before: Suggestion): SessionState {
  const free = !Object.values(state.suggestions).some((other) => other.pinned);
  return changeSuggestion(state, id, ({ reason: _, mergedInto: __, ...card }) => ({
    ...card,
    status: before.status,
    flagged: before.flagged,
    ...(before.pinned && free ? { pinned: true, ...pinOf(before) } : {}),
  }));
}

const pinOf = ({ pinnedAt }: Suggestion) => (pinnedAt === undefined ? {} : { pinnedAt });

export const moderationEvolvers: Evolvers<
  'suggestion.approved' | 'suggestion.declined' | 'suggestion.merged' | 'moderation.undone'
> = {
  'suggestion.approved': (state, { seq, payload: { suggestion } }) => {
    const before = own(state.suggestions, suggestion);
    if (!before) return state;
    const after = changeSuggestion(state, suggestion, (card) => ({ ...card, status: 'open', flagged: false }));
    return note(after, seq, { kind: 'approve', suggestion, before });
  },

  'suggestion.declined': (state, { seq, payload: { suggestion, reason } }) => {
    const before = own(state.suggestions, suggestion);
    if (!before) return state;
    const after = changeSuggestion(state, suggestion, (card) => ({ ...unpinned(card), status: 'declined', reason }));
    return note(after, seq, { kind: 'decline', suggestion, before });
  },

  'suggestion.merged': (state, { seq, payload: { suggestion, into } }) => {
    const before = own(state.suggestions, suggestion);
    const other = own(state.suggestions, into);
    if (!before || !other) return state;
    const addedVoters = Object.keys(before.voters).filter((voter) => !own(other.voters, voter));
    const moved = changeSuggestion(state, suggestion, (card) => ({
      ...unpinned(card),
      status: 'merged',
      mergedInto: into,
    }));
    const after = changeSuggestion(moved, into, (card) => ({ ...card, voters: { ...card.voters, ...before.voters } }));
    return note(after, seq, { kind: 'merge', suggestion, before, into, addedVoters });
  },

  'moderation.undone': (state, { payload: { seq } }) => {
    const record = own(state.moderation, String(seq));
    if (!record || !canUndo(state, record)) return state;
    const cleared = { ...state, moderation: without(state.moderation, String(seq)) };
    if (record.kind === 'remove') return undoRemoval(cleared, record);
    if (record.kind === 'hands') return raiseAgain(cleared, record.hands);
    if (record.kind === 'approve')
      return changeSuggestion(cleared, record.suggestion, (card) => ({
        ...unpinned(card),
        status: 'pending',
        flagged: record.before.flagged,
      }));
    const after = back(cleared, record.suggestion, record.before);
    if (record.kind !== 'merge') return after;
    return changeSuggestion(after, record.into, (card) => ({
      ...card,
      voters: record.addedVoters.reduce((voters, voter) => without(voters, voter), card.voters),
    }));
  },
};
