// Suggestions: added, edited, withdrawn by their author; voted for by everybody who sees them.
// Invariant: one vote per participant, the author's included; for somebody who may not see a suggestion it does not exist.

import type { Patch } from '../model/client-commands.ts';
import { LIMITS } from '../model/limits.ts';
import type { SessionState, Suggestion } from '../model/state.ts';
import type { Id } from '../model/types.ts';
import { cleanText, lengthOf } from '../text/clean-text.ts';
import { given, own, put, sameTable, without } from '../util/immutable-map.ts';
import type { Meta } from './context.ts';
import type { Deciders, Evolvers, Outcome } from './decider.ts';
import { actorOf, happened, idOf, newEvent, noChange, refused } from './decider.ts';
import { identicalTo, patchFault, samePatch } from './duplicate-patch.ts';

/** The state with `id` changed; the same state where there is no such suggestion. */
export function changeSuggestion(
  state: SessionState,
  id: Id | undefined,
  change: (suggestion: Suggestion) => Suggestion,
): SessionState {
  const found = own(state.suggestions, id);
  return found && id !== undefined ? { ...state, suggestions: put(state.suggestions, id, change(found)) } : state;
}

/** Everybody sees open and accepted ones; the rest are visible to their author and facilitators. */
export const isPublic = ({ status }: Suggestion): boolean => status === 'open' || status === 'accepted';

/** The suggestion, if the actor may see it. */
export function seen(state: SessionState, id: Id, meta: Meta): Suggestion | undefined {
  const found = own(state.suggestions, id);
  const me = meta.actor.participant;
  if (!found || me === null || isPublic(found) || found.author === me) return found;
  return own(state.participants, me)?.facilitator === true ? found : undefined;
}

export const unknown = (id: Id): Outcome => refused('not_found', { what: 'suggestion', id });

function textFault(text: string): Outcome | null {
  const length = lengthOf(text);
  return length < 1 || length > LIMITS.suggestion ? refused('text_length', { most: LIMITS.suggestion, length }) : null;
}

/** Pending if the word filter flags the text or suggestions need approval, otherwise open. */
function initialStatus(state: SessionState, meta: Meta): { status: 'pending' | 'open'; flagged: boolean } {
  const flagged = state.settings.wordFilter && meta.facts?.flagged === true;
  const trusted = own(state.participants, actorOf(meta))?.facilitator === true;
  return { status: flagged || (state.settings.approveFirst && !trusted) ? 'pending' : 'open', flagged };
}

function anchorFault(state: SessionState, anchor: Suggestion['anchor']): Outcome | null {
  if (!anchor) return null;
  if (anchor.toLine < anchor.fromLine) return refused('invalid', { fault: 'anchor_order' });
  return own(state.revisions, String(anchor.revision))
    ? null
    : refused('not_found', { what: 'revision', id: anchor.revision });
}

/** The merge state of a new patch, if the server could determine it. */
function initialMergeState(patch: Patch | undefined, meta: Meta): Suggestion['mergeState'] {
  const merge = patch && meta.facts?.merge;
  if (!merge) return undefined;
  return merge.ok ? { state: merge.state } : { state: 'conflict', file: merge.file, line: merge.line };
}

/** One's own and still editable, or the rejection. */
function mine(state: SessionState, id: Id, meta: Meta): { readonly card: Suggestion } | { readonly no: Outcome } {
  const card = seen(state, id, meta);
  if (!card) return { no: unknown(id) };
  if (card.author !== actorOf(meta)) return { no: refused('not_yours') };
  if (card.status !== 'open' && card.status !== 'pending')
    return { no: refused('wrong_status', { status: card.status, wanted: 'openOrPending' }) };
  return { card };
}

export const suggestionDeciders: Deciders<
  'suggestion.add' | 'suggestion.edit' | 'suggestion.withdraw' | 'patch.states'
> = {
  'suggestion.add': (state, command, meta) => {
    const text = cleanText(command.text);
    const { stage, anchor, patch, expression } = command;
    const fault = textFault(text) ?? anchorFault(state, anchor);
    if (fault) return fault;
    if (patch) {
      const fault = patchFault(state, patch) ?? meta.facts?.patchFault;
      if (fault) return refused('patch_invalid', { revision: patch.revision, ...fault });
      const duplicate = identicalTo(state, patch, { author: actorOf(meta), duplicates: meta.facts?.duplicates });
      if (duplicate !== undefined)
        return own(state.suggestions[duplicate]?.voters ?? {}, actorOf(meta))
          ? noChange
          : happened(newEvent('suggestion.upvoted', { suggestion: duplicate }));
    }
    if (state.settings.frozen) return refused('frozen');
    const mergeState = initialMergeState(patch, meta);
    return happened(
      newEvent('suggestion.added', {
        text,
        ...initialStatus(state, meta),
        ...given({ stage, anchor, patch, mergeState, expression }),
      }),
    );
  },

  'suggestion.edit': (state, command, meta) => {
    const found = mine(state, command.suggestion, meta);
    if ('no' in found) return found.no;
    const text = cleanText(command.text);
    if (text === found.card.text) return noChange;
    const voted = Object.keys(found.card.voters).some((voter) => voter !== found.card.author);
    if (voted || meta.at - found.card.at > LIMITS.editMs) return refused('edit_closed');
    const fault = textFault(text);
    if (fault) return fault;
    return happened(
      newEvent('suggestion.edited', { suggestion: command.suggestion, text, ...initialStatus(state, meta) }),
    );
  },

  'suggestion.withdraw': (state, { suggestion }, meta) => {
    const card = seen(state, suggestion, meta);
    if (card?.status === 'withdrawn' && card.author === actorOf(meta)) return noChange;
    const found = mine(state, suggestion, meta);
    return 'no' in found ? found.no : happened(newEvent('suggestion.withdrawn', { suggestion }));
  },

  'patch.states': (state, command) => {
    const changed = Object.entries(command.states).filter(([id, next]) => {
      const now = own(state.suggestions, id);
      return now?.patch && !sameTable<string | number>({ ...now.mergeState }, { ...next });
    });
    return changed.length > 0 ? happened(newEvent('patch.states', { states: Object.fromEntries(changed) })) : noChange;
  },
};

export const suggestionEvolvers: Evolvers<
  'suggestion.added' | 'suggestion.edited' | 'suggestion.withdrawn' | 'patch.states'
> = {
  'suggestion.added': (state, { seq, at, by, payload }) => {
    const author = by ?? '';
    const tried = own(state.drafts, author);
    // A private preview of the same patch becomes its first preview.
    const adopted = tried && payload.patch && samePatch(state, tried.patch, payload.patch) ? tried : undefined;
    const card: Suggestion = {
      author,
      ...payload,
      voters: by === null ? {} : { [by]: true },
      pinned: false,
      previews: adopted ? [adopted.run] : [],
      ...given({ previewAgainst: adopted?.against, previewComparison: adopted?.comparison }),
      at,
    };
    return {
      ...state,
      suggestions: put(state.suggestions, idOf('s', seq), card),
      drafts: adopted ? without(state.drafts, author) : state.drafts,
    };
  },

  'suggestion.edited': (state, { at, payload: { suggestion, text, status, flagged } }) =>
    changeSuggestion(state, suggestion, (card) => ({
      ...(status === 'open' ? card : unpinned(card)),
      text,
      status,
      flagged,
      editedAt: at,
    })),

  'suggestion.withdrawn': (state, { payload }) =>
    changeSuggestion(state, payload.suggestion, (card) => ({ ...unpinned(card), status: 'withdrawn' })),

  'patch.states': (state, { payload: { states } }) =>
    Object.entries(states).reduce(
      (after, [id, mergeState]) => changeSuggestion(after, id, (card) => ({ ...card, mergeState })),
      state,
    ),
};

/** Only open suggestions are pinned. */
export function unpinned({ pinnedAt: _, ...card }: Suggestion): Suggestion {
  return { ...card, pinned: false };
}
