// The queue of suggestions as one person sees it: filter, search and order.
// Invariant: the order is the one of session-core, with the pinned suggestion on top.
import { allSuggestions, openSuggestions } from '#session-core/client/selectors.ts';
import { byAge, byPopularity, pinnedFirst } from '#session-core/model/ranking.ts';
import type { Id } from '#session-core/model/types.ts';
import type { PublicView, RunView, SuggestionView, YouView } from '#session-core/view/view-types.ts';

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
  /** Not everybody is in the view. */
  const nameOf = (id: Id) => (id === you?.participant ? you.displayName : view.participants[id]?.displayName) ?? '';
  const isFound = (card: SuggestionView) => {
    const text = `${card.text} ${card.stage ?? ''} ${nameOf(card.author)}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
  return allSuggestions(view, you)
    .filter((card) => fits(card, wanted.show, you?.participant) && (words.length === 0 || isFound(card)))
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
  const newest = Object.values(view.runs).reduce<RunView | undefined>(
    (found, run) => (run.stages.length > 0 && run.requestedAt > (found?.requestedAt ?? -1) ? run : found),
    undefined,
  );
  return newest?.stages.map((stage) => stage.name) ?? [];
}

/**
 * The order to show: what is on screen keeps its place, also when `wanted` no longer has it (it was applied, or lost
 * votes), as long as it exists. New ones enter where nothing moves, at the end;
 * or if they are the person's `own`, behind the one they follow.
 */
export function steadyOrder(
  shown: readonly Id[],
  wanted: readonly Id[],
  how: { readonly own: ReadonlySet<Id>; readonly exists: (id: Id) => boolean },
): readonly Id[] {
  const stay = shown.filter(how.exists);
  if (stay.length === 0) return wanted;
  const there = new Set(stay);
  const next = [...stay];
  const last = wanted.findLastIndex((id) => there.has(id));
  for (const [i, id] of wanted.entries()) {
    if (there.has(id) || !(i > last || how.own.has(id))) continue;
    const before = i > last ? next.at(-1) : wanted.slice(0, i).findLast((one) => there.has(one));
    next.splice(before === undefined ? 0 : next.indexOf(before) + 1, 0, id);
    there.add(id);
  }
  return same(next, shown) ? shown : next;
}

export const same = (one: readonly Id[], other: readonly Id[]): boolean =>
  one.length === other.length && one.every((id, i) => id === other[i]);
