// The queue of suggestions as one person sees it: filter, search and order.
// Invariant: the order is the one of session-core, with the pinned suggestion on top.
import { allSuggestions, openSuggestions } from '#session-core/client/selectors.ts';
import { byAge, byPopularity, pinnedFirst } from '#session-core/model/ranking.ts';
import type { Id } from '#session-core/model/types.ts';
import type { PublicView, SuggestionView, YouView } from '#session-core/view/view-types.ts';

export type Sort = 'popular' | 'new';
export type Show = 'open' | 'mine' | 'code' | 'pending' | 'accepted' | 'declined' | 'merged' | `stage:${string}`;
export interface Wanted {
  readonly sort: Sort;
  readonly show: Show;
  readonly search: string;
}

export function queueOf(
  view: Pick<PublicView, 'suggestions' | 'participants'>,
  you: YouView | null,
  wanted: Wanted,
): readonly SuggestionView[] {
  const words = wanted.search.toLowerCase().split(/\s+/).filter(Boolean);
  return allSuggestions(view, you)
    .filter((card) => fits(card, wanted.show, you?.participant))
    .filter((card) => {
      const text =
        `${card.text} ${card.stage ?? ''} ${view.participants[card.author]?.displayName ?? ''}`.toLowerCase();
      return words.every((word) => text.includes(word));
    })
    .sort(wanted.sort === 'popular' ? (a, b) => pinnedFirst(a, b) || byPopularity(a, b) : byAge);
}

function fits(card: SuggestionView, show: Show, me: Id | undefined): boolean {
  switch (show) {
    case 'open':
      return card.status === 'open';
    case 'mine':
      return card.author === me;
    case 'code':
      return card.status === 'open' && card.patch !== undefined;
    case 'pending':
    case 'accepted':
    case 'declined':
    case 'merged':
      return card.status === show;
    default:
      return card.status === 'open' && card.stage === show.slice('stage:'.length);
  }
}

/**
 * What the driver's Apply shortcut accepts: the pinned suggestion, by its patch or as done by hand; if none is pinned, the
 * top one whose patch applies. null: there is nothing to apply.
 */
export function nextToApply(
  view: Pick<PublicView, 'suggestions'>,
): { readonly card: SuggestionView; readonly how: 'patch' | 'hand' } | null {
  const suggestions = openSuggestions(view);
  const fits = (card: SuggestionView) => card.patch !== undefined && card.patch.state !== 'conflict';
  const pinned = suggestions.find((card) => card.pinned);
  if (pinned) return { card: pinned, how: fits(pinned) ? 'patch' : 'hand' };
  const card = suggestions.find(fits);
  return card ? { card, how: 'patch' } : null;
}

export function stagesNamed(view: Pick<PublicView, 'runs'>): readonly string[] {
  const runs = Object.values(view.runs).sort((a, b) => b.requestedAt - a.requestedAt);
  const stages = runs.find((run) => run.stages.length > 0)?.stages.map((stage) => stage.name) ?? [];
  return stages;
}

/**
 * The order to show: items keep their place while `held`, otherwise they follow `wanted`. New items enter only if they are
 * the person's `own`, or if nothing was shown.
 */
export function steadyOrder(
  shown: readonly Id[],
  wanted: readonly Id[],
  how: { readonly held: boolean; readonly own: ReadonlySet<Id> },
): readonly Id[] {
  const there = new Set(wanted);
  const known = new Set(shown);
  const stay = shown.filter((id) => there.has(id));
  if (stay.length === 0) return wanted;
  const next = how.held ? stay : wanted.filter((id) => known.has(id) || how.own.has(id));
  return next.length === shown.length && next.every((id, i) => id === shown[i]) ? shown : next;
}
